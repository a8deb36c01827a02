"""What every request gets: an id, a trace, headers, a count, a line in the log, and an answer to what went wrong."""

import asyncio
from uuid import uuid4

import pytest
from fastapi import APIRouter, Request
from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, PlainTextResponse, StreamingResponse

from lyceum.kernel.errors import NotFound, TooManyRequests, Unavailable
from lyceum.runtime.http import CurrentPrincipal, PrefixDispatch, module_app
from lyceum.runtime.telemetry import current_trace

TRACE_ID = "0af7651916cd43dd8448eb211c80319c"


def things(**endpoints):
    """A module with a GET route for each endpoint."""
    router = APIRouter()
    for name, endpoint in endpoints.items():
        router.get(f"/api/v1/things/{{thing}}/{name}")(endpoint)
    return PrefixDispatch({"things": module_app("things", [router], {})})


async def hello(thing: str) -> str:
    return thing


class TestRequestId:
    async def test_a_request_gets_an_id(self, behind):
        response = await behind(things(hello=hello)).client.get("/api/v1/things/1/hello")
        assert len(response.headers["x-request-id"]) == 32

    async def test_two_requests_get_different_ids(self, behind):
        client = behind(things(hello=hello)).client
        ids = {(await client.get("/api/v1/things/1/hello")).headers["x-request-id"] for _ in range(2)}
        assert len(ids) == 2

    async def test_a_sane_id_of_the_client_is_kept(self, behind):
        sane = str(uuid4())
        response = await behind(things(hello=hello)).client.get(
            "/api/v1/things/1/hello", headers={"x-request-id": sane}
        )
        assert response.headers["x-request-id"] == sane

    @pytest.mark.parametrize("odd", ["short", "with space in it", "line\tbreak-xxxx", "x" * 129, "ümläut-1234567"])
    async def test_an_odd_id_of_the_client_is_replaced(self, behind, odd):
        response = await behind(things(hello=hello)).client.get(
            "/api/v1/things/1/hello", headers={"x-request-id": odd.encode()}
        )
        assert len(response.headers["x-request-id"]) == 32

    async def test_a_problem_names_the_request(self, behind):
        response = await behind(things()).client.get("/api/v1/things/1/nothing")
        assert response.json()["instance"] == f"urn:lyceum:request:{response.headers['x-request-id']}"


class TestTrace:
    async def test_the_trace_of_the_caller_goes_on_in_a_span_of_its_own(self, behind):
        seen = []

        async def note(thing: str) -> None:
            seen.append(current_trace())

        parent = f"00-{TRACE_ID}-b7ad6b7169203331-00"
        await behind(things(note=note)).client.get("/api/v1/things/1/note", headers={"traceparent": parent})
        version, trace_id, span_id, flags = seen[0].traceparent.split("-")
        assert (version, trace_id, flags) == ("00", TRACE_ID, "00")
        assert span_id != "b7ad6b7169203331"

    async def test_nothing_of_a_request_is_left_after_it(self, behind):
        await behind(things(hello=hello)).client.get("/api/v1/things/1/hello")
        assert current_trace() is None

    async def test_requests_at_once_keep_their_traces_apart(self, behind):
        async def late(thing: str) -> str | None:
            await asyncio.sleep(0.01)
            trace = current_trace()
            return trace and trace.request_id

        client = behind(things(late=late)).client
        answers = await asyncio.gather(
            *(client.get("/api/v1/things/1/late", headers={"x-request-id": f"request-{i}"}) for i in range(5))
        )
        assert [answer.json() for answer in answers] == [f"request-{i}" for i in range(5)]


