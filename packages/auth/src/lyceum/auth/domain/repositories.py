"""Where aggregates are kept. `find…` gives null where `get` raises."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from lyceum.auth.domain.entities import (
    AuditEntry,
    AuditHead,
    AuthorizationCode,
    Client,
    Consent,
    ExternalIdentity,
    PasswordCredential,
    PendingSignIn,
    Role,
    RoleAssignment,
    Session,
    SigningKey,
    TokenFamily,
)
from lyceum.auth.domain.policies.lockout import FailureCount
from lyceum.auth.domain.values.reach import Reach
from lyceum.kernel.unit_of_work import UnitOfWork


class Sessions(Protocol):
    def add(self, session: Session) -> None: ...

    async def get(self, session_id: UUID) -> Session:
        """Raises `SessionNotFound`."""
        ...

    async def find_by_token(self, token_hash: bytes) -> Session | None: ...

    async def unrevoked_of(self, user_id: UUID) -> Sequence[Session]: ...


class Credentials(Protocol):
    def add(self, credential: PasswordCredential) -> None: ...

    async def find(self, user_id: UUID) -> PasswordCredential | None: ...

    async def remove(self, user_id: UUID) -> None: ...


class SignInFailures(Protocol):
    """Counts of failed sign-ins, and the origins that an account was used from, by `lockout.account_key`."""

    async def familiar(self, account: bytes, origins: Collection[str], now: datetime) -> frozenset[str]:
        """Which of these origin keys the account was used from, and not too long ago."""
        ...

    async def locked_counts(self, account: bytes, keys: Collection[str]) -> dict[str, FailureCount]:
        """The counts under these keys. Nobody else changes them until the unit ends."""
        ...

    async def put(self, account: bytes, key: str, count: FailureCount | None) -> None:
        """Store a count; null forgets it."""
        ...

    async def remember(self, account: bytes, origins: Collection[str], until: datetime) -> None:
        """The account was used from these origins; that counts until the given moment."""
        ...


class Clients(Protocol):
    def add(self, client: Client) -> None: ...

    async def get(self, client_id: str) -> Client:
        """Raises `ClientNotFound`."""
        ...

    async def find(self, client_id: str) -> Client | None: ...

    async def remove(self, client: Client) -> None: ...


class Consents(Protocol):
    def add(self, consent: Consent) -> None: ...

    async def find(self, user_id: UUID, client_id: str) -> Consent | None: ...


class AuthorizationCodes(Protocol):
    def add(self, code: AuthorizationCode) -> None: ...

    async def find(self, code_hash: bytes) -> AuthorizationCode | None: ...


class TokenFamilies(Protocol):
    def add(self, family: TokenFamily) -> None: ...

    async def find(self, family_id: UUID) -> TokenFamily | None: ...

    async def find_by_handle(self, handle_hash: bytes) -> TokenFamily | None: ...

    async def unrevoked_of_session(self, session_id: UUID) -> Sequence[TokenFamily]: ...


class SigningKeys(Protocol):
    def add(self, key: SigningKey) -> None: ...

    async def locked(self) -> Sequence[SigningKey]:
        """All keys. Nobody else adds or removes one until the unit ends."""
        ...

    async def remove(self, key: SigningKey) -> None: ...


class ExternalIdentities(Protocol):
    def add(self, identity: ExternalIdentity) -> None: ...

    async def find(self, issuer: str, subject: str) -> ExternalIdentity | None: ...

    async def of(self, user_id: UUID) -> Sequence[ExternalIdentity]:
        """Those of one person. Nobody else removes one until the unit ends."""
        ...

    async def remove(self, identity: ExternalIdentity) -> None: ...


class PendingSignIns(Protocol):
    def add(self, pending: PendingSignIn) -> None: ...

    async def take(self, state_hash: bytes) -> PendingSignIn | None:
        """Find it and remove it: it is good for one return."""
        ...


class Roles(Protocol):
    def add(self, role: Role) -> None: ...

    async def get(self, name: str) -> Role:
        """Raises `RoleNotFound`."""
        ...

    async def all(self) -> Sequence[Role]: ...

    async def remove(self, role: Role) -> None: ...


class Assignments(Protocol):
    def add(self, assignment: RoleAssignment) -> None: ...

    async def get(self, assignment_id: UUID) -> RoleAssignment:
        """Raises `RoleAssignmentNotFound`."""
        ...

    async def find(self, user_id: UUID, role: str, reach: Reach) -> RoleAssignment | None: ...

    async def of(self, user_id: UUID) -> Sequence[RoleAssignment]: ...

    async def holding(self, role: str) -> Sequence[RoleAssignment]:
        """Everybody's assignments of the role, wherever."""
        ...

    async def locked_count(self, role: str, reach: Reach) -> int:
        """How many people hold the role there. Nobody else takes it from one of them until the unit ends."""
        ...

    async def remove(self, assignment: RoleAssignment) -> None: ...


class AuditEntries(Protocol):
    async def locked_head(self) -> AuditHead:
        """The end of the log. Nobody else appends until the unit ends."""
        ...

    async def append(self, entry: AuditEntry) -> None:
        """Store the entry and make it the head."""
        ...


class AuthUnit(UnitOfWork, Protocol):
    sessions: Sessions
    credentials: Credentials
    sign_in_failures: SignInFailures
    clients: Clients
    consents: Consents
    authorization_codes: AuthorizationCodes
    token_families: TokenFamilies
    signing_keys: SigningKeys
    external_identities: ExternalIdentities
    pending_sign_ins: PendingSignIns
    roles: Roles
    assignments: Assignments
    audit: AuditEntries

    async def forget_expired(self, now: datetime, kept_since: datetime) -> None:
        """Drop what expired before `kept_since`, and failures that no longer count."""
        ...
