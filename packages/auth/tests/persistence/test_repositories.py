"""What the repositories of people, their sign-ins and roles promise: on PostgreSQL and in memory alike."""

import asyncio
from contextvars import Context
from datetime import UTC, datetime, timedelta

import pytest

from lyceum.auth.domain.entities import (
    PasswordCredential,
    SessionEnd,
)
from lyceum.auth.domain.errors import (
    RoleAssignmentNotFound,
    RoleNameTaken,
    SessionNotFound,
)
from lyceum.auth.domain.policies.lockout import FailureCount
from lyceum.auth.domain.values.reach import PLATFORM, Reach
from lyceum.auth.ports import RoleNotFound
from lyceum.auth.schemas.events import SessionRevoked, SessionStarted
from lyceum.kernel.errors import VersionConflict
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import ScopeKind

NOW = datetime(2030, 1, 15, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ACCOUNT = bytes(range(32))


class TestUnits:
    async def test_what_is_not_committed_is_not_kept(self, persistence, build):
        session = build.session()
        async with persistence.units() as unit:
            unit.sessions.add(session)
        assert await persistence.queries.session_by_id(session.id) is None

    async def test_of_two_changes_at_once_the_second_is_refused(self, persistence, build):
        await persistence.add("roles", build.role())
        async with persistence.units() as slow:
            stale = await slow.roles.get("tutor")
            await asyncio.create_task(self._change(persistence), context=Context())
            stale.change(title="Second", permissions=frozenset())
            with pytest.raises(VersionConflict):
                await slow.commit()
        async with persistence.units() as unit:
            role = await unit.roles.get("tutor")
            assert (role.title, role.version) == ("First", 2)

    async def _change(self, persistence):
        """What another request does: a task that knows nothing of the unit open here."""
        async with persistence.units() as unit:
            (await unit.roles.get("tutor")).change(title="First", permissions=frozenset())
            await unit.commit()


class TestSessions:
    async def test_a_session_comes_back_as_it_was_added(self, persistence, build):
        added = await persistence.add("sessions", build.session())
        async with persistence.units() as unit:
            by_id, by_token = await unit.sessions.get(added.id), await unit.sessions.find_by_token(added.token_hash)
            assert by_id is by_token
            assert (by_id.user_id, by_id.user_agent, by_id.network) == (added.user_id, "Firefox", "192.0.2.0/24")
            assert (by_id.started_at, by_id.expires_at, by_id.revoked_at) == (NOW, NOW + 30 * DAY, None)

    async def test_an_unknown_session_is_not_there(self, persistence):
        async with persistence.units() as unit:
            assert await unit.sessions.find_by_token(b"unknown") is None
            with pytest.raises(SessionNotFound):
                await unit.sessions.get(new_id())

    async def test_only_a_persons_own_sessions_that_nobody_ended_are_theirs(self, persistence, build):
        ada = new_id()
        mine = [build.session(ada, token) for token in ("a" * 43, "b" * 43, "c" * 43)]
        await persistence.add("sessions", *mine, build.session(token="d" * 43))
        async with persistence.units() as unit:
            (await unit.sessions.get(mine[1].id)).revoke(SessionEnd.REVOKED, NOW)
            await unit.commit()
        async with persistence.units() as unit:
            found = await unit.sessions.unrevoked_of(ada)
        assert [each.id for each in found] == [mine[0].id, mine[2].id]


class TestCredentials:
    async def test_a_password_is_kept_changed_and_removed(self, persistence):
        user_id = new_id()
        await persistence.add("credentials", PasswordCredential(id=user_id, encoded="one", changed_at=NOW))
        async with persistence.units() as unit:
            (await unit.credentials.find(user_id)).change("two", NOW + HOUR)
            await unit.commit()
        async with persistence.units() as unit:
            found = await unit.credentials.find(user_id)
            assert (found.encoded, found.changed_at) == ("two", NOW + HOUR)
        async with persistence.units() as unit:
            await unit.credentials.remove(user_id)
            await unit.credentials.remove(new_id())
            await unit.commit()
        async with persistence.units() as unit:
            assert await unit.credentials.find(user_id) is None

    async def test_two_first_passwords_at_once_conflict(self, persistence):
        user_id = new_id()
        await persistence.add("credentials", PasswordCredential(id=user_id, encoded="one", changed_at=NOW))
        with pytest.raises(VersionConflict):
            await persistence.add("credentials", PasswordCredential(id=user_id, encoded="two", changed_at=NOW))


class TestSignInFailures:
    async def test_counts_are_kept_replaced_and_forgotten_by_account_and_key(self, persistence):
        first, second = FailureCount(1, NOW, NOW), FailureCount(2, NOW, NOW + HOUR)
        async with persistence.units() as unit:
            await unit.sign_in_failures.put(ACCOUNT, "a", first)
            await unit.sign_in_failures.put(ACCOUNT, "a", second)
            await unit.sign_in_failures.put(ACCOUNT, "b", first)
            await unit.sign_in_failures.put(bytes(32), "a", first)
            await unit.commit()
        async with persistence.units() as unit:
            assert await unit.sign_in_failures.locked_counts(ACCOUNT, ["a", "c"]) == {"a": second}
            await unit.sign_in_failures.put(ACCOUNT, "a", None)
            await unit.sign_in_failures.put(ACCOUNT, "c", None)
            await unit.commit()
        async with persistence.units() as unit:
            assert await unit.sign_in_failures.locked_counts(ACCOUNT, ["a", "b", "c"]) == {"b": first}

    async def test_an_origin_is_familiar_until_its_time_is_over(self, persistence):
        async with persistence.units() as unit:
            await unit.sign_in_failures.remember(ACCOUNT, ["a", "b"], NOW + HOUR)
            await unit.sign_in_failures.remember(ACCOUNT, ["b"], NOW + DAY)
            await unit.commit()
        async with persistence.units() as unit:
            familiar = unit.sign_in_failures.familiar
            assert await familiar(ACCOUNT, ["a", "b", "c"], NOW) == {"a", "b"}
            assert await familiar(ACCOUNT, ["a", "b", "c"], NOW + HOUR) == {"b"}
            assert await familiar(bytes(32), ["a", "b"], NOW) == frozenset()


class TestRoles:
    async def test_roles_are_found_by_name_listed_and_removed(self, persistence, build):
        await persistence.add("roles", build.role("tutor"), build.role("coach"))
        async with persistence.units() as unit:
            assert [role.name for role in await unit.roles.all()] == ["coach", "tutor"]
            tutor = await unit.roles.get("tutor")
            assert tutor.permissions == {"course.course.read"}
            await unit.roles.remove(tutor)
            await unit.commit()
        async with persistence.units() as unit:
            with pytest.raises(RoleNotFound):
                await unit.roles.get("tutor")

    async def test_a_name_is_taken_once(self, persistence, build):
        await persistence.add("roles", build.role())
        with pytest.raises(RoleNameTaken):
            await persistence.add("roles", build.role())

    async def test_what_somebody_holds_is_told_apart_by_role_and_reach(self, persistence, build):
        ada, bob, course = new_id(), new_id(), Reach(ScopeKind.COURSE, new_id())
        first = await persistence.add(
            "assignments",
            build.holding(ada),
            build.holding(ada, reach=course),
            build.holding(bob),
            build.holding(bob, "coach", course),
        )
        async with persistence.units() as unit:
            held = unit.assignments
            assert [each.reach for each in await held.of(ada)] == [PLATFORM, course]
            assert (await held.find(bob, "coach", course)).user_id == bob
            assert await held.find(ada, "coach", course) is None
            assert await held.find(bob, "tutor", course) is None
            assert {each.user_id for each in await held.holding("tutor")} == {ada, bob}
            assert [await held.locked_count("tutor", where) for where in (PLATFORM, course)] == [2, 1]
            await held.remove(await held.get(first.id))
            await unit.commit()
        async with persistence.units() as unit:
            assert await unit.assignments.locked_count("tutor", PLATFORM) == 1
            with pytest.raises(RoleAssignmentNotFound):
                await unit.assignments.get(first.id)

    async def test_holding_a_role_twice_in_one_place_conflicts(self, persistence, build):
        ada, course = new_id(), Reach(ScopeKind.COURSE, new_id())
        for reach in (PLATFORM, course):
            await persistence.add("assignments", build.holding(ada, reach=reach))
            with pytest.raises(VersionConflict):
                await persistence.add("assignments", build.holding(ada, reach=reach))

    async def test_held_roles_come_with_the_custom_ones_among_them(self, persistence, build):
        ada = new_id()
        await persistence.add("roles", build.role("tutor"), build.role("coach"))
        await persistence.add("assignments", build.holding(ada, "tutor"), build.holding(ada, "author"))
        held, custom = await persistence.queries.held_roles(ada)
        assert [each.role for each in held] == ["tutor", "author"]
        assert [(role.name, role.permissions) for role in custom] == [("tutor", {"course.course.read"})]
        assert await persistence.queries.held_roles(new_id()) == ([], [])


async def test_facts_leave_with_the_commit(memory, build):
    session = build.session()
    async with memory.units() as unit:
        unit.sessions.add(session)
        await unit.commit()
    async with memory.units() as unit:
        (await unit.sessions.get(session.id)).revoke(SessionEnd.REVOKED, NOW)
        await unit.commit()
    assert [type(event) for event in memory.store.events] == [SessionStarted, SessionRevoked]