class TestHeaders:
    async def test_answers_forbid_what_an_api_never_needs(self, behind):
        headers = (await behind(things(hello=hello)).client.get("/api/v1/things/1/hello")).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert headers["cache-control"] == "private, no-cache"

    async def test_a_page_tells_other_sites_no_more_than_where_it_is(self, behind):
        async def page(thing: str) -> HTMLResponse:
            return HTMLResponse("<p>")

        headers = (await behind(things(page=page)).client.get("/api/v1/things/1/page")).headers
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin"

    async def test_problems_have_them_too(self, behind):
        headers = (await behind(things()).client.get("/api/v1/unknown")).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"

    async def test_a_policy_of_the_page_itself_stays(self, behind):
        async def page(thing: str) -> PlainTextResponse:
            return PlainTextResponse(
                "", headers={"content-security-policy": "default-src 'self'", "cache-control": "no-store"}
            )

        headers = (await behind(things(page=page)).client.get("/api/v1/things/1/page")).headers
        assert headers.get_list("content-security-policy") == ["default-src 'self'"]
        assert headers.get_list("cache-control") == ["no-store"]


class TestMetrics:
    async def test_requests_are_counted_by_the_template_of_their_route(self, behind):
        service = behind(things(hello=hello))
        for thing in range(3):
            await service.client.get(f"/api/v1/things/{thing}/hello")
        assert service.count("GET", "/api/v1/things/{thing}/hello", 200) == 3

    async def test_unknown_paths_share_one_label(self, behind):
        service = behind(things(hello=hello))
        for path in ("/api/v1/a", "/api/v1/b", "/c/d", "/api/v1/things/x/y/z"):
            await service.client.get(path)
        assert service.count("GET", "unmatched", 404) == 4

    async def test_methods_that_do_not_exist_share_one_label(self, behind):
        service = behind(things(hello=hello))
        for method in ("BREW", "WHEN"):
            await service.client.request(method, "/api/v1/a")
        assert service.count("other", "unmatched", 404) == 2

    async def test_a_fault_is_counted_as_500_under_its_route(self, behind):
        async def broken(thing: str) -> None:
            raise RuntimeError

        service = behind(things(broken=broken))
        await service.client.get("/api/v1/things/1/broken")
        assert service.count("GET", "/api/v1/things/{thing}/broken", 500) == 1


class TestAccessLog:
    async def test_a_request_is_one_line(self, behind, credentials):
        service = behind(things(hello=hello))
        response = await service.client.get(
            "/api/v1/things/1/hello?secret=1", headers={"authorization": "Bearer token-of-ada"}
        )
        (line,) = service.log_lines()
        assert line["http.request.method"] == "GET"
        assert line["url.path"] == "/api/v1/things/1/hello"
        assert line["lyceum.route"] == "/api/v1/things/{thing}/hello"
        assert line["http.response.status_code"] == 200
        assert line["event.duration"] > 0
        assert line["http.request.id"] == response.headers["x-request-id"]
        assert line["user.id"] == str(credentials.user_id)
        assert line["@timestamp"].endswith("Z")
        assert "secret" not in str(line)
        assert "token-of-ada" not in str(line)

    async def test_an_anonymous_request_names_no_user(self, behind):
        service = behind(things(hello=hello))
        await service.client.get("/api/v1/things/1/hello")
        assert "user.id" not in service.log_lines()[0]


