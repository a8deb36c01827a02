"""Auth's units and queries without a database."""

from collections.abc import AsyncIterator, Callable, Collection, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from lyceum.auth.domain.entities import (
    AuditEntry,
    AuditHead,
    AuthorizationCode,
    Client,
    Consent,
    ExternalIdentity,
    GrantType,
    PasswordCredential,
    PendingSignIn,
    Role,
    RoleAssignment,
    Session,
    SigningKey,
    TokenFamily,
)
from lyceum.auth.domain.errors import (
    ClientNotFound,
    ExternalAccountInUse,
    RoleAssignmentNotFound,
    RoleNameTaken,
    SessionNotFound,
)
from lyceum.auth.domain.policies.lockout import FORGOTTEN_AFTER, FailureCount
from lyceum.auth.domain.queries import AuditFilter, SessionState
from lyceum.auth.domain.values.reach import Reach
from lyceum.auth.ports.errors import RoleNotFound
from lyceum.auth.schemas.internal import (
    AssignmentView,
    AuditEntryView,
    ClientView,
    ExternalIdentityView,
    SessionView,
)
from lyceum.auth.services.published_events import published
from lyceum.kernel.errors import LyceumError, VersionConflict
from lyceum.kernel.pagination import Page, PageRequest, decode_cursor, encode_cursor
from lyceum.testing.memory_unit import MemoryRepository, MemoryStore, MemoryUnit


class Sessions(MemoryRepository[Session]):
    async def find_by_token(self, token_hash: bytes) -> Session | None:
        return _one(each for each in self.all() if each.token_hash == token_hash)

    async def unrevoked_of(self, user_id: UUID) -> Sequence[Session]:
        return _by_id(each for each in self.all() if each.user_id == user_id and each.revoked_at is None)


class Credentials(MemoryRepository[PasswordCredential]):
    async def find(self, user_id: UUID) -> PasswordCredential | None:
        return self._unit.find(PasswordCredential, user_id)

    async def remove(self, user_id: UUID) -> None:
        self._unit.detach(PasswordCredential, user_id)


class SignInFailures:
    def __init__(self, unit: MemoryUnit) -> None:
        self._counts = unit.rows("failure_counts")
        self._origins = unit.rows("familiar_origins")

    async def familiar(self, account: bytes, origins: Collection[str], now: datetime) -> frozenset[str]:
        return frozenset(
            key for key in origins if (account, key) in self._origins and self._origins[account, key] > now
        )

    async def locked_counts(self, account: bytes, keys: Collection[str]) -> dict[str, FailureCount]:
        return {key: self._counts[account, key] for key in keys if (account, key) in self._counts}

    async def put(self, account: bytes, key: str, count: FailureCount | None) -> None:
        if count is None:
            self._counts.pop((account, key), None)
        else:
            self._counts[account, key] = count

    async def remember(self, account: bytes, origins: Collection[str], until: datetime) -> None:
        self._origins.update({(account, key): until for key in origins})


class Clients(MemoryRepository[Client]):
    async def get(self, client_id: str, /) -> Client:  # type: ignore[override]  # found by its public id
        if (client := await self.find(client_id)) is None:
            raise ClientNotFound()
        return client

    async def find(self, client_id: str) -> Client | None:
        return _one(each for each in self.all() if each.client_id == client_id)

    async def remove(self, client: Client) -> None:
        self.drop(client)


class Consents(MemoryRepository[Consent]):
    async def find(self, user_id: UUID, client_id: str) -> Consent | None:
        return _one(each for each in self.all() if (each.user_id, each.client_id) == (user_id, client_id))


class AuthorizationCodes(MemoryRepository[AuthorizationCode]):
    async def find(self, code_hash: bytes) -> AuthorizationCode | None:
        return _one(each for each in self.all() if each.code_hash == code_hash)


