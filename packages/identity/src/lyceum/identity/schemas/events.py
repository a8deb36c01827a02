"""The events that identity publishes."""

from typing import ClassVar
from uuid import UUID

from lyceum.kernel.events import PublishedEvent


class UserEvent(PublishedEvent):
    """What all events about a user have; they are ordered by user."""

    user_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        return self.user_id


class UserRegistered(UserEvent):
    """A person has an account now: registered and verified, provisioned, or created by an administrator."""

    type: ClassVar[str] = "lyceum.identity.user.registered.v1"
    email: str
    display_name: str
    locale: str
    time_zone: str


class UserProfileChanged(UserEvent):
    """The name or the preferences of a user changed; carries their present values."""

    type: ClassVar[str] = "lyceum.identity.user.profile-changed.v1"
    display_name: str
    locale: str
    time_zone: str


class UserDeactivated(UserEvent):
    """The account is closed until it is reactivated: no sign-in, and existing sessions end. `actor_id` did it."""

    type: ClassVar[str] = "lyceum.identity.user.deactivated.v1"
    actor_id: UUID | None = None


class UserReactivated(UserEvent):
    """The account works again. `actor_id` did it."""

    type: ClassVar[str] = "lyceum.identity.user.reactivated.v1"
    actor_id: UUID | None = None


class AccommodationChanged(UserEvent):
    """The person's extra time changed. `extra_time_factor` is a decimal number as text; "1" means none.

    `actor_id` agreed it.
    """

    type: ClassVar[str] = "lyceum.identity.user.accommodation-changed.v1"
    extra_time_factor: str
    actor_id: UUID | None = None


PUBLISHED = (UserRegistered, UserProfileChanged, UserDeactivated, UserReactivated, AccommodationChanged)
