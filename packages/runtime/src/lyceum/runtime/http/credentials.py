"""Resolved credentials, kept for a moment so that not every request asks for the same session again."""

from collections import OrderedDict
from hashlib import blake2b
from time import monotonic
from typing import Any
from uuid import UUID

from starlette.requests import Request

from lyceum.kernel.authentication import Authenticated, Authentication

# Well below the minute within which a revoked session must be dead everywhere.
MAX_AGE_SECONDS = 10.0


class CredentialCache:
    """An `Authentication` in front of another one.

    Only credentials that hold are kept, so that guessing can't push them out. Keys are hashes: the secrets
    themselves stay out of the memory that lives on. `forget_user` is for the process that revokes; in others, age does
    it.
    """

    def __init__(
        self, authentication: Authentication, *, max_age: float = MAX_AGE_SECONDS, max_entries: int = 10_000
    ) -> None:
        self._authentication = authentication
        self._max_age = min(max_age, MAX_AGE_SECONDS)
        self._max_entries = max_entries
        self._entries: OrderedDict[bytes, tuple[float, Authenticated]] = OrderedDict()
        self._forgotten = 0

    async def authenticate(self, *, session: str | None, bearer: str | None) -> Authenticated | None:
        """What the authentication behind says, or said in the last 10 seconds."""
        key = _key(b"session", session) if session is not None else _key(b"bearer", bearer or "")
        entry = self._entries.get(key)
        now = monotonic()
        if entry is not None and entry[0] > now:
            return entry[1]
        forgotten = self._forgotten
        found = await self._authentication.authenticate(session=session, bearer=bearer)
        if found is None:
            self._entries.pop(key, None)
        elif forgotten == self._forgotten:
            # Otherwise something was revoked while we asked, and the answer may be from before.
            self._entries[key] = (now + self._max_age, found)
            self._entries.move_to_end(key)
            if len(self._entries) > self._max_entries:
                self._entries.popitem(last=False)
        return found

    def forget(self, *, session: str | None = None, bearer: str | None = None) -> None:
        """These credentials must be looked up again."""
        self._forgotten += 1
        if session is not None:
            self._entries.pop(_key(b"session", session), None)
        if bearer is not None:
            self._entries.pop(_key(b"bearer", bearer), None)

    def forget_user(self, user_id: UUID) -> None:
        """All credentials of this user must be looked up again: sessions were revoked, or roles have changed."""
        self._forgotten += 1
        for key in [key for key, (_, found) in self._entries.items() if found.principal.user_id == user_id]:
            del self._entries[key]

    def forget_all(self) -> None:
        """Every credential must be looked up again: a role has changed."""
        self._forgotten += 1
        self._entries.clear()


def credentials_of(request: Request) -> CredentialCache | None:
    """The cache of the edge that this request came through, for routes that revoke; null where there is none."""
    cache: Any = request.scope.get("credentials")
    return cache if isinstance(cache, CredentialCache) else None


def _key(kind: bytes, secret: str) -> bytes:
    return blake2b(secret.encode("utf-8", "surrogatepass"), digest_size=24, person=kind).digest()
