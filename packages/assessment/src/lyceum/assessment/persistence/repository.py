"""The repositories on SQLAlchemy."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, tuple_, type_coerce
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from lyceum.assessment.domain.attempt import Attempt, AttemptState, ItemPool
from lyceum.assessment.domain.bank import Bank, BankItem, BankSummary, ItemFilter, ItemVersion
from lyceum.assessment.domain.items import ITEMS, Item
from lyceum.assessment.domain.policies import PreviousAttempt
from lyceum.assessment.domain.quiz import FixedItem, Quiz, QuizContent, RandomDraw
from lyceum.assessment.domain.values import ItemRef
from lyceum.assessment.models import model
from lyceum.assessment.ports import AttemptNotFound, BankNotFound, ItemNotFound, QuizNotFound
from lyceum.kernel.pagination import Page, PageRequest, decode_cursor, encode_cursor


class SqlQuizzes:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, quiz_id: UUID) -> Quiz:
        quiz = await self._session.get(Quiz, quiz_id)
        if quiz is None:
            raise QuizNotFound()
        return quiz

    async def of_course(self, course_id: UUID, quiz_ids: Iterable[UUID]) -> Sequence[Quiz]:
        table = model.quizzes
        found = await self._session.execute(
            select(Quiz).where(table.c.course_id == course_id, table.c.id.in_(list(quiz_ids)))
        )
        return found.scalars().all()

    def add(self, quiz: Quiz) -> None:
        self._session.add(quiz)

    async def remove(self, quiz_ids: Iterable[UUID]) -> None:
        table = model.quizzes
        attempted = select(model.attempts.c.quiz_id)
        await self._session.execute(delete(table).where(table.c.id.in_(list(quiz_ids)), table.c.id.not_in(attempted)))


class SqlBanks:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, bank_id: UUID) -> Bank:
        bank = await self._session.get(Bank, bank_id)
        if bank is None:
            raise BankNotFound()
        return bank

    def add(self, bank: Bank) -> None:
        self._session.add(bank)

    async def of_course(self, course_id: UUID, *, text: str | None, page: PageRequest) -> Page[BankSummary]:
        table, items = model.banks, model.items
        used = (
            select(func.count())
            .select_from(items)
            .where(items.c.bank_id == table.c.id, ~items.c.retired)
            .scalar_subquery()
        )
        statement = (
            select(table.c.id, table.c.title, table.c.course_id, used.label("items"))
            .where(table.c.course_id == course_id)
            .order_by(table.c.title, table.c.id)
            .limit(page.limit + 1)
        )
        if text:
            statement = statement.where(table.c.title.icontains(text, autoescape=True))
        if page.cursor:
            statement = statement.where(tuple_(table.c.title, table.c.id) > decode_cursor(page.cursor, str, UUID))
        rows = (await self._session.execute(statement)).mappings().all()
        found = [BankSummary(**row) for row in rows[: page.limit]]
        last = found[-1] if len(rows) > page.limit else None
        return Page(items=found, next_cursor=last and encode_cursor(last.title, last.id))

    async def owners(self, *, items: Iterable[UUID], banks: Iterable[UUID]) -> Mapping[UUID, UUID | None]:
        bank, item = model.banks, model.items
        of_items = select(item.c.id, bank.c.course_id).join(bank, bank.c.id == item.c.bank_id)
        rows = await self._session.execute(
            of_items.where(item.c.id.in_(list(items))).union_all(
                select(bank.c.id, bank.c.course_id).where(bank.c.id.in_(list(banks)))
            )
        )
        return {row[0]: row[1] for row in rows}

    async def remove(self, bank_ids: Iterable[UUID]) -> None:
        await self._session.execute(delete(model.banks).where(model.banks.c.id.in_(list(bank_ids))))


class SqlBankItems:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._new_versions: list[ItemVersion] = []

    async def get(self, item_id: UUID) -> BankItem:
        item = await self._session.get(BankItem, item_id)
        if item is None:
            raise ItemNotFound()
        return item

    def add(self, item: BankItem, version: ItemVersion) -> None:
        self._session.add(item)
        self.add_version(version)

    def add_version(self, version: ItemVersion) -> None:
        self._new_versions.append(version)

    async def write_versions(self) -> None:
        """Store the versions that were added, all in one statement. The unit calls it before it commits."""
        rows = [
            {
                "item_id": version.item_id,
                "number": version.number,
                "content": ITEMS.dump_python(version.content, mode="json"),
                "created_at": version.created_at,
            }
            for version in self._new_versions
        ]
        self._new_versions.clear()
        if rows:
            await self._session.execute(insert(model.item_versions), rows)

    async def pool(self, content: QuizContent) -> ItemPool:
        entries = [entry for section in content.sections for entry in section.entries]
        fixed = [entry.item_id for entry in entries if isinstance(entry, FixedItem)]
        drawn = [entry.bank_id for entry in entries if isinstance(entry, RandomDraw)]
        table = model.items
        rows = await self._session.execute(
            select(table.c.id, table.c.bank_id, table.c.latest).where(
                ~table.c.retired, table.c.id.in_(fixed) | table.c.bank_id.in_(drawn)
            )
        )
        chosen, banks = set(fixed), dict[UUID, list[ItemRef]]()
        items: dict[UUID, ItemRef] = {}
        for item_id, bank_id, latest in rows:
            ref = ItemRef(item_id=item_id, version=latest)
            if item_id in chosen:
                items[item_id] = ref
            banks.setdefault(bank_id, []).append(ref)
        return ItemPool(items=items, banks={bank_id: banks.get(bank_id, []) for bank_id in drawn})

    async def versions(self, refs: Iterable[ItemRef]) -> Mapping[ItemRef, Item]:
        wanted = [(ref.item_id, ref.version) for ref in refs]
        if not wanted:
            return {}
        table = model.item_versions
        rows = await self._session.execute(
            select(table.c.item_id, table.c.number, table.c.content).where(
                tuple_(table.c.item_id, table.c.number).in_(wanted)
            )
        )
        return {
            ItemRef(item_id=item_id, version=number): ITEMS.validate_python(content)
            for item_id, number, content in rows
        }

    async def latest(self, item_ids: Iterable[UUID]) -> Mapping[UUID, Item]:
        table = model.items
        rows = await self._session.execute(select(table.c.id, table.c.content).where(table.c.id.in_(list(item_ids))))
        return {row[0]: row[1] for row in rows}

    async def of_bank(self, bank_id: UUID) -> Sequence[BankItem]:
        table = model.items
        found = await self._session.execute(
            select(BankItem).where(table.c.bank_id == bank_id, ~table.c.retired).order_by(table.c.id)
        )
        return found.scalars().all()

    async def browse(self, bank_id: UUID, *, wanted: ItemFilter, page: PageRequest) -> Page[BankItem]:
        table = model.items
        content = type_coerce(table.c.content, postgresql.JSONB)
        statement = (
            select(BankItem)
            .where(table.c.bank_id == bank_id, ~table.c.retired)
            .order_by(table.c.id)
            .limit(page.limit + 1)
        )
        if wanted.type:
            statement = statement.where(content["type"].astext == wanted.type)
        if wanted.text:
            prompt: ColumnElement[str] = func.regexp_replace(content["prompt"].astext, "<[^>]*>", "", "g")
            names = (content["title"].astext, prompt)
            statement = statement.where(or_(*(name.icontains(wanted.text, autoescape=True) for name in names)))
        if page.cursor:
            statement = statement.where(table.c.id > decode_cursor(page.cursor, UUID)[0])
        rows = (await self._session.execute(statement)).scalars().all()
        found = list(rows[: page.limit])
        last = found[-1] if len(rows) > page.limit else None
        return Page(items=found, next_cursor=last and encode_cursor(last.id))


class SqlAttempts:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, attempt_id: UUID) -> Attempt:
        return self._present(await self._session.get(Attempt, attempt_id))

    async def get_locked(self, attempt_id: UUID) -> Attempt:
        return self._present(await self._session.get(Attempt, attempt_id, with_for_update=True, populate_existing=True))

    async def running(self, quiz_id: UUID, user_id: UUID) -> Attempt | None:
        table = model.attempts
        found = await self._session.execute(
            select(Attempt).where(
                table.c.quiz_id == quiz_id,
                table.c.user_id == user_id,
                table.c.state == AttemptState.IN_PROGRESS,
            )
        )
        return found.scalar_one_or_none()

    async def latest(self, quiz_id: UUID, user_id: UUID) -> Attempt | None:
        table = model.attempts
        found = await self._session.execute(
            select(Attempt)
            .where(table.c.quiz_id == quiz_id, table.c.user_id == user_id)
            .order_by(table.c.number.desc())
            .limit(1)
        )
        return found.scalar_one_or_none()

    async def previous(self, quiz_id: UUID, user_id: UUID) -> Sequence[PreviousAttempt]:
        table = model.attempts
        rows = await self._session.execute(
            select(table.c.number, table.c.submitted_at)
            .where(table.c.quiz_id == quiz_id, table.c.user_id == user_id)
            .order_by(table.c.number)
        )
        return [PreviousAttempt(number=number, submitted_at=submitted_at) for number, submitted_at in rows]

    async def overdue(self, now: datetime, limit: int) -> Sequence[UUID]:
        table = model.attempts
        rows = await self._session.execute(
            select(table.c.id)
            .where(table.c.state == AttemptState.IN_PROGRESS, table.c.expires_at + table.c.grace < now)
            .order_by(table.c.expires_at)
            .limit(limit)
        )
        return rows.scalars().all()

    def add(self, attempt: Attempt) -> None:
        self._session.add(attempt)

    def _present(self, attempt: Attempt | None) -> Attempt:
        if attempt is None:
            raise AttemptNotFound()
        return attempt


class SqlIntakes:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._table = model.intakes

    async def of_import(self, import_id: UUID, sources: Iterable[str]) -> Mapping[str, dict[str, Any]]:
        table = self._table
        # Parallel runs of one import take turns, so that both see the same receipts.
        await self._session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(import_id), 0))))
        rows = await self._session.execute(
            select(table.c.source, table.c.receipt).where(
                table.c.import_id == import_id, table.c.source.in_(list(sources))
            )
        )
        return {row[0]: row[1] for row in rows}

    async def keep(
        self, import_id: UUID, source: str, receipt: dict[str, Any], quiz_id: UUID | None, bank_ids: Sequence[UUID]
    ) -> None:
        await self._session.execute(
            postgresql.insert(self._table).values(
                import_id=import_id, source=source, receipt=receipt, quiz_id=quiz_id, bank_ids=list(bank_ids)
            )
        )

    async def forget(self, import_id: UUID) -> tuple[Sequence[UUID], Sequence[UUID]]:
        table = self._table
        rows = (
            await self._session.execute(
                delete(table).where(table.c.import_id == import_id).returning(table.c.quiz_id, table.c.bank_ids)
            )
        ).all()
        quizzes = [quiz_id for quiz_id, _ in rows if quiz_id is not None]
        return quizzes, [bank_id for _, bank_ids in rows for bank_id in bank_ids]
