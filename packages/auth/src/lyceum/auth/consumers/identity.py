"""Events of identity: a closed account ends its sessions, and what was done to accounts is audited here."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from lyceum.auth.domain.entities import SessionEnd
from lyceum.auth.domain.repositories import AuthUnit
from lyceum.auth.services.auditing import note
from lyceum.auth.services.ending import end_sessions
from lyceum.kernel.clock import Clock
from lyceum.runtime.events import ConsumedEvent, Subscription


class AccountChanged(ConsumedEvent):
    """Something that was done to an account; `actor_id` is null where nobody in particular did it."""

    user_id: UUID
    actor_id: UUID | None = None


class UserDeactivated(AccountChanged):
    pass


class UserReactivated(AccountChanged):
    pass


class AccommodationChanged(AccountChanged):
    """The factor itself is left out: it may tell of a person's health, and the audit log forgets nothing."""


def subscriptions(clock: Clock) -> Sequence[Subscription[Any]]:
    async def audit(unit: AuthUnit, event: AccountChanged, action: str) -> None:
        await note(unit, actor=event.actor_id, action=action, target=f"user:{event.user_id}", now=clock.now())

    async def on_user_deactivated(event: UserDeactivated, prepared: None, unit: AuthUnit) -> None:
        await end_sessions(unit, event.user_id, SessionEnd.DEACTIVATED, clock.now())
        await audit(unit, event, "identity.user.deactivated")

    async def on_user_reactivated(event: UserReactivated, prepared: None, unit: AuthUnit) -> None:
        await audit(unit, event, "identity.user.reactivated")

    async def on_accommodation_changed(event: AccommodationChanged, prepared: None, unit: AuthUnit) -> None:
        await audit(unit, event, "identity.accommodation.changed")

    return (
        Subscription(
            event_type="lyceum.identity.user.deactivated.v1", model=UserDeactivated, handle=on_user_deactivated
        ),
        Subscription(
            event_type="lyceum.identity.user.reactivated.v1", model=UserReactivated, handle=on_user_reactivated
        ),
        Subscription(
            event_type="lyceum.identity.user.accommodation-changed.v1",
            model=AccommodationChanged,
            handle=on_accommodation_changed,
        ),
    )
