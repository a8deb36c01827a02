from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from lyceum.identity.domain.entities import (
    REGISTRATION_LIFETIME,
    ExtraTimeAgreed,
    Registration,
    StatusChanged,
    User,
    UserCreated,
)
from lyceum.identity.domain.values import UserStatus
from lyceum.identity.ports import RegistrationNotFound
from lyceum.identity.services.published_events import published
from lyceum.kernel.errors import ValidationFailed
from lyceum.kernel.ids import new_id

NOW = datetime(2030, 1, 15, 12, tzinfo=UTC)
ADMIN = new_id()


def register() -> Registration:
    return Registration.request(
        email="ada@example.org", display_name="Ada", locale="en", time_zone="Europe/Paris", now=NOW
    )


def ada() -> User:
    user = User.create(
        user_id=new_id(), email="ada@example.org", display_name="Ada", locale="en", time_zone="UTC", now=NOW
    )
    user.collect_events()
    return user


def test_verifying_makes_the_user_that_was_foreseen():
    registration = register()
    user = registration.verify(now=NOW)
    assert user.id == registration.user_id
    assert (user.email, user.time_zone, user.status) == ("ada@example.org", "Europe/Paris", UserStatus.ACTIVE)
    assert isinstance(user.collect_events()[0], UserCreated)


def test_a_registration_is_verified_once():
    registration = register()
    registration.verify(now=NOW)
    with pytest.raises(RegistrationNotFound):
        registration.verify(now=NOW)


def test_a_registration_is_not_verified_after_its_time():
    registration = register()
    with pytest.raises(RegistrationNotFound):
        registration.verify(now=NOW + REGISTRATION_LIFETIME)
    registration.verify(now=NOW + REGISTRATION_LIFETIME - timedelta(seconds=1))


def test_deactivating_twice_is_one_change():
    user = ada()
    user.deactivate(by=ADMIN, now=NOW)
    user.deactivate(by=ADMIN, now=NOW)
    assert [type(event) for event in user.collect_events()] == [StatusChanged]


def test_the_world_hears_of_each_change_of_status():
    user = ada()
    user.deactivate(by=ADMIN, now=NOW)
    [closed] = [out for event in user.collect_events() for out in published(event)]
    user.reactivate(by=ADMIN, now=NOW)
    [opened] = [out for event in user.collect_events() for out in published(event)]
    assert closed.type == "lyceum.identity.user.deactivated.v1"
    assert opened.type == "lyceum.identity.user.reactivated.v1"


@pytest.mark.parametrize("factor", ["0.99", "5.01", "1.005", "NaN", "Infinity", "-2"])
def test_extra_time_outside_its_bounds_is_refused(factor):
    with pytest.raises(ValidationFailed):
        ada().agree_extra_time(Decimal(factor), by=ADMIN, now=NOW)


def test_agreed_extra_time_is_kept_and_told():
    user = ada()
    user.agree_extra_time(Decimal("1.5"), by=ADMIN, now=NOW)
    assert user.extra_time_factor == Decimal("1.5")
    assert [type(event) for event in user.collect_events()] == [ExtraTimeAgreed]


def test_editing_leaves_what_is_not_given():
    user = ada()
    user.edit_profile(now=NOW, bio="Mathematician")
    assert (user.display_name, user.bio) == ("Ada", "Mathematician")


def test_a_refused_edit_says_which_field():
    with pytest.raises(ValidationFailed) as refused:
        ada().edit_profile(now=NOW, locale="nonsense!")
    assert refused.value.extensions["errors"][0]["pointer"] == "/locale"
