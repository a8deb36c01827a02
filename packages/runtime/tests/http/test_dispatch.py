"""Which application answers a path, and which of its routes."""

import inspect
import re

import pytest
from fastapi import APIRouter, Request
from hypothesis import given
from hypothesis import strategies as st
from starlette.routing import Match, Route

from lyceum.runtime.http import At, CurrentPrincipal, PrefixDispatch, module_app
from lyceum.runtime.http.dispatch import dispatch_key
from lyceum.runtime.http.route_index import RouteIndex, _find


def module(name, *paths, method="GET"):
    router = APIRouter()
    for path in paths:
        names = re.findall(r"{(\w+)", path)

        def answer(path=path, names=names):
            if not names:

                async def plain() -> str:
                    return f"{name}: {path}"

                return plain

            async def with_parameters(**values: str) -> str:
                return f"{name}: {path}"

            with_parameters.__signature__ = inspect.Signature(
                [inspect.Parameter(one, inspect.Parameter.KEYWORD_ONLY, annotation=str | int) for one in names],
                return_annotation=str,
            )
            return with_parameters

        router.add_api_route(path, answer(), methods=[method], name=f"{method}_{path}")
    return module_app(name, [router], {})


async def echo(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"default " + scope["path"].encode()})


class TestKeys:
    @pytest.mark.parametrize(
        ("path", "key"),
        [
            ("/api/v1/courses", "/api/v1/courses"),
            ("/api/v1/courses/7/lessons", "/api/v1/courses"),
            ("/api/v1/courses/", "/api/v1/courses"),
            ("/api/docs/x.js", "/api/docs"),
            ("/api/openapi.json", "/api/openapi.json"),
            ("/internal/v1/ports/course/Catalog/get", "/internal/v1/ports/course"),
            ("/oauth/token", "/oauth"),
            ("/.well-known/openid-configuration", "/.well-known"),
            ("/metrics", "/metrics"),
            ("/", "/"),
            ("", ""),
        ],
    )
    def test_the_beginning_of_a_path_decides(self, path, key):
        assert dispatch_key(path) == key


class TestDispatch:
    @pytest.fixture
    def app(self):
        return PrefixDispatch(
            {
                "course": module("course", "/api/v1/courses", "/api/v1/courses/{course_id}"),
                "auth": module("auth", "/api/v1/session", "/oauth/token", "/.well-known/jwks.json"),
                "static": At(echo, "/metrics", "/internal/v1/ports/course"),
            },
            default=echo,
        )

    @pytest.mark.parametrize(
        ("path", "answer"),
        [
            ("/api/v1/courses", '"course: /api/v1/courses"'),
            ("/api/v1/courses/7", '"course: /api/v1/courses/{course_id}"'),
            ("/api/v1/session", '"auth: /api/v1/session"'),
            ("/oauth/token", '"auth: /oauth/token"'),
            ("/.well-known/jwks.json", '"auth: /.well-known/jwks.json"'),
            ("/metrics", "default /metrics"),
            ("/internal/v1/ports/course/X/y", "default /internal/v1/ports/course/X/y"),
            ("/", "default /"),
            ("/courses/7", "default /courses/7"),
            ("/apiary", "default /apiary"),
            ("/oauthx", "default /oauthx"),
        ],
    )
    async def test_a_path_reaches_its_owner(self, behind, app, path, answer):
        assert (await behind(app).client.get(path)).text == answer

    @pytest.mark.parametrize(
        "path",
        [
            "/api",
            "/api/v1",
            "/api/v1/",
            "/api/v2/courses",
            "/api/v1/coursesx",
            "/internal/v1/ports/x",
            "/ws",
        ],
    )
    async def test_an_unknown_machine_path_is_a_problem_and_not_a_page(self, behind, app, path):
        response = await behind(app).client.get(path)
        assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")

    @pytest.mark.parametrize("target", ["*", ""])
    async def test_a_target_that_is_no_path_is_answered(self, drive, target):
        messages = await drive(PrefixDispatch({}), target, method="OPTIONS")
        assert messages[0]["status"] == 404

    async def test_without_a_default_every_unknown_path_is_a_problem(self, behind):
        response = await behind(PrefixDispatch({"course": module("course", "/api/v1/courses")})).client.get("/")
        assert (response.status_code, response.json()["code"]) == (404, "not-found")

    async def test_another_method_is_a_problem_that_names_the_right_ones(self, behind, app):
        response = await behind(app).client.delete("/api/v1/courses")
        assert (response.status_code, response.json()["code"]) == (405, "method-not-allowed")
        assert response.headers["allow"] == "GET"

    async def test_a_path_below_a_known_prefix_that_no_route_has_is_a_problem(self, behind, app):
        response = await behind(app).client.get("/api/v1/courses/7/unknown")
        assert (response.status_code, response.json()["code"]) == (404, "not-found")

    async def test_the_front_end_is_counted_under_one_name(self, behind, app):
        service = behind(app)
        for path in ("/", "/courses/7"):
            await service.client.get(path)
        assert service.count("GET", "front end", 200) == 2

    def test_two_modules_cannot_have_one_prefix(self):
        with pytest.raises(ValueError, match="progress and course both want /api/v1/courses"):
            PrefixDispatch(
                {
                    "course": module("course", "/api/v1/courses"),
                    "progress": module("progress", "/api/v1/courses/{course_id}/progress"),
                }
            )

    @pytest.mark.parametrize("path", ["/{anything}", "/api/v1/{anything}", "/api/v1/{a}/b"])
    def test_a_route_needs_a_fixed_beginning(self, path):
        with pytest.raises(ValueError, match="no fixed beginning"):
            PrefixDispatch({"course": module("course", path)})

    def test_routers_within_routers_are_refused(self):
        inner, outer = APIRouter(), APIRouter()

        @inner.get("/api/v1/things")
        async def things() -> None: ...

        outer.include_router(inner)
        with pytest.raises(ValueError, match="side by side"):
            module_app("course", [outer], {})

    def test_two_routes_cannot_have_one_method_and_path(self):
        router = APIRouter()
        for name in ("first", "second"):

            async def answer() -> None: ...

            router.get("/api/v1/things", name=name)(answer)
        with pytest.raises(ValueError, match="two routes for GET /api/v1/things"):
            module_app("course", [router], {})


