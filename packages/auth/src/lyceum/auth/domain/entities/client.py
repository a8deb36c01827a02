"""OAuth clients."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from lyceum.auth.domain.oauth_errors import InvalidClient, UnauthorizedClient
from lyceum.auth.domain.values.redirect_uris import matches_registered
from lyceum.auth.domain.values.tokens import fingerprint, same
from lyceum.kernel.aggregate import Aggregate


class AuthMethod(StrEnum):
    """How a client proves itself at the token endpoint (RFC 7591 section 2). `none` is a public client."""

    NONE = "none"
    SECRET_BASIC = "client_secret_basic"  # noqa: S105 - the method's name, no secret
    SECRET_POST = "client_secret_post"  # noqa: S105 - the method's name, no secret


class GrantType(StrEnum):
    AUTHORIZATION_CODE = "authorization_code"
    REFRESH_TOKEN = "refresh_token"  # noqa: S105 - the grant's name, no secret


@dataclass(kw_only=True, eq=False)
class Client(Aggregate):
    """An application that may ask people to sign in.

    `first_party` marks our own applications: people are not asked whether they consent. A confidential client's secret
    is kept as its SHA-256 (it is 256 random bits).
    """

    id: UUID
    client_id: str
    name: str
    auth_method: AuthMethod
    secret_hash: bytes | None = field(default=None, repr=False)
    redirect_uris: tuple[str, ...]
    post_logout_redirect_uris: tuple[str, ...] = ()
    scopes: frozenset[str]
    grant_types: frozenset[GrantType] = frozenset({GrantType.AUTHORIZATION_CODE})
    first_party: bool = False
    created_at: datetime

    @property
    def is_public(self) -> bool:
        return self.auth_method is AuthMethod.NONE

    def has_redirect_uri(self, uri: str) -> bool:
        return matches_registered(uri, self.redirect_uris)

    def has_post_logout_redirect_uri(self, uri: str) -> bool:
        """OpenID Connect RP-Initiated Logout section 3: exactly one of the registered ones."""
        return uri in self.post_logout_redirect_uris

    def authenticate(self, method: AuthMethod, secret: str | None) -> None:
        """Raises `InvalidClient` unless the client proved itself, in the way that it registered for (RFC 6749
        section 2.3): a secret that leaks from one place can't be used in another."""
        if method is not self.auth_method:
            raise InvalidClient()
        if self.is_public:
            return
        if self.secret_hash is None or secret is None or not same(fingerprint(secret), self.secret_hash):
            raise InvalidClient()

    def require_grant(self, grant: GrantType) -> None:
        """Raises `UnauthorizedClient` for a grant that the client is not registered for."""
        if grant not in self.grant_types:
            raise UnauthorizedClient()
