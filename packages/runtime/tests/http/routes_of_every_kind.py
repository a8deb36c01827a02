"""Routes as modules write them, and as they might: with everything that a route can ask for and answer."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, BackgroundTasks, Body, Cookie, Depends, Header, Path, Query, Request
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from lyceum.kernel.errors import LyceumError, NotFound
from lyceum.runtime.http import (
    CurrentPrincipal,
    IfMatch,
    PageParams,
    problems,
    set_etag,
)


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Item(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(max_length=5)]
    size: int = 1
    inner: "Item | None" = None


class Full(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    name: str
    by_alias: int = Field(1, alias="byAlias")


class Rich(Full):
    secret: str = "not in the response model"


planned = APIRouter()
unplanned = APIRouter()


@planned.get("/plain")
async def plain() -> dict[str, int]:
    return {"a": 1}


@planned.get("/path/{number}/{identity}/{colour}")
async def path(number: int, identity: UUID, colour: Annotated[Colour, Path()]) -> list[str]:
    return [repr(number), repr(identity), repr(colour)]


@planned.get("/query")
async def query(
    required: int,
    optional: str | None = None,
    small: Annotated[int, Query(ge=1, le=3)] = 2,
    renamed: Annotated[str, Query(alias="other-name", max_length=3)] = "x",
    day: date | None = None,
    flag: bool = False,
    kind: Literal["a", "b"] = "a",
) -> list[str]:
    return [repr(v) for v in (required, optional, small, renamed, day, flag, kind)]


@planned.get("/header")
async def header(x_number: Annotated[int, Header()], raw: Annotated[str | None, Header(alias="X-Raw")] = None) -> list:
    return [x_number, raw]


@planned.post("/body", status_code=201)
async def body(item: Item) -> Item:
    return item


@planned.post("/body/optional")
async def optional_body(item: Item | None = None) -> Item | None:
    return item


@planned.post("/body/list")
async def list_body(items: Annotated[list[Item], Body(max_length=2)]) -> int:
    return len(items)


@planned.put("/everything/{number}", status_code=202, responses=problems(NotFound))
async def everything(
    number: int, item: Item, request: Request, response: Response, principal: CurrentPrincipal, page: PageParams
) -> list[Any]:
    response.headers["x-extra"] = "1"
    set_etag(response, number)
    if number == 404:
        raise NotFound("no such number", number=number)
    if number == 206:
        response.status_code = 206
    return [number, item.name, request.url.path, principal.is_authenticated, page.limit]


@planned.delete("/nothing", status_code=204)
async def nothing(response: Response) -> None:
    response.headers["x-extra"] = "1"


@planned.get("/null")
async def null() -> None: ...


@planned.get("/response")
async def whole_response(response: Response) -> Response:
    response.headers["x-lost"] = "1"
    return Response(b"bytes", 203, {"x-own": "1"}, media_type="text/plain")


@planned.get("/response/class", response_class=PlainTextResponse)
async def response_class() -> PlainTextResponse:
    return PlainTextResponse("text")


@planned.get("/narrowed", response_model=Full)
async def narrowed() -> Rich:
    return Rich(name="a", by_alias=2)


@planned.patch("/versioned/{number}")
async def versioned(number: int, precondition: IfMatch, small: Annotated[int, Query(le=3)] = 1) -> int | None:
    return precondition.version


calls: list[str] = []


async def shared() -> int:
    calls.append("shared")
    return len(calls)


async def nested(value: Annotated[int, Depends(shared)], extra: int = 5) -> int:
    return value + extra


async def guard(request: Request) -> None:
    if "refuse" in request.headers:
        raise LyceumError("refused")


@planned.get("/dependencies", dependencies=[Depends(guard)])
async def dependencies(
    one: Annotated[int, Depends(shared)], two: Annotated[int, Depends(nested)], three: int = Depends(nested)
) -> list[int]:
    return [two - one, three - one]


@unplanned.get("/list")
async def query_list(values: Annotated[list[int], Query()]) -> list[int]:
    return values


@unplanned.get("/model")
async def query_model(model: Annotated[Full, Query()]) -> Full:
    return model


@unplanned.get("/cookie")
async def cookie(a: Annotated[str | None, Cookie()] = None) -> str | None:
    return a


@unplanned.post("/parts")
async def parts(a: Annotated[int, Body()], b: Annotated[int, Body()]) -> int:
    return a + b


@unplanned.post("/embedded")
async def embedded(a: Annotated[int, Body(embed=True)]) -> int:
    return a


@unplanned.get("/thread")
def thread() -> int:
    return 1


@unplanned.get("/background")
async def background(tasks: BackgroundTasks) -> None:
    tasks.add_task(calls.append, "background")


async def opened():
    calls.append("open")
    yield 1
    calls.append("close")


@unplanned.get("/yield")
async def with_yield(value: Annotated[int, Depends(opened)]) -> int:
    return value


@unplanned.get("/rendered", response_class=JSONResponse)
async def rendered() -> dict[str, int]:
    return {"a": 1}


@unplanned.get("/without-none", response_model_exclude_none=True)
async def without_none() -> Item:
    return Item(name="a")


@unplanned.get("/untyped")
async def untyped():
    return {"a": {1}}
