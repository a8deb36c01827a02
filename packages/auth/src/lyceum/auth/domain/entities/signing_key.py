"""Keys that sign our tokens."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from lyceum.kernel.aggregate import Aggregate


@dataclass(kw_only=True, eq=False)
class SigningKey(Aggregate):
    """One RSA key pair. Which key signs and which are published, `policies/signing_keys.py` says from the time alone.

    `kid` is the key's thumbprint (RFC 7638); `sealed_jwk` is the private key as a JWK, encrypted (RFC 7516).
    """

    id: UUID
    kid: str
    sealed_jwk: str = field(repr=False)
    created_at: datetime
    activates_at: datetime
