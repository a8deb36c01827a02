"""What the rules need from cryptography and from other servers; `adapters/` has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from lyceum.auth.domain.policies.external_callback import ExternalCallback
from lyceum.auth.domain.policies.tokens import TokenKind
from lyceum.auth.domain.values.external import ExternalClaims


@dataclass(frozen=True, slots=True)
class PasswordVerdict:
    """Whether the password is right, and whether its hash should be made anew with today's parameters."""

    matches: bool
    outdated: bool = False


class PasswordHasher(Protocol):
    """Slow hashing of passwords, away from the event loop. Passwords come normalised."""

    async def hash(self, password: str) -> str:
        """The hash as a PHC string. Raises `Unavailable` where too many are waiting."""
        ...

    async def verify(self, password: str, encoded: str | None) -> PasswordVerdict:
        """Compare with a stored hash.

        Without one (no such account, or one without a password) it takes as long and never matches, so the time tells
        nothing about the account. Raises `Unavailable` where too many are waiting.
        """
        ...


@dataclass(frozen=True, slots=True)
class NewKey:
    """A fresh key pair: its id, and the private half sealed for storage."""

    kid: str
    sealed_jwk: str


class KeyMaker(Protocol):
    """Makes signing keys."""

    async def make(self) -> NewKey: ...


class TokenSigner(Protocol):
    """Signs with the current key."""

    def sign(self, claims: Mapping[str, Any], kind: TokenKind) -> str:
        """A signed token in compact form (RFC 7515)."""
        ...


class TokenVerifier(Protocol):
    """Verifies what we signed."""

    def verify_access_token(self, token: str, now: datetime) -> dict[str, Any]:
        """The claims of a valid access token for our API (RFC 9068 section 4). Raises `InvalidToken`."""
        ...

    def read_hint(self, token: str) -> dict[str, Any] | None:
        """The claims of an ID token that we signed, expired or not; null for anything else."""
        ...


class ExternalSignIn(Protocol):
    """The relying party's half of a sign-in at one external provider."""

    async def authorization_url(self, *, redirect_uri: str, state: str, nonce: str, code_verifier: str) -> str:
        """Where to send the browser. Raises `Unavailable` where the provider can't be reached or its metadata is
        broken."""
        ...

    async def redeem(
        self, callback: ExternalCallback, *, redirect_uri: str, nonce: str, code_verifier: str
    ) -> ExternalClaims:
        """Exchange the code and check the answer. Raises `ExternalSignInFailed` or `Unavailable`."""
        ...
