"""Identifiers."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new UUID version 7 (RFC 9562): unique, and ordered by the moment it was made, so that indexes stay compact."""
    return uuid7()
