"""One OpenAPI document for the whole platform, made of those of the modules.

It is the contract that clients are generated from, so that it is the same bytes for the same routes: keys are sorted,
operation ids are the names of the route functions, and names that two modules use for different things are refused.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from lyceum.kernel.errors import (
    LyceumError,
    PreconditionFailed,
    PreconditionRequired,
    TooLarge,
    TooManyRequests,
    ValidationFailed,
)
from lyceum.runtime.http.caller import SAFE_METHODS, CsrfTokenInvalid, CsrfTokenMissing, ForeignOrigin, InvalidToken
from lyceum.runtime.http.idempotency import HEADER as IDEMPOTENCY_KEY
from lyceum.runtime.http.idempotency import IdempotencyKeyInUse, IdempotencyKeyReused
from lyceum.runtime.http.principal import current_principal, wants_sign_in
from lyceum.runtime.http.problems import PROBLEM_HEADERS, Problem, describe_problems, error_kind
from lyceum.runtime.http.step_up import StepUpRequired, wants_recent_proof

IF_MATCH = "If-Match"

_VERBS = ("get", "put", "post", "patch", "delete")
_BAD_REQUEST = error_kind("bad-request", "Bad Request", 400)
_CREDENTIALS: list[dict[str, list[str]]] = [{"session": []}, {"bearer": []}]
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
_ANNOTATIONS = {"title", "description", "default"}
_EMPTY = {"type": "string", "maxLength": 0}
_FASTAPI_ERRORS = ("HTTPValidationError", "ValidationError")

Document = dict[str, Any]


def merge_openapi(
    apps: Mapping[str, FastAPI], *, title: str, version: str, session_cookie: str, description: str = ""
) -> Document:
    """The document for these modules, by name.

    Raises `ValueError` for an operation id or a path that two routes share, and for a component name that two modules
    use with different content.
    """
    paths: Document = {}
    schemas: Document = {}
    owners: dict[str, str] = {}
    for name, app in apps.items():
        # FastAPI keeps what it returns.
        document = deepcopy(app.openapi())
        routes = {
            (method.lower(), route.path_format): route
            for route in app.routes
            if isinstance(route, APIRoute)
            for method in route.methods or ()
        }
        components = document.get("components", {}).get("schemas", {})
        for path, operations in document["paths"].items():
            for verb, operation in operations.items():
                _claim(owners, f"operation id {operation['operationId']}", f"{name} ({verb} {path})")
                _claim(owners, f"operation {verb} {path}", name)
                paths.setdefault(path, {})[verb] = _complete(name, verb, routes[verb, path], operation)
                _say_what_forms_leave_out(operation, components)
        for component, schema in components.items():
            if component in _FASTAPI_ERRORS:
                continue
            if schemas.setdefault(component, schema) != schema:
                raise ValueError(
                    f"{name} and {owners[f'schema {component}']} both have a schema {component}, and they differ: "
                    "rename one of the models"
                )
            owners.setdefault(f"schema {component}", name)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    for component, schema in {**problem.pop("$defs"), "Problem": problem}.items():
        if schemas.setdefault(component, schema) != schema:
            raise ValueError(f"{owners[f'schema {component}']} has a schema {component}, which is the platform's own")
    info = {"title": title, "version": version, "description": description}
    merged = {
        "openapi": "3.1.0",
        "info": {key: value for key, value in info.items() if value},
        "paths": paths,
        "components": {
            "headers": PROBLEM_HEADERS,
            "schemas": schemas,
            "securitySchemes": _security_schemes(session_cookie),
        },
        "tags": [{"name": name} for name in sorted(apps)],
    }
    sorted_document: Document = orjson.loads(openapi_bytes(merged))
    return sorted_document


def openapi_bytes(document: Document) -> bytes:
    """The document as it is served, stored and compared."""
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _complete(module: str, verb: str, route: APIRoute, operation: Document) -> Document:
    """An operation with the module as its tag, its security, and the problems that the platform itself adds."""
    responses: Document = operation["responses"]
    if _is_fastapi_validation(responses.get("422")):
        del responses["422"]
    parameters = {parameter["name"]: parameter for parameter in operation.get("parameters", ())}
    for kind in _platform_problems(verb, parameters, "requestBody" in operation):
        _add_problem(responses, kind)
    if wants_recent_proof(route.dependant):
        _add_problem(responses, StepUpRequired)
    if IF_MATCH in parameters:
        parameters[IF_MATCH]["required"] = True
    if wants_sign_in(route):
        operation["security"] = _CREDENTIALS
    elif _depends_on_principal(route.dependant):
        operation["security"] = [*_CREDENTIALS, {}]
    operation["tags"] = [module]
    return operation


def _say_what_forms_leave_out(operation: Document, schemas: Document) -> None:
    """A form has no null: FastAPI takes an empty field of a form for one that was left out."""
    content = operation.get("requestBody", {}).get("content", {})
    for media_type in _FORMS:
        reference = content.get(media_type, {}).get("schema", {}).get("$ref", "")
        schema = schemas.get(reference.rpartition("/")[2], {})
        for name, field in schema.get("properties", {}).items():
            if name not in schema.get("required", ()):
                kinds = field.pop("anyOf", None) or [{key: field.pop(key) for key in field.keys() - _ANNOTATIONS}]
                field["anyOf"] = [kind for kind in kinds if kind != {"type": "null"}] + [_EMPTY]


def _platform_problems(verb: str, parameters: Mapping[str, Any], has_body: bool) -> Iterable[type[LyceumError]]:
    yield from (InvalidToken, TooManyRequests)
    if verb.upper() not in SAFE_METHODS:
        yield from (CsrfTokenMissing, CsrfTokenInvalid, ForeignOrigin, TooLarge)
    if parameters or has_body:
        yield ValidationFailed
    if has_body:
        yield _BAD_REQUEST
    if IF_MATCH in parameters:
        yield from (PreconditionFailed, PreconditionRequired)
    if IDEMPOTENCY_KEY in parameters:
        yield from (IdempotencyKeyReused, IdempotencyKeyInUse)


def _add_problem(responses: Document, kind: type[LyceumError]) -> None:
    """Document one more error, beside those that the route declares for the status itself."""
    added = describe_problems([kind])
    present = responses.setdefault(str(kind.status), added)
    if kind.code not in present.get("x-problem-codes", ()):
        present["description"] = "; ".join(sorted({*present["description"].split("; "), added["description"]}))
        present["x-problem-codes"] = sorted({*present.get("x-problem-codes", ()), kind.code})
        present.setdefault("content", added["content"])


def _is_fastapi_validation(response: Document | None) -> bool:
    if response is None:
        return False
    content = response.get("content", {}).get("application/json", {})
    return str(content.get("schema", {}).get("$ref", "")).endswith("/HTTPValidationError")


def _depends_on_principal(dependant: Dependant) -> bool:
    return any(inner.call is current_principal or _depends_on_principal(inner) for inner in dependant.dependencies)


def _security_schemes(session_cookie: str) -> Document:
    return {
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": session_cookie,
            "description": "A browser session. Writes also need its token in `X-CSRF-Token`.",
        },
        "bearer": {"type": "http", "scheme": "bearer", "description": "An OAuth 2 access token (RFC 6750)."},
    }


def _claim(owners: dict[str, str], what: str, owner: str) -> None:
    if what in owners:
        raise ValueError(f"{owner} and {owners[what]} both have the {what}")
    owners[what] = owner