class TokenFamilies(MemoryRepository[TokenFamily]):
    async def find(self, family_id: UUID) -> TokenFamily | None:
        return self._unit.find(TokenFamily, family_id)

    async def find_by_handle(self, handle_hash: bytes) -> TokenFamily | None:
        return _one(each for each in self.all() if each.handle_hash == handle_hash)

    async def unrevoked_of_session(self, session_id: UUID) -> Sequence[TokenFamily]:
        return _by_id(each for each in self.all() if each.session_id == session_id and each.revoked_at is None)


class SigningKeys(MemoryRepository[SigningKey]):
    async def locked(self) -> Sequence[SigningKey]:
        return sorted(self.all(), key=lambda key: key.activates_at)

    async def remove(self, key: SigningKey) -> None:
        self.drop(key)


class ExternalIdentities(MemoryRepository[ExternalIdentity]):
    async def find(self, issuer: str, subject: str) -> ExternalIdentity | None:
        return _one(each for each in self.all() if (each.issuer, each.subject) == (issuer, subject))

    async def of(self, user_id: UUID) -> Sequence[ExternalIdentity]:
        return [each for each in self.all() if each.user_id == user_id]

    async def remove(self, identity: ExternalIdentity) -> None:
        self.drop(identity)


class PendingSignIns(MemoryRepository[PendingSignIn]):
    async def take(self, state_hash: bytes) -> PendingSignIn | None:
        pending = _one(each for each in self.all() if each.state_hash == state_hash)
        if pending is not None:
            self.drop(pending)
        return pending


class Roles(MemoryRepository[Role]):
    async def get(self, name: str, /) -> Role:  # type: ignore[override]  # found by its name
        role = _one(each for each in MemoryRepository.all(self) if each.name == name)
        if role is None:
            raise RoleNotFound()
        return role

    async def all(self) -> Sequence[Role]:  # type: ignore[override]  # the repository's is asynchronous
        return sorted(MemoryRepository.all(self), key=lambda role: role.name)

    async def remove(self, role: Role) -> None:
        self.drop(role)


class Assignments(MemoryRepository[RoleAssignment]):
    async def find(self, user_id: UUID, role: str, reach: Reach) -> RoleAssignment | None:
        return _one(each for each in await self.of(user_id) if (each.role, each.reach) == (role, reach))

    async def of(self, user_id: UUID) -> Sequence[RoleAssignment]:
        return _by_id(each for each in self.all() if each.user_id == user_id)

    async def holding(self, role: str) -> Sequence[RoleAssignment]:
        return _by_id(each for each in self.all() if each.role == role)

    async def locked_count(self, role: str, reach: Reach) -> int:
        return sum(each.reach == reach for each in await self.holding(role))

    async def remove(self, assignment: RoleAssignment) -> None:
        self.drop(assignment)


class AuditEntries:
    def __init__(self, unit: MemoryUnit) -> None:
        self._entries = unit.rows("audit_entries")

    async def locked_head(self) -> AuditHead:
        return _head(self._entries)

    async def append(self, entry: AuditEntry) -> None:
        self._entries[entry.sequence] = entry


