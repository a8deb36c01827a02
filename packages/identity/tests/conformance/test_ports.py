"""What everybody who provides identity's ports promises: the service, and its remote twin over HTTP."""

from decimal import Decimal
from uuid import uuid4

import pytest

from lyceum.identity.ports import (
    Accommodations,
    EmailTaken,
    UserDirectory,
    UserNotFound,
    UserProvisioning,
)
from lyceum.kernel.errors import ValidationFailed
from lyceum.testing.twins import twin


@pytest.fixture(params=["service", "remote"])
def port(request, harness):
    """Gives a port, served in the process or over HTTP."""

    def get(kind):
        service = harness.platform.ports.local(kind)
        return service if request.param == "service" else twin(kind, service, harness.module.spec.errors)

    return get


@pytest.mark.parametrize("kind", [UserDirectory, UserProvisioning, Accommodations])
async def test_it_is_the_port(port, kind):
    assert isinstance(port(kind), kind)


async def test_a_provisioned_user_is_found_in_every_way(port):
    made = await port(UserProvisioning).provision_user(
        email=" Ada@example.org ", display_name=" Ada  Lovelace", locale="pt-BR", time_zone="Europe/Paris"
    )
    assert (made.email, made.display_name, made.locale, made.time_zone, made.active) == (
        "Ada@example.org",
        "Ada Lovelace",
        "pt-BR",
        "Europe/Paris",
        True,
    )
    directory = port(UserDirectory)
    assert await directory.get_user(user_id=made.id) == made
    assert await directory.find_user_by_email(email="  aDA@EXAMPLE.org") == made
    assert await directory.find_users(user_ids=[uuid4(), made.id, made.id]) == [made]


async def test_an_address_is_provisioned_once(port):
    provisioning = port(UserProvisioning)
    await provisioning.provision_user(email="ada@example.org", display_name="Ada")
    with pytest.raises(EmailTaken):
        await provisioning.provision_user(email="ADA@example.org", display_name="Another")


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "nobody"), ("display_name", " "), ("locale", "english"), ("time_zone", "Mars/Olympus")],
)
async def test_who_cannot_be_a_user_is_refused_with_the_field(port, field, value):
    request = {"email": "ada@example.org", "display_name": "Ada"} | {field: value}
    with pytest.raises(ValidationFailed) as refused:
        await port(UserProvisioning).provision_user(**request)
    assert refused.value.extensions["errors"][0]["pointer"] == f"/{field}"
    assert await port(UserDirectory).find_user_by_email(email="ada@example.org") is None


async def test_nobody_is_found_where_nobody_is(port):
    directory = port(UserDirectory)
    with pytest.raises(UserNotFound):
        await directory.get_user(user_id=uuid4())
    assert await directory.find_user_by_email(email="nobody@example.org") is None
    assert await directory.find_users(user_ids=[]) == []
    assert await directory.find_users(user_ids=[uuid4()]) == []


async def test_so_many_are_looked_up_at_once_and_no_more(port):
    assert await port(UserDirectory).find_users(user_ids=[uuid4() for _ in range(500)]) == []
    with pytest.raises(ValidationFailed):
        await port(UserDirectory).find_users(user_ids=[uuid4() for _ in range(501)])


async def test_a_closed_account_is_found_as_one(port, harness, admin, people):
    [ada] = await people("Ada")
    await harness.container.accounts().deactivate(admin, ada)
    directory = port(UserDirectory)
    for found in (
        await directory.get_user(user_id=ada),
        await directory.find_user_by_email(email="ada@example.org"),
        *await directory.find_users(user_ids=[ada]),
    ):
        assert (found.id, found.active) == (ada, False)


async def test_extra_time_is_one_until_more_is_agreed(port, harness, admin, people):
    [ada] = await people("Ada")
    accommodations = port(Accommodations)
    assert await accommodations.extra_time_factor(user_id=ada) == 1
    await harness.container.accounts().agree_extra_time(admin, ada, Decimal("1.35"), expected=None)
    factor = await accommodations.extra_time_factor(user_id=ada)
    assert (factor, type(factor)) == (Decimal("1.35"), Decimal)
    with pytest.raises(UserNotFound):
        await accommodations.extra_time_factor(user_id=uuid4())
