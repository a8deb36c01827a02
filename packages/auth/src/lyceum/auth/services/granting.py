"""The token and userinfo endpoints."""

from collections.abc import Callable, Mapping
from uuid import UUID

from lyceum.auth.domain.entities import (
    AuthorizationCode,
    Client,
    FamilyEnd,
    GrantType,
    SessionLifetime,
    TokenFamily,
    parse_refresh_token,
    refresh_token,
)
from lyceum.auth.domain.errors import SessionNotFound
from lyceum.auth.domain.oauth_errors import GrantReplayed, InvalidClient, InvalidGrant, InvalidRequest, InvalidToken
from lyceum.auth.domain.policies.authorization_requests import Parameters
from lyceum.auth.domain.policies.client_authentication import ClientCredentials, read_client_credentials
from lyceum.auth.domain.policies.token_requests import CodeGrant, RefreshGrant, read_token_request
from lyceum.auth.domain.policies.tokens import (
    TokenKind,
    access_token_claims,
    id_token_claims,
    token_response,
    userinfo_claims,
)
from lyceum.auth.domain.queries import AuthQueries
from lyceum.auth.domain.repositories import AuthUnit
from lyceum.auth.domain.values.scopes import OPENID, parse_scope
from lyceum.auth.domain.values.tokens import fingerprint
from lyceum.auth.services.auditing import note
from lyceum.auth.services.clients import Clients
from lyceum.auth.services.randomness import new_token
from lyceum.auth.services.signing_keys import Ring, SigningKeys
from lyceum.identity.ports import UserDirectory, UserNotFound
from lyceum.kernel.clock import Clock
from lyceum.kernel.ids import new_id

Tokens = Mapping[str, str | int]


