"""A port and its twin in another process: the same answers, the same errors."""

import base64
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Annotated, Any, Literal, Protocol, runtime_checkable
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from lyceum.kernel.errors import LyceumError, NotFound, ValidationFailed, VersionConflict
from lyceum.kernel.pagination import Page
from lyceum.kernel.principal import Grant, Principal, ScopeKind
from lyceum.runtime.http import PrefixDispatch, remote_port, serve_ports
from lyceum.runtime.http.remote import RemoteMisconfigured
from lyceum.runtime.telemetry import current_trace, traced

TOKEN = "the service token"


class Level(StrEnum):
    BASIC = "basic"
    EXPERT = "expert"


class Weight(Enum):
    LIGHT = 1
    HEAVY = 2


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Text(Frozen):
    kind: Literal["text"] = "text"
    text: str


class Picture(Frozen):
    model_config = ConfigDict(frozen=True, ser_json_bytes="base64", val_json_bytes="base64")

    kind: Literal["picture"] = "picture"
    data: bytes


Block = Annotated[Text | Picture, Field(discriminator="kind")]


class Course(Frozen):
    id: UUID
    title: str
    level: Level
    weight: Weight
    starts: datetime
    day: date
    length: timedelta
    price: Decimal | None
    tags: frozenset[str]
    sizes: tuple[int, ...]
    pair: tuple[str, int]
    blocks: list[Block]
    by_id: dict[UUID, list[float]]
    parent: "Course | None" = None


class CourseNotFound(NotFound):
    code = "course.not-found"
    title = "No such course"

    def __init__(self, course_id: UUID) -> None:
        super().__init__(f"There is no course {course_id}", course_id=course_id)


class Strange(LyceumError):
    """An error that the port does not export."""

    code = "course.strange"
    title = "Strange"
    status = 409


@runtime_checkable
class Reading(Protocol):
    async def echo(self, *, course: Course) -> Course:
        """The same course."""
        ...


@runtime_checkable
class Catalog(Reading, Protocol):
    """A port with every kind of type that ports may have."""

    async def find(self, *, course_id: UUID) -> Course | None: ...

    async def page(self, *, levels: frozenset[Level], limit: int = 20) -> Page[Course]: ...

    async def several(self, *, ids: tuple[UUID, ...]) -> dict[UUID, Course]: ...

    async def block(self, *, block: Block) -> Block: ...

    async def blob(self, *, data: bytes) -> bytes: ...

    async def as_whom(self, *, actor: Principal) -> Principal: ...

    async def odd_names(self, *, schema: str, json: int, copy: bool = True, self_: str = "") -> list[Any]: ...

    async def given(self, *, a: int = 1, b: int | None = 2) -> tuple[int, int | None]: ...

    async def fail(self, *, how: str) -> None: ...

    async def nothing(self) -> None: ...


@dataclass
class Service:
    calls: list[str] = field(default_factory=list)
    course: Course | None = None
    raising: Exception | None = None

    async def echo(self, *, course):
        return course

    async def find(self, *, course_id):
        if course_id == UUID(int=0):
            return
        raise CourseNotFound(course_id)

    async def page(self, *, levels, limit=20):
        assert isinstance(levels, frozenset)
        assert all(isinstance(level, Level) for level in levels)
        return Page[Course](items=[self.course] * limit, next_cursor="next")

    async def several(self, *, ids):
        assert isinstance(ids, tuple)
        return dict.fromkeys(ids, self.course)

    async def block(self, *, block):
        assert isinstance(block, Text | Picture)
        return block

    async def blob(self, *, data):
        return data[::-1]

    async def as_whom(self, *, actor):
        return actor

    async def odd_names(self, *, schema, json, copy=True, self_=""):
        return [schema, json, copy, self_]

    async def given(self, *, a=10, b=20):
        return a, b

    async def fail(self, *, how):
        self.calls.append(how)
        assert self.raising is not None
        raise self.raising

    async def nothing(self):
        trace = current_trace()
        self.calls.append(trace.traceparent if trace else "no trace")


@pytest.fixture
def service():
    return Service()


@pytest.fixture
def twin(behind, service):
    app = PrefixDispatch({"course": serve_ports("course", {Catalog: service}, TOKEN)})
    return remote_port(
        Catalog,
        module="course",
        base_url="http://course.test/",
        token=TOKEN,
        errors=[CourseNotFound],
        client=behind(app).client,
    )


