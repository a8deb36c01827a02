"""Auth's read models: rows straight to DTOs."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from lyceum.auth.domain.entities import AuditEntry, AuditHead, Role, RoleAssignment, SigningKey
from lyceum.auth.domain.queries import AuditFilter, SessionState
from lyceum.auth.models.model import (
    audit_entries,
    audit_head,
    clients,
    external_identities,
    role_assignments,
    roles,
    sessions,
    signing_keys,
)
from lyceum.auth.schemas.internal import (
    AssignmentView,
    AuditEntryView,
    ClientView,
    ExternalIdentityView,
    SessionView,
)
from lyceum.kernel.pagination import Page, PageRequest, decode_cursor, encode_cursor
from lyceum.runtime.database import Database

_SESSION = select(
    sessions.c.id,
    sessions.c.user_id,
    sessions.c.authenticated_at,
    sessions.c.last_seen_at,
    sessions.c.expires_at,
    sessions.c.revoked_at,
)
_SESSION_BY_TOKEN = _SESSION.where(sessions.c.token_hash == bindparam("token_hash"))
_SESSION_BY_ID = _SESSION.where(sessions.c.id == bindparam("session_id"))
_NOTE_USE = (
    update(sessions)
    .where(sessions.c.id == bindparam("session_id"), sessions.c.last_seen_at <= bindparam("not_since"))
    .values(last_seen_at=bindparam("moment"))
)
_HELD = (
    select(role_assignments, roles.c.id.label("role_id"), roles.c.title, roles.c.permissions, roles.c.created_at)
    .outerjoin(roles, roles.c.name == role_assignments.c.role)
    .where(role_assignments.c.user_id == bindparam("user_id"))
    .order_by(role_assignments.c.id)
)
_ASSIGNMENTS = select(role_assignments).order_by(role_assignments.c.id)
_KEYS = select(signing_keys).order_by(signing_keys.c.activates_at)
_AUDIT = select(audit_entries).order_by(audit_entries.c.sequence.desc())
_HEAD = select(audit_head.c.sequence, audit_head.c.hash)
_ENTRIES = (
    select(audit_entries)
    .where(audit_entries.c.sequence > bindparam("after"))
    .order_by(audit_entries.c.sequence)
    .limit(bindparam("most"))
)

Row = Mapping[str, Any]


class SqlAuthQueries:
    """See `domain.queries.AuthQueries`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def session_by_token(self, token_hash: bytes) -> SessionState | None:
        rows = await self._rows(_SESSION_BY_TOKEN, {"token_hash": token_hash})
        return _state(rows[0]) if rows else None

    async def session_by_id(self, session_id: UUID) -> SessionState | None:
        rows = await self._rows(_SESSION_BY_ID, {"session_id": session_id})
        return _state(rows[0]) if rows else None

    async def held_roles(self, user_id: UUID) -> tuple[Sequence[RoleAssignment], Sequence[Role]]:
        rows = await self._rows(_HELD, {"user_id": user_id})
        custom = {
            row["role"]: Role(
                id=row["role_id"],
                name=row["role"],
                title=row["title"],
                permissions=row["permissions"],
                created_at=row["created_at"],
            )
            for row in rows
            if row["role_id"] is not None
        }
        return [_assignment(row) for row in rows], list(custom.values())

    async def note_use(self, session_id: UUID, now: datetime, not_since: datetime) -> None:
        async with self._database.reading() as connection:
            await connection.execute(_NOTE_USE, {"session_id": session_id, "moment": now, "not_since": not_since})

    async def sessions(
        self, *, user_id: UUID, idle_since: datetime, now: datetime, page: PageRequest
    ) -> Page[SessionView]:
        statement = (
            select(sessions)
            .where(
                sessions.c.user_id == user_id,
                sessions.c.revoked_at.is_(None),
                sessions.c.expires_at > now,
                sessions.c.last_seen_at > idle_since,
            )
            .order_by(sessions.c.id.desc())
        )
        if page.cursor:
            statement = statement.where(sessions.c.id < decode_cursor(page.cursor, UUID)[0])
        return _page(await self._rows(statement.limit(page.limit + 1)), page, SessionView, "id")

    async def assignments(
        self, *, user_id: UUID, within: Sequence[UUID] | None, page: PageRequest
    ) -> Page[AssignmentView]:
        statement = _ASSIGNMENTS.where(role_assignments.c.user_id == user_id)
        if within is not None:
            statement = statement.where(role_assignments.c.scope_id.in_(within))
        if page.cursor:
            statement = statement.where(role_assignments.c.id > decode_cursor(page.cursor, UUID)[0])
        return _page(await self._rows(statement.limit(page.limit + 1)), page, AssignmentView, "id")

    async def clients(self, *, page: PageRequest) -> Page[ClientView]:
        statement = select(clients).order_by(clients.c.client_id)
        if page.cursor:
            statement = statement.where(clients.c.client_id > decode_cursor(page.cursor, str)[0])
        rows = [_client(row) for row in await self._rows(statement.limit(page.limit + 1))]
        return _page(rows, page, ClientView, "client_id")

    async def external_identities(self, *, user_id: UUID, page: PageRequest) -> Page[ExternalIdentityView]:
        statement = (
            select(external_identities)
            .where(external_identities.c.user_id == user_id)
            .order_by(external_identities.c.id)
        )
        if page.cursor:
            statement = statement.where(external_identities.c.id > decode_cursor(page.cursor, UUID)[0])
        return _page(await self._rows(statement.limit(page.limit + 1)), page, ExternalIdentityView, "id")

    async def signing_keys(self) -> Sequence[SigningKey]:
        return [
            SigningKey(
                id=row["id"],
                kid=row["kid"],
                sealed_jwk=row["sealed_jwk"],
                created_at=row["created_at"],
                activates_at=row["activates_at"],
            )
            for row in await self._rows(_KEYS)
        ]

    async def audit_log(self, wanted: AuditFilter, *, page: PageRequest) -> Page[AuditEntryView]:
        statement, entry = _AUDIT, audit_entries.c
        if wanted.actor is not None:
            statement = statement.where(entry.actor == wanted.actor)
        if wanted.action is not None:
            below = entry.action.startswith(f"{wanted.action}.", autoescape=True)
            statement = statement.where(or_(entry.action == wanted.action, below))
        if wanted.since is not None:
            statement = statement.where(entry.recorded_at >= wanted.since)
        if wanted.until is not None:
            statement = statement.where(entry.recorded_at < wanted.until)
        if page.cursor:
            (sequence,) = decode_cursor(page.cursor, int)
            # A number that the column can't hold comes after nothing.
            statement = statement.where(audit_entries.c.sequence < min(max(sequence, 0), 2**63 - 1))
        rows = await self._rows(statement.limit(page.limit + 1))
        shown = [{**row, "hash": row["hash"].hex()} for row in rows]
        return _page(shown, page, AuditEntryView, "sequence")

    @asynccontextmanager
    async def audit_snapshot(self) -> AsyncIterator["SqlAuditReader"]:
        """The audit log as of now, whatever is appended meanwhile."""
        engine = self._database.engine.execution_options(isolation_level="REPEATABLE READ")
        async with engine.connect() as connection:
            yield SqlAuditReader(connection)

    async def _rows(self, statement: Select[Any], parameters: Row | None = None) -> list[Row]:
        async with self._database.reading() as connection:
            return [dict(row) for row in (await connection.execute(statement, parameters or {})).mappings()]