class Granting:
    def __init__(
        self,
        *,
        units: Callable[[], AuthUnit],
        queries: AuthQueries,
        users: UserDirectory,
        clients: Clients,
        keys: SigningKeys,
        issuer: str,
        audience: str,
        lifetime: SessionLifetime,
        clock: Clock,
    ) -> None:
        self._units = units
        self._queries = queries
        self._users = users
        self._clients = clients
        self._keys = keys
        self._issuer = issuer
        self._audience = audience
        self._lifetime = lifetime
        self._clock = clock

    async def tokens(self, authorization: str | None, form: Parameters) -> Tokens:
        """Tokens for a code or a refresh token.

        Raises `InvalidRequest`, `InvalidClient`, `InvalidGrant`, `UnauthorizedClient`, `UnsupportedGrantType`,
        `InvalidScope`, and `Unavailable` where there is no key to sign with.
        """
        if any("\0" in value for _, value in form):
            raise InvalidRequest("A parameter has a character that it can't have")
        credentials = read_client_credentials(authorization, form)
        grant = read_token_request(form)
        ring = await self._keys.ring()
        if isinstance(grant, CodeGrant):
            return await self._redeem(ring, credentials, grant)
        return await self._refresh(ring, credentials, grant)

    async def userinfo(self, token: str) -> dict[str, object]:
        """What the holder of an access token may know of the person. Raises `InvalidToken`, `InsufficientScope`,
        `Unavailable`."""
        claims = (await self._keys.ring()).verify_access_token(token, self._clock.now())
        try:
            user_id, session_id = UUID(claims["sub"]), UUID(claims["sid"])
            user = await self._users.get_user(user_id=user_id)
        except (ValueError, UserNotFound):
            raise InvalidToken() from None
        state = await self._queries.session_by_id(session_id)
        if state is None or state.revoked_at is not None or not user.active:
            raise InvalidToken()
        return userinfo_claims(
            user_id=user_id,
            scopes=parse_scope(claims["scope"]),
            name=user.display_name,
            locale=user.locale,
            time_zone=user.time_zone,
            email=user.email,
        )

    async def _redeem(self, ring: Ring, credentials: ClientCredentials, grant: CodeGrant) -> Tokens:
        now = self._clock.now()
        async with self._units() as unit:
            client = await self._client(unit, credentials, GrantType.AUTHORIZATION_CODE)
            code = await unit.authorization_codes.find(fingerprint(grant.code))
            if code is None:
                raise InvalidGrant()
            try:
                code.redeem(
                    client_id=client.client_id, redirect_uri=grant.redirect_uri, verifier=grant.verifier, now=now
                )
            except GrantReplayed:
                await self._end(unit, await unit.token_families.find(code.family_id), FamilyEnd.CODE_REPLAYED)
                raise InvalidGrant() from None
            await self._check_session(unit, code.session_id, outlives=False)
            refresh = None
            if GrantType.REFRESH_TOKEN in client.grant_types:
                handle, secret = new_token(), new_token()
                unit.token_families.add(TokenFamily.start(code, handle=handle, secret=secret, now=now))
                refresh = refresh_token(handle, secret)
            answer = self._answer(ring, code, code.scopes, code.nonce, refresh)
            await unit.commit()
        return answer

    async def _refresh(self, ring: Ring, credentials: ClientCredentials, grant: RefreshGrant) -> Tokens:
        now = self._clock.now()
        async with self._units() as unit:
            client = await self._client(unit, credentials, GrantType.REFRESH_TOKEN)
            handle, secret = parse_refresh_token(grant.token)
            family = await unit.token_families.find_by_handle(fingerprint(handle))
            if family is None:
                raise InvalidGrant()
            successor = new_token()
            try:
                family.rotate(client_id=client.client_id, secret=secret, successor=successor, now=now)
            except GrantReplayed:
                await self._end(unit, family, FamilyEnd.TOKEN_REUSED)
                raise InvalidGrant() from None
            scopes = family.narrow(grant.scopes)
            in_use = await self._check_session(unit, family.session_id, outlives=family.outlives_session)
            answer = self._answer(ring, family, scopes, None, refresh_token(handle, successor))
            await unit.commit()
        if in_use:  # a session that ran out stays so, whatever outlives it
            await self._queries.note_use(family.session_id, now, now - self._lifetime.resolution)
        return answer

    async def _client(self, unit: AuthUnit, credentials: ClientCredentials, grant: GrantType) -> Client:
        client = await self._clients.find(unit, credentials.client_id)
        if client is None:
            raise InvalidClient()
        client.authenticate(credentials.method, credentials.secret)
        client.require_grant(grant)
        return client

    async def _check_session(self, unit: AuthUnit, session_id: UUID, *, outlives: bool) -> bool:
        """Whether the session is active, where it need not be."""
        try:
            session = await unit.sessions.get(session_id)
        except SessionNotFound:
            raise InvalidGrant() from None
        if session.revoked_at is not None:
            raise InvalidGrant()
        is_active = session.is_active(self._clock.now(), self._lifetime)
        if not outlives and not is_active:
            raise InvalidGrant()
        return is_active

    async def _end(self, unit: AuthUnit, family: TokenFamily | None, reason: FamilyEnd) -> None:
        """Somebody else may have the tokens: end them all, and keep that although the request is refused."""
        if family is None or family.revoked_at is not None:
            return
        now = self._clock.now()
        family.revoke(reason, now)
        await note(
            unit,
            actor=None,
            action="auth.tokens.revoked",
            target=f"user:{family.user_id}",
            details={"client": family.client_id, "reason": reason.value},
            now=now,
        )
        await unit.commit()

    def _answer(
        self,
        ring: Ring,
        grant: AuthorizationCode | TokenFamily,
        scopes: frozenset[str],
        nonce: str | None,
        refresh: str | None,
    ) -> Tokens:
        now = self._clock.now()
        access_token = ring.sign(
            access_token_claims(
                issuer=self._issuer,
                audience=self._audience,
                user_id=grant.user_id,
                client_id=grant.client_id,
                session_id=grant.session_id,
                scopes=scopes,
                authenticated_at=grant.authenticated_at,
                token_id=new_id(),
                now=now,
            ),
            TokenKind.ACCESS,
        )
        id_token = None
        if OPENID in scopes:
            claims = id_token_claims(
                issuer=self._issuer,
                client_id=grant.client_id,
                user_id=grant.user_id,
                session_id=grant.session_id,
                authenticated_at=grant.authenticated_at,
                nonce=nonce,
                access_token=access_token,
                now=now,
            )
            id_token = ring.sign(claims, TokenKind.ID)
        return token_response(access_token=access_token, scopes=scopes, id_token=id_token, refresh_token=refresh)
