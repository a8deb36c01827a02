"""One request and its answer, as the edge watches them pass."""

from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from lyceum.runtime.cache import CacheMark
from lyceum.runtime.http.edge_headers import NOT_SHARED, Header, edge_headers
from lyceum.runtime.http.public_cache import mark_of
from lyceum.runtime.http.public_pages import Flight, PublicPages, send_page

UNMATCHED = "unmatched"
# nginx's number for "the client went away"; it is only ever logged and counted.
CLIENT_CLOSED_REQUEST = 499

# A response that is to be kept is held back up to this size, in bytes.
MAX_HELD = 1024 * 1024


class Exchange:
    """Adds headers to the answer and remembers what the log needs."""

    __slots__ = ("_flight", "_held", "_held_bytes", "_if_none_match", "_mark", "_pages", "_request_id", "_scope",
                 "_send", "disconnected", "finished", "rate_headers", "status")  # fmt: skip

    def __init__(self, scope: Scope, send: Send, request_id: str) -> None:
        self._scope = scope
        self._send = send
        self._request_id = request_id.encode("latin-1")
        self._pages: PublicPages | None = None
        self._flight: Flight | None = None
        self._if_none_match: bytes | None = None
        self._mark: CacheMark | None = None
        self._held: list[Message] = []
        self._held_bytes = 0
        self.rate_headers: list[tuple[bytes, bytes]] = []
        self.status = 0
        self.finished = False
        self.disconnected = False

    @property
    def route(self) -> str:
        """The template of the route that answered. Only dispatchers and routers set it, so its values are few."""
        route = self._scope.get("route")
        if route is not None:
            return str(route.path)
        return str(self._scope.get("route_template", UNMATCHED))

    def watch_for_page(self, pages: PublicPages, flight: Flight | None, if_none_match: bytes | None) -> None:
        """Tell others that they may keep the answer, should the route mark it as public; keep it with a `flight`."""
        self._pages = pages
        self._flight = flight
        self._if_none_match = if_none_match

    async def send(self, message: Message) -> None:
        """The `send` for the application."""
        if self._flight is None or not await self._hold(message):
            await self.pass_on(message)

    async def pass_on(self, message: Message) -> None:
        """The `send` for answers that the edge gives itself."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            shared = self._cache_control()
            headers = edge_headers(message.get("headers", ()), shared or NOT_SHARED)
            headers.append((b"x-request-id", self._request_id))
            if shared is None:
                # How much one caller has left is nothing for a cache to tell the others.
                headers += self.rate_headers
            message = {**message, "headers": headers}
        elif message["type"] == "http.response.body" and not message.get("more_body", False):
            self.finished = True
        await self._send_on(message)

    def _cache_control(self) -> Header | None:
        """For how long other caches may keep the answer; null if it is not for everybody."""
        mark = mark_of(self._scope) if self.status == 200 else None
        return None if self._pages is None or mark is None else self._pages.cache_control(self._scope["path"], mark)

    async def _send_on(self, message: Message) -> None:
        try:
            await self._send(message)
        except OSError:
            self.disconnected = True
            raise

    async def _hold(self, message: Message) -> bool:
        """Take a message of a public answer; the last one lets the page go out as if it came from the cache."""
        if message["type"] == "http.response.start":
            self._mark = mark_of(self._scope)
            if self._mark is None or message["status"] != 200:
                self._flight = None
                return False
            self._held.append(message)
            return True
        if message["type"] != "http.response.body" or self._mark is None:
            return False
        self._held.append(message)
        self._held_bytes += len(message.get("body", b""))
        if not message.get("more_body", False):
            await self._release_page(self._mark)
        elif self._held_bytes > MAX_HELD:
            self._flight = None
            for held in self._held:
                await self.pass_on(held)
        return True

    async def _release_page(self, mark: CacheMark) -> None:
        pages, flight = self._pages, self._flight
        if pages is None or flight is None:
            return
        self._flight = None
        start, *parts = self._held
        body = parts[0].get("body", b"") if len(parts) == 1 else b"".join(part.get("body", b"") for part in parts)
        page = await pages.keep(flight, self.route, start, body, mark)
        self.status = await send_page(page, self._if_none_match, self._request_id, self._send_on)
        self.finished = True


def limit_body(receive: Receive, limit: int, exchange: Exchange) -> Receive:
    """A `receive` that refuses to hand over more than `limit` bytes, and notices a client that goes away."""
    left = limit

    async def receive_at_most() -> Message:
        nonlocal left
        message = await receive()
        if message["type"] == "http.request":
            left -= len(message.get("body", b""))
            if left < 0:
                # FastAPI turns any other exception from here into a 400.
                raise HTTPException(413, f"The body may have at most {limit} bytes")
        elif message["type"] == "http.disconnect" and not exchange.finished:
            exchange.disconnected = True
        return message

    return receive_at_most
