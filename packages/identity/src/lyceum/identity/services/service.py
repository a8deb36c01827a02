"""The published ports, served."""

from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

from lyceum.identity.domain.entities import User
from lyceum.identity.domain.queries import IdentityQueries
from lyceum.identity.domain.repositories import IdentityUnit
from lyceum.identity.domain.values import UserStatus
from lyceum.identity.ports import UserNotFound, UserSummary
from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import ValidationFailed
from lyceum.kernel.ids import new_id

MAX_IDS = 500


class Directory:
    """`UserDirectory`, `UserProvisioning` and `Accommodations`."""

    def __init__(self, *, units: Callable[[], IdentityUnit], queries: IdentityQueries, clock: Clock) -> None:
        self._units = units
        self._queries = queries
        self._clock = clock

    async def get_user(self, *, user_id: UUID) -> UserSummary:
        found = await self._queries.summaries([user_id])
        if not found:
            raise UserNotFound()
        return found[0]

    async def find_user_by_email(self, *, email: str) -> UserSummary | None:
        return await self._queries.summary_by_email(email.strip())

    async def find_users(self, *, user_ids: list[UUID]) -> list[UserSummary]:
        if len(user_ids) > MAX_IDS:
            raise ValidationFailed(f"At most {MAX_IDS} users at a time")
        return await self._queries.summaries(user_ids)

    async def provision_user(
        self, *, email: str, display_name: str, locale: str = "en", time_zone: str = "UTC"
    ) -> UserSummary:
        user = User.create(
            user_id=new_id(),
            email=email,
            display_name=display_name,
            locale=locale,
            time_zone=time_zone,
            now=self._clock.now(),
        )
        async with self._units() as unit:
            unit.users.add(user)
            await unit.commit()
        return UserSummary(
            id=user.id,
            email=user.email,
            display_name=user.display_name,
            locale=user.locale,
            time_zone=user.time_zone,
            active=user.status is UserStatus.ACTIVE,
        )

    async def extra_time_factor(self, *, user_id: UUID) -> Decimal:
        async with self._units() as unit:
            return (await unit.users.get(user_id)).extra_time_factor
