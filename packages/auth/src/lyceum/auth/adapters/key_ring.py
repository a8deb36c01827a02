"""Signing and verifying tokens with joserfc."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from joserfc import jwe, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OctKey, RSAKey
from joserfc.jwt import ClaimsOption, JWTClaimsRegistry

from lyceum.auth.domain.entities.signing_key import SigningKey
from lyceum.auth.domain.gateways import NewKey
from lyceum.auth.domain.oauth_errors import InvalidToken
from lyceum.auth.domain.policies.signing_keys import KeySchedule, current_key, published_keys
from lyceum.auth.domain.policies.tokens import SIGNING_ALGORITHM, TokenKind
from lyceum.kernel.errors import Unavailable

RSA_BITS = 2048
SEALING_KEY_BYTES = 32
MAX_TOKEN_LENGTH = 8_000
CLOCK_SKEW = 10  # seconds by which two of our own hosts may differ
_SEAL = {"alg": "dir", "enc": "A256GCM"}


class KeySeal:
    """Makes private keys and encrypts them for storage (RFC 7516, AES-256-GCM), so that a copy of the database can't
    sign tokens."""

    def __init__(self, secret: bytes) -> None:
        """`secret`: 32 random bytes that are not in the database. Raises `ValueError` for another length."""
        if len(secret) != SEALING_KEY_BYTES:
            raise ValueError(f"The key that seals signing keys needs {SEALING_KEY_BYTES} bytes, not {len(secret)}")
        self._key = OctKey.import_key(secret)
        self._opened: dict[str, RSAKey] = {}

    async def make(self) -> NewKey:
        """A new RSA key pair, made in a thread: it takes tens of milliseconds."""
        return await asyncio.to_thread(self._make)

    def open(self, sealed_jwk: str) -> RSAKey:
        """The private key. Raises `Unavailable` where it was sealed with another secret.

        It is kept: opening it takes 50 ms of the event loop, and each process looks at the keys every minute.
        """
        if sealed_jwk not in self._opened:
            try:
                plain = jwe.decrypt_compact(sealed_jwk, self._key, algorithms=list(_SEAL.values())).plaintext
            except JoseError:
                raise Unavailable("The signing keys were sealed with another secret than the configured one") from None
            self._opened[sealed_jwk] = RSAKey.import_key(json.loads(plain or b"{}"))
        return self._opened[sealed_jwk]

    def _make(self) -> NewKey:
        key = RSAKey.generate_key(RSA_BITS, {"use": "sig", "alg": SIGNING_ALGORITHM}, auto_kid=True)
        plain = json.dumps(key.as_dict(private=True))
        sealed = jwe.encrypt_compact(_SEAL, plain, self._key, algorithms=list(_SEAL.values()))
        return NewKey(kid=str(key.kid), sealed_jwk=sealed)


class KeyRing:
    """The keys as they stand at one moment: signs with the current one, verifies with every published one.

    A new one is made when keys rotate, and every minute or so, as processes don't tell each other.
    """

    def __init__(
        self,
        keys: Sequence[SigningKey],
        *,
        seal: KeySeal,
        schedule: KeySchedule,
        issuer: str,
        audience: str,
        now: datetime,
    ) -> None:
        """Raises `Unavailable` without keys, or where they can't be opened."""
        current = current_key(keys, now)
        if current is None:
            raise Unavailable("There is no signing key yet")
        opened = {key.kid: seal.open(key.sealed_jwk) for key in published_keys(keys, schedule, now)}
        self._current = opened[current.kid]
        self._published = KeySet(list(opened.values()))
        self._issuer = issuer
        self._audience = audience

    def jwks(self) -> dict[str, Any]:
        """The public halves of all published keys (RFC 7517 section 5)."""
        return dict(self._published.as_dict(private=False))

    def sign(self, claims: Mapping[str, Any], kind: TokenKind) -> str:
        """See `gateways.TokenSigner`."""
        header = {"alg": SIGNING_ALGORITHM, "kid": self._current.kid, "typ": kind.value}
        return jwt.encode(header, dict(claims), self._current, algorithms=[SIGNING_ALGORITHM])

    def verify_access_token(self, token: str, now: datetime) -> dict[str, Any]:
        """See `gateways.TokenVerifier`."""
        claims = self._signed(token, TokenKind.ACCESS)
        needed: ClaimsOption = {"essential": True}
        registry = JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=CLOCK_SKEW,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": self._audience},
            **dict.fromkeys(("exp", "iat", "sub", "sid", "client_id", "scope", "jti"), needed),
        )
        try:
            registry.validate(claims or {})
        except JoseError:
            raise InvalidToken() from None
        return claims or {}

    def read_hint(self, token: str) -> dict[str, Any] | None:
        """See `gateways.TokenVerifier`."""
        claims = self._signed(token, TokenKind.ID)
        return claims if claims is not None and claims.get("iss") == self._issuer else None

    def _signed(self, token: str, kind: TokenKind) -> dict[str, Any] | None:
        if len(token) > MAX_TOKEN_LENGTH:
            return None
        try:
            verified = jwt.decode(token, self._published, algorithms=[SIGNING_ALGORITHM])
        except (JoseError, ValueError, TypeError):  # joserfc trusts that the header is an object
            return None
        return verified.claims if verified.header.get("typ") == kind.value else None
