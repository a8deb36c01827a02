"""From a stranger to an account, whatever happens in between."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from lyceum.identity.domain.entities import Registration
from lyceum.identity.ports import EmailTaken, PasswordRefused, RegistrationNotFound
from lyceum.identity.schemas.events import UserRegistered
from lyceum.identity.schemas.internal import RegistrationRequest
from lyceum.kernel.errors import ValidationFailed


def request(**changes):
    good = {"email": "ada@example.org", "password": "correct horse", "display_name": "Ada", "locale": "pt-BR"}
    return RegistrationRequest(**(good | changes))


async def work(services):
    """Does what the worker does; the tokens that were mailed so far."""
    jobs, services.store.jobs = services.store.jobs, []
    for _, arguments in jobs:
        await services.registering.send_mail(registration_id=UUID(arguments["registration_id"]))
    return [token for _, token in services.mails.sent if token]


async def test_the_account_has_what_was_asked_for(services):
    await services.registering.register(request(time_zone="Europe/Paris"))
    [token] = await work(services)
    user_id = await services.registering.verify(token=token)
    found = await services.directory.get_user(user_id=user_id)
    assert (found.email, found.display_name, found.locale, found.time_zone) == (
        "ada@example.org",
        "Ada",
        "pt-BR",
        "Europe/Paris",
    )
    [told] = services.store.published(UserRegistered)
    assert (told.user_id, told.email, told.aggregate_id) == (user_id, "ada@example.org", user_id)


async def test_nothing_is_kept_of_a_request_that_is_refused(services, credentials):
    with pytest.raises(PasswordRefused):
        await services.registering.register(request(password="short"))
    with pytest.raises(ValidationFailed):
        await services.registering.register(request(email="nobody"))
    assert services.store.aggregates.get(Registration, {}) == {}
    assert (services.store.jobs, credentials.passwords) == ([], {})


@pytest.mark.parametrize("token", ["", "nonsense", "A" * 43, "=", "ä"])
async def test_a_token_that_was_not_issued_is_of_no_use(services, token):
    await services.registering.register(request())
    with pytest.raises(RegistrationNotFound):
        await services.registering.verify(token=token)


async def test_a_token_of_another_installation_is_of_no_use(services):
    with pytest.raises(RegistrationNotFound):
        await services.registering.verify(token=services.tokens.issue(uuid4()))


async def test_a_second_registration_of_the_address_does_not_become_a_second_account(services):
    await services.registering.register(request())
    await services.registering.register(request(email="ADA@EXAMPLE.ORG"))
    first, second = await work(services)
    await services.registering.verify(token=second)
    with pytest.raises(EmailTaken):
        await services.registering.verify(token=first)
    assert len(services.store.published(UserRegistered)) == 1


async def test_the_mail_to_somebody_with_an_account_has_no_token(services):
    await services.registering.register(request())
    [token] = await work(services)
    await services.registering.verify(token=token)
    await services.registering.register(request())
    await work(services)
    assert services.mails.sent[-1] == ("ada@example.org", None)


async def test_mails_to_one_address_are_bounded_by_the_hour(services, clock):
    for _ in range(7):
        await services.registering.register(request())
    assert len(await work(services)) == 5
    clock.advance(timedelta(hours=1, seconds=1))
    await services.registering.register(request())
    assert len(await work(services)) == 6


async def test_all_expired_registrations_are_forgotten_however_many(services, credentials, clock, monkeypatch):
    monkeypatch.setattr("lyceum.identity.services.registering.FORGOTTEN_AT_ONCE", 3)
    for number in range(7):
        await services.registering.register(request(email=f"{number}@example.org"))
    clock.advance(timedelta(days=2))
    await services.registering.register(request())
    clock.advance(timedelta(seconds=1))
    await services.registering.forget_expired()
    [left] = services.store.aggregates[Registration].values()
    assert (left.email, list(credentials.passwords)) == ("ada@example.org", [left.user_id])


async def test_forgetting_that_is_cut_short_is_done_the_next_time(services, credentials, clock, monkeypatch):
    """The password is gone first, so that none is left without the registration that tells of it."""
    await services.registering.register(request())
    clock.advance(timedelta(days=3))
    forget = credentials.forget

    async def die(**arguments):
        await forget(**arguments)
        raise ConnectionError

    monkeypatch.setattr(credentials, "forget", die)
    with pytest.raises(ConnectionError):
        await services.registering.forget_expired()
    assert (len(services.store.aggregates[Registration]), credentials.passwords) == (1, {})
    monkeypatch.undo()
    await services.registering.forget_expired()
    assert services.store.aggregates[Registration] == {}
