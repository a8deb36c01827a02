"""Auth's units and queries without a database."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
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
from lyceum.auth.domain.policies.lockout import FORGOTTEN_AFTER
from lyceum.auth.domain.queries import AuditFilter, SessionState
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
from lyceum.testing.files import module_at
from lyceum.testing.memory_unit import MemoryStore, MemoryUnit

repositories = module_at(Path(__file__).with_name("memory_repositories.py"))


class MemoryAuthUnit(MemoryUnit):
    def detach(self, kind: type, aggregate_id: UUID) -> None:
        # What it recorded last is told all the same.
        if (aggregate := self._working.get(kind, {}).get(aggregate_id)) is not None:
            for fact in aggregate.collect_events():
                self._outgoing.extend(self._published(fact))
        super().detach(kind, aggregate_id)

    def bind(self) -> None:
        self.sessions = repositories.Sessions(self, Session, SessionNotFound)
        self.credentials = repositories.Credentials(self, PasswordCredential, LyceumError)
        self.sign_in_failures = repositories.SignInFailures(self)
        self.clients = repositories.Clients(self, Client, ClientNotFound)
        self.consents = repositories.Consents(self, Consent, LyceumError)
        self.authorization_codes = repositories.AuthorizationCodes(self, AuthorizationCode, LyceumError)
        self.token_families = repositories.TokenFamilies(self, TokenFamily, LyceumError)
        self.signing_keys = repositories.SigningKeys(self, SigningKey, LyceumError)
        self.external_identities = repositories.ExternalIdentities(self, ExternalIdentity, LyceumError)
        self.pending_sign_ins = repositories.PendingSignIns(self, PendingSignIn, LyceumError)
        self.roles = repositories.Roles(self, Role, RoleNotFound)
        self.assignments = repositories.Assignments(self, RoleAssignment, RoleAssignmentNotFound)
        self.audit = repositories.AuditEntries(self)

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
        return repositories.by_id(self.store.aggregates.get(kind, {}).values())

    async def session_by_token(self, token_hash: bytes) -> SessionState | None:
        return repositories.one(_state(each) for each in self.stored(Session) if each.token_hash == token_hash)

    async def session_by_id(self, session_id: UUID) -> SessionState | None:
        return repositories.one(_state(each) for each in self.stored(Session) if each.id == session_id)

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
        return repositories.head(self._entries)

    async def entries(self, after: int, limit: int) -> Sequence[AuditEntry]:
        return [self._entries[number] for number in sorted(self._entries) if number > after][:limit]


def _is_wanted(entry: AuditEntry, wanted: AuditFilter) -> bool:
    return (
        wanted.actor in (None, entry.actor)
        and (wanted.action is None or f"{entry.action}.".startswith(f"{wanted.action}."))
        and (wanted.since is None or entry.recorded_at >= wanted.since)
        and (wanted.until is None or entry.recorded_at < wanted.until)
    )


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
