"""Events of identity."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from lyceum.auth.domain.entities import SessionEnd
from lyceum.auth.domain.repositories import AuthUnit
from lyceum.auth.services.ending import end_sessions
from lyceum.kernel.clock import Clock
from lyceum.runtime.events import ConsumedEvent, Subscription


class UserDeactivated(ConsumedEvent):
    user_id: UUID


def subscriptions(clock: Clock) -> Sequence[Subscription[Any]]:
    async def on_user_deactivated(event: UserDeactivated, prepared: None, unit: AuthUnit) -> None:
        await end_sessions(unit, event.user_id, SessionEnd.DEACTIVATED, clock.now())

    return (
        Subscription(
            event_type="lyceum.identity.user.deactivated.v1", model=UserDeactivated, handle=on_user_deactivated
        ),
    )
