"""Where unguessable texts come from."""

import secrets

from lyceum.auth.domain.values.tokens import TOKEN_BYTES, opaque_token


def new_token() -> str:
    """256 random bits as text that fits into URLs, cookies and headers."""
    return opaque_token(secrets.token_bytes(TOKEN_BYTES))
