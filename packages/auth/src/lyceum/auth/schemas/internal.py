"""The bodies of auth's HTTP requests and answers."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lyceum.kernel.principal import ScopeKind

STORABLE = r"^[^\x00]*$"
"""PostgreSQL keeps every character but NUL."""

Email = Annotated[str, Field(min_length=3, max_length=254, pattern=STORABLE, examples=["ada@example.org"])]
Password = Annotated[str, Field(min_length=1, max_length=1_024)]
RoleName = Annotated[str, Field(min_length=1, max_length=50, examples=["course-reviewer"])]
RoleTitle = Annotated[str, Field(min_length=1, max_length=100, pattern=STORABLE)]
PermissionNames = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=100)]], Field(max_length=500, examples=[["course.course.edit"]])
]
Uri = Annotated[str, Field(min_length=1, max_length=2_000)]


class Body(BaseModel):
    """What clients send: unknown fields are refused, so that a typing error is not silently ignored."""

    model_config = ConfigDict(extra="forbid")


class Answer(BaseModel):
    """What clients get."""

    model_config = ConfigDict(frozen=True)


class SignInRequest(Body):
    email: Email
    password: Password


class StepUpRequest(Body):
    password: Password


class SignedInUser(Answer):
    """`time_zone` is the IANA name of the zone in which the person wants to read moments."""

    id: UUID
    display_name: str
    email: str
    time_zone: str


class SessionInfo(Answer):
    """The browser's own session. Send `csrf_token` as `X-CSRF-Token` with every request that changes something."""

    id: UUID
    user: SignedInUser
    csrf_token: str
    expires_at: datetime


class HeldPermissions(Answer):
    """Permissions within one scope. `scope_id` is null exactly for the platform."""

    scope: ScopeKind
    scope_id: UUID | None
    permissions: list[str]


class EffectivePermissions(Answer):
    """What the caller may do. What is allowed on the platform is allowed in every organisation and course."""

    grants: list[HeldPermissions]


class SessionView(Answer):
    """Somebody signed in with one browser. `network` is coarse: a whole household or office."""

    id: UUID
    started_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    user_agent: str
    network: str
    current: bool = False


class PasswordChange(Body):
    current: Password
    new: Password


class PasswordResetRequest(Body):
    email: Email


class PasswordResetAccepted(Answer):
    """Always the same, whether or not the address has an account."""

    message: str = "If this address has an account, we have sent an e-mail to it."


class PasswordResetCompletion(Body):
    token: Annotated[str, Field(min_length=1, max_length=200)]
    password: Password


class PermissionView(Answer):
    """Something that can be allowed. `description` completes "May …"."""

    name: str
    description: str


class RoleView(Answer):
    """A role. The built-in ones can't be changed; `version` is 0 for them."""

    name: str
    title: str
    built_in: bool
    permissions: list[str]
    version: int


class RoleRequest(Body):
    name: RoleName
    title: RoleTitle
    permissions: PermissionNames


class RoleChange(Body):
    """What is left out stays as it is."""

    title: RoleTitle | None = None
    permissions: PermissionNames | None = None


class AssignmentRequest(Body):
    """`scope_id` is null exactly for the platform."""

    user_id: UUID
    role: RoleName
    scope: ScopeKind = ScopeKind.PLATFORM
    scope_id: UUID | None = None


class AssignmentView(Answer):
    """A person holds a role. `assigned_by` is null where the platform gave it."""

    id: UUID
    user_id: UUID
    role: str
    scope: ScopeKind
    scope_id: UUID | None
    assigned_by: UUID | None
    assigned_at: datetime


class AuditEntryView(Answer):
    """Who did what to what. `actor` is null for the platform itself; `hash` seals this entry and all before it."""

    sequence: int
    recorded_at: datetime
    actor: UUID | None
    action: str
    target: str
    details: dict[str, str | int | bool | list[str] | None]
    hash: str


class AuditVerification(Answer):
    """`entries` were read and hold. For a log that was tampered with, `first_bad` is the number of the first entry that
    does not hold, and `tampering` says how."""

    sound: bool
    entries: int
    first_bad: int | None = None
    tampering: Literal["missing", "unchained", "altered", "end"] | None = None
    head: str


class ClientRequest(Body):
    """An application that people sign in to. A public one (`none`) can't keep a secret: browsers and native apps."""

    name: Annotated[str, Field(min_length=1, max_length=100, pattern=STORABLE)]
    redirect_uris: Annotated[list[Uri], Field(min_length=1, max_length=10)]
    post_logout_redirect_uris: Annotated[list[Uri], Field(max_length=10)] = []
    auth_method: Literal["none", "client_secret_basic", "client_secret_post"] = "client_secret_basic"
    scopes: Annotated[
        list[Literal["openid", "profile", "email", "offline_access", "lyceum.api"]], Field(min_length=1, max_length=5)
    ] = ["openid", "profile", "email"]
    refresh_tokens: bool = False


class ClientView(Answer):
    client_id: str
    name: str
    auth_method: str
    redirect_uris: list[str]
    post_logout_redirect_uris: list[str]
    scopes: list[str]
    refresh_tokens: bool
    created_at: datetime


class NewClient(ClientView):
    """`client_secret` is shown this once; null for a public client."""

    client_secret: str | None


class ConsentQuestion(Answer):
    """What a client wants. Each scope's text completes "This application wants to …"."""

    client_id: str
    client_name: str
    scopes: dict[str, str]


class ConsentDecision(Body):
    """`request` is the query of the authorization request, as it came."""

    request: Annotated[str, Field(min_length=1, max_length=8_000)]
    allow: bool


class ConsentOutcome(Answer):
    """Where the browser goes next."""

    location: str


class SignOutQuestion(Answer):
    """The application that wants the person to sign out, and where the browser goes on afterwards, if it said so."""

    client_name: str
    location: str | None


class ProviderView(Answer):
    """A provider that people may sign in with."""

    name: str


class ExternalIdentityView(Answer):
    """An account at an external provider, linked to the caller's."""

    id: UUID
    issuer: str
    subject: str
    linked_at: datetime
