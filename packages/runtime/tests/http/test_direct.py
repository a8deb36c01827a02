"""Routes that are called directly give the answers that FastAPI gives."""

import asyncio
import json
from pathlib import Path
from typing import Annotated

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from starlette.responses import Response

from lyceum.kernel.principal import ANONYMOUS
from lyceum.runtime.http import (
    IdempotentRoute,
    module_app,
    set_etag,
)
from lyceum.runtime.http.direct import direct_handler
from lyceum.runtime.http.problems import install_problem_handlers
from lyceum.testing.files import module_at

routes = module_at(Path(__file__).with_name("routes_of_every_kind.py"))
planned, unplanned, calls, Item = routes.planned, routes.unplanned, routes.calls, routes.Item


@pytest.fixture(scope="module")
def both():
    """Our application and FastAPI's for the same routes."""
    fastapi = FastAPI(openapi_url=None, redirect_slashes=False)
    install_problem_handlers(fastapi)
    for router in (planned, unplanned):
        fastapi.router.routes.extend(router.routes)
    return module_app("ours", [planned, unplanned], {}), fastapi


async def ask(app, method, target, headers=None, content=None):
    async def with_principal(scope, receive, send):
        scope["principal"] = ANONYMOUS
        await app(scope, receive, send)

    transport = httpx.ASGITransport(with_principal)
    async with httpx.AsyncClient(transport=transport, base_url="http://t") as client:
        return await client.request(method, target, headers=headers or {}, content=content)


async def assert_same(both, method, target, headers=None, content=None):
    calls.clear()
    ours = await ask(both[0], method, target, headers, content)
    called = list(calls)
    calls.clear()
    theirs = await ask(both[1], method, target, headers, content)
    assert called == calls
    assert ours.status_code == theirs.status_code
    if ours.status_code == 422:
        pointers = [
            sorted((error["pointer"], error.get("in")) for error in answer.json().get("errors", ()))
            for answer in (ours, theirs)
        ]
        assert pointers[0] == pointers[1]
        assert ours.json()["code"] == theirs.json()["code"]
        return ours
    assert ours.content == theirs.content
    assert sorted(ours.headers.multi_items()) == sorted(theirs.headers.multi_items())
    return ours


@pytest.mark.parametrize("route", planned.routes, ids=lambda route: route.name)
def test_what_modules_commonly_write_is_called_directly(route):
    assert direct_handler(route) is not None


@pytest.mark.parametrize("route", unplanned.routes, ids=lambda route: route.name)
def test_what_is_not_planned_for_is_left_to_fastapi(route):
    assert direct_handler(route) is None


