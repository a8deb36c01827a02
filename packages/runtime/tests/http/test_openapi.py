"""The one OpenAPI document, and the pages to read it."""

import re
from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, Form, Request
from pydantic import BaseModel, create_model

from lyceum.kernel.errors import NotAuthenticated, NotFound, TooManyRequests, ValidationFailed
from lyceum.runtime.http import (
    ApiDocs,
    CurrentPrincipal,
    IfMatch,
    PageParams,
    PrefixDispatch,
    merge_openapi,
    module_app,
    openapi_bytes,
    problems,
)
from lyceum.runtime.http.problems import problem_headers


class CourseSummary(BaseModel):
    title: str
    tags: list[str] = []


def course():
    router = APIRouter()

    @router.get("/api/v1/courses", operation_id="list_courses")
    async def anything(page: PageParams) -> list[CourseSummary]:
        """All that can be enrolled in."""
        return []

    @router.post("/api/v1/courses", status_code=201, responses=problems(NotAuthenticated, ValidationFailed))
    async def create_course(course: CourseSummary, principal: CurrentPrincipal) -> CourseSummary:
        return course

    @router.put("/api/v1/courses/{course_id}", responses=problems(NotFound))
    async def change_course(course_id: str, precondition: IfMatch, principal: CurrentPrincipal) -> CourseSummary:
        raise NotFound

    @router.get("/api/v1/courses/health", include_in_schema=False)
    async def hidden() -> None: ...

    async def service(request: Request, principal: CurrentPrincipal) -> str:
        return ""

    @router.get("/api/v1/courses/mine")
    async def list_own_courses(service: str = Depends(service)) -> None: ...

    return module_app("course", [router], {})


def single(module, path, operation="read_it", result=None, method="GET"):
    router = APIRouter()

    async def answer() -> None: ...

    router.add_api_route(path, answer, name=operation, response_model=result, methods=[method])
    return module_app(module, [router], {})


def merge(**apps):
    return merge_openapi(apps, title="Lyceum", version="1.2", session_cookie="lyceum_session")


@pytest.fixture(scope="module")
def document():
    return merge(course=course(), auth=single("auth", "/api/v1/session", "get_session"))


def operation(document, verb, path):
    return document["paths"][path][verb]


class TestContent:
    def test_it_has_the_routes_of_all_modules_but_hidden_ones(self, document):
        assert list(document["paths"]) == [
            "/api/v1/courses",
            "/api/v1/courses/mine",
            "/api/v1/courses/{course_id}",
            "/api/v1/session",
        ]

    def test_operation_ids_are_what_the_routes_say_or_their_functions(self, document):
        ids = {op["operationId"] for verbs in document["paths"].values() for op in verbs.values()}
        assert ids == {"list_courses", "create_course", "change_course", "list_own_courses", "get_session"}

    def test_every_operation_has_its_module_as_tag(self, document):
        assert operation(document, "get", "/api/v1/courses")["tags"] == ["course"]
        assert operation(document, "get", "/api/v1/session")["tags"] == ["auth"]
        assert document["tags"] == [{"name": "auth"}, {"name": "course"}]

    def test_models_have_one_schema_for_input_and_output(self, document):
        names = set(document["components"]["schemas"])
        assert names == {"CourseSummary", "Problem", "ProblemItem"}

    def test_every_reference_leads_somewhere(self, document):
        references = re.findall(r'"\$ref": "#/components/([^"/]+)/([^"]+)"', openapi_bytes(document).decode())
        assert {kind for kind, _ in references} == {"headers", "schemas"}
        assert all(name in document["components"][kind] for kind, name in references)

    def test_both_ways_to_authenticate_are_described(self, document):
        schemes = document["components"]["securitySchemes"]
        assert (schemes["session"]["in"], schemes["session"]["name"]) == ("cookie", "lyceum_session")
        assert (schemes["bearer"]["type"], schemes["bearer"]["scheme"]) == ("http", "bearer")

    def test_a_route_that_says_401_needs_credentials(self, document):
        assert operation(document, "post", "/api/v1/courses")["security"] == [{"session": []}, {"bearer": []}]

    def test_a_route_that_only_looks_at_the_caller_takes_credentials(self, document):
        for path in ("/api/v1/courses/{course_id}",):
            assert operation(document, "put", path)["security"] == [{"session": []}, {"bearer": []}, {}]

    def test_looking_at_the_caller_through_a_dependency_counts(self, document):
        assert {} in operation(document, "get", "/api/v1/courses/mine")["security"]

    def test_a_route_for_everybody_needs_none(self, document):
        assert "security" not in operation(document, "get", "/api/v1/courses")


