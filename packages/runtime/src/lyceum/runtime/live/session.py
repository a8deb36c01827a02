"""One client: who it is, what it watches, and what it says."""

import asyncio
from dataclasses import dataclass
from time import monotonic
from typing import NamedTuple

import structlog
from pydantic import ValidationError

from lyceum.kernel.authentication import Authentication
from lyceum.kernel.principal import ANONYMOUS, Principal
from lyceum.runtime.live import metrics
from lyceum.runtime.live.feed import Feed
from lyceum.runtime.live.hub import Hub, TooManyConnections
from lyceum.runtime.live.log import LogAway
from lyceum.runtime.live.messages import Authenticate, Subscribe, Unsubscribe, client_message, frame
from lyceum.runtime.live.tickets import Credentials, Tickets, TicketsAway
from lyceum.runtime.live.topics import Gates
from lyceum.runtime.live.wire import Wire

log = structlog.get_logger(__name__)

MAX_SUBSCRIPTIONS = 100

CHECK_SECONDS = 25.0
"""How often it is asked whether credentials still hold: less than the 30 s within which they must stop to."""
_TOPICS_EVERY = 12
_SIGN_IN_SECONDS = 10.0
_GIVE_UP_SECONDS = 60.0
_MESSAGES, _MESSAGES_PER_SECOND = 100.0, 20.0

# Close codes of our own (RFC 6455, 7.4.2), after the HTTP statuses that mean the same.
BAD_MESSAGE, NOT_AUTHENTICATED, TOO_MANY = 4400, 4401, 4429
TRY_LATER = 1013


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What all sessions of a process share."""

    hub: Hub
    gates: Gates
    authentication: Authentication
    tickets: Tickets


class _Watched(NamedTuple):
    feed: Feed
    key: str


class Session:
    """A connection from its acceptance to its end. Without `credentials`, the first message has to be a ticket."""

    __slots__ = (
        "_around",
        "_checked_at",
        "_checks",
        "_credentials",
        "_messages_left",
        "_principal",
        "_spoke_at",
        "_watched",
        "_wire",
        "check_at",
    )

    def __init__(self, wire: Wire, around: Surroundings) -> None:
        self._wire = wire
        self._around = around
        self._principal = ANONYMOUS
        self._credentials: Credentials | None = None
        self._watched: dict[str, _Watched] = {}
        self._checks = 0
        self._messages_left = _MESSAGES
        self._spoke_at = self._checked_at = monotonic()
        self.check_at = self._spoke_at + _SIGN_IN_SECONDS

    def sign_in(self, principal: Principal, credentials: Credentials) -> None:
        """The client is known. Raises `TooManyConnections`."""
        self._around.hub.admit(principal.require_user())
        self._principal, self._credentials = principal, credentials
        self._checked_at = monotonic()
        self.check_at = self._checked_at + CHECK_SECONDS

    def leave(self) -> None:
        """The connection is over."""
        for watched in self._watched.values():
            self._release(watched.feed)
        self._watched.clear()
        if self._principal.user_id is not None:
            self._around.hub.dismiss(self._principal.user_id)
            self._principal = ANONYMOUS

    async def take(self, text: str | None) -> None:
        """A message of the client; null for one that is not text."""
        await self._slow_down()
        try:
            message = client_message.validate_json(text or "")
        except ValidationError:
            self._end(BAD_MESSAGE, "bad-message")
            return
        if isinstance(message, Authenticate):
            await self._authenticate(message.ticket)
        elif self._credentials is None:
            self._end(NOT_AUTHENTICATED, "not-authenticated")
        elif isinstance(message, Subscribe):
            await self._subscribe(message.topic, message.cursor)
        elif isinstance(message, Unsubscribe):
            self._unsubscribe(message.topic)
            self._wire.push(frame("unsubscribed", topic=message.topic))
        else:
            self._wire.push(frame("pong"))

    async def check(self) -> None:
        """End the session if its credentials no longer hold, and the subscriptions that are no longer allowed."""
        if self._credentials is None:
            self._end(NOT_AUTHENTICATED, "not-authenticated")
            return
        now = monotonic()
        self.check_at = now + CHECK_SECONDS
        try:
            found = await self._around.authentication.authenticate(
                session=self._credentials.session, bearer=self._credentials.bearer
            )
        except Exception as error:  # whatever it was: nobody can say whether they hold
            if now - self._checked_at > _GIVE_UP_SECONDS:
                self._end(TRY_LATER, "unavailable")
            else:
                log.warning("credentials could not be checked", error=repr(error))
                self.check_at = now + 1.0
            return
        if found is None or found.principal.user_id != self._principal.user_id:
            self._end(NOT_AUTHENTICATED, "not-authenticated")
            return
        self._checked_at = now
        self._checks += 1
        changed, self._principal = found.principal != self._principal, found.principal
        if changed or self._checks % _TOPICS_EVERY == 0:
            for topic, watched in tuple(self._watched.items()):
                admission = await self._around.gates.admit(topic, self._principal)
                if admission.key != watched.key and admission.code != "unavailable":
                    self._unsubscribe(topic)
                    self._refuse(topic, admission.code or "not-found")

    async def _authenticate(self, ticket: str) -> None:
        if self._credentials is not None:
            self._end(BAD_MESSAGE, "bad-message")
            return
        try:
            credentials = await self._around.tickets.redeem(ticket)
            found = credentials and await self._around.authentication.authenticate(
                session=credentials.session, bearer=credentials.bearer
            )
        except TicketsAway:
            self._end(TRY_LATER, "unavailable")
            return
        if credentials is None or found is None or not found.principal.is_authenticated:
            self._end(NOT_AUTHENTICATED, "not-authenticated")
            return
        try:
            self.sign_in(found.principal, credentials)
        except TooManyConnections:
            self._end(TOO_MANY, "too-many-connections")
            return
        self._wire.push(frame("authenticated"))

    async def _subscribe(self, topic: str, cursor: str | None) -> None:
        self._unsubscribe(topic)
        if len(self._watched) >= MAX_SUBSCRIPTIONS:
            self._refuse(topic, "too-many-subscriptions")
            return
        admission = await self._around.gates.admit(topic, self._principal)
        if admission.key is None:
            self._refuse(topic, admission.code or "not-found")
            return
        try:
            feed = await self._around.hub.feed(topic, admission.key)
        except LogAway:
            self._refuse(topic, "unavailable")
            return
        try:
            await feed.join(self._wire, cursor)
        except BaseException as error:
            self._release(feed)
            if not isinstance(error, LogAway):
                raise
            self._refuse(topic, "unavailable")
        else:
            self._watched[topic] = _Watched(feed, admission.key)

    def _unsubscribe(self, topic: str) -> None:
        watched = self._watched.pop(topic, None)
        if watched is not None:
            self._release(watched.feed)

    def _release(self, feed: Feed) -> None:
        feed.leave(self._wire)
        self._around.hub.release(feed)

    def _refuse(self, topic: str, code: str) -> None:
        metrics.REFUSED.labels(code).inc()
        self._wire.push(frame("refused", topic=topic, code=code))

    def _end(self, code: int, reason: str) -> None:
        metrics.REFUSED.labels(reason).inc()
        self._wire.end(code, reason)

    async def _slow_down(self) -> None:
        """Whoever says too much is listened to slowly. Nothing more is read meanwhile."""
        now = monotonic()
        self._messages_left = min(_MESSAGES, self._messages_left + (now - self._spoke_at) * _MESSAGES_PER_SECOND) - 1
        self._spoke_at = now
        if self._messages_left < 0:
            await asyncio.sleep(1 / _MESSAGES_PER_SECOND)
