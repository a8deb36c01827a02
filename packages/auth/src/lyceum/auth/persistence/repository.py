"""The repositories on SQLAlchemy: people's sign-ins, and the roles they have. Those of OAuth are in `grants.py`."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lyceum.auth.domain.entities import (
    AuditEntry,
    AuditHead,
    PasswordCredential,
    Role,
    RoleAssignment,
    Session,
)
from lyceum.auth.domain.errors import RoleAssignmentNotFound, SessionNotFound
from lyceum.auth.domain.policies.lockout import FailureCount
from lyceum.auth.domain.values.reach import Reach
from lyceum.auth.models.model import (
    audit_entries,
    audit_head,
    credentials,
    failure_counts,
    familiar_origins,
    role_assignments,
    roles,
    sessions,
)
from lyceum.auth.ports.errors import RoleNotFound

# Two-key advisory locks, which end with the transaction; the first key is "auth" in ASCII.
LOCK_SPACE = 0x61757468
FAILURES, KEYS, ASSIGNMENTS = 1, 2, 3


class SqlSessions:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, session: Session) -> None:
        self._session.add(session)

    async def get(self, session_id: UUID) -> Session:
        session = await self._session.get(Session, session_id)
        if session is None:
            raise SessionNotFound()
        return session

    async def find_by_token(self, token_hash: bytes) -> Session | None:
        found = await self._session.execute(select(Session).where(sessions.c.token_hash == token_hash))
        return found.scalar_one_or_none()

    async def unrevoked_of(self, user_id: UUID) -> Sequence[Session]:
        statement = select(Session).where(sessions.c.user_id == user_id, sessions.c.revoked_at.is_(None))
        return (await self._session.execute(statement.order_by(sessions.c.id).with_for_update())).scalars().all()


class SqlCredentials:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, credential: PasswordCredential) -> None:
        self._session.add(credential)

    async def find(self, user_id: UUID) -> PasswordCredential | None:
        return await self._session.get(PasswordCredential, user_id)

    async def remove(self, user_id: UUID) -> None:
        await self._session.execute(delete(credentials).where(credentials.c.id == user_id))


class SqlSignInFailures:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def familiar(self, account: bytes, origins: Collection[str], now: datetime) -> frozenset[str]:
        statement = select(familiar_origins.c.key).where(
            familiar_origins.c.account == account,
            familiar_origins.c.key.in_(origins),
            familiar_origins.c.until > now,
        )
        return frozenset((await self._session.execute(statement)).scalars())

    async def locked_counts(self, account: bytes, keys: Collection[str]) -> dict[str, FailureCount]:
        # A row that is not there yet can't be locked, so the account is.
        await _lock(self._session, FAILURES, int.from_bytes(account[:4], signed=True))
        statement = select(failure_counts).where(_counted(account), failure_counts.c.key.in_(keys))
        rows = (await self._session.execute(statement)).mappings()
        return {row["key"]: FailureCount(row["failures"], row["first_at"], row["last_at"]) for row in rows}

    async def put(self, account: bytes, key: str, count: FailureCount | None) -> None:
        if count is None:
            await self._session.execute(delete(failure_counts).where(_counted(account), failure_counts.c.key == key))
            return
        values = {"failures": count.failures, "first_at": count.first_at, "last_at": count.last_at}
        await _upsert(self._session, failure_counts, {"account": account, "key": key}, values)

    async def remember(self, account: bytes, origins: Collection[str], until: datetime) -> None:
        for key in sorted(origins):
            await _upsert(self._session, familiar_origins, {"account": account, "key": key}, {"until": until})


class SqlRoles:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, role: Role) -> None:
        self._session.add(role)

    async def get(self, name: str) -> Role:
        role = (await self._session.execute(select(Role).where(roles.c.name == name))).scalar_one_or_none()
        if role is None:
            raise RoleNotFound()
        return role

    async def all(self) -> Sequence[Role]:
        return (await self._session.execute(select(Role).order_by(roles.c.name))).scalars().all()

    async def remove(self, role: Role) -> None:
        await self._session.delete(role)


class SqlAssignments:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, assignment: RoleAssignment) -> None:
        self._session.add(assignment)

    async def get(self, assignment_id: UUID) -> RoleAssignment:
        assignment = await self._session.get(RoleAssignment, assignment_id)
        if assignment is None:
            raise RoleAssignmentNotFound()
        return assignment

    async def find(self, user_id: UUID, role: str, reach: Reach) -> RoleAssignment | None:
        statement = select(RoleAssignment).where(role_assignments.c.user_id == user_id, _held(role, reach))
        return (await self._session.execute(statement)).scalar_one_or_none()

    async def of(self, user_id: UUID) -> Sequence[RoleAssignment]:
        statement = select(RoleAssignment).where(role_assignments.c.user_id == user_id).order_by(role_assignments.c.id)
        return (await self._session.execute(statement)).scalars().all()

    async def holding(self, role: str) -> Sequence[RoleAssignment]:
        await _lock(self._session, ASSIGNMENTS, 0)
        statement = select(RoleAssignment).where(role_assignments.c.role == role).order_by(role_assignments.c.id)
        return (await self._session.execute(statement)).scalars().all()

    async def locked_count(self, role: str, reach: Reach) -> int:
        await _lock(self._session, ASSIGNMENTS, 0)
        statement = select(func.count()).select_from(role_assignments).where(_held(role, reach))
        return (await self._session.execute(statement)).scalar_one()

    async def remove(self, assignment: RoleAssignment) -> None:
        await self._session.delete(assignment)


class SqlAuditEntries:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def locked_head(self) -> AuditHead:
        head = AuditHead()
        first = {"id": 1, "sequence": head.sequence, "hash": head.hash}
        statement = select(audit_head).with_for_update()
        row = (await self._session.execute(statement)).mappings().one_or_none()
        if row is None:
            await self._session.execute(insert(audit_head).values(first).on_conflict_do_nothing())
            row = (await self._session.execute(statement)).mappings().one()
        return AuditHead(row["sequence"], row["hash"])

    async def append(self, entry: AuditEntry) -> None:
        await self._session.execute(
            insert(audit_entries).values(
                sequence=entry.sequence,
                recorded_at=entry.recorded_at,
                actor=entry.actor,
                action=entry.action,
                target=entry.target,
                details=entry.details,
                previous_hash=entry.previous_hash,
                hash=entry.hash,
            )
        )
        await self._session.execute(audit_head.update().values(sequence=entry.sequence, hash=entry.hash))


async def _lock(session: AsyncSession, purpose: int, number: int) -> None:
    statement = text("SELECT pg_advisory_xact_lock(:space, :number)")
    await session.execute(statement, {"space": LOCK_SPACE + purpose, "number": number})


async def _upsert(session: AsyncSession, table: Table, keys: dict[str, Any], values: dict[str, Any]) -> None:
    statement = insert(table).values(keys | values)
    await session.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=values))


def _counted(account: bytes) -> ColumnElement[bool]:
    return failure_counts.c.account == account


def _held(role: str, reach: Reach) -> ColumnElement[bool]:
    table = role_assignments.c
    there = table.scope_id == reach.id if reach.id is not None else table.scope_id.is_(None)
    return (table.role == role) & (table.scope == reach.kind) & there


async def lock_keys(session: AsyncSession) -> None:
    """Let nobody else add or remove a signing key until the transaction ends."""
    await _lock(session, KEYS, 0)


async def remove_outdated(session: AsyncSession, *, now: datetime, before: datetime) -> None:
    """Drop counts and origins that no longer matter; `before` is when the oldest count worth keeping was made."""
    await session.execute(delete(failure_counts).where(failure_counts.c.last_at < before))
    await session.execute(delete(familiar_origins).where(familiar_origins.c.until <= now))
