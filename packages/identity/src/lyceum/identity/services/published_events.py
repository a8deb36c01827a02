"""What the world hears of each domain event."""

from collections.abc import Iterable

from lyceum.identity.domain.entities import ExtraTimeAgreed, ProfileEdited, StatusChanged, UserCreated
from lyceum.identity.domain.values import UserStatus
from lyceum.identity.schemas.events import (
    AccommodationChanged,
    UserDeactivated,
    UserProfileChanged,
    UserReactivated,
    UserRegistered,
)
from lyceum.kernel.aggregate import DomainEvent
from lyceum.kernel.events import PublishedEvent


def published(event: DomainEvent) -> Iterable[PublishedEvent]:
    """The published events for one domain event; none for what stays inside."""
    match event:
        case UserCreated(user=user):
            yield UserRegistered(
                user_id=user.id,
                email=user.email,
                display_name=user.display_name,
                locale=user.locale,
                time_zone=user.time_zone,
            )
        case ProfileEdited(user=user):
            yield UserProfileChanged(
                user_id=user.id, display_name=user.display_name, locale=user.locale, time_zone=user.time_zone
            )
        case StatusChanged(user=user, by=by):
            changed = UserReactivated if user.status is UserStatus.ACTIVE else UserDeactivated
            yield changed(user_id=user.id, actor_id=by)
        case ExtraTimeAgreed(user=user, by=by):
            yield AccommodationChanged(user_id=user.id, extra_time_factor=str(user.extra_time_factor), actor_id=by)
