"""The aggregates of identity."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from lyceum.identity.domain import values
from lyceum.identity.domain.values import ProfileVisibility, UserStatus
from lyceum.identity.ports import RegistrationNotFound
from lyceum.kernel.aggregate import Aggregate, DomainEvent
from lyceum.kernel.ids import new_id

REGISTRATION_LIFETIME = timedelta(days=2)
SMALLEST_FACTOR, LARGEST_FACTOR = Decimal("1"), Decimal("5")


@dataclass(frozen=True, kw_only=True, slots=True)
class UserCreated(DomainEvent):
    user: "User"


@dataclass(frozen=True, kw_only=True, slots=True)
class ProfileEdited(DomainEvent):
    user: "User"


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusChanged(DomainEvent):
    user: "User"
    by: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtraTimeAgreed(DomainEvent):
    user: "User"
    by: UUID


@dataclass(kw_only=True, eq=False)
class Registration(Aggregate):
    """Somebody asked for an account and has not yet shown that the e-mail address is theirs.

    It has the id of the user-to-be, so that the password of one attempt never opens the account of another.
    """

    id: UUID
    user_id: UUID
    email: str
    display_name: str
    locale: str
    time_zone: str
    requested_at: datetime
    expires_at: datetime
    verified_at: datetime | None = None

    @classmethod
    def request(cls, *, email: str, display_name: str, locale: str, time_zone: str, now: datetime) -> "Registration":
        """Raises `ValidationFailed`."""
        return cls(
            id=new_id(),
            user_id=new_id(),
            email=values.email_address(email),
            display_name=values.display_name(display_name),
            locale=values.locale_tag(locale),
            time_zone=values.time_zone(time_zone),
            requested_at=now,
            expires_at=now + REGISTRATION_LIFETIME,
        )

    def verify(self, *, now: datetime) -> "User":
        """The address is theirs: the account. Raises `RegistrationNotFound` when too late or already done."""
        if self.verified_at is not None or now >= self.expires_at:
            raise RegistrationNotFound()
        self.verified_at = now
        return User.create(
            user_id=self.user_id,
            email=self.email,
            display_name=self.display_name,
            locale=self.locale,
            time_zone=self.time_zone,
            now=now,
        )


@dataclass(kw_only=True, eq=False)
class User(Aggregate):
    """A person with an account."""

    id: UUID
    email: str
    display_name: str
    bio: str
    visibility: ProfileVisibility
    locale: str
    time_zone: str
    status: UserStatus
    extra_time_factor: Decimal
    created_at: datetime
    updated_at: datetime

    @classmethod
    def create(
        cls, *, user_id: UUID, email: str, display_name: str, locale: str, time_zone: str, now: datetime
    ) -> "User":
        """Raises `ValidationFailed`."""
        user = cls(
            id=user_id,
            email=values.email_address(email),
            display_name=values.display_name(display_name),
            bio="",
            visibility=ProfileVisibility.ORGANISATION,
            locale=values.locale_tag(locale),
            time_zone=values.time_zone(time_zone),
            status=UserStatus.ACTIVE,
            extra_time_factor=SMALLEST_FACTOR,
            created_at=now,
            updated_at=now,
        )
        user.record(UserCreated(user=user))
        return user

    def edit_profile(
        self,
        *,
        now: datetime,
        display_name: str | None = None,
        bio: str | None = None,
        visibility: ProfileVisibility | None = None,
        locale: str | None = None,
        time_zone: str | None = None,
    ) -> None:
        """Change what is given, leave the rest. Raises `ValidationFailed`."""
        if display_name is not None:
            self.display_name = values.display_name(display_name)
        if bio is not None:
            self.bio = values.biography(bio)
        if visibility is not None:
            self.visibility = visibility
        if locale is not None:
            self.locale = values.locale_tag(locale)
        if time_zone is not None:
            self.time_zone = values.time_zone(time_zone)
        self.updated_at = now
        self.record(ProfileEdited(user=self))

    def deactivate(self, *, by: UUID, now: datetime) -> None:
        """Doing it twice changes nothing."""
        self._become(UserStatus.DEACTIVATED, by, now)

    def reactivate(self, *, by: UUID, now: datetime) -> None:
        """Doing it twice changes nothing."""
        self._become(UserStatus.ACTIVE, by, now)

    def agree_extra_time(self, factor: Decimal, *, by: UUID, now: datetime) -> None:
        """Raises `ValidationFailed` unless the factor is between 1 and 5 with at most two decimals."""
        exponent = factor.as_tuple().exponent
        if not factor.is_finite() or not SMALLEST_FACTOR <= factor <= LARGEST_FACTOR or int(exponent) < -2:
            raise values.refusal("/extra_time_factor", "A factor is between 1 and 5 with at most two decimals")
        self.extra_time_factor = factor
        self.updated_at = now
        self.record(ExtraTimeAgreed(user=self, by=by))

    def _become(self, status: UserStatus, by: UUID, now: datetime) -> None:
        if self.status is not status:
            self.status = status
            self.updated_at = now
            self.record(StatusChanged(user=self, by=by))


@dataclass(kw_only=True, eq=False)
class Organisation(Aggregate):
    """A school or company. Its members are kept beside it, since there may be very many."""

    id: UUID
    slug: str
    name: str
    created_at: datetime
    updated_at: datetime

    @classmethod
    def found(cls, *, slug: str, name: str, now: datetime) -> "Organisation":
        """Raises `ValidationFailed`."""
        return cls(id=new_id(), slug=values.slug(slug), name=_name(name), created_at=now, updated_at=now)

    def rename(self, name: str, *, now: datetime) -> None:
        """Raises `ValidationFailed`."""
        self.name = _name(name)
        self.updated_at = now


@dataclass(kw_only=True, eq=False)
class Group(Aggregate):
    """Some members of an organisation under a name: a class, a team."""

    id: UUID
    organisation_id: UUID
    name: str
    created_at: datetime
    updated_at: datetime

    @classmethod
    def form(cls, *, organisation_id: UUID, name: str, now: datetime) -> "Group":
        """Raises `ValidationFailed`."""
        return cls(id=new_id(), organisation_id=organisation_id, name=_name(name), created_at=now, updated_at=now)

    def rename(self, name: str, *, now: datetime) -> None:
        """Raises `ValidationFailed`."""
        self.name = _name(name)
        self.updated_at = now


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not 1 <= len(name) <= values.MAX_NAME or "\x00" in name:
        raise values.refusal("/name", f"A name has 1 to {values.MAX_NAME} characters")
    return name
