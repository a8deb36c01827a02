"""Tickets: how a browser page with a token, which can set no header on a WebSocket, shows who it is."""

import secrets
from hashlib import sha256
from time import monotonic
from typing import NamedTuple, Protocol

import orjson

from lyceum.runtime.redis import RedisAway, RedisLink

SECONDS = 30
_MOST_KEPT = 10_000


class Credentials(NamedTuple):
    """A session's token or a bearer token; exactly one."""

    session: str | None
    bearer: str | None


class TicketsAway(Exception):
    """Tickets can be neither made nor redeemed now."""


class Tickets(Protocol):
    """A ticket stands for its holder's credentials, for 30 seconds and once. All methods raise `TicketsAway`."""

    async def issue(self, credentials: Credentials) -> str: ...

    async def redeem(self, ticket: str) -> Credentials | None:
        """Null for a ticket that is not known, no longer good, or used."""
        ...


class LocalTickets:
    """`Tickets` of a platform that is one process."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[float, Credentials]] = {}

    async def issue(self, credentials: Credentials) -> str:
        now = monotonic()
        for name, (until, _) in list(self._kept.items()):
            if until > now and len(self._kept) < _MOST_KEPT:
                break
            del self._kept[name]
        ticket = secrets.token_urlsafe(32)
        self._kept[_name(ticket)] = (now + SECONDS, credentials)
        return ticket

    async def redeem(self, ticket: str) -> Credentials | None:
        until, credentials = self._kept.pop(_name(ticket), (0.0, None))
        return credentials if monotonic() < until else None


class SharedTickets:
    """`Tickets` of all processes, in Redis."""

    def __init__(self, link: RedisLink) -> None:
        self._link = link

    async def issue(self, credentials: Credentials) -> str:
        ticket = secrets.token_urlsafe(32)
        try:
            await self._link.ask(lambda client: client.set(_name(ticket), orjson.dumps([*credentials]), ex=SECONDS))
        except RedisAway as error:
            raise TicketsAway from error
        return ticket

    async def redeem(self, ticket: str) -> Credentials | None:
        try:
            found = await self._link.ask(lambda client: client.getdel(_name(ticket)))
        except RedisAway as error:
            raise TicketsAway from error
        return None if found is None else Credentials(*orjson.loads(found))


def _name(ticket: str) -> str:
    return f"lyceum:live-ticket:{sha256(ticket.encode()).hexdigest()}"
