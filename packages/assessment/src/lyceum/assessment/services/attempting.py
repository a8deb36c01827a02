"""Taking quizzes."""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from lyceum.assessment.domain.attempt import (
    Attempt,
    AttemptState,
    AttemptView,
    Items,
    Stamp,
    attempt_view,
    draw_items,
)
from lyceum.assessment.domain.errors import AttemptNotAllowed, QuizNotReady
from lyceum.assessment.domain.items import Item
from lyceum.assessment.domain.policies import StartDecision, may_start
from lyceum.assessment.domain.quiz import Quiz
from lyceum.assessment.domain.repositories import AssessmentUnit
from lyceum.assessment.domain.values import Html, ItemRef
from lyceum.assessment.ports import AttemptNotFound, QuizNotFound
from lyceum.assessment.services.published_events import graded_so_far
from lyceum.course.ports import CourseAccess, NotEnrolled
from lyceum.identity.ports import Accommodations
from lyceum.kernel.clock import Clock
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import Principal

SEED_BYTES = 32
OVERDUE_AT_ONCE = 100
KEPT_ITEMS = 5_000


@dataclass(frozen=True, slots=True)
class Standing:
    """A quiz for somebody who may take it: whether now, the attempt under way and the last one if there are any."""

    quiz: Quiz
    decision: StartDecision
    running: UUID | None
    latest: UUID | None


