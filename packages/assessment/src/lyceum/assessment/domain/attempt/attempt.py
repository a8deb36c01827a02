"""The attempt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from lyceum.assessment.domain.attempt import facts
from lyceum.assessment.domain.attempt.plan import frozen_sections, lay_out
from lyceum.assessment.domain.attempt.values import (
    Answer,
    AttemptState,
    Check,
    CheckHistory,
    FrozenSection,
    Slot,
    SlotResult,
    Stamp,
    SubmittedBy,
    with_check,
)
from lyceum.assessment.domain.errors import (
    AttemptClosed,
    AttemptExpired,
    AttemptNotAllowed,
    HintNotFound,
    NothingToCheck,
    NotSubmitted,
    PracticeOnly,
    SlotNotFound,
    SlotSettled,
)
from lyceum.assessment.domain.items import Item
from lyceum.assessment.domain.policies import PreviousAttempt, may_start
from lyceum.assessment.domain.quiz import Mode, Quiz
from lyceum.assessment.domain.scoring import total
from lyceum.assessment.domain.values import Html, ItemRef
from lyceum.kernel.aggregate import Aggregate

Items = Mapping[ItemRef, Item]
"""The item versions of an attempt. They never change, so whoever loads them may keep them."""


@dataclass(eq=False, kw_only=True)
class Attempt(Aggregate):
    """One learner's go at a quiz, frozen at its start: questions, versions, order, deadline and pass threshold.

    Answers, checks and hints are kept by slot id. `expires_at` is the deadline that learners see, null without one;
    `grace` is the time after it in which answers still arrive. `score`, `max_score` and `passed` are null until the
    attempt is graded, `passed` also where there is no threshold. Mappings are replaced, never changed in place.
    """

    id: UUID
    quiz_id: UUID
    course_id: UUID | None
    user_id: UUID
    number: int
    mode: Mode
    seed: bytes
    sections: tuple[FrozenSection, ...]
    slots: tuple[Slot, ...]
    check_limit: int | None
    pass_threshold: Fraction | None
    started_at: datetime
    expires_at: datetime | None
    grace: timedelta
    state: AttemptState = AttemptState.IN_PROGRESS
    answers: Mapping[str, Answer] = field(default_factory=dict)
    checks: Mapping[str, CheckHistory] = field(default_factory=dict)
    hints_taken: Mapping[str, int] = field(default_factory=dict)
    submitted_at: datetime | None = None
    submitted_by: SubmittedBy | None = None
    graded_at: datetime | None = None
    results: Mapping[str, SlotResult] = field(default_factory=dict)
    score: Fraction | None = None
    max_score: Fraction | None = None
    passed: bool | None = None

    @classmethod
    def start(
        cls,
        *,
        id: UUID,
        quiz: Quiz,
        user_id: UUID,
        previous: Sequence[PreviousAttempt],
        drawn: Sequence[Sequence[ItemRef]],
        items: Items,
        seed: bytes,
        extra_time_factor: Fraction,
        now: datetime,
    ) -> "Attempt":
        """Start an attempt with the items that `draw_items` drew from the same content and seed.

        `extra_time_factor` stretches the time limit (1: no accommodation). Raises `AttemptNotAllowed`.
        """
        settings = quiz.settings
        decision = may_start(settings, previous, now)
        if decision.refusal is not None:
            available_at = decision.available_at.isoformat() if decision.available_at else None
            raise AttemptNotAllowed(reason=decision.refusal.value, available_at=available_at)
        attempt = cls(
            id=id,
            quiz_id=quiz.id,
            course_id=quiz.course_id,
            user_id=user_id,
            number=decision.next_number,
            mode=settings.mode,
            seed=seed,
            sections=frozen_sections(quiz.content),
            slots=lay_out(quiz.content, drawn, items, seed),
            check_limit=settings.attempts.check_limit,
            pass_threshold=settings.pass_threshold,
            started_at=now,
            expires_at=_deadline(now, settings.timing.time_limit, extra_time_factor, settings.timing.closes_at),
            grace=settings.timing.grace_period,
        )
        attempt._record(facts.AttemptStarted, now, expires_at=attempt.expires_at)
        return attempt

    @property
    def clock(self) -> int:
        """The greatest sequence number so far, from which a client goes on."""
        stamps = [answer.stamp.seq for answer in self.answers.values()]
        stamps += [check.stamp.seq for history in self.checks.values() for check in history.recent]
        return max(stamps, default=0)

    @property
    def last_moment(self) -> datetime | None:
        """Until when answers are taken, grace included; null without a deadline."""
        return None if self.expires_at is None else self.expires_at + self.grace

    def is_over(self, now: datetime) -> bool:
        """Whether the time is up, grace included."""
        return self.last_moment is not None and now > self.last_moment

    @property
    def is_untouched(self) -> bool:
        """Whether it is a practice under way of which nothing has been answered, and no hint taken."""
        done = self.answers or self.checks or self.hints_taken
        return self.mode is Mode.PRACTICE and self.state is AttemptState.IN_PROGRESS and not done

    def renew(self, quiz: Quiz, drawn: Sequence[Sequence[ItemRef]], items: Items) -> bool:
        """Ask what the quiz asks now, as if started anew; whether that is anything else. Only what is untouched."""
        if not self.is_untouched or quiz.settings.mode is not Mode.PRACTICE:
            return False
        sections, slots = frozen_sections(quiz.content), lay_out(quiz.content, drawn, items, self.seed)
        if (sections, slots) == (self.sections, self.slots):
            return False
        self.sections, self.slots = sections, slots
        return True

    def slot(self, slot_id: str) -> Slot:
        """The slot with this id. Raises `SlotNotFound`."""
        for slot in self.slots:
            if slot.id == slot_id:
                return slot
        raise SlotNotFound(slot=slot_id)

    def is_settled(self, slot_id: str) -> bool:
        """Whether a question of a practice is done."""
        history = self.checks.get(slot_id)
        return history is not None and history.is_settled(self.check_limit)

    def save_answer(self, slot_id: str, stamp: Stamp, payload: object, *, items: Items, now: datetime) -> Answer:
        """Take an answer in; returns the one that stands after it.

        For each slot the answer of the highest rank stands (see `Stamp`), so messages may come twice, late or in any
        order. One that changes nothing is accepted in every state. Raises `SlotNotFound`, `ValidationFailed`,
        `AttemptClosed`, `AttemptExpired`, `SlotSettled`.
        """
        item = items[self.slot(slot_id).item]
        return self._merge(slot_id, Answer(stamp=stamp, response=item.parse_response(payload), saved_at=now), now)

    def check(self, slot_id: str, stamp: Stamp, payload: object, *, items: Items, now: datetime) -> Check:
        """Save an answer and grade it at once; a repeated message gets the result of the first.

        When the last question is settled, the practice is submitted and graded. Raises `PracticeOnly`,
        `NothingToCheck` and what `save_answer` raises.
        """
        if self.mode is not Mode.PRACTICE:
            raise PracticeOnly("A quiz tells the result after it has been submitted")
        slot = self.slot(slot_id)
        response = items[slot.item].parse_response(payload)
        history = self.checks.get(slot_id)
        if history is not None and (repeated := history.repeated(stamp)) is not None:
            return repeated
        self._require_open(slot_id, now)
        if response is None:
            raise NothingToCheck
        self._merge(slot_id, Answer(stamp=stamp, response=response, saved_at=now), now)
        check = Check(stamp=stamp, response=response, score=items[slot.item].score(response), checked_at=now)
        history = with_check(history, check)
        self.checks = {**self.checks, slot_id: history}
        outcome = check.score.outcome
        self._record(facts.ItemChecked, now, slot=slot_id, item=slot.item, outcome=outcome, used=history.used)
        if all(self.is_settled(each.id) for each in self.slots):
            self.submit(now)
            self.grade(items, now)
        return check

    def take_hint(self, slot_id: str, number: int, *, items: Items, now: datetime) -> tuple[Html, ...]:
        """The first `number` hints of a question. They come one after the other; asking again changes nothing.

        Raises `PracticeOnly`, `SlotNotFound`, `HintNotFound`, `AttemptClosed`, `AttemptExpired`.
        """
        if self.mode is not Mode.PRACTICE:
            raise PracticeOnly("A quiz gives no hints")
        hints = items[self.slot(slot_id).item].hints
        taken = self.hints_taken.get(slot_id, 0)
        if not 1 <= number <= min(taken + 1, len(hints)):
            raise HintNotFound
        if number > taken:
            self._require_running(now)
            self.hints_taken = {**self.hints_taken, slot_id: number}
        return hints[:number]

    def submit(self, now: datetime) -> None:
        """End the attempt with the answers saved so far. Submitting again changes nothing.

        After the grace it is the clock that has submitted, at the deadline.
        """
        if self.state is not AttemptState.IN_PROGRESS:
            return
        over = self.is_over(now)
        self.state = AttemptState.SUBMITTED
        self.submitted_by = SubmittedBy.CLOCK if over else SubmittedBy.LEARNER
        self.submitted_at = self.expires_at if over else now
        self._record(facts.AttemptSubmitted, self.submitted_at or now, by=self.submitted_by)

    def expire(self, now: datetime) -> bool:
        """Submit if the time is up, grace included; whether this call did it."""
        if self.state is not AttemptState.IN_PROGRESS or not self.is_over(now):
            return False
        self.submit(now)
        return True

    def grade(self, items: Items, now: datetime) -> None:
        """Score every slot. Grading again changes nothing. Raises `NotSubmitted`."""
        if self.state is AttemptState.GRADED:
            return
        if self.state is not AttemptState.SUBMITTED:
            raise NotSubmitted
        self.results = {slot.id: self._result(slot, items[slot.item]) for slot in self.slots}
        sum_ = total((result.score for result in self.results.values()), self.pass_threshold)
        self.score, self.max_score, self.passed = sum_.score, sum_.max_score, sum_.passed
        self.state, self.graded_at = AttemptState.GRADED, now
        self._record(facts.AttemptGraded, now, score=sum_.score, max_score=sum_.max_score, passed=sum_.passed)

    def _result(self, slot: Slot, item: Item) -> SlotResult:
        """In practice the best check counts, or the answer that was saved after it if that is better."""
        answer, history = self.answers.get(slot.id), self.checks.get(slot.id)
        response = answer.response if answer is not None else None
        result = SlotResult(response=response, score=item.score(response))
        if history is not None and history.best.score.points >= result.score.points:
            return SlotResult(response=history.best.response, score=history.best.score)
        return result

    def _merge(self, slot_id: str, answer: Answer, now: datetime) -> Answer:
        standing = self.answers.get(slot_id)
        if standing is not None and answer.rank <= standing.rank:
            return standing
        self._require_open(slot_id, now)
        self.answers = {**self.answers, slot_id: answer}
        return answer

    def _require_open(self, slot_id: str, now: datetime) -> None:
        self._require_running(now)
        if self.is_settled(slot_id):
            raise SlotSettled(slot=slot_id)

    def _require_running(self, now: datetime) -> None:
        if self.state is not AttemptState.IN_PROGRESS:
            raise AttemptClosed
        if self.is_over(now) and self.expires_at is not None:
            raise AttemptExpired(expired_at=self.expires_at.isoformat())

    def _record(self, kind: type[facts.AttemptEvent], occurred_at: datetime, **facts: Any) -> None:
        self.record(
            kind(
                attempt_id=self.id,
                quiz_id=self.quiz_id,
                course_id=self.course_id,
                user_id=self.user_id,
                number=self.number,
                occurred_at=occurred_at,
                **facts,
            )
        )


def _deadline(now: datetime, limit: int | None, factor: Fraction, closes_at: datetime | None) -> datetime | None:
    """Limit × accommodation, rounded up to a second, and clipped by the close."""
    if limit is None:
        return closes_at
    deadline = now + timedelta(seconds=-(-limit * factor // 1))
    return deadline if closes_at is None else min(deadline, closes_at)
