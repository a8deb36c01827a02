from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from sqlalchemy.exc import ProgrammingError

from lyceum.runtime.jobs import JobContext, JobSpec, JobState, cancel_job, defer, find_job

COUNT = "SELECT count(*) FROM shop.procrastinate_jobs"


async def nothing(context: JobContext) -> None:
    return None


class TestTheTransaction:
    async def test_a_rollback_leaves_no_job(self, queue):
        async with queue.engine.connect() as connection:
            await defer(connection, "shop", "shop.pack", {})
            await connection.rollback()
        assert await queue.execute(COUNT) == 0

    async def test_a_commit_leaves_the_job_waiting_with_its_arguments(self, queue):
        await queue.defer("shop.pack", {"order": "7", "items": [1, {"size": None}]})
        found = await queue.find("shop.pack", order="7")
        assert found.state is JobState.WAITING
        assert found.arguments == {"order": "7", "items": [1, {"size": None}]}
        assert (found.attempts, found.stage, found.error) == (0, None, None)

    async def test_an_open_transaction_shows_its_job_to_nobody_else(self, queue):
        async with queue.connection() as connection:
            await defer(connection, "shop", "shop.pack", {"order": "7"})
            async with queue.connection() as other:
                assert await find_job(other, "shop", "shop.pack", {"order": "7"}) is None

    async def test_the_callers_search_path_does_not_matter(self, queue):
        async with queue.engine.begin() as connection:
            await connection.exec_driver_sql("SET LOCAL search_path TO library, public")
            await defer(connection, "shop", "shop.pack", {})
        assert await queue.execute(COUNT) == 1
        assert await queue.execute("SELECT count(*) FROM shop.procrastinate_events") == 1
        assert await queue.execute("SELECT count(*) FROM library.procrastinate_jobs") == 0

    async def test_another_modules_role_may_not_enqueue(self, queue):
        async with queue.engine.connect() as connection:
            await connection.exec_driver_sql("SET LOCAL ROLE lyceum_library")
            with pytest.raises(ProgrammingError) as refused:
                await defer(connection, "shop", "shop.pack", {})
        assert isinstance(refused.value.orig.__cause__, asyncpg.InsufficientPrivilegeError)


class TestTheArguments:
    async def test_more_than_64_kib_are_refused(self, queue):
        with pytest.raises(ValueError, match="65536 are allowed"):
            await queue.defer("shop.pack", {"text": "x" * 65536})

    async def test_what_is_not_json_is_refused(self, queue):
        with pytest.raises(TypeError):
            await queue.defer("shop.pack", {"thing": object()})

    async def test_a_moment_without_a_time_zone_is_refused(self, queue):
        with pytest.raises(ValueError, match="time zone"):
            await queue.defer("shop.pack", {}, run_at=datetime(2030, 1, 1))  # noqa: DTZ001 - the point of the test

    async def test_a_schema_that_is_not_a_plain_name_is_refused(self, queue):
        async with queue.connection() as connection:
            with pytest.raises(ValueError, match="not the name of a schema"):
                await defer(connection, 'shop"; DROP TABLE x; --', "shop.pack", {})


class TestOnlyOneWaiting:
    async def test_a_second_job_with_the_same_queueing_lock_is_not_made_and_the_transaction_goes_on(self, queue):
        async with queue.connection() as connection:
            first = await defer(connection, "shop", "shop.count", {}, queueing_lock="stock")
            assert await defer(connection, "shop", "shop.count", {}, queueing_lock="stock") is None
            await defer(connection, "shop", "shop.pack", {"order": "7"})
        assert first is not None
        assert await queue.execute(COUNT) == 2

    async def test_jobs_with_different_queueing_locks_all_wait(self, queue):
        assert await queue.defer("shop.count", {}, queueing_lock="stock")
        assert await queue.defer("shop.count", {}, queueing_lock="staff")


class TestLooking:
    async def test_the_latest_job_with_such_arguments_is_found(self, queue):
        await queue.defer("shop.pack", {"order": "7", "day": 1})
        latest = await queue.defer("shop.pack", {"order": "7", "day": 2})
        await queue.defer("shop.pack", {"order": "8", "day": 1})
        await queue.defer("shop.ship", {"order": "7"})
        assert (await queue.find("shop.pack", order="7")).id == latest

    async def test_an_unknown_job_is_null(self, queue):
        async with queue.connection() as connection:
            assert await find_job(connection, "shop", "shop.pack", {"order": "none"}) is None


class TestCancelling:
    async def test_a_waiting_job_that_is_cancelled_never_runs(self, queue):
        ran = []

        async def pack(context: JobContext, order: str) -> None:
            ran.append(order)

        job_id = await queue.defer("shop.pack", {"order": "7"})
        async with queue.connection() as connection:
            assert await cancel_job(connection, "shop", job_id)
        async with queue.worker(JobSpec(name="shop.pack", run=pack)):
            await queue.defer("shop.pack", {"order": "8"})
            await queue.until("shop.pack", JobState.SUCCEEDED, order="8")
        assert ran == ["8"]
        assert (await queue.find("shop.pack", order="7")).state is JobState.CANCELLED

    async def test_an_ended_job_cannot_be_cancelled(self, queue):
        job_id = await queue.defer("shop.pack", {})
        async with queue.worker(JobSpec(name="shop.pack", run=nothing)):
            await queue.until("shop.pack", JobState.SUCCEEDED)
        async with queue.connection() as connection:
            assert not await cancel_job(connection, "shop", job_id)

    async def test_a_job_for_later_waits_for_its_time(self, queue):
        soon = datetime.now(UTC) + timedelta(seconds=0.8)
        await queue.defer("shop.pack", {}, run_at=soon)
        async with queue.worker(JobSpec(name="shop.pack", run=nothing)):
            await queue.until("shop.pack", JobState.SUCCEEDED)
        assert datetime.now(UTC) >= soon
