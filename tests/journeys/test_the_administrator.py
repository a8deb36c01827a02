"""What administrators decide about people, and when it holds."""

import time

import pytest
from story.arriving import register
from story.people import Refused
from story.processes import eventually

SECONDS = 60
"""Within a minute, a revoked session is dead everywhere."""


def refusal_of(attempt):
    with pytest.raises(Refused) as refusal:
        attempt()
    return refusal.value.status, refusal.value.code


def test_a_person_may_do_what_a_role_allows_as_soon_as_it_is_given_and_not_before(installation):
    person = register(installation, "Petra Promoted")

    def create():
        return person.post("/api/v1/courses", {"title": "My first course"})

    assert refusal_of(create) == (403, "permission-denied")
    installation.administrator.give_role(person, "author")
    assert create()["title"] == "My first course"
    [held] = installation.administrator.every("/api/v1/role-assignments", user_id=person.id)
    installation.administrator.ask("DELETE", f"/api/v1/role-assignments/{held['id']}")
    assert refusal_of(create) == (403, "permission-denied")
    assert refusal_of(lambda: installation.administrator.give_role(person, "wizard")) == (404, "auth.role-not-found")
    assert installation.administrator.get("/api/v1/audit-log/verification")["sound"]


@pytest.mark.parametrize("installation", ["calls in the process"], indirect=True)
def test_somebody_who_is_deactivated_is_out_within_a_minute(installation):
    person = register(installation, "Dora Deactivated")
    account = f"/api/v1/users/{person.id}"
    began = time.monotonic()
    assert installation.administrator.post(f"{account}/deactivation")["status"] == "deactivated"

    def refused():
        try:
            person.get("/api/v1/me")
        except Refused as refusal:
            return refusal.status

    assert eventually(refused, "the refusal", seconds=SECONDS) == 401
    assert time.monotonic() - began < SECONDS
    assert refusal_of(person.sign_in) == (401, "auth.sign-in-failed")

    installation.administrator.post(f"{account}/reactivation")
    person.sign_in()
