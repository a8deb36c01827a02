"""What the clients of learners tell as they study."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from lyceum.kernel.errors import NotAuthenticated, ValidationFailed
from lyceum.progress.api.dependencies import StudyingService
from lyceum.progress.schemas.internal import HeartbeatBatch, HeartbeatResults, Reached, Refusal, Viewed
from lyceum.runtime.http import CurrentPrincipal, problems

router = APIRouter(prefix="/api/v1/progress", tags=["progress"])


def _described() -> dict[str, Any]:
    """The body for the OpenAPI document; the route reads it by itself, so FastAPI does not know it."""
    schema = HeartbeatBatch.model_json_schema()
    kinds = [Viewed.model_json_schema(), Reached.model_json_schema()]
    schema["properties"]["heartbeats"]["items"] = {"oneOf": kinds, "title": "Heartbeat"}
    del schema["$defs"]
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


@router.post(
    "/heartbeats",
    operation_id="send_heartbeats",
    response_model=HeartbeatResults,
    responses=problems(NotAuthenticated, ValidationFailed),
    openapi_extra=_described(),
)
async def send_heartbeats(request: Request, principal: CurrentPrincipal, studying: StudyingService) -> Response:
    """Take up to 100 heartbeats in. Each is accepted or refused by itself; sending one again changes nothing."""
    principal.require_user()
    try:
        # In one step from bytes to models: this is the route that is called most.
        batch = HeartbeatBatch.model_validate_json(await request.body())
    except ValidationError as error:
        raise _refusal(error) from error
    reasons = await studying.note(principal, batch.heartbeats)
    return Response(_body(reasons), media_type="application/json")


def _refusal(error: ValidationError) -> Exception:
    """The same that FastAPI makes of such errors."""
    errors = error.errors(include_url=False)
    if errors[0]["type"] == "json_invalid":
        return ValidationFailed(errors=[{"pointer": "", "detail": errors[0]["msg"]}])
    return RequestValidationError([{**found, "loc": ("body", *_place(found["loc"]))} for found in errors])


def _place(loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """Without the kind of the heartbeat, which pydantic puts behind its number."""
    return (*loc[:2], *loc[3:])


def _body(reasons: list[Refusal | None]) -> bytes:
    results = (
        '{"result":"accepted","reason":null}' if reason is None else f'{{"result":"refused","reason":"{reason}"}}'
        for reason in reasons
    )
    return f'{{"results":[{",".join(results)}]}}'.encode()
