"""Errors as `application/problem+json` (RFC 9457), each with the stable code that clients act on."""

import re
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Literal

import orjson
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from lyceum.kernel.errors import LyceumError, NotFound, TooLarge, ValidationFailed
from lyceum.runtime.http.step_up import StepUpRequired, challenge
from lyceum.runtime.telemetry.trace import current_trace

MEDIA_TYPE = "application/problem+json"

_NO_LETTERS = re.compile("[^a-z]+")
_KIND_BY_STATUS: dict[int, type[LyceumError]] = {404: NotFound, 413: TooLarge}


def problem_body(error: LyceumError) -> bytes:
    """The problem document. Extension members can't replace the members that every problem has."""
    trace = current_trace()
    document = {
        **error.extensions,
        "type": f"urn:lyceum:problem:{error.code}",
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "code": error.code,
    }
    if trace is not None and trace.request_id is not None:
        document["instance"] = f"urn:lyceum:request:{trace.request_id}"
    return orjson.dumps(document, default=_plain, option=orjson.OPT_NON_STR_KEYS)


def problem_headers(error: LyceumError) -> dict[str, str]:
    """The headers that HTTP asks for beside the status: how to authenticate (RFC 9110), when to come again."""
    headers = {}
    if error.status == HTTPStatus.UNAUTHORIZED:
        headers["www-authenticate"] = challenge(error) if isinstance(error, StepUpRequired) else 'Bearer realm="lyceum"'
    if "retry_after" in error.extensions:
        headers["retry-after"] = str(error.extensions["retry_after"])
    if error.status == HTTPStatus.TOO_MANY_REQUESTS and "limit" in error.extensions:
        headers["ratelimit-limit"] = str(error.extensions["limit"])
        headers["ratelimit-remaining"] = "0"
        headers["ratelimit-reset"] = headers["retry-after"]
    return headers


def problem_response(error: LyceumError, headers: Mapping[str, str] | None = None) -> Response:
    return Response(
        problem_body(error),
        status_code=error.status,
        headers={**problem_headers(error), **(headers or {})},
        media_type=MEDIA_TYPE,
    )


def install_problem_handlers(app: FastAPI) -> None:
    """Answer domain errors, invalid requests and unknown routes of this app with problem documents.

    Anything else is a fault of ours; the edge answers and logs it.
    """
    app.add_exception_handler(LyceumError, _lyceum_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(HTTPException, _http_exception)


async def _lyceum_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, LyceumError)  # noqa: S101 - Starlette hands over what it was told to; tells the checker
    return problem_response(error)


async def _invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
    return problem_response(validation_failed(error.errors()))


async def _http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - as above
    return problem_response(from_http_exception(error), error.headers)


def from_http_exception(error: HTTPException) -> LyceumError:
    """The same error with a code: the kernel's where the kernel has the status, else the status in words."""
    phrase = HTTPStatus(error.status_code).phrase
    kind = _KIND_BY_STATUS.get(error.status_code)
    if kind is None:
        kind = error_kind(_NO_LETTERS.sub("-", phrase.lower().replace("'", "")), phrase, error.status_code)
    return kind("" if error.detail == phrase else error.detail)


def error_kind(code: str, title: str, status: int) -> type[LyceumError]:
    """A kind of error that is only known now: by its status alone, or by what another process says."""
    return type("HttpError", (LyceumError,), {"code": code, "title": title, "status": status})


def validation_failed(errors: Iterable[Mapping[str, Any]]) -> ValidationFailed:
    """Pydantic's errors as `{"pointer", "detail"}` (JSON pointers, RFC 6901). Input values are left out: they may be
    secret. Where a parameter is meant and not the body, `in` says which kind."""
    return ValidationFailed(errors=[_item(error) for error in errors])


def _item(error: Mapping[str, Any]) -> dict[str, str]:
    place, *path = error["loc"]
    detail = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "json_invalid":
        return {"pointer": "", "detail": " at position ".join(["not valid JSON", *map(str, path)])}
    pointer = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)
    return {"pointer": pointer, "detail": detail} | ({} if place == "body" else {"in": str(place)})


class ProblemItem(BaseModel):
    """What is wrong with one part of the input. `pointer` points into the body, unless `in` says otherwise."""

    pointer: str
    detail: str
    place: Literal["path", "query", "header", "cookie"] | None = Field(None, alias="in")


class Problem(BaseModel):
    """An error (RFC 9457). `code` is stable: act on it, and show `title` or `detail`."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    instance: str | None = None
    errors: list[ProblemItem] | None = None


PROBLEM_SCHEMA_REF = "#/components/schemas/Problem"
PROBLEM_HEADERS = {
    name: {"description": meaning, "schema": {"type": "integer", "minimum": 0}}
    for name, meaning in {
        "Retry-After": "Seconds until another request is worth it.",
        "RateLimit-Limit": "How many requests are possible in a period. Left out where something else was too much.",
        "RateLimit-Remaining": "How many of them are left.",
        "RateLimit-Reset": "Seconds until more of them are possible.",
    }.items()
}
"""What OpenAPI has under `components/headers`: the headers beside a 429."""


def problems(*errors: type[LyceumError]) -> dict[int | str, dict[str, Any]]:
    """The value for a route's `responses=`: these errors by status, each status with its codes."""
    by_status: dict[int, list[type[LyceumError]]] = {}
    for error in errors:
        by_status.setdefault(error.status, []).append(error)
    return {status: describe_problems(kinds) for status, kinds in sorted(by_status.items())}


def describe_problems(kinds: Sequence[type[LyceumError]]) -> dict[str, Any]:
    """One OpenAPI response object for errors of one status."""
    titles = {kind.code: kind.title for kind in kinds}
    described: dict[str, Any] = {
        "description": "; ".join(f"`{code}`: {titles[code]}" for code in sorted(titles)),
        "content": {MEDIA_TYPE: {"schema": {"$ref": PROBLEM_SCHEMA_REF}}},
        "x-problem-codes": sorted(titles),
    }
    if kinds[0].status == HTTPStatus.TOO_MANY_REQUESTS:
        described["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in PROBLEM_HEADERS}
    return described


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    return str(value)
