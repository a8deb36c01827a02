"""Clients that watch what happens, over a WebSocket."""

import json
from types import TracebackType
from typing import Any, Self

import httpx
from story.processes import eventually
from websockets.sync.client import connect

PATIENCE_SECONDS = 30


class Watcher:
    """A connection to `/ws/v1` of the process at `address`: with a cookie as a page has it, or with a ticket."""

    def __init__(self, address: str, *, cookie: str | None = None, ticket: str | None = None) -> None:
        headers = {} if cookie is None else {"Cookie": f"lyceum_session={cookie}"}
        self._opening = connect(address.replace("http", "ws", 1) + "/ws/v1", additional_headers=headers)
        self._ticket = ticket

    def __enter__(self) -> Self:
        self._connection = self._opening.__enter__()
        if self._ticket is not None:
            self._say("authenticate", ticket=self._ticket)
            assert self.hear() == {"op": "authenticated"}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opening.__exit__(kind, error, trace)

    def hang_up(self) -> None:
        """End the connection."""
        self._connection.close()

    def watch(self, topic: str) -> None:
        """Subscribe, as soon as the module that has the topic knows of it. Raises `GaveUp`."""

        eventually(lambda: self.subscribe(topic)["op"] == "subscribed", f"the topic {topic}", seconds=PATIENCE_SECONDS)

    def subscribe(self, topic: str, *, after: str | None = None) -> Any:
        """The answer to a subscription, from now on or after a cursor. Raises `TimeoutError`."""
        self._say("subscribe", topic=topic, **({} if after is None else {"cursor": after}))
        return self.hear()

    def hear(self) -> Any:
        """The next message. Raises `TimeoutError`."""
        return json.loads(self._connection.recv(PATIENCE_SECONDS))

    def hears(self, **expected: Any) -> Any:
        """The next event whose data has these values, whatever comes before it. Raises `TimeoutError`."""
        while True:
            message = self.hear()
            assert message["op"] == "event", message
            if expected.items() <= message["data"].items():
                return message

    def hears_until(self, kind: str) -> list[Any]:
        """All that is told up to the first event of a type. Raises `TimeoutError`."""
        told = [self.hear()]
        while told[-1].get("type") != kind:
            told.append(self.hear())
        return told

    def has_heard(self) -> list[Any]:
        """All that was told and not heard yet: what comes before the answer to a ping. Raises `TimeoutError`."""
        self._say("ping")
        told = [self.hear()]
        while told[-1] != {"op": "pong"}:
            told.append(self.hear())
        return told[:-1]

    def _say(self, op: str, **fields: Any) -> None:
        self._connection.send(json.dumps({"op": op, **fields}))


def session_cookie(address: str, email: str, password: str) -> str:
    """What a browser has after signing in."""
    answer = httpx.post(f"{address}/api/v1/session", json={"email": email, "password": password})
    return str(answer.raise_for_status().cookies["lyceum_session"])