class MemoryAuthUnit(MemoryUnit):
    def detach(self, kind: type, aggregate_id: UUID) -> None:
        # What it recorded last is told all the same.
        if (aggregate := self._working.get(kind, {}).get(aggregate_id)) is not None:
            for fact in aggregate.collect_events():
                self._outgoing.extend(self._published(fact))
        super().detach(kind, aggregate_id)

    def bind(self) -> None:
        self.sessions = Sessions(self, Session, SessionNotFound)
        self.credentials = Credentials(self, PasswordCredential, LyceumError)
        self.sign_in_failures = SignInFailures(self)
        self.clients = Clients(self, Client, ClientNotFound)
        self.consents = Consents(self, Consent, LyceumError)
        self.authorization_codes = AuthorizationCodes(self, AuthorizationCode, LyceumError)
        self.token_families = TokenFamilies(self, TokenFamily, LyceumError)
        self.signing_keys = SigningKeys(self, SigningKey, LyceumError)
        self.external_identities = ExternalIdentities(self, ExternalIdentity, LyceumError)
        self.pending_sign_ins = PendingSignIns(self, PendingSignIn, LyceumError)
        self.roles = Roles(self, Role, RoleNotFound)
        self.assignments = Assignments(self, RoleAssignment, RoleAssignmentNotFound)
        self.audit = AuditEntries(self)

    def check(self) -> None:
        self._unique(Role, lambda role: role.name, RoleNameTaken)
        self._unique(ExternalIdentity, lambda each: (each.issuer, each.subject), ExternalAccountInUse)
        self._unique(RoleAssignment, lambda each: (each.user_id, each.role, each.reach), VersionConflict)
        self._unique(Consent, lambda each: (each.user_id, each.client_id), VersionConflict)
        stored, loaded = self.store.aggregates.get(PasswordCredential, {}), self._loaded.get(PasswordCredential, {})
        if any(user_id in stored and user_id not in loaded for user_id in self._working.get(PasswordCredential, {})):
            raise VersionConflict()

    def _unique(self, kind: type[Any], key: Callable[[Any], Any], conflict: Callable[[], LyceumError]) -> None:
        keys = [key(each) for each in self.every(kind)]
        if len(keys) != len(set(keys)):
            raise conflict()

    async def forget_expired(self, now: datetime, kept_since: datetime) -> None:
        for kind in (AuthorizationCode, PendingSignIn, TokenFamily):
            for each in self.every(kind):
                if each.expires_at < kept_since:
                    self.detach(kind, each.id)
        in_use = {family.session_id for family in self.every(TokenFamily)}
        for session in self.every(Session):
            if session.expires_at < kept_since and session.id not in in_use:
                self.detach(Session, session.id)
        counts, origins = self.rows("failure_counts"), self.rows("familiar_origins")
        for key in [key for key, count in counts.items() if count.last_at < now - FORGOTTEN_AFTER]:
            del counts[key]
        for key in [key for key, until in origins.items() if until <= now]:
            del origins[key]


class MemoryAuth:
    """Everything that the services need of persistence."""

    def __init__(self) -> None:
        self.store = MemoryStore()

    def clear(self) -> None:
        self.store = MemoryStore()

    def units(self) -> MemoryAuthUnit:
        return MemoryAuthUnit(self.store, published)

    @property
    def log(self) -> list[AuditEntry]:
        """The audit log."""
        return list(self.store.rows.get("audit_entries", {}).values())

    def stored(self, kind: type[Any]) -> list[Any]:
        """What is committed of one kind, the oldest first."""
        return _by_id(self.store.aggregates.get(kind, {}).values())

    async def session_by_token(self, token_hash: bytes) -> SessionState | None:
        return _one(_state(each) for each in self.stored(Session) if each.token_hash == token_hash)

    async def session_by_id(self, session_id: UUID) -> SessionState | None:
        return _one(_state(each) for each in self.stored(Session) if each.id == session_id)

    async def held_roles(self, user_id: UUID) -> tuple[Sequence[RoleAssignment], Sequence[Role]]:
        held = [each for each in self.stored(RoleAssignment) if each.user_id == user_id]
        names = {each.role for each in held}
        return held, [role for role in self.stored(Role) if role.name in names]

    async def note_use(self, session_id: UUID, now: datetime, not_since: datetime) -> None:
        for session in self.stored(Session):
            if session.id == session_id and session.last_seen_at <= not_since:
                session.last_seen_at = now

    async def sessions(
        self, *, user_id: UUID, idle_since: datetime, now: datetime, page: PageRequest
    ) -> Page[SessionView]:
        active = [
            each
            for each in reversed(self.stored(Session))
            if each.user_id == user_id
            and each.revoked_at is None
            and each.expires_at > now
            and each.last_seen_at > idle_since
        ]
        return _page(active, page, SessionView, "id", UUID, descending=True)

    async def assignments(
        self, *, user_id: UUID, within: Sequence[UUID] | None, page: PageRequest
    ) -> Page[AssignmentView]:
        held = [
            each
            for each in self.stored(RoleAssignment)
            if each.user_id == user_id and (within is None or each.scope_id in within)
        ]
        return _page(held, page, AssignmentView, "id", UUID)

    async def clients(self, *, page: PageRequest) -> Page[ClientView]:
        rows = sorted(self.stored(Client), key=lambda client: client.client_id)
        return _page([_client(each) for each in rows], page, ClientView, "client_id", str)

    async def external_identities(self, *, user_id: UUID, page: PageRequest) -> Page[ExternalIdentityView]:
        rows = [each for each in self.stored(ExternalIdentity) if each.user_id == user_id]
        return _page(rows, page, ExternalIdentityView, "id", UUID)

    async def signing_keys(self) -> Sequence[SigningKey]:
        return sorted(self.stored(SigningKey), key=lambda key: key.activates_at)

    async def audit_log(self, wanted: AuditFilter, *, page: PageRequest) -> Page[AuditEntryView]:
        rows = [
            AuditEntryView(
                sequence=each.sequence,
                recorded_at=each.recorded_at,
                actor=each.actor,
                action=each.action,
                target=each.target,
                details=dict(each.details),
                hash=each.hash.hex(),
            )
            for each in reversed(self.log)
            if _is_wanted(each, wanted)
        ]
        return _page(rows, page, AuditEntryView, "sequence", int, descending=True)

    @asynccontextmanager
    async def audit_snapshot(self) -> AsyncIterator["MemoryAuditReader"]:
        yield MemoryAuditReader(dict(self.store.rows.get("audit_entries", {})))


