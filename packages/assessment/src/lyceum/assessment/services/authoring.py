"""Making banks, items and quizzes."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from lyceum.assessment.domain.bank import Bank, BankItem, BankSummary, ItemFilter
from lyceum.assessment.domain.exchange import Sanitise
from lyceum.assessment.domain.items import ItemView, Show, parse_item
from lyceum.assessment.domain.markup import sanitised
from lyceum.assessment.domain.pointers import pointer, refuse
from lyceum.assessment.domain.quiz import FixedItem, Quiz, QuizContent, RandomDraw, parse_quiz_content
from lyceum.assessment.domain.repositories import AssessmentUnit
from lyceum.assessment.domain.values import AuthoringError
from lyceum.assessment.ports import BankNotFound, QuizNotFound
from lyceum.course.ports import CourseAccess
from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import PermissionDenied
from lyceum.kernel.ids import new_id
from lyceum.kernel.pagination import Page, PageRequest
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

    async def banks(
        self, principal: Principal, *, course_id: UUID, page: PageRequest, text: str | None = None
    ) -> Page[BankSummary]:
        """The banks of a course by title. Raises `NotAuthenticated`, `PermissionDenied`, `ValidationFailed`."""
        await self._require_author(principal, course_id)
        async with self._units() as unit:
            return await unit.banks.of_course(course_id, text=text, page=page)

    async def items(
        self, principal: Principal, bank_id: UUID, *, page: PageRequest, wanted: ItemFilter
    ) -> Page[BankItem]:
        """The items of a bank that are in use. Raises `NotAuthenticated`, `BankNotFound`, `ValidationFailed`."""
        await self._bank(principal, bank_id)
        async with self._units() as unit:
            return await unit.items.browse(bank_id, wanted=wanted, page=page)

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
        parsed = self._content(content)
        await self._require_own_questions(principal, course_id, parsed, kept=frozenset())
        quiz = Quiz.create(id=new_id(), course_id=course_id, content=parsed, now=self._clock.now())
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
        before = await self.quiz(principal, quiz_id)
        parsed = self._content(content)
        await self._require_own_questions(principal, before.course_id, parsed, kept=_named(before.content))
        async with self._units() as unit:
            quiz = await unit.quizzes.get(quiz_id)
            quiz.expect(expected)
            quiz.change(parsed)
            await unit.commit()
        return quiz

    def _content(self, content: Mapping[str, Any]) -> QuizContent:
        return sanitised(parse_quiz_content(dict(content)), self._sanitise)

    async def _require_own_questions(
        self, principal: Principal, course_id: UUID | None, content: QuizContent, *, kept: frozenset[UUID]
    ) -> None:
        """Authors ask what they may see: anything else would tell them the questions of others, keys included.

        What a quiz has already stays, whoever put it there.
        """
        if not (new := _named(content) - kept):
            return
        async with self._units() as unit:
            owners = await unit.banks.owners(items=new, banks=new)
        allowed = {course_id}
        for owner in {*owners.values()} - {course_id, None}:
            if owner and await self._courses.may_author(actor=principal, course_id=owner):
                allowed.add(owner)
        wrong = [
            AuthoringError(
                pointer=pointer("sections", s, "entries", e),
                detail="This question or bank is not among those of your courses",
            )
            for s, section in enumerate(content.sections)
            for e, entry in enumerate(section.entries)
            if (name := _name(entry)) in new and (owners.get(name) is None or owners[name] not in allowed)
        ]
        refuse("The quiz asks for what is not there", wrong)

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


def _name(entry: FixedItem | RandomDraw) -> UUID:
    return entry.item_id if isinstance(entry, FixedItem) else entry.bank_id


def _named(content: QuizContent) -> frozenset[UUID]:
    """The ids of the items and of the banks that a quiz asks from."""
    return frozenset(_name(entry) for section in content.sections for entry in section.entries)
