"""Requests, links and clean-ups come in any order and often: an address has one account, with its own password."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lyceum.identity.domain.entities import Registration, User
from lyceum.identity.ports import EmailTaken, RegistrationNotFound
from lyceum.identity.schemas.events import UserRegistered
from lyceum.identity.schemas.internal import RegistrationRequest
from lyceum.testing.clock import FakeClock

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("register"), st.sampled_from(["ada@example.org", "ADA@example.org", "bob@example.org"])),
        st.tuples(st.just("verify"), st.integers(0, 5)),
        st.tuples(st.just("wait"), st.sampled_from([1, 30, 48])),
        st.tuples(st.just("forget"), st.none()),
        st.tuples(st.just("mail again"), st.none()),
    ),
    max_size=25,
)


class Story:
    """Plays the steps, and knows what must have come of them."""

    def __init__(self, services, credentials, clock):
        self.services, self.credentials, self.clock = services, credentials, clock
        self.passwords = {}
        self.accounts = {}
        self.number = 0

    async def play(self, step, value):
        await getattr(self, step.replace(" ", "_"))(value)
        self.check()

    async def register(self, email):
        self.number += 1
        password = f"password {self.number}"
        request = RegistrationRequest(email=email, password=password, display_name="Somebody")
        await self.services.registering.register(request)
        [new] = set(self.credentials.passwords) - set(self.passwords)
        self.passwords[new] = password
        await self.mail_again(None)

    async def verify(self, number):
        tokens = [token for _, token in self.services.mails.sent if token]
        if not tokens:
            return
        token = tokens[number % len(tokens)]
        registration = self.registrations().get(self.services.tokens.read(token))
        taken = registration is not None and registration.email.lower() in self.accounts
        late = registration is None or self.clock.now() >= registration.expires_at
        if taken or late:
            with pytest.raises(EmailTaken if taken else RegistrationNotFound):
                await self.services.registering.verify(token=token)
        else:
            account = await self.services.registering.verify(token=token)
            assert account == registration.user_id
            self.accounts[registration.email.lower()] = account

    async def wait(self, hours):
        self.clock.advance(timedelta(hours=hours))

    async def forget(self, _):
        await self.services.registering.forget_expired()
        now = self.clock.now()
        assert all(each.expires_at >= now or each.verified_at for each in self.registrations().values())
        self.passwords = {user: self.passwords[user] for user in self.credentials.passwords}

    async def mail_again(self, _):
        for _, arguments in self.services.store.jobs:
            registration_id = UUID(arguments["registration_id"])
            if registration_id in self.registrations():
                await self.services.registering.send_mail(registration_id=registration_id)

    def registrations(self):
        return self.services.store.aggregates.get(Registration, {})

    def check(self):
        users = self.services.store.aggregates.get(User, {})
        assert {user.email.lower(): user.id for user in users.values()} == self.accounts
        told = [event.user_id for event in self.services.store.published(UserRegistered)]
        assert sorted(told) == sorted(self.accounts.values())
        # Whoever has an account or may still get one has the password that they asked with; nobody else has any.
        awaited = {each.user_id for each in self.registrations().values()}
        assert set(self.credentials.passwords) == awaited
        assert set(self.accounts.values()) <= awaited
        assert all(self.credentials.passwords[user] == self.passwords[user] for user in awaited)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_an_address_has_one_account_with_the_password_of_its_own_request(
    build_services, new_memory, new_credentials, steps
):
    async def play():
        clock, credentials = FakeClock(), new_credentials()
        story = Story(build_services(new_memory(), credentials, clock), credentials, clock)
        for step, value in steps:
            await story.play(step, value)

    asyncio.run(play())
