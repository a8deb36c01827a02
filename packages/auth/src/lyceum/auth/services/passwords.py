"""Passwords: kept for new accounts, changed by their owners, set anew by mail."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID

from lyceum.auth.domain.entities import PasswordCredential, SessionEnd
from lyceum.auth.domain.errors import ResetLinkInvalid, WeakPassword, WrongPassword
from lyceum.auth.domain.gateways import PasswordHasher
from lyceum.auth.domain.policies.lockout import account_key, counted_failure
from lyceum.auth.domain.policies.passwords import check_password
from lyceum.auth.domain.repositories import AuthUnit
from lyceum.auth.services.auditing import note
from lyceum.auth.services.ending import end_sessions
from lyceum.auth.services.password_checks import PasswordChecks
from lyceum.auth.services.signing_in import Browser
from lyceum.identity.ports import PasswordRefused, UserDirectory, UserNotFound, UserSummary
from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import NotAuthenticated
from lyceum.kernel.principal import Principal

SEND_RESET = "auth.send-password-reset"
RESET_KEY = "password-reset"
RESETS_A_DAY = 5
RESET_LIFETIME = timedelta(hours=1)
_TOKEN_LENGTH = 16 + 8 + 16


class PasswordMails(Protocol):
    async def send_reset(self, *, to: str, display_name: str, token: str) -> None: ...


class Passwords:
    """See `identity.ports.CredentialStore`; and what people do with their passwords.

    A reset token is signed and not stored. What it signs includes the present password's hash, so it is worth nothing
    once a new password is set.
    """

    def __init__(
        self,
        *,
        units: Callable[[], AuthUnit],
        users: UserDirectory,
        hasher: PasswordHasher,
        checks: PasswordChecks,
        mails: PasswordMails,
        key: bytes,
        clock: Clock,
    ) -> None:
        self._units = units
        self._users = users
        self._hasher = hasher
        self._checks = checks
        self._mails = mails
        self._key = key
        self._clock = clock

    async def set_password(self, *, user_id: UUID, password: str, email: str, display_name: str) -> None:
        try:
            encoded = await self._hasher.hash(check_password(password, email=email, display_name=display_name))
        except WeakPassword as error:
            raise PasswordRefused(error.detail, **error.extensions) from None
        async with self._units() as unit:
            await self._replace(unit, user_id, encoded)
            await unit.commit()

    async def forget(self, *, user_ids: list[UUID]) -> None:
        async with self._units() as unit:
            for user_id in user_ids:
                await unit.credentials.remove(user_id)
            await unit.commit()

    async def change(self, principal: Principal, *, current: str, new: str, browser: Browser) -> None:
        """Replace one's password; all other sessions end.

        Raises `NotAuthenticated`, `WrongPassword`, `SignInLocked`, `WeakPassword` and `Unavailable`.
        """
        user = await self._own_account(principal)
        # First, or somebody who knows the present password would be locked out for choosing weak ones.
        check_password(new, email=user.email, display_name=user.display_name)
        checked = await self._checks.check(email=user.email, user_id=user.id, password=current, origin=browser.origin)
        if not checked.matches:
            raise WrongPassword()
        encoded = await self._hash(new, user)
        async with self._units() as unit:
            await self._checks.settle(unit, checked)
            await self._replace(unit, user.id, encoded)
            await self._changed(unit, user.id, principal.session_id)
            await unit.commit()

    async def request_reset(self, *, email: str) -> None:
        """Mail a link, if the address has an account. Says and takes the same if not; a few a day are enough."""
        now, account = self._clock.now(), account_key(email)
        async with self._units() as unit:
            counts = await unit.sign_in_failures.locked_counts(account, (RESET_KEY,))
            count = counted_failure(RESET_KEY, counts.get(RESET_KEY), now)
            if count.failures <= RESETS_A_DAY:
                await unit.sign_in_failures.put(account, RESET_KEY, count)
                await unit.defer(SEND_RESET, email=email)
                await unit.commit()

    async def send_reset(self, *, email: str) -> None:
        """The background half of `request_reset`."""
        user = await self._users.find_user_by_email(email=email)
        if user is None or not user.active:
            return
        async with self._units() as unit:
            credential = await unit.credentials.find(user.id)
        token = self._token(user.id, self._clock.now() + RESET_LIFETIME, credential)
        await self._mails.send_reset(to=user.email, display_name=user.display_name, token=token)

    async def complete_reset(self, *, token: str, password: str) -> UUID:
        """Set the password with the token from the mail; all sessions end. Returns whose it is.

        Raises `ResetLinkInvalid`, `WeakPassword` and `Unavailable`.
        """
        user_id, expires_at = _parts(token)
        if self._clock.now() >= expires_at:
            raise ResetLinkInvalid()
        async with self._units() as unit:
            self._check(token, user_id, expires_at, await unit.credentials.find(user_id))
        try:
            user = await self._users.get_user(user_id=user_id)
        except UserNotFound:
            raise ResetLinkInvalid() from None
        if not user.active:
            raise ResetLinkInvalid()
        encoded = await self._hash(password, user)
        async with self._units() as unit:
            self._check(token, user_id, expires_at, await unit.credentials.find(user_id))
            await self._replace(unit, user_id, encoded)
            await self._changed(unit, user_id, None)
            await unit.commit()
        return user_id

    async def _own_account(self, principal: Principal) -> UserSummary:
        try:
            return await self._users.get_user(user_id=principal.require_user())
        except UserNotFound:
            raise NotAuthenticated() from None

    async def _hash(self, password: str, user: UserSummary) -> str:
        return await self._hasher.hash(check_password(password, email=user.email, display_name=user.display_name))

    async def _replace(self, unit: AuthUnit, user_id: UUID, encoded: str) -> None:
        now = self._clock.now()
        credential = await unit.credentials.find(user_id)
        if credential is None:
            unit.credentials.add(PasswordCredential(id=user_id, encoded=encoded, changed_at=now))
        else:
            credential.change(encoded, now)

    async def _changed(self, unit: AuthUnit, user_id: UUID, keep: UUID | None) -> None:
        now = self._clock.now()
        await end_sessions(unit, user_id, SessionEnd.PASSWORD_CHANGED, now, keep=keep)
        await note(unit, actor=user_id, action="auth.password.changed", target=f"user:{user_id}", now=now)

    def _token(self, user_id: UUID, expires_at: datetime, credential: PasswordCredential | None) -> str:
        head = user_id.bytes + int(expires_at.timestamp()).to_bytes(8)
        return base64.urlsafe_b64encode(head + self._mac(head, credential)).decode().rstrip("=")

    def _check(self, token: str, user_id: UUID, expires_at: datetime, credential: PasswordCredential | None) -> None:
        if not hmac.compare_digest(token.encode(), self._token(user_id, expires_at, credential).encode()):
            raise ResetLinkInvalid()

    def _mac(self, head: bytes, credential: PasswordCredential | None) -> bytes:
        present = b"" if credential is None else credential.encoded.encode()
        return hmac.digest(self._key, head + present, hashlib.sha256)[:16]


def _parts(token: str) -> tuple[UUID, datetime]:
    try:
        raw = base64.urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
        if len(raw) != _TOKEN_LENGTH:
            raise ResetLinkInvalid()
        return UUID(bytes=raw[:16]), datetime.fromtimestamp(int.from_bytes(raw[16:24]), UTC)
    except (ValueError, OverflowError, OSError):
        raise ResetLinkInvalid() from None
