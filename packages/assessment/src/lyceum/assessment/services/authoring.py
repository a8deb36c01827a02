"""Making banks, items and quizzes."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from lyceum.assessment.domain.bank import Bank, BankItem
from lyceum.assessment.domain.exchange import Sanitise
from lyceum.assessment.domain.items import ItemView, Show, parse_item
from lyceum.assessment.domain.markup import sanitised
from lyceum.assessment.domain.quiz import Quiz, QuizContent, parse_quiz_content
from lyceum.assessment.domain.repositories import AssessmentUnit
from lyceum.assessment.ports import BankNotFound, QuizNotFound
from lyceum.course.ports import CourseAccess
from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import PermissionDenied
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import Principal


class Authoring:
    """For the authors of a course; what belongs to a course of others is not there."""

    def __init__(
        self, *, units: Callable[[], AssessmentUnit], courses: CourseAccess, sanitise: Sanitise, clock: Clock
    ) -> None:
        self._units = units
        self._courses = courses
        self._sanitise = sanitise
        self._clock = clock

    async def create_bank(self, principal: Principal, *, course_id: UUID, title: str) -> Bank:
        """Raises `NotAuthenticated`, `PermissionDenied`."""
        await self._require_author(principal, course_id)
        bank = Bank(id=new_id(), title=title, course_id=course_id, created_at=self._clock.now())
        async with self._units() as unit:
            unit.banks.add(bank)
            await unit.commit()
        return bank

    async def items(self, principal: Principal, bank_id: UUID) -> list[BankItem]:
        """The items of a bank that are in use. Raises `NotAuthenticated`, `BankNotFound`."""
        await self._bank(principal, bank_id)
        async with self._units() as unit:
            return list(await unit.items.of_bank(bank_id))

    async def add_item(self, principal: Principal, bank_id: UUID, content: Mapping[str, Any]) -> BankItem:
        """Raises `NotAuthenticated`, `BankNotFound`, `ValidationFailed`."""
        await self._bank(principal, bank_id)
        parsed = sanitised(parse_item(dict(content)), self._sanitise)
        item, version = BankItem.create(id=new_id(), bank_id=bank_id, content=parsed, now=self._clock.now())
        async with self._units() as unit:
            unit.items.add(item, version)
            await unit.commit()
        return item

    async def item(self, principal: Principal, item_id: UUID) -> BankItem:
        """Raises `NotAuthenticated`, `ItemNotFound`, `BankNotFound`."""
        return await self._item_of_author(principal, item_id)

    async def revise_item(
        self, principal: Principal, item_id: UUID, content: Mapping[str, Any], *, expected: int | None
    ) -> BankItem:
        """New content; attempts under way keep theirs. Raises `ItemNotFound`, `PreconditionFailed` beside the usual."""
        await self._item_of_author(principal, item_id)
        parsed = sanitised(parse_item(dict(content)), self._sanitise)
        async with self._units() as unit:
            item = await unit.items.get(item_id)
            item.expect(expected)
            version = item.revise(parsed, self._clock.now())
            if version is not None:
                unit.items.add_version(version)
                await unit.commit()
        return item

    async def retire_item(self, principal: Principal, item_id: UUID) -> None:
        """Take the item out of new attempts. Raises `NotAuthenticated`, `ItemNotFound`, `BankNotFound`."""
        await self._item_of_author(principal, item_id)
        async with self._units() as unit:
            (await unit.items.get(item_id)).retire()
            await unit.commit()

    async def preview_item(
        self,
        principal: Principal,
        *,
        course_id: UUID,
        content: Mapping[str, Any],
        response: Mapping[str, Any] | None = None,
        hints_taken: int = 0,
    ) -> ItemView:
        """The item as a learner would meet it, its options as written; with a response, everything that a review can
        tell of it. Raises `NotAuthenticated`, `PermissionDenied`, `ValidationFailed`."""
        await self._require_author(principal, course_id)
        item = sanitised(parse_item(dict(content)), self._sanitise)
        if response is None:
            return item.learner_view(hints_taken=hints_taken)
        answer = item.parse_response(dict(response))
        return item.learner_view(
            hints_taken=hints_taken, show=frozenset(Show), response=answer, score=item.score(answer)
        )

    async def create_quiz(self, principal: Principal, *, course_id: UUID, content: Mapping[str, Any]) -> Quiz:
        """Raises `NotAuthenticated`, `PermissionDenied`, `ValidationFailed`."""
        await self._require_author(principal, course_id)
        quiz = Quiz.create(id=new_id(), course_id=course_id, content=self._content(content), now=self._clock.now())
        async with self._units() as unit:
            unit.quizzes.add(quiz)
            await unit.commit()
        return quiz

    async def quiz(self, principal: Principal, quiz_id: UUID) -> Quiz:
        """Raises `NotAuthenticated`, `QuizNotFound`."""
        principal.require_user()
        async with self._units() as unit:
            quiz = await unit.quizzes.get(quiz_id)
        if quiz.course_id is None or not await self._courses.may_author(actor=principal, course_id=quiz.course_id):
            raise QuizNotFound()
        return quiz

    async def change_quiz(
        self, principal: Principal, quiz_id: UUID, content: Mapping[str, Any], *, expected: int | None
    ) -> Quiz:
        """Raises `NotAuthenticated`, `QuizNotFound`, `PreconditionFailed`, `ValidationFailed`."""
        await self.quiz(principal, quiz_id)
        parsed = self._content(content)
        async with self._units() as unit:
            quiz = await unit.quizzes.get(quiz_id)
            quiz.expect(expected)
            quiz.change(parsed)
            await unit.commit()
        return quiz

    def _content(self, content: Mapping[str, Any]) -> QuizContent:
        return sanitised(parse_quiz_content(dict(content)), self._sanitise)

    async def _require_author(self, principal: Principal, course_id: UUID) -> None:
        principal.require_user()
        if not await self._courses.may_author(actor=principal, course_id=course_id):
            raise PermissionDenied("This is for the course's authors")

    async def _bank(self, principal: Principal, bank_id: UUID) -> Bank:
        principal.require_user()
        async with self._units() as unit:
            bank = await unit.banks.get(bank_id)
        if bank.course_id is None or not await self._courses.may_author(actor=principal, course_id=bank.course_id):
            raise BankNotFound()
        return bank

    async def _item_of_author(self, principal: Principal, item_id: UUID) -> BankItem:
        principal.require_user()
        async with self._units() as unit:
            item = await unit.items.get(item_id)
        await self._bank(principal, item.bank_id)
        return item