class SqlAuditReader:
    """See `domain.queries.AuditReader`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def head(self) -> AuditHead:
        row = (await self._connection.execute(_HEAD)).mappings().one_or_none()
        return AuditHead() if row is None else AuditHead(row["sequence"], row["hash"])

    async def entries(self, after: int, limit: int) -> Sequence[AuditEntry]:
        rows = (await self._connection.execute(_ENTRIES, {"after": after, "most": limit})).mappings()
        return [AuditEntry(**row) for row in rows]


def _state(row: Row) -> SessionState:
    # The ids go into principals, and on into logs; the driver's own kind of UUID is not for every JSON writer.
    ids = {name: UUID(int=row[name].int) for name in ("id", "user_id")}
    return SessionState(**{**row, **ids})


def _assignment(row: Row) -> RoleAssignment:
    return RoleAssignment(
        id=row["id"],
        user_id=row["user_id"],
        role=row["role"],
        scope=row["scope"],
        scope_id=row["scope_id"],
        assigned_by=row["assigned_by"],
        assigned_at=row["assigned_at"],
    )


def _client(row: Row) -> Row:
    return {
        **row,
        "auth_method": row["auth_method"].value,
        "redirect_uris": list(row["redirect_uris"]),
        "post_logout_redirect_uris": list(row["post_logout_redirect_uris"]),
        "scopes": sorted(row["scopes"]),
        "refresh_tokens": "refresh_token" in row["grant_types"],
    }


def _page(rows: Sequence[Row], page: PageRequest, kind: type[Any], key: str) -> Page[Any]:
    items = [kind.model_validate(row) for row in rows[: page.limit]]
    last = items[-1] if len(rows) > page.limit else None
    return Page(items=items, next_cursor=last and encode_cursor(getattr(last, key)))
