"""From a stranger to an account: ask, get a mail, follow its link."""

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from lyceum.identity.domain.entities import Registration
from lyceum.identity.domain.policies import MAX_REGISTRATIONS_PER_HOUR
from lyceum.identity.domain.repositories import IdentityUnit
from lyceum.identity.ports import CredentialStore, EmailTaken, RegistrationNotFound
from lyceum.identity.schemas.internal import RegistrationRequest
from lyceum.kernel.clock import Clock

SEND_MAIL = "identity.send-registration-mail"
FORGOTTEN_AT_ONCE = 500


class VerificationTokens(Protocol):
    """Turns the id of a registration into a secret for its mail, and back."""

    def issue(self, registration_id: UUID) -> str: ...

    def read(self, token: str) -> UUID | None:
        """The registration, or null for a token that was not issued here."""
        ...


class RegistrationMails(Protocol):
    """The mails of a registration."""

    async def send_verification(self, *, to: str, display_name: str, token: str) -> None: ...

    async def send_already_registered(self, *, to: str, display_name: str) -> None: ...


class Registering:
    """Whoever asks learns nothing about existing accounts: the answer is the same, the mail tells the owner."""

    def __init__(
        self,
        *,
        units: Callable[[], IdentityUnit],
        credentials: CredentialStore,
        tokens: VerificationTokens,
        mails: RegistrationMails,
        clock: Clock,
    ) -> None:
        self._units = units
        self._credentials = credentials
        self._tokens = tokens
        self._mails = mails
        self._clock = clock

    async def register(self, request: RegistrationRequest) -> None:
        """Keep the request and send a mail. Raises `ValidationFailed` and `PasswordRefused`."""
        now = self._clock.now()
        registration = Registration.request(
            email=request.email,
            display_name=request.display_name,
            locale=request.locale,
            time_zone=request.time_zone,
            now=now,
        )
        await self._credentials.set_password(
            user_id=registration.user_id,
            password=request.password,
            email=registration.email,
            display_name=registration.display_name,
        )
        async with self._units() as unit:
            recent = await unit.registrations.count_since(registration.email, now - timedelta(hours=1))
            unit.registrations.add(registration)
            if recent < MAX_REGISTRATIONS_PER_HOUR:
                await unit.defer(SEND_MAIL, registration_id=str(registration.id))
            await unit.commit()

    async def send_mail(self, *, registration_id: UUID) -> None:
        """The background half of `register`."""
        async with self._units() as unit:
            registration = await unit.registrations.get(registration_id)
            taken = await unit.users.with_email(registration.email) is not None
        if taken:
            await self._mails.send_already_registered(to=registration.email, display_name=registration.display_name)
        else:
            await self._mails.send_verification(
                to=registration.email,
                display_name=registration.display_name,
                token=self._tokens.issue(registration.id),
            )

    async def verify(self, *, token: str) -> UUID:
        """The id of the new account. Raises `RegistrationNotFound` for a link that is wrong, used or too old."""
        registration_id = self._tokens.read(token)
        if registration_id is None:
            raise RegistrationNotFound()
        async with self._units() as unit:
            registration = await unit.registrations.get(registration_id)
            if await unit.users.with_email(registration.email) is not None:
                raise EmailTaken()
            user = registration.verify(now=self._clock.now())
            unit.users.add(user)
            await unit.commit()
        return user.id

    async def forget_expired(self) -> None:
        """Drop registrations that nobody verified, with the passwords kept for them.

        The passwords go first: whatever cuts this short, none stays behind without its registration.
        """
        moment = self._clock.now()
        while True:
            async with self._units() as unit:
                user_ids = list(await unit.registrations.expired(moment, limit=FORGOTTEN_AT_ONCE))
            if not user_ids:
                return
            await self._credentials.forget(user_ids=user_ids)
            async with self._units() as unit:
                await unit.registrations.remove(user_ids)
                await unit.commit()
