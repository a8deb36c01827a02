"""Tokens for the links in verification mails: nothing to store, nothing to steal from the database."""

import base64
import hmac
from hashlib import sha256
from uuid import UUID

_LABEL = b"lyceum.identity.verification"


class HmacVerificationTokens:
    """The id of the registration, signed (HMAC-SHA-256, 128 bits kept) under a key that only this purpose has."""

    def __init__(self, secret: bytes) -> None:
        self._key = hmac.digest(secret, _LABEL, sha256)

    def issue(self, registration_id: UUID) -> str:
        return base64.urlsafe_b64encode(registration_id.bytes + self._signature(registration_id)).decode().rstrip("=")

    def read(self, token: str) -> UUID | None:
        try:
            raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except ValueError:
            return None
        if len(raw) != 32:
            return None
        registration_id = UUID(bytes=raw[:16])
        return registration_id if hmac.compare_digest(raw[16:], self._signature(registration_id)) else None

    def _signature(self, registration_id: UUID) -> bytes:
        return hmac.digest(self._key, registration_id.bytes, sha256)[:16]
