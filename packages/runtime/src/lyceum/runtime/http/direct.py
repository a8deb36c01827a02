"""Routes called directly.

FastAPI reads a route's signature once, and then again works out for every request what each parameter is and how to
get it: two thirds of what a small route costs. Here the signature becomes a plan when the application is made. FastAPI
still documents the route, and it still runs the routes that need what is not planned for (forms, files, cookies,
dependencies with `yield`, plain `def`). Either way the same requests get the same answers; a test compares them.
"""

import inspect
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from copy import deepcopy
from dataclasses import dataclass
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin
from urllib.parse import parse_qsl

import orjson
from fastapi.datastructures import DefaultPlaceholder
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.params import Body
from fastapi.routing import APIRoute
from pydantic import BaseModel, Json, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from lyceum.runtime.http.idempotency import IdempotentRoute
from lyceum.runtime.http.principal import current_principal

_MISSING: Any = object()
_NO_BODY_STATUSES = frozenset({204, 205, 304})
_JSON = "application/json"


class _Unplanned(Exception):
    """FastAPI has to run this route."""


@dataclass(slots=True)
class _Field:
    """A parameter from the path, the query or the headers. `validate` gives a value or errors."""

    name: str
    alias: str
    place: str
    required: bool
    default: Callable[[], Any]
    validate: Callable[..., tuple[Any, list[Any]]]

    def read(self, received: Mapping[str, str], values: dict[str, Any], errors: list[Any]) -> None:
        raw = received.get(self.alias, _MISSING)
        if raw is _MISSING:
            if self.required:
                errors.append({"type": "missing", "loc": (self.place, self.alias), "msg": "Field required"})
            else:
                values[self.name] = self.default()
            return
        value, found = self.validate(raw, values, loc=(self.place, self.alias))
        if found:
            errors.extend(found)
        else:
            values[self.name] = value


@dataclass(slots=True)
class _Exchange:
    """What the parts of one request's plan share."""

    request: Request
    query: Mapping[str, str]
    response: Response | None
    solved: dict[Any, Any]
    errors: list[Any]


class _Plan:
    """How to call one function: a route or a dependency."""

    uses_query: bool
    uses_response: bool

    def __init__(self, dependant: Dependant, body: Callable[..., Awaitable[Any]] | None = None) -> None:
        for unplanned in ("cookie_params", "websocket_param_name", "http_connection_param_name", "own_oauth_scopes",
                          "background_tasks_param_name", "security_scopes_param_name", "concurrency"):  # fmt: skip
            if getattr(dependant, unplanned, None):
                raise _Unplanned(unplanned)
        call = dependant.call
        if call is None or not inspect.iscoroutinefunction(call) or not dependant.use_cache:
            raise _Unplanned(f"{call!r}")
        if dependant.body_params and body is None:
            raise _Unplanned("a dependency reads the body")
        self.call: Callable[..., Awaitable[Any]] = call
        self._path = [_field(field, "path") for field in dependant.path_params]
        self._query = [_field(field, "query") for field in dependant.query_params]
        self._headers = [_field(field, "header") for field in dependant.header_params]
        self._body = body if dependant.body_params else None
        self._dependencies = [(inner.name, _Plan(inner)) for inner in dependant.dependencies]
        self._request_name = dependant.request_param_name
        self._response_name = dependant.response_param_name
        self.uses_query = bool(self._query) or any(plan.uses_query for _, plan in self._dependencies)
        self.uses_response = self._response_name is not None or any(
            plan.uses_response for _, plan in self._dependencies
        )

    async def arguments(self, exchange: _Exchange) -> dict[str, Any]:
        """The arguments of the function; what is wrong with them is added to the errors of the exchange."""
        values: dict[str, Any] = {}
        errors = exchange.errors
        request = exchange.request
        for name, plan in self._dependencies:
            call = plan.call
            if call is current_principal:
                value = request.scope["principal"]
            elif call in exchange.solved:
                value = exchange.solved[call]
            else:
                found = len(errors)
                arguments = await plan.arguments(exchange)
                if len(errors) > found:
                    continue
                value = exchange.solved[call] = await call(**arguments)
            if name is not None:
                values[name] = value
        for field in self._path:
            field.read(request.scope["path_params"], values, errors)
        for field in self._query:
            field.read(exchange.query, values, errors)
        for field in self._headers:
            field.read(request.headers, values, errors)
        if self._body is not None:
            await self._body(request, values, errors)
        if self._request_name is not None:
            values[self._request_name] = request
        if self._response_name is not None:
            values[self._response_name] = exchange.response
        return values


def direct_app(route: Route) -> ASGIApp | None:
    """An ASGI application that answers the route's requests; null where FastAPI has to."""
    if type(route) not in (APIRoute, IdempotentRoute):
        return None
    handle = direct_handler(cast(APIRoute, route))
    if handle is None:
        return None
    if isinstance(route, IdempotentRoute):
        handle = route.once(handle)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        response = await handle(Request(scope, receive, send))
        await response(scope, receive, send)

    return app


