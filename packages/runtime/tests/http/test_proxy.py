"""The proxy in front of a module that runs elsewhere. The other side is a real socket, since streaming is the point."""

import asyncio
from contextlib import asynccontextmanager

import httpx
import pytest

from lyceum.runtime.http import PrefixDispatch, ReverseProxy, internal_client
from lyceum.runtime.http import proxy as proxy_module

OK = b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n"


def chunk(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


class Upstream:
    """A server that notes the requests it gets; `respond(reader, writer)` writes the answers."""

    def __init__(self):
        self.heads = []
        self.bodies = []
        self.gone = asyncio.Event()

    async def respond(self, writer):
        writer.write(OK + chunk(b"hello") + chunk(b""))

    async def serve(self, reader, writer):
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            self.heads.append(head.decode("latin-1"))
            if b"chunked" in head:
                body = b""
                while size := int(await reader.readline(), 16):
                    body += await reader.readexactly(size)
                    await reader.readline()
                self.bodies.append(body)
            elif b"content-length" in head:
                length = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
                self.bodies.append(await reader.readexactly(length))
            await self.respond(writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            self.gone.set()
        finally:
            writer.close()

    def header(self, name):
        lines = [line.split(": ", 1) for line in self.heads[-1].split("\r\n")[1:] if ": " in line]
        return [value for key, value in lines if key.lower() == name]


@pytest.fixture
def upstream():
    return Upstream()


@pytest.fixture
async def proxy(upstream):
    async with running(upstream) as url, internal_client() as client:
        yield PrefixDispatch({"course": ReverseProxy(["/api/v1/courses"], url, client)})


@asynccontextmanager
async def running(upstream):
    server = await asyncio.start_server(upstream.serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_the_client_between_processes_keeps_no_cookies(upstream):
    async def respond(writer):
        writer.write(b"HTTP/1.1 200 OK\r\nset-cookie: a=b\r\ncontent-length: 0\r\n\r\n")

    upstream.respond = respond
    async with running(upstream) as url, internal_client() as client:
        await client.get(url)
        assert len(client.cookies) == 0


class TestRequests:
    async def test_method_path_and_query_arrive_as_they_were_sent(self, behind, proxy, upstream):
        await behind(proxy).client.patch("/api/v1/courses/a%2Fb%20c/x?q=%C3%A4&q=2&empty=")
        assert upstream.heads[0].split("\r\n")[0] == "PATCH /api/v1/courses/a%2Fb%20c/x?q=%C3%A4&q=2&empty= HTTP/1.1"

    async def test_credentials_and_host_go_along(self, behind, proxy, upstream):
        await behind(proxy).client.get("/api/v1/courses", headers={"cookie": "a=b", "authorization": "Basic YTpi"})
        assert upstream.header("cookie") == ["a=b"]
        assert upstream.header("authorization") == ["Basic YTpi"]
        assert upstream.header("host") == ["lyceum.test"]

    async def test_the_other_side_learns_who_asks(self, behind, proxy, upstream):
        claims = {"x-forwarded-for": "1.2.3.4", "x-forwarded-host": "evil.test", "forwarded": "for=1.2.3.4"}
        response = await behind(proxy).client.get("/api/v1/courses", headers=claims)
        assert upstream.header("x-forwarded-for") == ["127.0.0.1"]
        assert upstream.header("x-forwarded-host") == ["lyceum.test"]
        assert upstream.header("x-forwarded-proto") == ["http"]
        assert upstream.header("forwarded") == []
        assert upstream.header("x-request-id") == [response.headers["x-request-id"]]
        assert len(upstream.header("traceparent")) == 1

    async def test_headers_for_one_connection_stay_behind(self, behind, proxy, upstream):
        headers = {
            "connection": "keep-alive, x-private",
            "x-private": "1",
            "te": "trailers",
            "upgrade": "h2c",
            "x-a": "1",
        }
        await behind(proxy).client.get("/api/v1/courses", headers=headers)
        assert [upstream.header(name) for name in ("x-private", "te", "upgrade", "x-a")] == [[], [], [], ["1"]]

    async def test_nothing_is_added_that_the_client_did_not_say(self, proxy, upstream, drive):
        await drive(proxy, "/api/v1/courses")
        names = {line.split(":")[0].lower() for line in upstream.heads[0].split("\r\n")[1:] if line}
        assert names == {"host", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"}

    async def test_a_cookie_set_for_one_person_is_not_sent_for_the_next(self, behind, proxy, upstream):
        async def respond(writer):
            writer.write(b"HTTP/1.1 200 OK\r\nset-cookie: lyceum_session=hers; Path=/\r\ncontent-length: 0\r\n\r\n")

        upstream.respond = respond
        service = behind(proxy)
        await service.client.get("/api/v1/courses")
        service.client.cookies.clear()
        await service.client.get("/api/v1/courses")
        assert upstream.header("cookie") == []

    async def test_a_body_arrives_whole(self, behind, proxy, upstream):
        await behind(proxy).client.post("/api/v1/courses", content=b"x" * 100_000)
        assert upstream.bodies == [b"x" * 100_000]
        assert upstream.header("content-length") == ["100000"]

    async def test_a_body_of_unknown_length_streams(self, behind, proxy, upstream):
        async def parts():
            for part in (b"one ", b"two"):
                yield part

        await behind(proxy).client.post("/api/v1/courses", content=parts())
        assert upstream.bodies == [b"one two"]

    async def test_a_request_without_a_body_has_none_there(self, behind, proxy, upstream):
        await behind(proxy).client.get("/api/v1/courses")
        assert upstream.header("content-length") == []
        assert upstream.header("transfer-encoding") == []


class TestAnswers:
    async def test_the_answer_comes_back(self, behind, proxy):
        response = await behind(proxy).client.get("/api/v1/courses")
        assert (response.status_code, response.text) == (200, "hello")
        assert response.headers["content-type"] == "text/plain"
        assert "transfer-encoding" not in response.headers

    async def test_status_and_repeated_headers_come_back(self, behind, proxy, upstream):
        async def respond(writer):
            writer.write(
                b"HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\nset-cookie: a=1\r\nset-cookie: b=2\r\n"
                b"connection: close\r\ncontent-length: 0\r\n\r\n"
            )

        upstream.respond = respond
        response = await behind(proxy).client.get("/api/v1/courses")
        assert (response.status_code, response.headers["location"]) == (302, "/elsewhere")
        assert response.headers.get_list("set-cookie") == ["a=1", "b=2"]
        assert "connection" not in response.headers

    async def test_compressed_answers_are_passed_on_as_they_are(self, behind, proxy, upstream, drive):
        async def respond(writer):
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\n\x1f\x8b\x00\x00")

        upstream.respond = respond
        start, *parts = await drive(proxy, "/api/v1/courses")
        assert (b"content-encoding", b"gzip") in start["headers"]
        assert b"".join(part["body"] for part in parts) == b"\x1f\x8b\x00\x00"

    async def test_what_every_edge_adds_is_there_once(self, behind, proxy, upstream):
        async def respond(writer):
            writer.write(
                b"HTTP/1.1 200 OK\r\nx-request-id: other\r\nx-content-type-options: nosniff\r\n"
                b"content-security-policy: default-src 'self'\r\ncontent-length: 0\r\n\r\n"
            )

        upstream.respond = respond
        response = await behind(proxy).client.get("/api/v1/courses")
        for name in ("x-request-id", "x-content-type-options", "content-security-policy"):
            assert len(response.headers.get_list(name)) == 1
        assert response.headers["content-security-policy"] == "default-src 'self'"

    async def test_parts_are_passed_on_as_they_come(self, behind, proxy, upstream, drive):
        first_seen = asyncio.Event()
        sent = []

        async def respond(writer):
            writer.write(OK + chunk(b"first"))
            await writer.drain()
            await asyncio.wait_for(first_seen.wait(), 2)
            writer.write(chunk(b"second") + chunk(b""))

        async def send(message):
            sent.append(message)
            if message.get("body") == b"first":
                first_seen.set()

        upstream.respond = respond
        await drive(proxy, "/api/v1/courses", send=send)
        assert [message.get("body") for message in sent] == [None, b"first", b"second", b""]

    async def test_answers_are_counted_under_the_prefix(self, behind, proxy):
        service = behind(proxy)
        for course in range(3):
            await service.client.get(f"/api/v1/courses/{course}")
        assert service.count("GET", "/api/v1/courses/…", 200) == 3


class TestTrouble:
    async def test_a_module_that_is_away_is_a_problem(self, behind):
        upstream = Upstream()
        async with running(upstream) as url:
            pass
        async with internal_client() as client:
            service = behind(PrefixDispatch({"course": ReverseProxy(["/api/v1/courses"], url, client)}))
            response = await service.client.get("/api/v1/courses")
        assert (response.status_code, response.json()["code"]) == (503, "unavailable")
        assert service.count("GET", "/api/v1/courses/…", 503) == 1

    async def test_a_module_that_hangs_up_before_it_answers_is_a_problem(self, behind, proxy, upstream):
        async def respond(writer):
            writer.close()

        upstream.respond = respond
        assert (await behind(proxy).client.get("/api/v1/courses")).status_code == 503

    async def test_a_module_that_does_not_answer_in_time_is_a_problem(self, behind, proxy, upstream, monkeypatch):
        async def respond(writer):
            await asyncio.sleep(1)

        upstream.respond = respond
        monkeypatch.setattr(proxy_module, "_TIMEOUT", httpx.Timeout(0.05))
        assert (await behind(proxy).client.get("/api/v1/courses")).status_code == 503

    async def test_an_answer_that_breaks_off_is_not_made_to_look_whole(self, proxy, upstream, drive):
        async def respond(writer):
            writer.write(OK + chunk(b"half"))
            await writer.drain()
            writer.close()

        upstream.respond = respond
        messages = await drive(proxy, "/api/v1/courses")
        assert messages[-1] == {"type": "http.response.body", "body": b"half", "more_body": True}

    async def test_when_the_client_leaves_the_module_is_told(self, proxy, upstream, drive):
        leaving = asyncio.Event()

        async def respond(writer):
            writer.write(OK)
            while True:
                writer.write(chunk(b"x" * 65536))
                await writer.drain()
                await asyncio.sleep(0)

        async def send(message):
            if message.get("body"):
                leaving.set()
                await asyncio.sleep(0)

        async def receive():
            await leaving.wait()
            return {"type": "http.disconnect"}

        upstream.respond = respond
        async with asyncio.timeout(5):
            await drive(proxy, "/api/v1/courses", send=send, receive=receive)
            await upstream.gone.wait()

    async def test_when_the_client_leaves_while_sending_nothing_is_answered(self, behind, proxy, drive, log_output):
        messages = iter([{"type": "http.request", "body": b"ha", "more_body": True}, {"type": "http.disconnect"}])

        async def receive():
            return next(messages)

        service = behind(proxy)
        sent = await drive(
            service.edge,
            "/api/v1/courses",
            method="POST",
            receive=receive,
            headers=[(b"transfer-encoding", b"chunked")],
        )
        assert (sent, log_output.entries) == ([], [])
        assert service.count("POST", "/api/v1/courses/…", 499) == 1

    async def test_a_websocket_is_refused(self, proxy):
        sent = []

        async def receive():
            return {"type": "websocket.connect"}

        async def send(message):
            sent.append(message)

        await proxy({"type": "websocket", "path": "/api/v1/courses/live", "headers": []}, receive, send)
        assert sent == [{"type": "websocket.close", "code": 1011, "reason": "unavailable"}]
