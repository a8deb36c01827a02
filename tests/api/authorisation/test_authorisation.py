"""Every route as every role, compared with the table beside this file.

For a new route, add a request to `seeded/requests.py` where it needs a body, and a row to the table; a reviewer then
sees who may do it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from seeded.people import Role
from seeded.platform import ADDRESS
from seeded.requests import Operation, ask, operations
from seeded.world import UNPUBLISHED

from authorisation.table import ALLOWED, TABLE, differences, read_table, verdict, written

OUTSIDERS = (Role.ANONYMOUS, Role.NEWCOMER, Role.LEARNER, Role.OTHER_AUTHOR)


@dataclass
class Walk:
    """What every role was answered by every operation."""

    verdicts: dict[str, dict[Role, str]] = field(default_factory=dict)
    texts: dict[tuple[str, Role], str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def walk(seeded) -> Walk:
    walk = Walk()
    for operation in operations(seeded.document):
        walk.verdicts[operation.id] = {}
        for role in Role:
            seeded.restore()
            response = ask(seeded, role, operation)
            walk.verdicts[operation.id][role] = verdict(response)
            walk.texts[operation.id, role] = response.text
    return walk


@pytest.fixture(scope="module")
def table():
    return read_table(TABLE.read_text().splitlines())


def test_every_route_treats_every_role_as_the_table_says(walk, table):
    assert differences(table, walk.verdicts) == []


def test_what_only_authors_know_is_in_no_answer_to_others(walk):
    told = {name for (name, role), text in walk.texts.items() if role in OUTSIDERS and UNPUBLISHED in text}
    assert told == set()
    assert UNPUBLISHED in walk.texts["get_draft", Role.AUTHOR]


def test_the_address_of_a_person_is_told_to_administrators_alone(walk, seeded):
    told = {
        (name, role)
        for (name, role), text in walk.texts.items()
        for person in seeded.people.values()
        if person.email and f'"{person.email}"' in text and person != seeded.people[role]
    }
    assert {role for _, role in told} == {Role.ADMINISTRATOR}


def test_which_option_is_right_is_in_no_answer_to_learners(walk):
    told = {name for (name, role), text in walk.texts.items() if role in OUTSIDERS and '"credit":' in text}
    assert told == set()
    assert '"credit":' in walk.texts["get_item", Role.AUTHOR]


def test_a_stranger_is_asked_to_sign_in_before_any_input_is_read(seeded):
    rubbish = [
        (operation.id, response.status_code)
        for operation in operations(seeded.document)
        if _is_for_the_signed_in(operation, seeded.document)
        and (response := seeded.answer(_rubbish(operation))).status_code != 401
    ]
    assert rubbish == []


def _is_for_the_signed_in(operation: Operation, document: Mapping[str, Any]) -> bool:
    """Routes that need a session only sometimes say so by an error of their own."""
    refusal = document["paths"][operation.path][operation.method.lower()]["responses"].get("401", {})
    return "not-authenticated" in refusal.get("x-problem-codes", ())


def _rubbish(operation: Operation) -> httpx.Request:
    path = "/".join("*" if part.startswith("{") else part for part in operation.path.split("/"))
    content = None if operation.method == "GET" else b"{"
    headers = {"Content-Type": "application/json"}
    return httpx.Request(operation.method, f"{ADDRESS}{path}?limit=x", content=content, headers=headers)


@pytest.fixture
def small_table():
    return {"read": dict.fromkeys(Role, ALLOWED), "write": dict.fromkeys(Role, "403")}


def test_a_table_that_agrees_has_no_differences(small_table):
    assert differences(small_table, small_table) == []


def test_a_route_without_a_row_is_noticed(small_table):
    assert differences({"read": small_table["read"]}, small_table) == ["write has no row"]


def test_a_row_without_a_route_is_noticed(small_table):
    assert differences(small_table, {"read": small_table["read"]}) == ["write has a row and no route"]


@pytest.mark.parametrize("role", Role)
def test_a_planted_wrong_cell_is_noticed(walk, table, role):
    wrong = table | {"get_draft": table["get_draft"] | {role: "404"}}
    right = walk.verdicts["get_draft"][role]
    assert differences(wrong, walk.verdicts) == [f"get_draft as {role}: the table says 404, the platform {right}"]


def test_a_written_table_reads_back(small_table):
    assert read_table(written(small_table).splitlines()) == small_table


@pytest.mark.parametrize(
    ("old", "new"),
    [("write", "again"), ("write", "read"), ("403", "422"), ("403", ""), ("newcomer", "novice"), (", 403", "")],
)
def test_a_table_that_can_be_misread_is_refused(small_table, old, new):
    with pytest.raises(ValueError):
        read_table(written(small_table).replace(old, new).splitlines())


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (401, "not-authenticated", "401"),
        (403, "permission-denied", "403"),
        (404, "course.not-found", "404"),
        (404, "not-found", "404 not-found"),
        (403, "csrf-token-missing", "403 csrf-token-missing"),
        (401, "invalid-token", "401 invalid-token"),
        (409, "conflict", "409 conflict"),
        (422, "validation-failed", "422 validation-failed"),
    ],
)
def test_only_a_refusal_by_the_route_counts_as_one(status, code, expected):
    assert verdict(httpx.Response(status, json={"code": code})) == expected


@pytest.mark.parametrize("status", [200, 201, 202, 204, 302, 303])
def test_what_was_carried_out_was_allowed(status):
    assert verdict(httpx.Response(status)) == ALLOWED