def direct_handler(route: APIRoute) -> Callable[[Request], Coroutine[Any, Any, Response]] | None:
    """What `APIRoute.get_route_handler` gives, planned; null where FastAPI has to run the route."""
    try:
        plan = _Plan(route.dependant, _body_reader(route))
        finish = _finisher(route)
    except _Unplanned:
        return None

    async def handle(request: Request) -> Response:
        raw_query = request.scope["query_string"] if plan.uses_query else b""
        query = dict(parse_qsl(raw_query.decode("latin-1"), keep_blank_values=True)) if raw_query else {}
        exchange = _Exchange(request, query, _unfinished() if plan.uses_response else None, {}, [])
        arguments = await plan.arguments(exchange)
        if exchange.errors:
            raise RequestValidationError(exchange.errors)
        result = await plan.call(**arguments)
        return result if isinstance(result, Response) else finish(result, exchange.response)

    return handle


def _field(field: Any, place: str) -> _Field:
    info = field.field_info
    kinds = [info.annotation]
    if get_origin(info.annotation) in (Union, UnionType):
        kinds = list(get_args(info.annotation))
    for kind in kinds:
        plain = get_origin(kind) or kind
        if isinstance(plain, type) and issubclass(plain, BaseModel | list | tuple | set | frozenset | dict):
            raise _Unplanned(f"{field.name} is made of several values")
    if info.validation_alias not in (None, field.alias) or any(type(item) is Json for item in info.metadata):
        raise _Unplanned(f"{field.name} is read in a way of its own")
    required = info.is_required()
    value = None if required else field.default
    fresh: Callable[[], Any] = (lambda: deepcopy(value)) if isinstance(value, list | dict | set) else (lambda: value)
    if info.default_factory is not None or info.validate_default:
        raise _Unplanned(f"{field.name} has a default that is made")
    return _Field(field.name, field.alias, place, required, fresh, field.validate)


def _body_reader(route: APIRoute) -> Callable[..., Awaitable[None]] | None:
    field = route.body_field
    if field is None:
        return None
    info: Any = field.field_info
    model = info.annotation
    if type(info) is not Body or route.dependant.body_params != [field]:
        raise _Unplanned("a form, or a body in parts")
    name = field.name
    required = info.is_required()
    is_model = isinstance(model, type) and issubclass(model, BaseModel) and not info.metadata

    async def read(request: Request, values: dict[str, Any], errors: list[Any]) -> None:
        body = await request.body()
        if not body:
            if required:
                errors.append({"type": "missing", "loc": ("body",), "msg": "Field required"})
            else:
                values[name] = deepcopy(field.default)
            return
        if not _is_json(request.headers.get("content-type", "")):
            errors.append({"type": "media_type", "loc": ("body",), "msg": f"Send it as {_JSON}"})
            return
        try:
            if is_model:
                values[name] = model.model_validate_json(body)
                return
            parsed = orjson.loads(body)
        except ValidationError as error:
            found = error.errors(include_url=False)
            errors.extend({**item, "loc": ("body", *item["loc"])} for item in found)
            return
        except orjson.JSONDecodeError as error:
            errors.append({"type": "json_invalid", "loc": ("body", error.pos), "msg": error.msg})
            return
        value, wrong = field.validate(parsed, values, loc=("body",))
        if wrong:
            errors.extend(wrong)
        else:
            values[name] = value

    return read


def _is_json(content_type: str) -> bool:
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type == _JSON or (media_type.startswith("application/") and media_type.endswith("+json"))


def _finisher(route: APIRoute) -> Callable[[Any, Response | None], Response]:
    """Turns what a route function returns into a response, where it is none yet."""
    own_rendering = not isinstance(route.response_class, DefaultPlaceholder)
    narrowed = (
        route.response_model_include, route.response_model_exclude, route.response_model_exclude_unset,
        route.response_model_exclude_defaults, route.response_model_exclude_none,
    )  # fmt: skip
    field = route.response_field
    returned = inspect.signature(route.endpoint).return_annotation
    always_response = isinstance(returned, type) and issubclass(returned, Response)
    if not always_response and (own_rendering or any(narrowed) or (field is None and returned not in (None, "None"))):
        raise _Unplanned("a response of its own kind")
    by_alias = route.response_model_by_alias
    default_status = route.status_code or 200

    def finish(result: Any, injected: Response | None) -> Response:
        if field is None:
            content = b"null"
        else:
            value, errors = field.validate(result, {}, loc=("response",))
            if errors:
                raise RuntimeError(f"{route.name} returned what its response model does not allow: {errors}")
            content = field.serialize_json(value, by_alias=by_alias)
        status = (injected.status_code if injected is not None else None) or default_status
        response = Response(b"" if status in _NO_BODY_STATUSES else content, status, media_type=_JSON)
        if injected is not None:
            response.raw_headers.extend(injected.raw_headers)
        return response

    return finish


def _unfinished() -> Response:
    """What a route sets headers and a status on, before there is a response."""
    response = Response()
    del response.headers["content-length"]
    response.status_code = None  # type: ignore[assignment]  # unset; the route's own status holds
    return response
