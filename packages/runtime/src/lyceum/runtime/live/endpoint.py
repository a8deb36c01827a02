"""`/ws/v1`."""

from starlette.types import Receive, Scope, Send

from lyceum.kernel.errors import NotFound
from lyceum.kernel.principal import Principal
from lyceum.runtime.http.caller import bearer_token, cookie_pattern, cookie_value
from lyceum.runtime.http.edge import SESSION_COOKIE
from lyceum.runtime.http.problems import problem_response
from lyceum.runtime.live import metrics
from lyceum.runtime.live.hub import TooManyConnections
from lyceum.runtime.live.messages import SUBPROTOCOL
from lyceum.runtime.live.session import TOO_MANY, TRY_LATER, Session, Surroundings
from lyceum.runtime.live.tickets import Credentials
from lyceum.runtime.live.wire import EXTENSION

PATH = "/ws/v1"


class LiveEndpoint:
    """The ASGI application behind the edge, which says whose connection it is and refuses other sites' pages.

    It needs a server whose connections are `Wire`s: uvicorn with `LiveProtocol`.
    """

    prefixes = ("/ws",)

    def __init__(self, around: Surroundings, *, session_cookie: str = SESSION_COOKIE) -> None:
        self._around = around
        self._read = CredentialsReader(session_cookie)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["route_template"] = PATH
        if scope["type"] != "websocket":
            await problem_response(NotFound("Here is a WebSocket"))(scope, receive, send)
            return
        await receive()
        if scope["path"] != PATH:
            await send({"type": "websocket.close", "code": 1008, "reason": NotFound.code})
            return
        offered = scope["subprotocols"]
        if offered and SUBPROTOCOL not in offered:
            await send({"type": "websocket.close", "code": 1008, "reason": "subprotocol-not-supported"})
            return
        session = Session(scope["extensions"][EXTENSION], self._around)
        try:
            async with self._around.hub.connected(session):
                await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL if offered else None})
                await self._serve(session, scope, receive)
        except TooManyConnections:
            metrics.REFUSED.labels("too-many-connections").inc()
            await send({"type": "websocket.close", "code": TRY_LATER, "reason": "too-many-connections"})

    async def _serve(self, session: Session, scope: Scope, receive: Receive) -> None:
        try:
            principal: Principal = scope["principal"]
            if principal.is_authenticated:
                try:
                    session.sign_in(principal, self._read(scope))
                except TooManyConnections:
                    scope["extensions"][EXTENSION].end(TOO_MANY, "too-many-connections")
            while (message := await receive())["type"] == "websocket.receive":
                await session.take(message.get("text"))
        finally:
            session.leave()


class CredentialsReader:
    """What a request came with, as the edge sees it: a bearer token goes before a cookie."""

    def __init__(self, session_cookie: str) -> None:
        self._cookie = cookie_pattern(session_cookie)

    def __call__(self, scope: Scope) -> Credentials:
        headers = dict(scope["headers"])
        bearer = bearer_token(headers)
        return Credentials(cookie_value(headers, self._cookie) if bearer is None else None, bearer)
