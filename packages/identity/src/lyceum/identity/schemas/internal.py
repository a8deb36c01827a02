"""The bodies of identity's HTTP requests and answers."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

Email = Annotated[str, Field(min_length=3, max_length=254, examples=["ada@example.org"])]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Locale = Annotated[str, Field(min_length=2, max_length=12, examples=["en"])]
TimeZone = Annotated[str, Field(min_length=1, max_length=64, examples=["Europe/Paris"])]
Visibility = Literal["platform", "organisation", "private"]
Status = Literal["active", "deactivated"]


class Body(BaseModel):
    """What clients send: unknown fields are refused, so that a typing error is not silently ignored."""

    model_config = ConfigDict(extra="forbid")


class Answer(BaseModel):
    """What clients get."""

    model_config = ConfigDict(frozen=True)


class RegistrationRequest(Body):
    email: Email
    password: Annotated[str, Field(min_length=1, max_length=256)]
    display_name: Name
    locale: Locale = "en"
    time_zone: TimeZone = "UTC"


class RegistrationAccepted(Answer):
    """Always the same, whether or not the address has an account."""

    message: str = "We have sent an e-mail to this address. Follow the link in it."


class VerificationRequest(Body):
    token: Annotated[str, Field(min_length=1, max_length=200)]


class VerifiedAccount(Answer):
    user_id: UUID


class Me(Answer):
    """The caller's own account."""

    id: UUID
    email: str
    display_name: str
    bio: str
    visibility: Visibility
    locale: str
    time_zone: str
    extra_time_factor: Decimal
    created_at: datetime
    version: int


class ProfileChange(Body):
    """Only what is present is changed."""

    display_name: Name | None = None
    bio: Annotated[str | None, Field(max_length=2000)] = None
    visibility: Visibility | None = None
    locale: Locale | None = None
    time_zone: TimeZone | None = None


class Profile(Answer):
    """What others see of a person."""

    id: UUID
    display_name: str
    bio: str


class Account(Answer):
    """A person as administrators see one."""

    id: UUID
    email: str
    display_name: str
    status: Status
    locale: str
    time_zone: str
    created_at: datetime
    version: int


class Accommodation(Answer):
    """`extra_time_factor` multiplies every time limit; 1 means none."""

    user_id: UUID
    extra_time_factor: Decimal
    version: int


class AccommodationChange(Body):
    extra_time_factor: Annotated[Decimal, Field(ge=1, le=5, decimal_places=2)]


class OrganisationRequest(Body):
    slug: Annotated[str, Field(min_length=1, max_length=63, examples=["northern-college"])]
    name: Name


class NameChange(Body):
    name: Name


class OrganisationView(Answer):
    id: UUID
    slug: str
    name: str
    created_at: datetime
    version: int


class GroupView(Answer):
    id: UUID
    organisation_id: UUID
    name: str
    created_at: datetime
    version: int


class Member(Answer):
    """Somebody who belongs to an organisation or a group."""

    id: UUID
    display_name: str
    email: str
    joined_at: datetime
