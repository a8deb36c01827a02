"""Proof Key for Code Exchange (RFC 7636), method S256 only (RFC 9700 section 2.1.1)."""

import base64
import hashlib
import hmac
import re

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


def is_code_challenge(text: str) -> bool:
    """Whether the text can be an S256 challenge: 32 bytes in unpadded base64url (RFC 7636 section 4.2)."""
    return _CHALLENGE.fullmatch(text) is not None


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a verifier (RFC 7636 section 4.2)."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def verifies(verifier: str, challenge: str) -> bool:
    """Whether the verifier is well-formed and the challenge is made of it (RFC 7636 sections 4.1 and 4.6)."""
    if _VERIFIER.fullmatch(verifier) is None:
        return False
    return hmac.compare_digest(challenge_of(verifier).encode(), challenge.encode())
