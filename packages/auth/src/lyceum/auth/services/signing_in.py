"""Signing in with a password, and out."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from lyceum.auth.domain.entities import Session, SessionEnd, SessionLifetime
from lyceum.auth.domain.errors import SessionNotFound, SignInFailed, WrongPassword
from lyceum.auth.domain.policies.lockout import FAMILIAR_FOR, account_key, device_key, network_key, origin_keys
from lyceum.auth.domain.queries import AuthQueries
from lyceum.auth.domain.repositories import AuthUnit
from lyceum.auth.domain.values.networks import Origin, network_of
from lyceum.auth.domain.values.tokens import csrf_token, fingerprint
from lyceum.auth.schemas.internal import SessionInfo, SessionView, SignedInUser
from lyceum.auth.services.auditing import note
from lyceum.auth.services.ending import end_session
from lyceum.auth.services.password_checks import PasswordChecks
from lyceum.auth.services.randomness import new_token
from lyceum.identity.ports import UserDirectory, UserNotFound, UserSummary
from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import NotAuthenticated
from lyceum.kernel.pagination import Page, PageRequest
from lyceum.kernel.principal import Principal


@dataclass(frozen=True, slots=True)
class Browser:
    """What a sign-in says of the browser: its address, what it calls itself, its device token if it has one."""

    address: str
    user_agent: str
    device: str | None

    @property
    def origin(self) -> Origin:
        return Origin(network_of(self.address), None if self.device is None else fingerprint(self.device).hex())


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session, with the secrets that only the browser keeps."""

    info: SessionInfo
    session_token: str
    device_token: str


