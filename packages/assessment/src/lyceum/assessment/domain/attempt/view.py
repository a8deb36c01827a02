"""What a learner sees of an attempt, phase by phase."""

from uuid import UUID

from pydantic import AwareDatetime

from lyceum.assessment.domain.attempt.attempt import Attempt, Items
from lyceum.assessment.domain.attempt.values import AttemptState, Slot, SubmittedBy
from lyceum.assessment.domain.items import Item, ItemView, Response, Show
from lyceum.assessment.domain.items.views import NOTHING
from lyceum.assessment.domain.quiz import Mode, Phase, QuizSettings, review_phase
from lyceum.assessment.domain.scoring import Total
from lyceum.assessment.domain.values import Html, Value

_SPOILERS = frozenset({Show.KEY, Show.EXPLANATION})


class SlotView(Value):
    """A question as it stands. `response` is what the learner answered, null for a blank or where the review policy
    hides it. `checks_left` is null without a limit and in a quiz; `settled` is for practice."""

    slot: str
    item: ItemView
    response: Response | None
    checks_used: int
    checks_left: int | None
    settled: bool


class SectionView(Value):
    """A section with its questions in the learner's order."""

    title: str
    introduction: Html
    slots: tuple[SlotView, ...]


class AttemptView(Value):
    """An attempt for its learner. `clock` is where the client's sequence numbers go on from; `total` is null unless
    the attempt is graded and the review phase shows scores."""

    id: UUID
    quiz_id: UUID
    number: int
    mode: Mode
    state: AttemptState
    phase: Phase
    started_at: AwareDatetime
    expires_at: AwareDatetime | None
    submitted_at: AwareDatetime | None
    submitted_by: SubmittedBy | None
    clock: int
    sections: tuple[SectionView, ...]
    total: Total | None


def attempt_view(attempt: Attempt, settings: QuizSettings, *, items: Items, now: AwareDatetime) -> AttemptView:
    """The attempt as its learner may see it at this moment under the quiz's present review policy."""
    phase = review_phase(submitted_at=attempt.submitted_at, closes_at=settings.timing.closes_at, now=now)
    show = settings.review.shows(phase)
    slots = [(slot.section, _slot_view(attempt, slot, items[slot.item], phase, show)) for slot in attempt.slots]
    return AttemptView(
        id=attempt.id,
        quiz_id=attempt.quiz_id,
        number=attempt.number,
        mode=attempt.mode,
        state=attempt.state,
        phase=phase,
        started_at=attempt.started_at,
        expires_at=attempt.expires_at,
        submitted_at=attempt.submitted_at,
        submitted_by=attempt.submitted_by,
        clock=attempt.clock,
        sections=tuple(
            SectionView(
                title=section.title,
                introduction=section.introduction,
                slots=tuple(view for place, view in slots if place == number),
            )
            for number, section in enumerate(attempt.sections)
        ),
        total=_total(attempt, show),
    )


def _slot_view(attempt: Attempt, slot: Slot, item: Item, phase: Phase, show: frozenset[Show]) -> SlotView:
    history = attempt.checks.get(slot.id)
    answer = attempt.answers.get(slot.id)
    settled = attempt.is_settled(slot.id)
    response, score = answer.response if answer is not None else None, None
    reviewed = response
    if slot.id in attempt.results:
        reviewed, score = attempt.results[slot.id].response, attempt.results[slot.id].score
    elif phase is Phase.DURING:
        if history is None or attempt.mode is not Mode.PRACTICE:
            show = NOTHING
        else:
            show = show if settled else show - _SPOILERS
            reviewed, score = history.last.response, history.last.score
    used = history.used if history is not None else 0
    limit = attempt.check_limit if attempt.mode is Mode.PRACTICE else None
    return SlotView(
        slot=slot.id,
        item=item.learner_view(
            option_order=slot.option_order,
            hints_taken=attempt.hints_taken.get(slot.id, 0),
            show=show,
            response=reviewed,
            score=score,
        ),
        response=response if phase is Phase.DURING or Show.RESPONSES in show else None,
        checks_used=used,
        checks_left=None if limit is None else max(0, limit - used),
        settled=settled,
    )


def _total(attempt: Attempt, show: frozenset[Show]) -> Total | None:
    if Show.SCORE not in show or attempt.score is None or attempt.max_score is None:
        return None
    return Total(score=attempt.score, max_score=attempt.max_score, passed=attempt.passed)
