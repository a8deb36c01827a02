"""What administrators do to accounts comes from identity as events, and is in the audit log."""

import pytest

from lyceum.kernel.events import EventEnvelope
from lyceum.kernel.ids import new_id


@pytest.fixture
def hear(harness, clock):
    """Delivers events of identity together; the actor may be one who is not told."""

    async def deliver(*events, times=1):
        envelopes = [
            EventEnvelope(
                id=new_id(),
                source="identity",
                type=f"lyceum.identity.user.{fact}.v1",
                subject=data["user_id"],
                time=clock.now(),
                data=data,
            )
            for fact, data in events
        ]
        for _ in range(times):
            await harness.module.consumer.receive(envelopes)

    return deliver


async def entries(admin):
    items = (await admin.client.get("/api/v1/audit-log")).json()["items"]
    return [(each["action"], each["actor"], each["target"]) for each in items if each["action"].startswith("identity")]


async def test_what_was_done_to_an_account_is_told_with_who_did_it(admin, hear):
    person = str(new_id())
    facts = ("deactivated", "reactivated", "accommodation-changed")
    await hear(*((fact, {"user_id": person, "actor_id": str(admin.id), "extra_time_factor": "2"}) for fact in facts))
    assert await entries(admin) == [
        (action, str(admin.id), f"user:{person}")
        for action in ("identity.accommodation.changed", "identity.user.reactivated", "identity.user.deactivated")
    ]
    assert (await admin.client.get("/api/v1/audit-log/verification")).json()["sound"] is True
    assert "extra_time_factor" not in (await admin.client.get("/api/v1/audit-log")).text


async def test_an_event_that_comes_again_is_one_entry(admin, hear):
    await hear(("deactivated", {"user_id": str(new_id()), "actor_id": str(admin.id)}), times=3)
    assert len(await entries(admin)) == 1


async def test_an_event_without_an_actor_is_audited_too(admin, hear):
    person = str(new_id())
    await hear(("deactivated", {"user_id": person}))
    assert await entries(admin) == [("identity.user.deactivated", None, f"user:{person}")]
