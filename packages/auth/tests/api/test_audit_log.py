"""The audit log, over HTTP."""

import psycopg
import pytest


@pytest.fixture
def tamper(database_url):
    """Does what only somebody with the run of the database can do: the log's triggers are off."""

    def run(statement):
        with psycopg.connect(database_url) as connection:
            connection.execute("SET LOCAL session_replication_role = replica")
            assert connection.execute(statement).rowcount == 1

    return run


async def test_signing_in_and_failing_to_are_written_down(admin):
    await admin.sign_in("wrong horse battery")
    items = (await admin.client.get("/api/v1/audit-log")).json()["items"]
    assert [each["action"] for each in items] == [
        "auth.sign-in.refused",
        "auth.session.started",
        "auth.role.assigned",
    ]
    assert items[1]["actor"] == str(admin.id)
    assert items[0]["target"] == f"user:{admin.id}"


async def test_the_log_comes_in_pages_and_by_actor(admin):
    first = (await admin.client.get("/api/v1/audit-log?limit=1")).json()
    rest = (await admin.client.get(f"/api/v1/audit-log?limit=1&cursor={first['next_cursor']}")).json()
    assert [first["items"][0]["sequence"], rest["items"][0]["sequence"], rest["next_cursor"]] == [2, 1, None]
    own = (await admin.client.get(f"/api/v1/audit-log?actor={admin.id}")).json()["items"]
    assert [each["action"] for each in own] == ["auth.session.started"]


@pytest.mark.parametrize(
    ("filters", "actions"),
    [
        ("action=auth.session", ["auth.session.started"]),
        ("action=auth.session.started", ["auth.session.started"]),
        ("action=auth.sess", []),
        ("action=auth", ["auth.session.started", "auth.role.assigned"]),
        ("action=auth.role&since=2030-01-15T12:00:00Z", ["auth.role.assigned"]),
        ("until=2030-01-15T12:00:00%2B00:00", []),
        ("since=2030-01-15T13:00:00%2B01:00&until=2030-01-15T12:00:01Z&action=auth.session", ["auth.session.started"]),
    ],
)
async def test_the_log_is_narrowed_to_actions_and_to_a_time(admin, filters, actions):
    found = (await admin.client.get(f"/api/v1/audit-log?{filters}")).json()["items"]
    assert [each["action"] for each in found] == actions


@pytest.mark.parametrize("filters", ["action=auth.%25", "action=A", "since=2030-01-15T12:00:00", "until=yesterday"])
async def test_a_filter_that_means_nothing_is_refused(admin, filters):
    answer = await admin.client.get(f"/api/v1/audit-log?{filters}")
    assert (answer.status_code, answer.json()["code"]) == (422, "validation-failed")


async def test_an_untouched_log_is_sound(admin):
    verdict = (await admin.client.get("/api/v1/audit-log/verification")).json()
    assert (verdict["sound"], verdict["entries"], verdict["first_bad"]) == (True, 2, None)
    newest = (await admin.client.get("/api/v1/audit-log")).json()["items"][0]
    assert verdict["head"] == newest["hash"]


@pytest.mark.parametrize(
    ("statement", "first_bad", "tampering"),
    [
        ("UPDATE auth.audit_entries SET actor = NULL WHERE sequence = 2", 2, "altered"),
        ("UPDATE auth.audit_entries SET details = '{}' WHERE sequence = 1", 1, "altered"),
        ("DELETE FROM auth.audit_entries WHERE sequence = 1", 1, "missing"),
        ("DELETE FROM auth.audit_entries WHERE sequence = 2", 2, "end"),
        ("UPDATE auth.audit_head SET sequence = 1", 1, "end"),
    ],
)
async def test_a_change_by_hand_is_found(admin, tamper, statement, first_bad, tampering):
    tamper(statement)
    verdict = (await admin.client.get("/api/v1/audit-log/verification")).json()
    assert (verdict["sound"], verdict["first_bad"], verdict["tampering"]) == (False, first_bad, tampering)


async def test_a_log_longer_than_a_batch_is_verified_to_its_end(admin, harness, tamper, monkeypatch):
    monkeypatch.setattr("lyceum.auth.services.auditing.BATCH", 3)
    for number in range(10):
        await harness.container.auditing().record(
            actor=None, action="test.thing.done", target=f"thing:{number}", details={"names": ["a", "b"], "n": number}
        )
    assert (await admin.client.get("/api/v1/audit-log/verification")).json()["entries"] == 12
    tamper("UPDATE auth.audit_entries SET target = 'thing:x' WHERE sequence = 8")
    assert (await admin.client.get("/api/v1/audit-log/verification")).json()["first_bad"] == 8
