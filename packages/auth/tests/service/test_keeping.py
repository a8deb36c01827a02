"""What the platform keeps by itself: signing keys, the audit log, and nothing for longer than needed."""

from datetime import timedelta

import pytest

from lyceum.auth.domain.entities import Session, SigningKey
from lyceum.auth.domain.policies.permissions import READ_AUDIT_LOG
from lyceum.auth.domain.policies.signing_keys import KeySchedule
from lyceum.auth.domain.queries import AuditFilter
from lyceum.auth.services.housekeeping import EXPIRED_KEPT_FOR
from lyceum.kernel.errors import NotAuthenticated, PermissionDenied
from lyceum.kernel.pagination import PageRequest

DAY = timedelta(days=1)


async def test_the_first_key_is_made_when_it_is_needed_and_once(memory, services):
    keys = services.signing_keys()
    assert await keys.ring() is await keys.ring()
    await keys.rotate()
    assert len(memory.stored(SigningKey)) == 1
    assert [entry.action for entry in memory.log] == ["auth.signing-keys.rotated"]


async def test_the_next_key_is_published_before_it_signs_and_the_old_one_kept_for_a_while(memory, services, clock):
    keys, schedule = services.signing_keys(), KeySchedule()
    await keys.rotate()
    [first] = memory.stored(SigningKey)
    clock.advance(schedule.signs_for - schedule.published_before)
    await keys.rotate()
    assert [key.activates_at - first.activates_at for key in memory.stored(SigningKey)] == [
        timedelta(0),
        schedule.signs_for,
    ]
    clock.advance(schedule.published_before + schedule.published_after)
    await keys.rotate()
    assert [key.id == first.id for key in memory.stored(SigningKey)] == [False]
    assert memory.log[-1].details["forgotten"] == [first.kid]


async def test_the_log_is_read_and_verified_by_who_may(services, callers, sign_up, memory):
    ada, auditing = await sign_up(), services.auditing()
    await auditing.record(actor=ada.id, action="test.thing.done", target="thing:1", details={"n": 1})
    for principal, refusal in ((callers.nobody, NotAuthenticated), (callers.able(user=ada), PermissionDenied)):
        for call in (auditing.read(principal, AuditFilter(), page=PageRequest()), auditing.verification(principal)):
            with pytest.raises(refusal):
                await call
    auditor = callers.able(READ_AUDIT_LOG, user=ada)
    [entry] = (await auditing.read(auditor, AuditFilter(actor=ada.id), page=PageRequest())).items
    verdict = await auditing.verification(auditor)
    assert (verdict.sound, verdict.entries, verdict.head) == (True, 1, entry.hash)


async def test_a_session_is_forgotten_some_time_after_its_end_and_the_log_never(
    memory, services, sign_up, sign_in, clock
):
    await sign_in(await sign_up())
    [session] = memory.stored(Session)
    clock.advance(session.expires_at - clock.now() + EXPIRED_KEPT_FOR)
    await services.housekeeping().forget_expired()
    assert len(memory.stored(Session)) == 1
    clock.advance(timedelta(seconds=1))
    await services.housekeeping().forget_expired()
    assert memory.stored(Session) == []
    assert [entry.action for entry in memory.log] == ["auth.session.started"]


async def test_use_is_noted_once_a_minute_and_keeps_a_session_alive(memory, services, sign_up, sign_in, clock):
    signed_in = await sign_in(await sign_up())
    authenticating = services.authenticating()
    for _ in range(4):
        clock.advance(6 * DAY)
        assert await authenticating.authenticate(session=signed_in.session_token, bearer=None) is not None
    [session] = memory.stored(Session)
    assert session.last_seen_at == clock.now()
    clock.advance(timedelta(seconds=59))
    await authenticating.authenticate(session=signed_in.session_token, bearer=None)
    assert memory.stored(Session)[0].last_seen_at < clock.now()
    clock.advance(6 * DAY)  # thirty days are over, however much it was used
    assert await authenticating.authenticate(session=signed_in.session_token, bearer=None) is None
