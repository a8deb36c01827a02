"""A module that runs elsewhere and can't be reached: what is tried again, and what comes of it."""

from typing import Protocol, runtime_checkable

import httpx
import pytest

from lyceum.kernel.errors import LyceumError, NotFound, Unavailable
from lyceum.runtime.http import remote_port
from lyceum.runtime.http.remote import client as client_module


@runtime_checkable
class Bell(Protocol):
    async def nothing(self) -> None: ...


class Flaky(httpx.AsyncBaseTransport):
    """Answers with what the script says, one step a call; then with null."""

    def __init__(self, *script):
        self.script = list(script)
        self.calls = 0

    async def handle_async_request(self, request):
        self.calls += 1
        step = self.script.pop(0) if self.script else httpx.Response(200, content=b"null")
        if isinstance(step, Exception):
            raise step
        return step


def problem(status, code):
    headers = {"content-type": "application/problem+json"}
    return httpx.Response(status, headers=headers, json={"status": status, "code": code, "detail": "d", "title": "t"})


class TestTrouble:
    @pytest.fixture(autouse=True)
    def impatient(self, monkeypatch):
        monkeypatch.setattr(client_module, "FIRST_PAUSE", 0.001)
        monkeypatch.setattr(client_module, "LONGEST_PAUSE", 0.002)

    def twin(self, transport):
        client = httpx.AsyncClient(transport=transport)
        return remote_port(Bell, module="course", base_url="http://x", token="t", errors=[], client=client)

    @pytest.mark.parametrize(
        "step",
        [httpx.ConnectError("x"), httpx.ConnectTimeout("x"), httpx.PoolTimeout("x"), problem(503, "unavailable")],
    )
    async def test_what_was_not_heard_or_refused_is_tried_again(self, step):
        transport = Flaky(step, step)
        assert await self.twin(transport).nothing() is None
        assert transport.calls == 3

    @pytest.mark.parametrize("step", [httpx.ReadTimeout("x"), httpx.ReadError("x"), httpx.RemoteProtocolError("x")])
    async def test_what_may_have_been_heard_is_not(self, step):
        transport = Flaky(step)
        with pytest.raises(Unavailable):
            await self.twin(transport).nothing()
        assert transport.calls == 1

    @pytest.mark.parametrize("step", [httpx.ConnectError("x"), problem(503, "unavailable")])
    async def test_it_gives_up_after_a_while(self, step, monkeypatch):
        monkeypatch.setattr(client_module, "RETRY_FOR", 0.5)
        transport = Flaky(*[step] * 10_000)
        with pytest.raises(Unavailable):
            await self.twin(transport).nothing()
        assert 1 < transport.calls < 1000

    @pytest.mark.parametrize(
        "answer",
        [
            httpx.Response(502, content=b"<html>bad gateway"),
            httpx.Response(404, content=b"nginx"),
            httpx.Response(302, headers={"location": "https://evil.test"}),
        ],
    )
    async def test_an_answer_that_is_none_of_ours_means_that_the_module_is_away(self, answer):
        with pytest.raises(Unavailable):
            await self.twin(Flaky(answer)).nothing()

    async def test_a_code_under_another_status_is_not_taken_for_the_error(self):
        with pytest.raises(LyceumError) as caught:
            await self.twin(Flaky(problem(500, "not-found"))).nothing()
        assert not isinstance(caught.value, NotFound)
        assert caught.value.status == 500