class TestForms:
    async def test_an_empty_field_is_documented_as_it_is_taken_for_one_left_out(self, behind):
        router = APIRouter()

        @router.post("/api/v1/imports", operation_id="take_form")
        async def take_form(
            title: Annotated[str, Form()],
            size: Annotated[int | None, Form()] = None,
            now: Annotated[bool, Form()] = True,
        ) -> tuple[int | None, bool]:
            return size, now

        app = module_app("course", [router], {})
        form = merge(course=app)["components"]["schemas"]["Body_take_form"]["properties"]
        empty = {"type": "string", "maxLength": 0}
        assert form["size"]["anyOf"] == [{"type": "integer"}, empty]
        assert form["now"] == {"title": "Now", "default": True, "anyOf": [{"type": "boolean"}, empty]}
        assert form["title"] == {"title": "Title", "type": "string"}
        client = behind(PrefixDispatch({"course": app})).client
        answer = await client.post("/api/v1/imports", data={"title": "Logic", "size": "", "now": ""})
        assert answer.json() == [None, True]


class TestProblems:
    def statuses(self, document, verb, path):
        return set(operation(document, verb, path)["responses"])

    def test_reading_can_fail_by_token_and_by_parameter(self, document):
        assert self.statuses(document, "get", "/api/v1/courses") == {"200", "401", "422", "429"}
        assert self.statuses(document, "get", "/api/v1/session") == {"200", "401", "429"}

    def test_writing_can_fail_by_session_body_and_size(self, document):
        assert self.statuses(document, "post", "/api/v1/courses") == {"201", "400", "401", "403", "413", "422", "429"}

    def test_a_versioned_write_can_fail_by_version(self, document):
        statuses = self.statuses(document, "put", "/api/v1/courses/{course_id}")
        assert statuses == {"200", "401", "403", "404", "412", "413", "422", "428", "429"}

    def test_too_many_requests_are_answered_with_when_to_come_again(self, document):
        refused = operation(document, "get", "/api/v1/courses")["responses"]["429"]
        sent = problem_headers(TooManyRequests(retry_after=7, limit=600))
        assert sorted(map(str.lower, refused["headers"])) == sorted(sent)

    def test_if_match_is_documented_as_needed(self, document):
        parameters = operation(document, "put", "/api/v1/courses/{course_id}")["parameters"]
        assert [p["required"] for p in parameters if p["name"] == "If-Match"] == [True]

    def test_the_codes_of_route_and_platform_stand_together(self, document):
        responses = operation(document, "post", "/api/v1/courses")["responses"]
        assert responses["401"]["x-problem-codes"] == ["invalid-token", "not-authenticated"]
        assert "`invalid-token`" in responses["401"]["description"]
        assert "`not-authenticated`" in responses["401"]["description"]

    def test_every_error_is_a_problem_document(self, document):
        for verbs in document["paths"].values():
            for operation_ in verbs.values():
                for status, response in operation_["responses"].items():
                    if status >= "400":
                        assert list(response["content"]) == ["application/problem+json"]

    async def test_what_happens_is_documented(self, behind, document):
        client = behind(PrefixDispatch({"course": course()})).client
        calls = [
            ("get", "/api/v1/courses", {"params": {"limit": 0}}),
            ("post", "/api/v1/courses", {"content": b"{", "headers": {"content-type": "application/json"}}),
            ("post", "/api/v1/courses", {"content": b'"\xff"', "headers": {"content-type": "application/json"}}),
            ("post", "/api/v1/courses", {"content": b"x" * 1_100_000}),
            ("post", "/api/v1/courses", {"headers": {"authorization": "Bearer expired"}}),
            ("post", "/api/v1/courses", {"headers": {"cookie": "lyceum_session=session-of-ada"}}),
            ("put", "/api/v1/courses/{course_id}", {}),
            ("put", "/api/v1/courses/{course_id}", {"headers": {"if-match": "*"}}),
        ]
        for verb, path, arguments in calls:
            response = await client.request(verb, path, **arguments)
            documented = operation(document, verb, path)["responses"][str(response.status_code)]
            assert response.status_code >= 400
            assert response.json()["code"] in documented["x-problem-codes"]