class Attempting:
    """The server owns the clock: an attempt whose time is up counts as submitted, whoever looks at it."""

    def __init__(
        self,
        *,
        units: Callable[[], AssessmentUnit],
        courses: CourseAccess,
        accommodations: Accommodations,
        clock: Clock,
    ) -> None:
        self._units = units
        self._courses = courses
        self._accommodations = accommodations
        self._clock = clock
        # Item versions never change, so that those in use can stay.
        self._kept: OrderedDict[ItemRef, Item] = OrderedDict()

    async def standing(self, principal: Principal, quiz_id: UUID) -> Standing:
        """Raises `NotAuthenticated`, `QuizNotFound`, `NotEnrolled`."""
        user_id = principal.require_user()
        quiz = await self._open_quiz(principal, quiz_id)
        async with self._units() as unit:
            previous = await unit.attempts.previous(quiz_id, user_id)
            latest = await unit.attempts.latest(quiz_id, user_id)
        decision = may_start(quiz.settings, previous, self._clock.now())
        if latest is None:
            return Standing(quiz, decision, running=None, latest=None)
        running = latest.id if latest.state is AttemptState.IN_PROGRESS else None
        return Standing(quiz, decision, running=running, latest=latest.id)

    async def start(self, principal: Principal, quiz_id: UUID) -> AttemptView:
        """The attempt under way, or a new one.

        Raises `NotAuthenticated`, `QuizNotFound`, `NotEnrolled`, `AttemptNotAllowed`, `QuizNotReady`.
        """
        user_id = principal.require_user()
        await self._open_quiz(principal, quiz_id)
        factor = Fraction(await self._accommodations.extra_time_factor(user_id=user_id))
        try:
            return await self._start(user_id, quiz_id, factor)
        except AttemptNotAllowed as refused:
            if refused.extensions.get("reason") != "in_progress":
                raise
            # A parallel request was first: theirs is the attempt under way now.
            return await self._start(user_id, quiz_id, factor)

    async def view(self, principal: Principal, attempt_id: UUID) -> AttemptView:
        """One's own attempt, or that of a learner whom one instructs. Raises `NotAuthenticated`, `AttemptNotFound`.

        A practice is opened by looking at its questions. As long as that is all, it follows what its authors correct.
        """
        async with self._units() as unit:
            attempt = await unit.attempts.get(attempt_id)
        await self._require_reader(principal, attempt)
        if attempt.is_over(self._clock.now()) and attempt.state is AttemptState.IN_PROGRESS:
            await self._expire(attempt_id)
        elif attempt.is_untouched and attempt.user_id == principal.user_id:
            await self._renew(attempt_id)
        async with self._units() as unit:
            return await self._view(unit, await unit.attempts.get(attempt_id))

    async def save_answer(
        self, principal: Principal, attempt_id: UUID, slot: str, stamp: Stamp, response: object
    ) -> AttemptView:
        """Keep an answer; the one of the highest rank stands, in whatever order they arrive.

        Raises `NotAuthenticated`, `AttemptNotFound`, `SlotNotFound`, `ValidationFailed`, `AttemptClosed`,
        `AttemptExpired`, `SlotSettled`.
        """
        async with self._units() as unit:
            attempt, items = await self._own(unit, principal, attempt_id)
            attempt.save_answer(slot, stamp, response, items=items, now=self._clock.now())
            await unit.commit()
            return await self._view(unit, attempt)

    async def check(
        self, principal: Principal, attempt_id: UUID, slot: str, stamp: Stamp, response: object
    ) -> AttemptView:
        """In practice: keep an answer and tell at once how good it is. Raises `PracticeOnly`, `NothingToCheck` too."""
        now = self._clock.now()
        async with self._units() as unit:
            attempt, items = await self._own(unit, principal, attempt_id)
            before = attempt.checks
            attempt.check(slot, stamp, response, items=items, now=now)
            if attempt.checks is not before and attempt.state is AttemptState.IN_PROGRESS:
                so_far = graded_so_far(attempt, now)
                if so_far is not None:
                    unit.publish(so_far)
            await unit.commit()
            return await self._view(unit, attempt)

    async def take_hint(self, principal: Principal, attempt_id: UUID, slot: str, number: int) -> tuple[Html, ...]:
        """The first `number` hints of a question. Raises `PracticeOnly`, `HintNotFound` beside the usual."""
        async with self._units() as unit:
            attempt, items = await self._own(unit, principal, attempt_id)
            hints = attempt.take_hint(slot, number, items=items, now=self._clock.now())
            await unit.commit()
        return hints

    async def submit(self, principal: Principal, attempt_id: UUID) -> AttemptView:
        """Hand the attempt in with the answers saved so far; doing it again changes nothing.

        Raises `NotAuthenticated`, `AttemptNotFound`.
        """
        now = self._clock.now()
        async with self._units() as unit:
            attempt, items = await self._own(unit, principal, attempt_id)
            attempt.submit(now)
            attempt.grade(items, now)
            await unit.commit()
            return await self._view(unit, attempt)

    async def submit_overdue(self) -> int:
        """Hand in every attempt whose time is up; how many that were."""
        total = 0
        while True:
            async with self._units() as unit:
                overdue = await unit.attempts.overdue(self._clock.now(), OVERDUE_AT_ONCE)
            for attempt_id in overdue:
                await self._expire(attempt_id)
            total += len(overdue)
            if len(overdue) < OVERDUE_AT_ONCE:
                return total

    async def _start(self, user_id: UUID, quiz_id: UUID, factor: Fraction) -> AttemptView:
        now = self._clock.now()
        overdue = None
        async with self._units() as unit:
            running = await unit.attempts.running(quiz_id, user_id)
            if running is not None and not running.is_over(now):
                return await self._view(unit, running)
            if running is not None:
                overdue = running.id
        if overdue is not None:
            await self._expire(overdue)
        async with self._units() as unit:
            quiz = await unit.quizzes.get(quiz_id)
            previous = await unit.attempts.previous(quiz_id, user_id)
            decision = may_start(quiz.settings, previous, now)
            if decision.refusal is not None:
                available_at = None if decision.available_at is None else decision.available_at.isoformat()
                raise AttemptNotAllowed(reason=decision.refusal.value, available_at=available_at)
            seed = secrets.token_bytes(SEED_BYTES)
            drawn = draw_items(quiz.content, await unit.items.pool(quiz.content), seed)
            items = await self._items(unit, [ref for section in drawn for ref in section])
            attempt = Attempt.start(
                id=new_id(),
                quiz=quiz,
                user_id=user_id,
                previous=previous,
                drawn=drawn,
                items=items,
                seed=seed,
                extra_time_factor=factor,
                now=now,
            )
            unit.attempts.add(attempt)
            await unit.commit()
            return attempt_view(attempt, quiz.settings, items=items, now=now)

    async def _expire(self, attempt_id: UUID) -> None:
        now = self._clock.now()
        async with self._units() as unit:
            attempt = await unit.attempts.get_locked(attempt_id)
            if attempt.expire(now):
                attempt.grade(await self._items_of(unit, attempt), now)
                await unit.commit()

    async def _renew(self, attempt_id: UUID) -> None:
        async with self._units() as unit:
            attempt = await unit.attempts.get_locked(attempt_id)
            quiz = await unit.quizzes.get(attempt.quiz_id)
            try:
                drawn = draw_items(quiz.content, await unit.items.pool(quiz.content), attempt.seed)
            except QuizNotReady:
                return  # what was drawn before can still be answered
            if attempt.renew(quiz, drawn, await self._items(unit, [ref for section in drawn for ref in section])):
                await unit.commit()

    async def _own(self, unit: AssessmentUnit, principal: Principal, attempt_id: UUID) -> tuple[Attempt, Items]:
        user_id = principal.require_user()
        attempt = await unit.attempts.get_locked(attempt_id)
        if attempt.user_id != user_id:
            raise AttemptNotFound()
        return attempt, await self._items_of(unit, attempt)

    async def _require_reader(self, principal: Principal, attempt: Attempt) -> None:
        user_id = principal.require_user()
        if attempt.user_id == user_id:
            return
        if attempt.course_id is None or not await self._courses.may_instruct(
            actor=principal, course_id=attempt.course_id
        ):
            raise AttemptNotFound()

    async def _open_quiz(self, principal: Principal, quiz_id: UUID) -> Quiz:
        """The quiz, for those who take its course or teach it. A quiz outside courses is nobody's to take yet."""
        user_id = principal.require_user()
        async with self._units() as unit:
            quiz = await unit.quizzes.get(quiz_id)
        if quiz.course_id is None:
            raise QuizNotFound()
        enrolment = await self._courses.enrolment(user_id=user_id, course_id=quiz.course_id)
        if enrolment is not None and enrolment.state != "withdrawn":
            return quiz
        if await self._courses.may_instruct(actor=principal, course_id=quiz.course_id):
            return quiz
        raise NotEnrolled()

    async def _view(self, unit: AssessmentUnit, attempt: Attempt) -> AttemptView:
        quiz = await unit.quizzes.get(attempt.quiz_id)
        items = await self._items_of(unit, attempt)
        return attempt_view(attempt, quiz.settings, items=items, now=self._clock.now())

    async def _items_of(self, unit: AssessmentUnit, attempt: Attempt) -> Items:
        return await self._items(unit, [slot.item for slot in attempt.slots])

    async def _items(self, unit: AssessmentUnit, refs: Iterable[ItemRef]) -> Items:
        wanted = list(refs)
        missing = [ref for ref in wanted if ref not in self._kept]
        self._kept.update(await unit.items.versions(missing))
        found: dict[ItemRef, Any] = {ref: self._kept[ref] for ref in wanted}
        while len(self._kept) > KEPT_ITEMS:
            self._kept.popitem(last=False)
        return found