class TestFaults:
    async def test_a_fault_is_a_problem_that_tells_nothing_of_it(self, behind, caplog):
        async def broken(thing: str) -> None:
            raise RuntimeError("the password is hunter2")

        service = behind(things(broken=broken))
        response = await service.client.get("/api/v1/things/1/broken")
        assert response.status_code == 500
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["code"] == "internal"
        assert "hunter2" not in response.text

    async def test_a_fault_is_logged_with_its_stack(self, behind, log_output):
        async def broken(thing: str) -> None:
            raise RuntimeError("something odd")

        await behind(things(broken=broken)).client.get("/api/v1/things/1/broken")
        (entry,) = log_output.entries
        assert entry["event"] == "request failed"
        assert entry["lyceum.route"] == "/api/v1/things/{thing}/broken"
        assert isinstance(entry["exc_info"], RuntimeError)

    async def test_a_domain_error_is_not_logged_as_a_fault(self, behind, log_output):
        async def missing(thing: str) -> None:
            raise NotFound

        response = await behind(things(missing=missing)).client.get("/api/v1/things/1/missing")
        assert (response.status_code, log_output.entries) == (404, [])

    async def test_a_domain_error_outside_any_module_is_a_problem_too(self, behind):
        async def app(scope, receive, send):
            raise Unavailable(retry_after=7)

        response = await behind(app).client.get("/api/v1/things")
        assert (response.status_code, response.json()["code"]) == (503, "unavailable")
        assert response.headers["retry-after"] == "7"

    async def test_too_many_requests_say_when_to_come_again(self, behind):
        async def busy(thing: str) -> None:
            raise TooManyRequests(retry_after=30)

        response = await behind(things(busy=busy)).client.get("/api/v1/things/1/busy")
        assert (response.status_code, response.headers["retry-after"]) == (429, "30")

    async def test_a_fault_after_the_start_of_the_answer_is_logged_and_cut_off(self, behind, log_output, drive):
        async def half(thing: str) -> StreamingResponse:
            async def parts():
                yield b"half"
                raise RuntimeError("and no more")

            return StreamingResponse(parts())

        messages = await drive(behind(things(half=half)).edge, "/api/v1/things/1/half")
        assert [message["type"] for message in messages] == ["http.response.start", "http.response.body"]
        assert messages[1]["more_body"] is True
        assert len(log_output.entries) == 1


class TestClientsThatGoAway:
    async def test_a_broken_connection_is_no_fault(self, behind, log_output, drive):
        async def stream(thing: str) -> StreamingResponse:
            async def parts():
                for _ in range(10):
                    yield b"part"

            return StreamingResponse(parts())

        service = behind(things(stream=stream))

        async def send(message):
            if message["type"] == "http.response.body":
                raise OSError("gone")

        await drive(service.edge, "/api/v1/things/1/stream", send=send)
        assert log_output.entries == []
        assert service.count("GET", "/api/v1/things/{thing}/stream", 499) == 1

    async def test_leaving_in_the_middle_of_the_body_is_no_fault(self, behind, log_output, drive):
        router = APIRouter()

        @router.post("/api/v1/things")
        async def create(request: Request) -> None:
            await request.body()

        service = behind(PrefixDispatch({"things": module_app("things", [router], {})}))
        messages = iter([{"type": "http.request", "body": b"ha", "more_body": True}, {"type": "http.disconnect"}])

        async def receive():
            return next(messages)

        sent = await drive(service.edge, "/api/v1/things", method="POST", receive=receive)
        assert sent == []
        assert log_output.entries == []
        assert service.count("POST", "/api/v1/things", 499) == 1

    async def test_a_disconnect_that_an_application_raises_is_no_fault(self, behind, log_output, drive):
        async def app(scope, receive, send):
            await receive()
            raise ClientDisconnect

        async def receive():
            return {"type": "http.disconnect"}

        await drive(behind(app).edge, "/api/v1/things", method="POST", receive=receive)
        assert log_output.entries == []

    async def test_a_fault_is_logged_even_if_the_client_left_meanwhile(self, behind, drive, log_output):
        async def app(scope, receive, send):
            await receive()
            raise RuntimeError("a real one")

        async def receive():
            return {"type": "http.disconnect"}

        sent = await drive(behind(app).edge, "/api/v1/things", method="POST", receive=receive)
        assert (sent, len(log_output.entries)) == ([], 1)

    async def test_an_application_that_answers_nothing_counts_as_a_fault(self, behind, drive):
        async def app(scope, receive, send): ...

        service = behind(app)
        await drive(service.edge, "/api/v1/things")
        assert service.count("GET", "unmatched", 500) == 1


class TestPrincipal:
    async def test_without_credentials_the_caller_is_anonymous(self, behind):
        async def who(thing: str, principal: CurrentPrincipal) -> bool:
            return principal.is_authenticated

        response = await behind(things(who=who)).client.get("/api/v1/things/1/who")
        assert response.json() is False
