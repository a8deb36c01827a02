"""`limit`, `cursor`, `ETag` and `If-Match`."""

import contextlib

import pytest
from fastapi import APIRouter, Response
from hypothesis import given
from hypothesis import strategies as st

from lyceum.kernel.errors import PreconditionFailed, ValidationFailed
from lyceum.kernel.pagination import PageRequest
from lyceum.runtime.http import IfMatch, PageParams, PrefixDispatch, etag, module_app, set_etag
from lyceum.runtime.http.etag import parse_if_match


@pytest.fixture
def client(behind):
    router = APIRouter()

    @router.get("/api/v1/things")
    async def things(page: PageParams) -> PageRequest:
        return page

    @router.put("/api/v1/things/{thing}")
    async def change(thing: int, precondition: IfMatch, response: Response) -> int:
        version = precondition.expected(thing)
        set_etag(response, version + 1)
        return version

    @router.patch("/api/v1/things/{thing}")
    async def patch(thing: int, precondition: IfMatch) -> int | None:
        return precondition.version

    return behind(PrefixDispatch({"things": module_app("things", [router], {})})).client


class TestPageParams:
    async def test_twenty_from_the_start_is_the_default(self, client):
        assert (await client.get("/api/v1/things")).json() == {"limit": 20, "cursor": None}

    async def test_limit_and_cursor_are_taken_over(self, client):
        assert (await client.get("/api/v1/things?limit=100&cursor=abc")).json() == {"limit": 100, "cursor": "abc"}

    @pytest.mark.parametrize(
        "query", ["limit=0", "limit=101", "limit=-1", "limit=x", "limit=1e1", "cursor=" + "x" * 1025]
    )
    async def test_what_is_out_of_bounds_is_refused(self, client, query):
        response = await client.get(f"/api/v1/things?{query}")
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"] == "/" + query.split("=")[0]


class TestIfMatch:
    async def test_a_write_needs_the_version_it_changes(self, client):
        response = await client.put("/api/v1/things/3")
        assert (response.status_code, response.json()["code"]) == (428, "precondition-required")

    @pytest.mark.parametrize(
        "value", ['"3"', '"2", "3"', "*", ' "3" ', '"2","3"', 'W/"3", "3"', '"x", "3"', '"a,b", "3"']
    )
    async def test_the_current_version_passes(self, client, value):
        response = await client.put("/api/v1/things/3", headers={"if-match": value})
        assert (response.status_code, response.headers["etag"]) == (200, '"4"')

    @pytest.mark.parametrize("value", ['"2"', '"4", "5"', 'W/"3"', '"x"', '""', '"03x"'])
    async def test_another_version_does_not(self, client, value):
        response = await client.put("/api/v1/things/3", headers={"if-match": value})
        assert (response.status_code, response.json()["code"]) == (412, "precondition-failed")
        assert response.json()["actual"] == 3

    @pytest.mark.parametrize(
        "value", ["3", "", '"3', '3"', '"3" "4"', '"3",', ",", "*, *", '"a"b"', 'w/"3"', "x" * 1025]
    )
    async def test_what_is_malformed_is_said_to_be(self, client, value):
        response = await client.put("/api/v1/things/3", headers={"if-match": value})
        assert (response.status_code, response.json()["code"]) == (422, "validation-failed")
        assert response.json()["errors"][0]["pointer"] == "/If-Match"
        assert response.json()["errors"][0]["in"] == "header"

    @pytest.mark.parametrize(
        ("value", "status", "answer"),
        [('"3"', 200, 3), ("*", 200, None), ('"3", "4"', 422, None), ('W/"3"', 412, None)],
    )
    async def test_a_use_case_can_ask_for_the_one_version_named(self, client, value, status, answer):
        response = await client.patch("/api/v1/things/3", headers={"if-match": value})
        assert response.status_code == status
        if status == 200:
            assert response.json() == answer

    @given(st.lists(st.integers(0, 10**17), min_size=1, max_size=5), st.integers(0, 10**17))
    def test_every_tag_that_we_give_out_is_understood(self, versions, current):
        precondition = parse_if_match(", ".join(etag(version) for version in versions))
        if current in versions:
            assert precondition.expected(current) == current
        else:
            with pytest.raises(PreconditionFailed):
                precondition.expected(current)

    @given(st.text(st.characters(max_codepoint=255), max_size=30))
    def test_no_value_makes_it_stumble(self, value):
        with contextlib.suppress(ValidationFailed):
            parse_if_match(value)
