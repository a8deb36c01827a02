"""Auth's repositories without a database."""

from collections.abc import Collection, Iterable, Sequence
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
)
from lyceum.auth.domain.policies.lockout import FailureCount
from lyceum.auth.domain.values.reach import Reach
from lyceum.auth.ports.errors import RoleNotFound
from lyceum.testing.memory_unit import MemoryRepository, MemoryUnit


class Sessions(MemoryRepository[Session]):
    async def find_by_token(self, token_hash: bytes) -> Session | None:
        return one(each for each in self.all() if each.token_hash == token_hash)

    async def unrevoked_of(self, user_id: UUID) -> Sequence[Session]:
        return by_id(each for each in self.all() if each.user_id == user_id and each.revoked_at is None)


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
        return one(each for each in self.all() if each.client_id == client_id)

    async def remove(self, client: Client) -> None:
        self.drop(client)


class Consents(MemoryRepository[Consent]):
    async def find(self, user_id: UUID, client_id: str) -> Consent | None:
        return one(each for each in self.all() if (each.user_id, each.client_id) == (user_id, client_id))


class AuthorizationCodes(MemoryRepository[AuthorizationCode]):
    async def find(self, code_hash: bytes) -> AuthorizationCode | None:
        return one(each for each in self.all() if each.code_hash == code_hash)


class TokenFamilies(MemoryRepository[TokenFamily]):
    async def find(self, family_id: UUID) -> TokenFamily | None:
        return self._unit.find(TokenFamily, family_id)

    async def find_by_handle(self, handle_hash: bytes) -> TokenFamily | None:
        return one(each for each in self.all() if each.handle_hash == handle_hash)

    async def unrevoked_of_session(self, session_id: UUID) -> Sequence[TokenFamily]:
        return by_id(each for each in self.all() if each.session_id == session_id and each.revoked_at is None)


class SigningKeys(MemoryRepository[SigningKey]):
    async def locked(self) -> Sequence[SigningKey]:
        return sorted(self.all(), key=lambda key: key.activates_at)

    async def remove(self, key: SigningKey) -> None:
        self.drop(key)


class ExternalIdentities(MemoryRepository[ExternalIdentity]):
    async def find(self, issuer: str, subject: str) -> ExternalIdentity | None:
        return one(each for each in self.all() if (each.issuer, each.subject) == (issuer, subject))

    async def of(self, user_id: UUID) -> Sequence[ExternalIdentity]:
        return [each for each in self.all() if each.user_id == user_id]

    async def remove(self, identity: ExternalIdentity) -> None:
        self.drop(identity)


class PendingSignIns(MemoryRepository[PendingSignIn]):
    async def take(self, state_hash: bytes) -> PendingSignIn | None:
        pending = one(each for each in self.all() if each.state_hash == state_hash)
        if pending is not None:
            self.drop(pending)
        return pending


class Roles(MemoryRepository[Role]):
    async def get(self, name: str, /) -> Role:  # type: ignore[override]  # found by its name
        role = one(each for each in MemoryRepository.all(self) if each.name == name)
        if role is None:
            raise RoleNotFound()
        return role

    async def all(self) -> Sequence[Role]:  # type: ignore[override]  # the repository's is asynchronous
        return sorted(MemoryRepository.all(self), key=lambda role: role.name)

    async def remove(self, role: Role) -> None:
        self.drop(role)


class Assignments(MemoryRepository[RoleAssignment]):
    async def find(self, user_id: UUID, role: str, reach: Reach) -> RoleAssignment | None:
        return one(each for each in await self.of(user_id) if (each.role, each.reach) == (role, reach))

    async def of(self, user_id: UUID) -> Sequence[RoleAssignment]:
        return by_id(each for each in self.all() if each.user_id == user_id)

    async def holding(self, role: str) -> Sequence[RoleAssignment]:
        return by_id(each for each in self.all() if each.role == role)

    async def locked_count(self, role: str, reach: Reach) -> int:
        return sum(each.reach == reach for each in await self.holding(role))

    async def remove(self, assignment: RoleAssignment) -> None:
        self.drop(assignment)


class AuditEntries:
    def __init__(self, unit: MemoryUnit) -> None:
        self._entries = unit.rows("audit_entries")

    async def locked_head(self) -> AuditHead:
        return head(self._entries)

    async def append(self, entry: AuditEntry) -> None:
        self._entries[entry.sequence] = entry


def head(entries: dict[int, AuditEntry]) -> AuditHead:
    return entries[max(entries)].head if entries else AuditHead()


def one(found: Iterable[Any]) -> Any:
    return next(iter(found), None)


def by_id(found: Iterable[Any]) -> list[Any]:
    return sorted(found, key=lambda each: each.id)
