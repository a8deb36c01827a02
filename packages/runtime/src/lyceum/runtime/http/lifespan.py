"""The ASGI lifespan protocol (https://asgi.readthedocs.io/en/latest/specs/lifespan.html) for a whole process."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from starlette.types import ASGIApp, Receive, Scope, Send


class Lifespan:
    """An ASGI application that keeps a context open from the server's start to its end."""

    def __init__(self, app: ASGIApp, context: Callable[[], AbstractAsyncContextManager[object]]) -> None:
        self._app = app
        self._context = context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await self._app(scope, receive, send)
            return
        await receive()
        started = False
        try:
            async with self._context():
                started = True
                await send({"type": "lifespan.startup.complete"})
                await receive()
        except Exception as error:
            stage = "shutdown" if started else "startup"
            await send({"type": f"lifespan.{stage}.failed", "message": f"{type(error).__name__}: {error}"})
            raise
        await send({"type": "lifespan.shutdown.complete"})
