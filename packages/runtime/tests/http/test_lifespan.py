"""The server's start and end."""

from contextlib import asynccontextmanager

import pytest

from lyceum.runtime.http import Lifespan


class Server:
    """A server that starts and stops an application."""

    def __init__(self):
        self.inbox = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
        self.sent = []

    async def receive(self):
        return next(self.inbox)

    async def send(self, message):
        self.sent.append(message)


async def app(scope, receive, send):
    await send({"type": "answered"})


async def test_the_context_is_open_between_start_and_end():
    server, steps = Server(), []

    @asynccontextmanager
    async def context():
        steps.append(("open", list(server.sent)))
        yield
        steps.append(("close", list(server.sent)))

    await Lifespan(app, context)({"type": "lifespan"}, server.receive, server.send)
    assert steps == [("open", []), ("close", [{"type": "lifespan.startup.complete"}])]
    assert server.sent[-1] == {"type": "lifespan.shutdown.complete"}


async def test_a_start_that_fails_is_told_to_the_server():
    @asynccontextmanager
    async def context():
        raise RuntimeError("no database")
        yield

    server = Server()
    with pytest.raises(RuntimeError):
        await Lifespan(app, context)({"type": "lifespan"}, server.receive, server.send)
    assert server.sent == [{"type": "lifespan.startup.failed", "message": "RuntimeError: no database"}]


async def test_an_end_that_fails_is_told_to_the_server():
    @asynccontextmanager
    async def context():
        yield
        raise RuntimeError("stuck")

    server = Server()
    with pytest.raises(RuntimeError):
        await Lifespan(app, context)({"type": "lifespan"}, server.receive, server.send)
    assert server.sent[-1] == {"type": "lifespan.shutdown.failed", "message": "RuntimeError: stuck"}


async def test_requests_pass():
    server = Server()
    await Lifespan(app, None)({"type": "http"}, server.receive, server.send)
    assert server.sent == [{"type": "answered"}]