class TestModuleApp:
    async def test_routes_find_the_state(self, behind):
        router = APIRouter()

        @router.get("/api/v1/things")
        async def things(request: Request) -> str:
            return request.app.state.service

        app = PrefixDispatch({"x": module_app("x", [router], {"service": "the service"})})
        assert (await behind(app).client.get("/api/v1/things")).json() == "the service"

    async def test_a_router_can_serve_in_two_apps_with_states_of_their_own(self, behind):
        router = APIRouter()

        @router.get("/api/v1/things")
        async def things(request: Request) -> str:
            return request.app.state.service

        first, second = (PrefixDispatch({"x": module_app("x", [router], {"service": name})}) for name in "ab")
        clients = [behind(app).client for app in (first, second, first)]
        assert [(await client.get("/api/v1/things")).json() for client in clients] == ["a", "b", "a"]

    async def test_it_has_no_pages_of_its_own(self, behind):
        app = module_app("x", [], {})
        for path in ("/docs", "/redoc", "/openapi.json"):
            assert (await behind(app).client.get(path)).status_code == 404


class TestRouteIndex:
    @pytest.fixture
    def client(self, behind):
        paths = [
            "/api/v1/courses/{course_id}",
            "/api/v1/courses/mine",
            "/api/v1/courses/{course_id}/lessons/{lesson_id}",
            "/api/v1/courses/mine/lessons",
            "/api/v1/courses/{course_id}/files/{path:path}",
            "/api/v1/courses/{course_id}/versions/{version:int}",
        ]
        return behind(PrefixDispatch({"course": module("course", *paths)})).client

    @pytest.mark.parametrize(
        ("path", "route"),
        [
            ("mine", "mine"),
            ("7", "{course_id}"),
            ("mine/lessons", "mine/lessons"),
            ("mine/lessons/3", "{course_id}/lessons/{lesson_id}"),
            ("7/lessons/mine", "{course_id}/lessons/{lesson_id}"),
            ("a%20b", "{course_id}"),
            ("7/files/a/b/c.txt", "{course_id}/files/{path:path}"),
            ("7/versions/12", "{course_id}/versions/{version:int}"),
        ],
    )
    async def test_a_fixed_segment_goes_before_a_parameter(self, client, path, route):
        assert (await client.get(f"/api/v1/courses/{path}")).json() == f"course: /api/v1/courses/{route}"

    @pytest.mark.parametrize("path", ["", "/", "/7/", "/7/lessons/", "/7//lessons", "/7/versions/x", "/a%2Fb"])
    async def test_nothing_else_matches(self, client, path):
        assert (await client.get(f"/api/v1/courses{path}")).status_code == 404

    @given(st.lists(st.lists(st.sampled_from(["a", "b", "{x}", "{y}"]), min_size=1, max_size=3), max_size=6))
    def test_it_finds_a_route_exactly_where_the_router_does(self, templates):
        async def endpoint(request): ...

        paths = {}
        for template in templates:
            if len([part for part in template if part.startswith("{")]) == len(
                {part for part in template if part.startswith("{")}
            ):
                shape = tuple("{}" if part.startswith("{") else part for part in template)
                paths.setdefault(shape, "/" + "/".join(template))
        routes = [Route(path, endpoint) for path in paths.values()]
        index = RouteIndex(type("Router", (), {"routes": routes})())
        for asked in [["a"], ["b", "a"], ["c"], ["a", "c", "b"], ["b", "b", "b"], ["", "a"]]:
            path = "/" + "/".join(asked)
            scope = {"type": "http", "path": path, "method": "GET"}
            matching = [route for route in routes if route.matches(scope)[0] is Match.FULL]
            values = []
            found = _find(index._root, asked, 0, "GET", values)
            assert (found is not None) == bool(matching)
            if found is not None:
                route, names, _ = found
                assert route in matching
                assert dict(zip(names, values, strict=True)) == route.matches(scope)[1]["path_params"]


async def test_the_principal_reaches_a_route_through_the_index(behind, credentials):
    router = APIRouter()

    @router.get("/api/v1/who/{anybody}")
    async def who(anybody: str, principal: CurrentPrincipal) -> str:
        return f"{anybody} {principal.user_id}"

    client = behind(PrefixDispatch({"x": module_app("x", [router], {})})).client
    response = await client.get("/api/v1/who/there", headers={"authorization": "Bearer token-of-ada"})
    assert response.json() == f"there {credentials.user_id}"
