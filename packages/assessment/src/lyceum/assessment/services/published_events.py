"""What the world hears of each domain event."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal, localcontext
from fractions import Fraction

from lyceum.assessment.domain.attempt import Attempt, AttemptGraded, AttemptStarted
from lyceum.assessment.domain.scoring import total
from lyceum.assessment.schemas import events
from lyceum.kernel.aggregate import DomainEvent
from lyceum.kernel.events import PublishedEvent


def published(event: DomainEvent) -> Iterable[PublishedEvent]:
    """The published events for one domain event; none for what stays inside."""
    match event:
        case AttemptStarted():
            yield events.AttemptStarted(
                attempt_id=event.attempt_id,
                quiz_id=event.quiz_id,
                course_id=event.course_id,
                user_id=event.user_id,
                started_at=event.occurred_at,
                expires_at=event.expires_at,
            )
        case AttemptGraded():
            yield events.AttemptGraded(
                attempt_id=event.attempt_id,
                quiz_id=event.quiz_id,
                course_id=event.course_id,
                user_id=event.user_id,
                score=points(event.score),
                max_score=points(event.max_score),
                passed=event.passed,
                final=True,
                graded_at=event.occurred_at,
            )


def graded_so_far(attempt: Attempt, now: datetime) -> events.AttemptGraded | None:
    """The standing of a practice in which every question has been checked at least once; null before that."""
    if any(slot.id not in attempt.checks for slot in attempt.slots):
        return None
    best = [attempt.checks[slot.id].best.score for slot in attempt.slots]
    standing = total(best, attempt.pass_threshold)
    return events.AttemptGraded(
        attempt_id=attempt.id,
        quiz_id=attempt.quiz_id,
        course_id=attempt.course_id,
        user_id=attempt.user_id,
        score=points(standing.score),
        max_score=points(standing.max_score),
        passed=standing.passed,
        final=False,
        graded_at=now,
    )


def points(value: Fraction) -> str:
    """Points as a decimal number, rounded to six places."""
    with localcontext() as context:
        context.prec = 28
        return str((Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.000001")))