ITEM = b'{"name": "abc", "size": 3}'
JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("method", "target", "headers", "content"),
    [
        ("GET", "/plain", {}, None),
        ("GET", "/path/7/01890a5d-ac96-774b-bcce-b302099a8057/red", {}, None),
        ("GET", "/path/7.5/x/green", {}, None),
        ("GET", "/query?required=1", {}, None),
        ("GET", "/query", {}, None),
        ("GET", "/query?required=1&required=2", {}, None),
        ("GET", "/query?required=+5&optional=&other-name=a%20b&day=2026-02-29&flag=yes&kind=c", {}, None),
        ("GET", "/query?required=1&renamed=x&other-name=%C3%A4", {}, None),
        ("GET", "/query?required=1&optional=%FF", {}, None),
        ("GET", "/query?required=1;small=3", {}, None),
        ("GET", "/header", {"x-number": "5"}, None),
        ("GET", "/header", {"x-raw": "a"}, None),
        ("GET", "/header", {"x-number": "a", "x-raw": "b"}, None),
        ("POST", "/body", JSON, ITEM),
        ("POST", "/body", {"content-type": "application/vnd.lyceum+json; charset=utf-8"}, ITEM),
        ("POST", "/body", {"content-type": "text/plain"}, ITEM),
        ("POST", "/body", {}, ITEM),
        ("POST", "/body", JSON, b""),
        ("POST", "/body", JSON, b"{"),
        ("POST", "/body", JSON, b"null"),
        ("POST", "/body", JSON, b"[]"),
        ("POST", "/body", JSON, b'{"name": "abcdef", "size": "x", "inner": {"nme": 1}, "more": 1}'),
        ("POST", "/body", JSON, b'{"name": "a", "inner": {"name": "b", "inner": null}}'),
        ("POST", "/body/optional", JSON, b""),
        ("POST", "/body/optional", {}, None),
        ("POST", "/body/optional", JSON, ITEM),
        ("POST", "/body/optional", JSON, b"null"),
        ("POST", "/body/list", JSON, b"[%s,%s]" % (ITEM, ITEM)),
        ("POST", "/body/list", JSON, b"[%s,%s,%s]" % (ITEM, ITEM, ITEM)),
        ("POST", "/body/list", JSON, b'[{"name": 1}]'),
        ("POST", "/body/list", JSON, b"[,]"),
        ("PUT", "/everything/7?limit=3", JSON, ITEM),
        ("PUT", "/everything/206", JSON, ITEM),
        ("PUT", "/everything/404", JSON, ITEM),
        ("PUT", "/everything/x?limit=1000", JSON, b"{}"),
        ("DELETE", "/nothing", {}, None),
        ("GET", "/null", {}, None),
        ("GET", "/response", {}, None),
        ("GET", "/response/class", {}, None),
        ("GET", "/narrowed", {}, None),
        ("PATCH", "/versioned/1", {"if-match": '"3"'}, None),
        ("PATCH", "/versioned/1", {}, None),
        ("PATCH", "/versioned/x?small=9", {}, None),
        ("PATCH", "/versioned/x?small=9", {"if-match": '"3"'}, None),
        ("GET", "/dependencies", {}, None),
        ("GET", "/dependencies?extra=7", {}, None),
        ("GET", "/dependencies?extra=x", {}, None),
        ("GET", "/dependencies?extra=x", {"refuse": "1"}, None),
        ("GET", "/list?values=1&values=2", {}, None),
        ("GET", "/model?name=a&byAlias=4", {}, None),
        ("GET", "/cookie", {"cookie": "a=b"}, None),
        ("POST", "/parts", JSON, b'{"a": 1, "b": 2}'),
        ("POST", "/embedded", JSON, b'{"a": 1}'),
        ("GET", "/thread", {}, None),
        ("GET", "/background", {}, None),
        ("GET", "/yield", {}, None),
        ("GET", "/rendered", {}, None),
        ("GET", "/without-none", {}, None),
        ("GET", "/untyped", {}, None),
        ("POST", "/plain", {}, None),
        ("HEAD", "/plain", {}, None),
        ("GET", "/plain/", {}, None),
    ],
)
async def test_a_request_gets_the_answer_that_fastapi_gives(both, method, target, headers, content):
    await assert_same(both, method, target, headers, content)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
values = st.one_of(texts, st.integers(-5, 10).map(str), st.sampled_from(["true", "red", "2026-01-05", "a", "nan", ""]))
names = ["required", "optional", "small", "other-name", "renamed", "day", "flag", "kind", "x"]
pairs = st.lists(st.tuples(st.sampled_from(names), values), max_size=6)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "size", "inner", "more"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs)
async def test_any_query_gets_the_answer_that_fastapi_gives(both, query):
    await assert_same(both, "GET", "/query?" + str(httpx.QueryParams(query)))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example({"name": "a", "size": 1.0})
@example({"name": "a", "size": "1"})
@example({"name": "a", "size": True})
@given(json_values)
async def test_any_body_gets_the_answer_that_fastapi_gives(both, value):
    await assert_same(both, "POST", "/body", JSON, json.dumps(value).encode())


@pytest.mark.parametrize(
    "body", [b'{"name": "\xff"}', b"[" * 100_000, b'{"name": "a", "size": 1e999}', b"\xef\xbb\xbf{}"]
)
async def test_a_body_that_no_parser_likes_is_refused(both, body):
    response = await ask(both[0], "POST", "/body", JSON, body)
    assert (response.status_code, response.json()["code"]) == (422, "validation-failed")


async def test_a_result_that_breaks_its_model_is_a_fault():
    router = APIRouter()

    @router.get("/wrong")
    async def wrong() -> Item:
        return {"name": "far too long"}

    with pytest.raises(RuntimeError, match="wrong returned what its response model does not allow"):
        await ask(module_app("x", [router], {}), "GET", "/wrong")


async def test_requests_at_once_share_nothing():
    router = APIRouter()

    async def slow(number: int) -> int:
        await asyncio.sleep(0.01)
        return number

    @router.get("/slow")
    async def answer(slow: Annotated[int, Depends(slow)], response: Response) -> int:
        set_etag(response, slow)
        return slow

    app = module_app("x", [router], {})
    answers = await asyncio.gather(*(ask(app, "GET", f"/slow?number={number}") for number in range(5)))
    assert [answer.json() for answer in answers] == list(range(5))
    assert [answer.headers["etag"] for answer in answers] == [f'"{number}"' for number in range(5)]


def test_idempotent_routes_are_called_directly_too():
    router = APIRouter(route_class=IdempotentRoute)

    @router.post("/orders")
    async def order(item: Item) -> Item:
        return item

    assert direct_handler(router.routes[0]) is not None