class MemoryAuditReader:
    def __init__(self, entries: dict[int, AuditEntry]) -> None:
        self._entries = entries

    async def head(self) -> AuditHead:
        return _head(self._entries)

    async def entries(self, after: int, limit: int) -> Sequence[AuditEntry]:
        return [self._entries[number] for number in sorted(self._entries) if number > after][:limit]


def _head(entries: dict[int, AuditEntry]) -> AuditHead:
    return entries[max(entries)].head if entries else AuditHead()


def _is_wanted(entry: AuditEntry, wanted: AuditFilter) -> bool:
    return (
        wanted.actor in (None, entry.actor)
        and (wanted.action is None or f"{entry.action}.".startswith(f"{wanted.action}."))
        and (wanted.since is None or entry.recorded_at >= wanted.since)
        and (wanted.until is None or entry.recorded_at < wanted.until)
    )


def _one(found: Iterable[Any]) -> Any:
    return next(iter(found), None)


def _by_id(found: Iterable[Any]) -> list[Any]:
    return sorted(found, key=lambda each: each.id)


def _state(session: Session) -> SessionState:
    names = ("id", "user_id", "authenticated_at", "last_seen_at", "expires_at", "revoked_at")
    return SessionState(**{name: getattr(session, name) for name in names})


def _client(client: Client) -> ClientView:
    return ClientView(
        client_id=client.client_id,
        name=client.name,
        auth_method=client.auth_method.value,
        redirect_uris=list(client.redirect_uris),
        post_logout_redirect_uris=list(client.post_logout_redirect_uris),
        scopes=sorted(client.scopes),
        refresh_tokens=GrantType.REFRESH_TOKEN in client.grant_types,
        created_at=client.created_at,
    )


def _page(
    rows: Sequence[Any], page: PageRequest, kind: type[Any], key: str, key_type: type, *, descending: bool = False
) -> Page[Any]:
    if page.cursor:
        (after,) = decode_cursor(page.cursor, key_type)
        rows = [row for row in rows if (getattr(row, key) < after if descending else getattr(row, key) > after)]
    items = [kind.model_validate(row, from_attributes=True) for row in rows[: page.limit]]
    more = len(rows) > page.limit
    return Page(items=items, next_cursor=encode_cursor(getattr(items[-1], key)) if more else None)