class TestStability:
    def test_the_same_routes_give_the_same_bytes_in_any_order_of_modules(self):
        apps = {"course": course(), "auth": single("auth", "/api/v1/session")}
        other = dict(reversed([("course", course()), ("auth", single("auth", "/api/v1/session"))]))
        assert openapi_bytes(merge(**apps)) == openapi_bytes(merge(**other))

    def test_keys_are_sorted(self, document):
        def assert_sorted(value):
            if isinstance(value, dict):
                assert list(value) == sorted(value)
                for item in value.values():
                    assert_sorted(item)

        assert_sorted(document)

    def test_merging_twice_changes_nothing(self):
        app = course()
        assert merge(course=app) == merge(course=app)


class TestRefusals:
    def test_two_operations_cannot_have_one_id(self):
        with pytest.raises(ValueError, match=r"auth \(get /api/v1/b\) and .* both have the operation id read_it"):
            merge(course=single("course", "/api/v1/a"), auth=single("auth", "/api/v1/b"))

    def test_two_modules_cannot_have_one_operation(self):
        with pytest.raises(ValueError, match="auth and course both have the operation get /api/v1/a"):
            merge(course=single("course", "/api/v1/a", "one"), auth=single("auth", "/api/v1/a", "two"))

    def test_two_modules_cannot_mean_different_things_by_one_name(self):
        first, second = create_model("Summary", title=(str, ...)), create_model("Summary", size=(int, ...))
        with pytest.raises(ValueError, match="auth and course both have a schema Summary, and they differ"):
            merge(course=single("course", "/api/v1/a", "one", first), auth=single("auth", "/api/v1/b", "two", second))

    def test_two_modules_can_share_a_model(self):
        merged = merge(
            course=single("course", "/api/v1/a", "one", CourseSummary),
            auth=single("auth", "/api/v1/b", "two", CourseSummary),
        )
        assert "CourseSummary" in merged["components"]["schemas"]

    def test_a_module_cannot_have_a_problem_of_its_own(self):
        with pytest.raises(ValueError, match="course has a schema Problem, which is the platform's own"):
            merge(course=single("course", "/api/v1/a", "one", create_model("Problem", size=(int, ...))))


class TestApiDocs:
    @pytest.fixture
    def client(self, behind, document):
        return behind(PrefixDispatch({"docs": ApiDocs(openapi_bytes(document))})).client

    async def test_the_document_is_served_as_it_is(self, client, document):
        response = await client.get("/api/openapi.json")
        assert response.headers["content-type"] == "application/json"
        assert response.content == openapi_bytes(document)

    async def test_who_has_the_document_is_told_so(self, client):
        etag = (await client.get("/api/openapi.json")).headers["etag"]
        response = await client.get("/api/openapi.json", headers={"if-none-match": etag})
        assert (response.status_code, response.content) == (304, b"")

    async def test_the_page_loads_nothing_from_elsewhere(self, client):
        page = await client.get("/api/docs")
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        addresses = re.findall(r'(?:src|href)="([^"]+)"', page.text)
        assert {address.split(":")[0] for address in addresses if not address.startswith("/")} == {"data"}
        for address in addresses:
            if address.startswith("/"):
                assert (await client.get(address)).status_code == 200

    async def test_the_policy_lets_the_page_run_its_own_scripts_only(self, client):
        page = await client.get("/api/docs")
        policy = page.headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "default-src 'none'" in policy
        assert not re.search(r"<script>|<script [^>]*>[^<]", page.text)

    async def test_the_assets_are_those_of_swagger_ui(self, client):
        script = await client.get("/api/docs/swagger-ui-bundle.js")
        assert script.headers["content-type"] == "text/javascript; charset=utf-8"
        assert "SwaggerUIBundle" in script.text
        assert (await client.get("/api/docs/swagger-ui.css")).headers["content-type"] == "text/css; charset=utf-8"

    async def test_a_head_request_gets_the_headers_alone(self, client):
        response = await client.head("/api/openapi.json")
        assert (response.status_code, response.content) == (200, b"")
        assert int(response.headers["content-length"]) > 0

    @pytest.mark.parametrize(
        ("method", "path"), [("GET", "/api/docs/../secrets"), ("GET", "/api/docs/x"), ("POST", "/api/docs")]
    )
    async def test_there_is_nothing_else(self, client, method, path):
        assert (await client.request(method, path)).status_code == 404