aware = st.datetimes(timezones=st.just(UTC))
blocks = st.one_of(st.builds(Text, text=st.text()), st.builds(Picture, data=st.binary()))
courses = st.builds(
    Course,
    starts=aware,
    length=st.timedeltas(timedelta(days=-1000), timedelta(days=1000)),
    price=st.none() | st.decimals(allow_nan=False, allow_infinity=False),
    blocks=st.lists(blocks),
    by_id=st.dictionaries(st.uuids(), st.lists(st.floats(allow_nan=False, allow_infinity=False))),
    parent=st.none(),
)


class TestRoundTrips:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
    @given(course=courses, parent=st.none() | courses)
    async def test_a_dto_comes_back_as_it_was(self, twin, course, parent):
        course = course.model_copy(update={"parent": parent})
        assert await twin.echo(course=course) == course

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
    @given(data=st.binary())
    async def test_bytes_come_back_as_they_were(self, twin, data):
        assert await twin.blob(data=data) == data[::-1]

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
    @given(block=blocks)
    async def test_a_member_of_a_union_keeps_its_kind(self, twin, block):
        assert await twin.block(block=block) == block

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10, deadline=None)
    @given(course=courses)
    async def test_pages_and_mappings_come_back_as_they_were(self, twin, service, course):
        service.course = course
        page = await twin.page(levels=frozenset(Level), limit=2)
        assert page == Page[Course](items=[course, course], next_cursor="next")
        ids = (uuid4(), uuid4())
        assert await twin.several(ids=ids) == dict.fromkeys(ids, course)

    async def test_nothing_is_nothing(self, twin):
        assert await twin.find(course_id=UUID(int=0)) is None
        assert await twin.nothing() is None

    async def test_a_principal_travels_with_its_grants(self, twin):
        grant = Grant(scope=ScopeKind.COURSE, scope_id=uuid4(), permissions=frozenset({"course.read"}))
        actor = Principal(user_id=uuid4(), scopes=frozenset({"a"}), grants=(grant,))
        assert await twin.as_whom(actor=actor) == actor

    async def test_a_parameter_can_have_any_name(self, twin):
        assert await twin.odd_names(schema="s", json=1, self_="x") == ["s", 1, True, "x"]

    async def test_what_is_left_out_takes_the_default_of_the_service(self, twin):
        assert await twin.given() == (10, 20)
        assert await twin.given(b=None) == (10, None)


class TestErrors:
    async def test_an_error_of_the_port_is_raised_again(self, twin):
        course_id = uuid4()
        with pytest.raises(CourseNotFound) as caught:
            await twin.find(course_id=course_id)
        assert caught.value.detail == f"There is no course {course_id}"
        assert caught.value.extensions == {"course_id": str(course_id)}

    async def test_an_error_of_the_kernel_is_raised_again(self, twin, service):
        service.raising = VersionConflict(expected=1, actual=2)
        with pytest.raises(VersionConflict) as caught:
            await twin.fail(how="x")
        assert caught.value.extensions == {"expected": 1, "actual": 2}

    async def test_an_unknown_error_keeps_code_and_status(self, twin, service):
        service.raising = Strange("odd", colour="red")
        with pytest.raises(LyceumError) as caught:
            await twin.fail(how="x")
        error = caught.value
        assert (error.code, error.status, error.title) == ("course.strange", 409, "Strange")
        assert (error.detail, error.extensions) == ("odd", {"colour": "red"})

    async def test_a_fault_over_there_is_a_fault_here(self, twin, service):
        service.raising = RuntimeError("hunter2")
        with pytest.raises(LyceumError) as caught:
            await twin.fail(how="x")
        assert (caught.value.status, caught.value.code) == (500, "internal")
        assert "hunter2" not in str(caught.value.detail)

    async def test_arguments_of_the_wrong_type_are_refused(self, behind, service):
        app = PrefixDispatch({"course": serve_ports("course", {Catalog: service}, TOKEN)})
        client = behind(app).client
        for body in [b'{"course_id": "x"}', b"{}", b'{"course_id": "%s", "x": 1}' % str(uuid4()).encode(), b"[]", b"x"]:
            response = await client.post(
                "/internal/v1/ports/course/Catalog/find",
                content=body,
                headers={"authorization": f"Bearer {TOKEN}"},
            )
            assert (response.status_code, response.json()["code"]) == (422, "validation-failed")

    async def test_a_parameter_that_does_not_exist_is_a_mistake_at_once(self, twin):
        with pytest.raises(TypeError, match=r"find\(\) has no parameter id"):
            await twin.find(id=uuid4())


