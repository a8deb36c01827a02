"""Errors as problem documents."""

import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import pytest
from fastapi import APIRouter, Body, HTTPException, Query
from pydantic import BaseModel, field_validator
from starlette.responses import JSONResponse

from lyceum.kernel.errors import LyceumError, NotAuthenticated, NotFound, PermissionDenied, ValidationFailed
from lyceum.runtime.http import PrefixDispatch, module_app, problem_response, problems
from lyceum.runtime.http.problems import problem_body

THING = UUID("01890a5d-ac96-774b-bcce-b302099a8057")


class ThingNotFound(NotFound):
    code = "thing.not-found"
    title = "There is no such thing"


class Colour(StrEnum):
    RED = "red"


class Part(BaseModel):
    name: str
    sizes: list[int] = []


class Thing(BaseModel):
    parts: list[Part]
    odd_name: Annotated[int, Query(alias="a/b~c")] = 0
    secret: str = ""

    @field_validator("secret")
    @classmethod
    def check(cls, value: str) -> str:
        if value:
            raise ValueError("is too easily guessed")
        return value


@pytest.fixture
def client(behind):
    router = APIRouter()

    @router.get("/api/v1/things/{thing_id}")
    async def get_thing(thing_id: int, limit: Annotated[int, Query(le=3)] = 1) -> None:
        raise ThingNotFound("Thing 7 is gone", thing_id=THING, since=datetime(2026, 1, 1, tzinfo=UTC), tags={"b", "a"})

    @router.post("/api/v1/things")
    async def create_thing(thing: Thing) -> None: ...

    @router.get("/api/v1/things/{thing_id}/teapot")
    async def teapot(thing_id: str) -> None:
        raise HTTPException(418, "short and stout", headers={"x-spout": "left"})

    return behind(PrefixDispatch({"things": module_app("things", [router], {})})).client


async def test_a_domain_error_is_a_document_with_its_code_and_extensions(client):
    response = await client.get("/api/v1/things/7")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json() == {
        "type": "urn:lyceum:problem:thing.not-found",
        "title": "There is no such thing",
        "status": 404,
        "detail": "Thing 7 is gone",
        "code": "thing.not-found",
        "instance": f"urn:lyceum:request:{response.headers['x-request-id']}",
        "thing_id": str(THING),
        "since": "2026-01-01T00:00:00+00:00",
        "tags": ["a", "b"],
    }


async def test_extensions_cannot_replace_what_every_problem_has():
    document = json.loads(problem_body(ThingNotFound(type="x", title="x", status=1, code="x", instance="x")))
    assert (document["code"], document["status"], document["title"]) == (
        "thing.not-found",
        404,
        "There is no such thing",
    )
    assert document["type"] == "urn:lyceum:problem:thing.not-found"


async def test_parameters_that_do_not_fit_are_named_with_their_place(client):
    response = await client.get("/api/v1/things/x?limit=9")
    assert (response.status_code, response.json()["code"]) == (422, "validation-failed")
    assert sorted((error["in"], error["pointer"]) for error in response.json()["errors"]) == [
        ("path", "/thing_id"),
        ("query", "/limit"),
    ]


async def test_parts_of_a_body_that_do_not_fit_are_pointed_at(client):
    body = {"parts": [{"name": "a"}, {"name": 1, "sizes": [1, "x"]}], "a/b~c": "x"}
    errors = (await client.post("/api/v1/things", json=body)).json()["errors"]
    assert [error["pointer"] for error in errors] == ["/parts/1/name", "/parts/1/sizes/1", "/a~1b~0c"]
    assert not [error for error in errors if "in" in error]


async def test_what_was_sent_is_not_sent_back(client):
    response = await client.post("/api/v1/things", json={"parts": [], "secret": "hunter2"})
    assert response.json()["errors"] == [{"pointer": "/secret", "detail": "is too easily guessed"}]
    assert "hunter2" not in response.text


async def test_a_missing_body_is_pointed_at_as_a_whole(client):
    response = await client.post("/api/v1/things")
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (422, "")


@pytest.mark.parametrize("body", ["{", "", "nonsense", '{"parts": [}'])
async def test_a_body_that_is_no_json_is_refused(client, body):
    response = await client.post("/api/v1/things", content=body, headers={"content-type": "application/json"})
    assert (response.status_code, response.json()["code"]) == (422, "validation-failed")
    assert response.json()["errors"][0]["pointer"] == ""


async def test_a_body_that_is_no_text_is_refused(client):
    response = await client.post("/api/v1/things", content=b'"\xff"', headers={"content-type": "application/json"})
    assert (response.status_code, response.json()["code"]) == (422, "validation-failed")


async def test_an_http_exception_keeps_its_status_words_and_headers(client):
    response = await client.get("/api/v1/things/1/teapot")
    assert response.status_code == 418
    assert response.headers["x-spout"] == "left"
    assert response.json()["code"] == "im-a-teapot"
    assert response.json()["detail"] == "short and stout"


def test_who_has_not_signed_in_is_told_how():
    response = problem_response(NotAuthenticated())
    assert (response.status_code, response.headers["www-authenticate"]) == (401, 'Bearer realm="lyceum"')


def test_models_and_enumerations_travel_as_extensions():
    error = LyceumError(part=Part(name="a"), colour=Colour.RED, by_id={THING: 1})
    document = json.loads(problem_body(error))
    assert document["part"] == {"name": "a", "sizes": []}
    assert (document["colour"], document["by_id"]) == ("red", {str(THING): 1})


class TestDocumentation:
    def test_errors_are_grouped_by_status_with_their_codes(self):
        documented = problems(ThingNotFound, NotFound, PermissionDenied)
        assert list(documented) == [403, 404]
        assert documented[404]["x-problem-codes"] == ["not-found", "thing.not-found"]
        assert documented[404]["description"] == "`not-found`: Not found; `thing.not-found`: There is no such thing"
        assert list(documented[404]["content"]) == ["application/problem+json"]

    def test_fastapi_takes_them(self):
        router = APIRouter()

        @router.get("/api/v1/things", responses=problems(ThingNotFound, ValidationFailed))
        async def things() -> None: ...

        document = module_app("things", [router], {}).openapi()
        responses = document["paths"]["/api/v1/things"]["get"]["responses"]
        assert set(responses) == {"200", "404", "422"}
        assert set(responses["404"]["content"]) == {"application/problem+json"}


async def test_a_body_parameter_outside_a_model_is_pointed_at(behind):
    router = APIRouter()

    @router.post("/api/v1/things", response_class=JSONResponse)
    async def create(size: Annotated[int, Body(embed=True)]) -> None: ...

    client = behind(PrefixDispatch({"things": module_app("things", [router], {})})).client
    response = await client.post("/api/v1/things", json={"size": "x"})
    assert response.json()["errors"][0]["pointer"] == "/size"
