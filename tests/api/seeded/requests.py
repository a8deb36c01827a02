"""One request for every operation that nothing but the caller's rights can refuse."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

import httpx

from seeded.people import Role
from seeded.platform import SeededPlatform
from seeded.world import DEAD, ITEM, PASSWORD, quiz_content

Things = Mapping[str, str]


@dataclass(frozen=True)
class Operation:
    id: str
    method: str
    path: str
    parameters: tuple[tuple[str, str], ...]
    """Names and places of what it takes besides the path."""


def operations(document: Mapping[str, Any]) -> list[Operation]:
    """All operations of an OpenAPI document, by id."""
    found = [
        Operation(
            operation["operationId"],
            method.upper(),
            path,
            tuple((each["name"], each["in"]) for each in operation.get("parameters", ()) if each["in"] != "path"),
        )
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    return sorted(found, key=lambda operation: operation.id)


def ask(platform: SeededPlatform, role: Role, operation: Operation) -> httpx.Response:
    """The answer to a valid request of somebody for what was seeded. Writes name the version that they change."""
    things = platform.things
    path = operation.path.format_map({name: quote(value, safe="") for name, value in things.items()})
    query = QUERIES.get(operation.id)
    if query is not None:
        path += "?" + urlencode(query(things))
    headers = {"If-Match": "*"} if ("If-Match", "header") in operation.parameters else {}
    body = BODIES.get(operation.id)
    encoded = {} if body is None else body(things)
    return platform.send(role, operation.method, path, headers=headers, **encoded)


def _json(body: Any) -> Callable[[Things], dict[str, Any]]:
    return lambda things: {"body": body(things) if callable(body) else body}


def _answer(things: Things) -> dict[str, Any]:
    return {"client_id": things["attempt_id"], "seq": 1, "response": {"option": things["option"]}}


def _authorization(things: Things) -> str:
    return urlencode(
        {
            "response_type": "code",
            "client_id": things["client_id"],
            "redirect_uri": "https://reader.example/callback",
            "scope": "openid",
            "state": "a-state",
            "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            "code_challenge_method": "S256",
        }
    )


def _heartbeat(things: Things) -> dict[str, Any]:
    view = {"at": datetime.now(UTC).isoformat(), "course_id": things["course_id"], "block_id": things["block_id"]}
    return {"heartbeats": [view | {"kind": "viewed"}]}


QUERIES: Mapping[str, Callable[[Things], dict[str, str]]] = {
    "diff_versions": lambda things: {"against": "1"},
    "get_consent_question": lambda things: {"request": _authorization(things)},
    "get_sign_out_question": lambda things: {"request": urlencode({"client_id": things["client_id"]})},
    "list_banks": lambda things: {"course_id": things["course_id"]},
    "list_outbox_events": lambda things: {"module": things["module"]},
    "list_role_assignments": lambda things: {"user_id": things["user_id"]},
}

BODIES: Mapping[str, Callable[[Things], dict[str, Any]]] = {
    "add_client": _json({"name": "Writer", "redirect_uris": ["https://writer.example/callback"]}),
    "add_item": _json({"content": ITEM}),
    "add_node": _json({"kind": "section", "title": "Endings"}),
    "agree_accommodation": _json({"extra_time_factor": "1.5"}),
    "answer_consent_question": _json(lambda things: {"request": _authorization(things), "allow": True}),
    "appoint_instructor": _json({"role": "instructor"}),
    "assign_role": _json(lambda things: {"user_id": things["user_id"], "role": "proctor"}),
    "change_password": _json({"current": PASSWORD, "new": "copper-meadow-thistle"}),
    "change_quiz": _json(lambda things: {"content": quiz_content(things["item_id"])}),
    "change_role": _json({"title": "Watcher"}),
    "check_answer": _json(_answer),
    "complete_password_reset": _json(lambda things: {"token": things["reset"], "password": "copper-meadow-thistle"}),
    "create_bank": _json(lambda things: {"course_id": things["course_id"], "title": "More sums"}),
    "create_course": _json({"title": "Rhetoric"}),
    "create_quiz": _json(lambda things: {"course_id": things["course_id"], "content": quiz_content(things["item_id"])}),
    "define_role": _json({"name": "guide", "title": "Guide", "permissions": ["identity.user.read"]}),
    "describe_course": _json({"summary": "About truth"}),
    "edit_me": _json({"bio": "Hello"}),
    "edit_node": _json({"title": "Renamed"}),
    "form_group": _json({"name": "Two"}),
    "found_organisation": _json({"slug": "club", "name": "Club"}),
    "import_course": lambda things: {"files": {"file": ("course.tar.gz", b"An archive that no worker opens here")}},
    "move_node": _json(lambda things: {"node_id": things["node_id"], "position": 0}),
    "preview_item": _json(lambda things: {"course_id": things["course_id"], "content": ITEM}),
    "publish_course": _json({"note": "third"}),
    "register": _json({"email": "new@lyceum.test", "password": PASSWORD, "display_name": "New One"}),
    "replay_dead_letters": _json({"type": DEAD}),
    "rename_group": _json({"name": "First"}),
    "rename_organisation": _json({"name": "Guild of all"}),
    "request_password_reset": _json({"email": "bystander@lyceum.test"}),
    "revise_item": _json({"content": ITEM | {"prompt": "<p>Two and two is?</p>"}}),
    "save_answer": _json(_answer),
    "send_heartbeats": _json(_heartbeat),
    "set_resume_position": _json(lambda things: {"node_id": things["page_id"]}),
    "sign_in": _json({"email": "bystander@lyceum.test", "password": PASSWORD}),
    "step_up": _json({"password": PASSWORD}),
    "take_hint": _json({"number": 1}),
    "upload_asset": lambda things: {"content": b"Better notes"},
    "verify_registration": _json(lambda things: {"token": things["verification"]}),
}
"""What the body of an operation is; operations that are not here need none."""