class TestTrust:
    @pytest.mark.parametrize("header", [None, "", "Bearer wrong", TOKEN, f"Basic {TOKEN}", f"Bearer {TOKEN} "])
    async def test_who_does_not_show_the_token_is_refused(self, behind, service, header):
        client = behind(PrefixDispatch({"course": serve_ports("course", {Catalog: service}, TOKEN)})).client
        headers = {} if header is None else {"authorization": header.rstrip() if header != f"Bearer {TOKEN} " else "x"}
        response = await client.post("/internal/v1/ports/course/Catalog/nothing", content=b"{}", headers=headers)
        assert (response.status_code, response.json()["code"]) == (401, "service-token-refused")
        assert service.calls == []

    async def test_another_token_here_is_no_error_of_the_user(self, behind, service):
        client = behind(PrefixDispatch({"course": serve_ports("course", {Catalog: service}, TOKEN)})).client
        twin = remote_port(Catalog, module="course", base_url="http://x", token="old", errors=[], client=client)
        with pytest.raises(RemoteMisconfigured):
            await twin.nothing()

    @pytest.mark.parametrize(
        "path", ["Catalog/unknown", "Unknown/find", "Catalog", "Catalog/__init__", "Catalog/find/x"]
    )
    async def test_only_the_methods_of_the_ports_are_served(self, behind, service, path):
        client = behind(PrefixDispatch({"course": serve_ports("course", {Catalog: service}, TOKEN)})).client
        headers = {"authorization": f"Bearer {TOKEN}"}
        response = await client.post(f"/internal/v1/ports/course/{path}", content=b"{}", headers=headers)
        assert (response.status_code, response.json()["code"]) == (501, "port-not-served")

    async def test_a_port_that_is_not_served_is_no_error_of_the_user(self, behind, service):
        client = behind(PrefixDispatch({"course": serve_ports("course", {Reading: service}, TOKEN)})).client
        twin = remote_port(Catalog, module="course", base_url="http://x", token=TOKEN, errors=[], client=client)
        with pytest.raises(RemoteMisconfigured, match="Catalog/nothing"):
            await twin.nothing()

    def test_ports_are_not_served_without_a_token(self, service):
        with pytest.raises(ValueError, match="service token"):
            serve_ports("course", {Catalog: service}, "")

    async def test_calls_are_counted_by_method_and_strangers_by_nothing_of_theirs(self, behind, service):
        put = behind(PrefixDispatch({"course": serve_ports("course", {Catalog: service}, TOKEN)}))
        path = "/internal/v1/ports/course/Catalog/nothing"
        await put.client.post(path, content=b"{}", headers={"authorization": f"Bearer {TOKEN}"})
        await put.client.post(path + "-x", content=b"{}", headers={"authorization": f"Bearer {TOKEN}"})
        assert put.count("POST", path, 200) == 1
        assert put.count("POST", "unmatched", 501) == 1


class TestTrace:
    async def test_the_trace_and_the_request_id_go_along(self, behind, service):
        put = behind(PrefixDispatch({"course": serve_ports("course", {Catalog: service}, TOKEN)}))
        twin = remote_port(Catalog, module="course", base_url="http://x", token=TOKEN, errors=[], client=put.client)
        with traced(request_id="request-4711") as trace:
            await twin.nothing()
        assert service.calls[0].split("-")[1] == trace.trace_id
        assert put.log_lines()[0]["http.request.id"] == "request-4711"


class TestContracts:
    def test_the_twin_is_an_instance_of_the_port(self, twin):
        assert isinstance(twin, Catalog)
        assert isinstance(twin, Reading)

    def test_a_service_that_is_not_the_port_is_refused(self):
        with pytest.raises(ValueError, match="object is not a Catalog"):
            serve_ports("course", {Catalog: object()}, TOKEN)


def test_bytes_travel_as_base64():
    assert base64.urlsafe_b64decode(Picture(data=b"\xff").model_dump(mode="json")["data"]) == b"\xff"


async def test_a_validation_error_of_the_service_is_the_users(twin, service):
    service.raising = ValidationFailed(errors=[{"pointer": "/title", "detail": "too long"}])
    with pytest.raises(ValidationFailed) as caught:
        await twin.fail(how="x")
    assert caught.value.extensions["errors"] == [{"pointer": "/title", "detail": "too long"}]
