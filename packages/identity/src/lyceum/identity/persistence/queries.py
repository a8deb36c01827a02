"""Identity's read models: rows straight to DTOs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Table, any_, bindparam, or_, select, tuple_
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text, Uuid

from lyceum.identity.domain.values import UserStatus
from lyceum.identity.models.model import group_members, groups, organisation_members, organisations, users
from lyceum.identity.ports import UserSummary
from lyceum.identity.schemas.internal import Account, GroupView, Member, OrganisationView
from lyceum.kernel.pagination import Page, PageRequest, decode_cursor, encode_cursor
from lyceum.runtime.database import Database

_SUMMARY = select(users.c.id, users.c.email, users.c.display_name, users.c.locale, users.c.time_zone, users.c.status)
_SUMMARIES = _SUMMARY.where(users.c.id == any_(bindparam("ids", type_=ARRAY(Uuid))))
_SUMMARY_BY_EMAIL = _SUMMARY.where(users.c.email == bindparam("email"))
_ACCOUNTS = select(
    users.c.id,
    users.c.email,
    users.c.display_name,
    users.c.status,
    users.c.locale,
    users.c.time_zone,
    users.c.created_at,
    users.c.version,
).order_by(users.c.created_at.desc(), users.c.id.desc())
_ORGANISATIONS = select(organisations).order_by(organisations.c.name, organisations.c.id)
_GROUPS = select(groups).order_by(groups.c.name, groups.c.id)


def _members(table: Table) -> Select[Any]:
    return (
        select(users.c.id, users.c.display_name, users.c.email, table.c.joined_at)
        .join(table, table.c.user_id == users.c.id)
        .order_by(users.c.display_name, users.c.id)
    )


_ORGANISATION_MEMBERS = _members(organisation_members).where(
    organisation_members.c.organisation_id == bindparam("owner", type_=Uuid)
)
_GROUP_MEMBERS = _members(group_members).where(group_members.c.group_id == bindparam("owner", type_=Uuid))


class SqlIdentityQueries:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def summaries(self, user_ids: list[UUID]) -> list[UserSummary]:
        return [_summary(row) for row in await self._rows(_SUMMARIES, {"ids": user_ids})]

    async def summary_by_email(self, email: str) -> UserSummary | None:
        rows = await self._rows(_SUMMARY_BY_EMAIL, {"email": email})
        return _summary(rows[0]) if rows else None

    async def accounts(
        self,
        *,
        page: PageRequest,
        text: str | None,
        status: UserStatus | None,
        organisation: UUID | None,
        within: frozenset[UUID] | None,
    ) -> Page[Account]:
        statement = _ACCOUNTS
        if text:
            pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
            statement = statement.where(
                or_(users.c.display_name.ilike(pattern), users.c.email.cast(Text).ilike(pattern))
            )
        if status is not None:
            statement = statement.where(users.c.status == status)
        for limit in ({organisation} if organisation else None, within):
            if limit is not None:
                statement = statement.where(
                    users.c.id.in_(
                        select(organisation_members.c.user_id).where(organisation_members.c.organisation_id.in_(limit))
                    )
                )
        if page.cursor:
            keys = decode_cursor(page.cursor, datetime, UUID)
            statement = statement.where(tuple_(users.c.created_at, users.c.id) < keys)
        rows = await self._rows(statement.limit(page.limit + 1), {})
        items = [Account.model_validate({**row, "status": row["status"].value}) for row in rows[: page.limit]]
        last = items[-1] if len(rows) > page.limit else None
        return Page(items=items, next_cursor=last and encode_cursor(last.created_at.isoformat(), last.id))

    async def organisations(self, *, page: PageRequest, within: frozenset[UUID] | None) -> Page[OrganisationView]:
        statement = _ORGANISATIONS if within is None else _ORGANISATIONS.where(organisations.c.id.in_(within))
        rows = await self._named_page(statement, organisations, page, {})
        return _page(rows, page, OrganisationView, "name")

    async def groups(self, *, organisation_id: UUID, page: PageRequest) -> Page[GroupView]:
        statement = _GROUPS.where(groups.c.organisation_id == organisation_id)
        return _page(await self._named_page(statement, groups, page, {}), page, GroupView, "name")

    async def organisation_members(self, *, organisation_id: UUID, page: PageRequest) -> Page[Member]:
        return await self._member_page(_ORGANISATION_MEMBERS, organisation_id, page)

    async def group_members(self, *, group_id: UUID, page: PageRequest) -> Page[Member]:
        return await self._member_page(_GROUP_MEMBERS, group_id, page)

    async def _member_page(self, statement: Select[Any], owner: UUID, page: PageRequest) -> Page[Member]:
        rows = await self._named_page(statement, users, page, {"owner": owner}, key="display_name")
        return _page(rows, page, Member, "display_name")

    async def _named_page(
        self, statement: Select[Any], table: Table, page: PageRequest, parameters: Mapping[str, Any], key: str = "name"
    ) -> Sequence[Mapping[str, Any]]:
        if page.cursor:
            statement = statement.where(tuple_(table.c[key], table.c.id) > decode_cursor(page.cursor, str, UUID))
        return await self._rows(statement.limit(page.limit + 1), parameters)

    async def _rows(self, statement: Select[Any], parameters: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        async with self._database.reading() as connection:
            return [dict(row) for row in (await connection.execute(statement, parameters)).mappings()]


def _summary(row: Mapping[str, Any]) -> UserSummary:
    return UserSummary(
        id=row["id"],
        email=row["email"],
        display_name=row["display_name"],
        locale=row["locale"],
        time_zone=row["time_zone"],
        active=row["status"] is UserStatus.ACTIVE,
    )


def _page(rows: Sequence[Mapping[str, Any]], page: PageRequest, kind: type[Any], key: str) -> Page[Any]:
    items = [kind.model_validate(row) for row in rows[: page.limit]]
    last = items[-1] if len(rows) > page.limit else None
    return Page(items=items, next_cursor=last and encode_cursor(getattr(last, key), last.id))
