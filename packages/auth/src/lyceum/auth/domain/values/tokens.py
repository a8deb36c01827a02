"""Opaque secrets: session tokens, authorization codes, refresh tokens, client secrets.

They carry 256 random bits, so a plain SHA-256 is enough to store them: there is nothing to guess that a slow hash would
protect (unlike passwords).
"""

import base64
import hashlib
import hmac

TOKEN_BYTES = 32


def opaque_token(random: bytes) -> str:
    """The random bytes as URL-safe text. Raises `ValueError` for fewer than 256 bits."""
    if len(random) < TOKEN_BYTES:
        raise ValueError(f"A token needs {TOKEN_BYTES} random bytes, not {len(random)}")
    return base64.urlsafe_b64encode(random).decode().rstrip("=")


def fingerprint(token: str) -> bytes:
    """What is stored of a token: its SHA-256."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def same(left: bytes, right: bytes) -> bool:
    """Whether two fingerprints are equal, in constant time."""
    return hmac.compare_digest(left, right)


def csrf_token(session_token: str) -> str:
    """The token that a browser repeats in `X-CSRF-Token`, derived from the session's secret.

    Only who can read the answers of this origin knows it, and it needs no storage. HMAC keeps it from telling anything
    about the session token itself.
    """
    mac = hmac.new(session_token.encode("utf-8", "surrogatepass"), b"lyceum csrf token", hashlib.sha256)
    return base64.urlsafe_b64encode(mac.digest()).decode().rstrip("=")
