"""The repositories on SQLAlchemy: clients, consents, codes and tokens, keys, and accounts elsewhere."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lyceum.auth.domain.entities import (
    AuthorizationCode,
    Client,
    Consent,
    ExternalIdentity,
    PendingSignIn,
    SigningKey,
    TokenFamily,
)
from lyceum.auth.domain.errors import ClientNotFound
from lyceum.auth.models.model import (
    authorization_codes,
    clients,
    consents,
    external_identities,
    pending_sign_ins,
    signing_keys,
    token_families,
)
from lyceum.auth.persistence.repository import lock_keys


class SqlClients:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, client: Client) -> None:
        self._session.add(client)

    async def get(self, client_id: str) -> Client:
        client = await self.find(client_id)
        if client is None:
            raise ClientNotFound()
        return client

    async def find(self, client_id: str) -> Client | None:
        found = await self._session.execute(select(Client).where(clients.c.client_id == client_id))
        return found.scalar_one_or_none()

    async def remove(self, client: Client) -> None:
        await self._session.delete(client)


class SqlConsents:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, consent: Consent) -> None:
        self._session.add(consent)

    async def find(self, user_id: UUID, client_id: str) -> Consent | None:
        statement = select(Consent).where(consents.c.user_id == user_id, consents.c.client_id == client_id)
        return (await self._session.execute(statement)).scalar_one_or_none()


class SqlAuthorizationCodes:
    """A code is locked by who looks for it: of two redemptions at once, one comes second and is a replay."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, code: AuthorizationCode) -> None:
        self._session.add(code)

    async def find(self, code_hash: bytes) -> AuthorizationCode | None:
        statement = select(AuthorizationCode).where(authorization_codes.c.code_hash == code_hash).with_for_update()
        return (await self._session.execute(statement)).scalar_one_or_none()


class SqlTokenFamilies:
    """A family is locked by who looks for it: of two uses of one token at once, one comes second and is a reuse."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, family: TokenFamily) -> None:
        self._session.add(family)

    async def find(self, family_id: UUID) -> TokenFamily | None:
        return await self._session.get(TokenFamily, family_id, with_for_update=True)

    async def find_by_handle(self, handle_hash: bytes) -> TokenFamily | None:
        statement = select(TokenFamily).where(token_families.c.handle_hash == handle_hash).with_for_update()
        return (await self._session.execute(statement)).scalar_one_or_none()

    async def unrevoked_of_session(self, session_id: UUID) -> Sequence[TokenFamily]:
        statement = select(TokenFamily).where(
            token_families.c.session_id == session_id, token_families.c.revoked_at.is_(None)
        )
        return (await self._session.execute(statement.order_by(token_families.c.id).with_for_update())).scalars().all()


class SqlSigningKeys:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, key: SigningKey) -> None:
        self._session.add(key)

    async def locked(self) -> Sequence[SigningKey]:
        await lock_keys(self._session)
        return (await self._session.execute(select(SigningKey).order_by(signing_keys.c.activates_at))).scalars().all()

    async def remove(self, key: SigningKey) -> None:
        await self._session.delete(key)


class SqlExternalIdentities:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, identity: ExternalIdentity) -> None:
        self._session.add(identity)

    async def find(self, issuer: str, subject: str) -> ExternalIdentity | None:
        statement = select(ExternalIdentity).where(
            external_identities.c.issuer == issuer, external_identities.c.subject == subject
        )
        return (await self._session.execute(statement)).scalar_one_or_none()

    async def of(self, user_id: UUID) -> Sequence[ExternalIdentity]:
        statement = select(ExternalIdentity).where(external_identities.c.user_id == user_id).with_for_update()
        return (await self._session.execute(statement)).scalars().all()

    async def remove(self, identity: ExternalIdentity) -> None:
        await self._session.delete(identity)


class SqlPendingSignIns:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, pending: PendingSignIn) -> None:
        self._session.add(pending)

    async def take(self, state_hash: bytes) -> PendingSignIn | None:
        statement = select(PendingSignIn).where(pending_sign_ins.c.state_hash == state_hash).with_for_update()
        pending = (await self._session.execute(statement)).scalar_one_or_none()
        if pending is not None:
            await self._session.delete(pending)
        return pending
