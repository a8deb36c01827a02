"""What the log, the queries and the forgetting promise: on PostgreSQL and in memory alike."""

from datetime import UTC, datetime, timedelta

from lyceum.auth.domain.entities import (
    AuditEntry,
    AuditHead,
)
from lyceum.auth.domain.policies.lockout import FailureCount
from lyceum.auth.domain.queries import AuditFilter
from lyceum.auth.domain.values.reach import Reach
from lyceum.kernel.ids import new_id
from lyceum.kernel.pagination import PageRequest
from lyceum.kernel.principal import ScopeKind

NOW = datetime(2030, 1, 15, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ACCOUNT = bytes(range(32))


class TestAuditLog:
    async def test_the_log_starts_empty_and_grows_at_its_head(self, persistence):
        for number in range(2):
            async with persistence.units() as unit:
                head = await unit.audit.locked_head()
                assert head.sequence == number
                entry = AuditEntry.after(
                    head, actor=None, action="test.done", target="x", details={"n": number}, now=NOW
                )
                await unit.audit.append(entry)
                await unit.commit()
        async with persistence.queries.audit_snapshot() as log:
            assert await log.head() == entry.head
            assert [each.sequence for each in await log.entries(0, 10)] == [1, 2]
            assert await log.entries(1, 1) == [entry]

    async def test_what_is_not_committed_is_not_in_the_log(self, persistence):
        async with persistence.units() as unit:
            head = await unit.audit.locked_head()
            await unit.audit.append(
                AuditEntry.after(head, actor=None, action="test.done", target="x", details={}, now=NOW)
            )
        async with persistence.queries.audit_snapshot() as log:
            assert (await log.head(), await log.entries(0, 10)) == (AuditHead(), [])


class TestForgetting:
    async def test_only_what_expired_before_is_forgotten(self, persistence, make_request, build):
        ended, kept = build.session(token="a" * 43, now=NOW - 60 * DAY), build.session(token="b" * 43)
        in_use = build.session(token="c" * 43, now=NOW - 60 * DAY)
        await persistence.add("sessions", ended, kept, in_use)
        old = build.family(handle_hash=b"old", expires_at=NOW - 2 * DAY)
        await persistence.add("token_families", old, build.family(in_use.id))
        async with persistence.units() as unit:
            for key, last in (("old", NOW - DAY - HOUR), ("new", NOW)):
                await unit.sign_in_failures.put(ACCOUNT, key, FailureCount(1, last, last))
            await unit.sign_in_failures.remember(ACCOUNT, ["old"], NOW)
            await unit.sign_in_failures.remember(ACCOUNT, ["new"], NOW + HOUR)
            await unit.commit()
        async with persistence.units() as unit:
            await unit.forget_expired(NOW, NOW - DAY)
            await unit.commit()
        states = [await persistence.queries.session_by_id(each.id) for each in (ended, kept, in_use)]
        assert [state is not None for state in states] == [False, True, True]
        async with persistence.units() as unit:
            assert await unit.token_families.find(old.id) is None
            assert list(await unit.sign_in_failures.locked_counts(ACCOUNT, ["old", "new"])) == ["new"]
            assert await unit.sign_in_failures.familiar(ACCOUNT, ["old", "new"], NOW - DAY) == {"new"}


class TestQueries:
    async def test_a_session_is_found_by_its_token_and_its_use_noted_once_a_while(self, persistence, build):
        added = await persistence.add("sessions", build.session())
        for moment, noted in ((NOW + HOUR, NOW + HOUR), (NOW + HOUR + timedelta(seconds=59), NOW + HOUR)):
            await persistence.queries.note_use(added.id, moment, moment - timedelta(minutes=1))
            assert (await persistence.queries.session_by_token(added.token_hash)).last_seen_at == noted
        assert await persistence.queries.session_by_token(b"unknown") is None

    async def test_active_sessions_come_in_pages_the_newest_first(self, persistence, build):
        ada = new_id()
        sessions = [build.session(ada, character * 43) for character in "abc"]
        idle = build.session(ada, "d" * 43, NOW - 8 * DAY)
        await persistence.add("sessions", *sessions, idle, build.session(token="e" * 43))
        seen, cursor = [], None
        while True:
            page = await persistence.queries.sessions(
                user_id=ada, idle_since=NOW - 7 * DAY, now=NOW, page=PageRequest(limit=2, cursor=cursor)
            )
            seen.append([each.id for each in page.items])
            if (cursor := page.next_cursor) is None:
                break
        ids = [each.id for each in sessions]
        assert seen == [[ids[2], ids[1]], [ids[0]]]

    async def test_assignments_come_in_pages_and_within_some_places(self, persistence, build):
        ada, course = new_id(), new_id()
        await persistence.add(
            "assignments", build.holding(ada, "a"), build.holding(ada, "b", Reach(ScopeKind.COURSE, course))
        )
        first = await persistence.queries.assignments(user_id=ada, within=None, page=PageRequest(limit=1))
        rest = await persistence.queries.assignments(
            user_id=ada, within=None, page=PageRequest(limit=1, cursor=first.next_cursor)
        )
        assert [each.role for each in (*first.items, *rest.items)] == ["a", "b"]
        assert rest.next_cursor is None
        there = await persistence.queries.assignments(user_id=ada, within=[course], page=PageRequest())
        assert [each.role for each in there.items] == ["b"]
        assert (await persistence.queries.assignments(user_id=ada, within=[new_id()], page=PageRequest())).items == []

    async def test_clients_come_in_pages_by_id(self, persistence, make_client):
        await persistence.add("clients", *(make_client(id=new_id(), client_id=name) for name in ("b", "a", "c")))
        first = await persistence.queries.clients(page=PageRequest(limit=2))
        rest = await persistence.queries.clients(page=PageRequest(limit=2, cursor=first.next_cursor))
        assert [each.client_id for each in (*first.items, *rest.items)] == ["a", "b", "c"]

    async def test_the_log_comes_newest_first_and_by_actor(self, persistence):
        ada = new_id()
        for actor in (ada, None, ada):
            async with persistence.units() as unit:
                head = await unit.audit.locked_head()
                await unit.audit.append(
                    AuditEntry.after(head, actor=actor, action="test.done", target="x", details={}, now=NOW)
                )
                await unit.commit()
        first = await persistence.queries.audit_log(AuditFilter(actor=ada), page=PageRequest(limit=1))
        rest = await persistence.queries.audit_log(
            AuditFilter(actor=ada), page=PageRequest(limit=1, cursor=first.next_cursor)
        )
        assert [each.sequence for each in (*first.items, *rest.items)] == [3, 1]
        for wanted, count in (
            (AuditFilter(action="test"), 3),
            (AuditFilter(action="test.done"), 3),
            (AuditFilter(action="test.do"), 0),
            (AuditFilter(since=NOW, until=NOW + DAY, actor=ada), 2),
            (AuditFilter(until=NOW), 0),
        ):
            assert len((await persistence.queries.audit_log(wanted, page=PageRequest())).items) == count