class SigningIn:
    def __init__(
        self,
        *,
        units: Callable[[], AuthUnit],
        queries: AuthQueries,
        users: UserDirectory,
        checks: PasswordChecks,
        lifetime: SessionLifetime,
        clock: Clock,
    ) -> None:
        self._units = units
        self._queries = queries
        self._users = users
        self._checks = checks
        self._lifetime = lifetime
        self._clock = clock

    async def sign_in(self, *, email: str, password: str, browser: Browser) -> SignedIn:
        """A session for who knows the password. Raises `SignInFailed`, `SignInLocked` and `Unavailable`.

        A deactivated account is told what a wrong password is told.
        """
        user = await self._users.find_user_by_email(email=email)
        checked = await self._checks.check(
            email=email, user_id=None if user is None else user.id, password=password, origin=browser.origin
        )
        if user is None or not checked.matches or not user.active:
            await self._note_failure(email, user, browser)
            raise SignInFailed()
        async with self._units() as unit:
            await self._checks.settle(unit, checked)
            if checked.fresh_hash is not None:
                credential = await unit.credentials.find(user.id)
                if credential is not None and credential.encoded == checked.attempt.encoded:
                    credential.rehash(checked.fresh_hash)
            signed_in = await self.start(unit, user, browser, familiar=checked.attempt.familiar, by="password")
            await unit.commit()
        return signed_in

    async def start(self, unit: AuthUnit, user: UserSummary, browser: Browser, *, familiar: bool, by: str) -> SignedIn:
        """Start a session within a unit, for somebody who proved who they are; the caller commits."""
        now, origin = self._clock.now(), browser.origin
        token, device = new_token(), browser.device or new_token()
        session = Session.start(
            user_id=user.id,
            token=token,
            user_agent=browser.user_agent,
            network=origin.network,
            familiar=familiar,
            lifetime=self._lifetime,
            now=now,
        )
        unit.sessions.add(session)
        seen = (device_key(fingerprint(device).hex()), network_key(origin.network))
        await unit.sign_in_failures.remember(account_key(user.email), seen, now + FAMILIAR_FOR)
        await note(
            unit,
            actor=user.id,
            action="auth.session.started",
            target=f"session:{session.id}",
            details={"by": by, "network": origin.network, "familiar": familiar},
            now=now,
        )
        return SignedIn(_info(session.id, session.expires_at, user, token), token, device)

    async def is_familiar(self, unit: AuthUnit, email: str, browser: Browser) -> bool:
        """Whether this account was used from this device or network before."""
        keys = origin_keys(browser.origin)
        return bool(await unit.sign_in_failures.familiar(account_key(email), keys, self._clock.now()))

    async def current(self, principal: Principal, session_token: str | None) -> SessionInfo:
        """The browser's session. Raises `NotAuthenticated`, also for a bearer token."""
        user_id = principal.require_user()
        if session_token is None or principal.scopes is not None or principal.session_id is None:
            raise NotAuthenticated()
        state = await self._queries.session_by_id(principal.session_id)
        if state is None:
            raise NotAuthenticated()
        try:
            user = await self._users.get_user(user_id=user_id)
        except UserNotFound:
            raise NotAuthenticated() from None
        return _info(state.id, state.expires_at, user, session_token)

    async def step_up(self, principal: Principal, *, password: str, browser: Browser) -> SignedIn:
        """Prove once more who it is, in the browser's session, which gets another token.

        Locked and timed as signing in. Raises `NotAuthenticated`, also for a bearer token, `WrongPassword`,
        `SignInLocked` and `Unavailable`.
        """
        user_id = principal.require_user()
        if principal.scopes is not None or principal.session_id is None:
            raise NotAuthenticated()
        try:
            user = await self._users.get_user(user_id=user_id)
        except UserNotFound:
            raise NotAuthenticated() from None
        checked = await self._checks.check(email=user.email, user_id=user_id, password=password, origin=browser.origin)
        if not checked.matches or not user.active:
            await self._note_failure(user.email, user, browser)
            raise WrongPassword()
        now, token = self._clock.now(), new_token()
        async with self._units() as unit:
            await self._checks.settle(unit, checked)
            session = await unit.sessions.get(principal.session_id)
            if not session.is_active(now, self._lifetime):
                raise NotAuthenticated()
            session.step_up(token=token, now=now)
            await note(
                unit,
                actor=user_id,
                action="auth.session.stepped-up",
                target=f"session:{session.id}",
                details={"by": "password", "network": browser.origin.network},
                now=now,
            )
            await unit.commit()
        return SignedIn(_info(session.id, session.expires_at, user, token), token, browser.device or new_token())

    async def sign_out(self, principal: Principal) -> None:
        """End the caller's session. Raises `NotAuthenticated`."""
        user_id = principal.require_user()
        if principal.session_id is not None:
            await self._end(principal.session_id, user_id, SessionEnd.SIGNED_OUT)

    async def sessions(self, principal: Principal, *, page: PageRequest) -> Page[SessionView]:
        """Where the caller is signed in. Raises `NotAuthenticated`."""
        now = self._clock.now()
        found = await self._queries.sessions(
            user_id=principal.require_user(), idle_since=now - self._lifetime.idle, now=now, page=page
        )
        items = [each.model_copy(update={"current": each.id == principal.session_id}) for each in found.items]
        return found.model_copy(update={"items": items})

    async def revoke(self, principal: Principal, session_id: UUID) -> None:
        """End one of the caller's sessions. Raises `NotAuthenticated`, and `SessionNotFound` for another person's."""
        await self._end(session_id, principal.require_user(), SessionEnd.REVOKED)

    async def _end(self, session_id: UUID, user_id: UUID, reason: SessionEnd) -> None:
        now = self._clock.now()
        async with self._units() as unit:
            session = await unit.sessions.get(session_id)
            if session.user_id != user_id:
                raise SessionNotFound()
            if session.revoked_at is None:
                await end_session(unit, session, reason, now)
                await note(
                    unit,
                    actor=user_id,
                    action="auth.session.revoked",
                    target=f"session:{session_id}",
                    details={"reason": reason.value},
                    now=now,
                )
                await unit.commit()

    async def _note_failure(self, email: str, user: UserSummary | None, browser: Browser) -> None:
        account = account_key(email)
        target = f"account:{account.hex()[:16]}" if user is None else f"user:{user.id}"
        async with self._units() as unit:
            await note(
                unit,
                actor=None,
                action="auth.sign-in.refused",
                target=target,
                details={"network": browser.origin.network},
                now=self._clock.now(),
            )
            await unit.commit()


def _info(session_id: UUID, expires_at: object, user: UserSummary, token: str) -> SessionInfo:
    return SessionInfo.model_validate(
        {
            "id": session_id,
            "user": SignedInUser(
                id=user.id, display_name=user.display_name, email=user.email, time_zone=user.time_zone
            ),
            "csrf_token": csrf_token(token),
            "expires_at": expires_at,
        }
    )
