import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client import REGISTRY

from lyceum.runtime.jobs import JobContext, JobSpec, JobState, JobStatus, RetryPolicy, cancel_job, defer

QUICK = RetryPolicy(attempts=3, first_delay=0.05)


class Recorder:
    """A handler that notes when it ran and with what."""

    def __init__(self, *, failures: int = 0) -> None:
        self.runs: list[tuple[int, bool]] = []
        self.times: list[float] = []
        self.failures = failures

    async def __call__(self, context: JobContext, **arguments: object) -> None:
        self.runs.append((context.attempt, context.last_attempt))
        self.times.append(time.monotonic())
        if len(self.runs) <= self.failures:
            raise RuntimeError(f"run {len(self.runs)} broke\0")


class TestStarting:
    async def test_a_job_starts_at_once_without_waiting_for_the_next_poll(self, queue):
        started = asyncio.Event()

        async def pack(context: JobContext) -> None:
            started.set()

        async def listening() -> bool:
            return await queue.execute(
                "SELECT count(*) > 0 FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name = 'lyceum-shop-jobs' AND query LIKE 'LISTEN%'"
            )

        async with queue.worker(JobSpec(name="shop.pack", run=pack), poll_interval=60):
            await queue.eventually(listening)
            deferred = time.monotonic()
            await queue.defer("shop.pack")
            await asyncio.wait_for(started.wait(), 10)
        assert time.monotonic() - deferred < 2

    async def test_the_handler_gets_the_arguments(self, queue):
        got = {}

        async def pack(context: JobContext, **arguments: object) -> None:
            got.update(arguments, job_id=context.job_id, name=context.name)

        job_id = await queue.defer("shop.pack", {"order": "7", "items": [1, 2]})
        await queue.worker(JobSpec(name="shop.pack", run=pack)).drain()
        assert got == {"order": "7", "items": [1, 2], "job_id": job_id, "name": "shop.pack"}

    async def test_no_more_jobs_run_at_once_than_there_are_places(self, queue):
        running, most = 0, 0

        async def pack(context: JobContext, order: int) -> None:
            nonlocal running, most
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.3)
            running -= 1

        for order in range(12):
            await queue.defer("shop.pack", {"order": order})
        await queue.worker(JobSpec(name="shop.pack", run=pack), concurrency=3).drain()
        assert most == 3
        assert await queue.execute("SELECT count(*) FROM shop.procrastinate_jobs WHERE status = 'succeeded'") == 12

    async def test_jobs_under_one_lock_run_one_after_the_other_in_order(self, queue):
        log = []

        async def pack(context: JobContext, order: int) -> None:
            log.append(("start", order))
            await asyncio.sleep(0.03)
            log.append(("end", order))

        for order in range(4):
            await queue.defer("shop.pack", {"order": order}, lock="table")
        async with queue.worker(JobSpec(name="shop.pack", run=pack), concurrency=4):
            for order in range(4):
                await queue.until("shop.pack", JobState.SUCCEEDED, order=order)
        assert log == [(edge, order) for order in range(4) for edge in ("start", "end")]

    async def test_a_module_runs_only_its_own_jobs(self, queue):
        shop, library = Recorder(), Recorder()
        await queue.defer("pack")
        async with queue.engine.begin() as connection:
            await connection.exec_driver_sql("SET LOCAL ROLE lyceum_library")
            await defer(connection, "library", "pack", {})
            await defer(connection, "library", "pack", {})
        worker = queue.worker(JobSpec(name="pack", run=shop), library=[JobSpec(name="pack", run=library)])
        await worker.drain()
        assert (len(shop.runs), len(library.runs)) == (1, 2)


class TestFailing:
    async def test_a_failing_job_runs_again_after_growing_waits(self, queue):
        pack = Recorder(failures=3)
        policy = RetryPolicy(attempts=4, first_delay=0.2, longest_delay=0.4)
        await queue.defer("shop.pack")
        async with queue.worker(JobSpec(name="shop.pack", run=pack, retry=policy), poll_interval=0.02):
            await queue.until("shop.pack", JobState.SUCCEEDED)
        waits = [later - earlier for earlier, later in zip(pack.times, pack.times[1:], strict=False)]
        assert [wait >= least for wait, least in zip(waits, [0.2, 0.4, 0.4], strict=True)] == [True] * 3
        assert pack.runs == [(1, False), (2, False), (3, False), (4, True)]

    async def test_a_job_out_of_attempts_is_failed_and_keeps_its_error(self, queue):
        pack = Recorder(failures=9)
        await queue.defer("shop.pack", {"order": "7"})
        async with queue.worker(JobSpec(name="shop.pack", run=pack, retry=QUICK)):
            await queue.until("shop.pack", JobState.FAILED)
        assert pack.runs == [(1, False), (2, False), (3, True)]
        [failed] = await queue.failed()
        assert (failed.name, failed.arguments, failed.attempts) == ("shop.pack", {"order": "7"}, 3)
        assert failed.error == "RuntimeError: run 3 broke\N{REPLACEMENT CHARACTER}"

    async def test_while_it_waits_for_another_attempt_its_error_shows(self, queue):
        pack = Recorder(failures=1)
        await queue.defer("shop.pack")
        spec = JobSpec(name="shop.pack", run=pack, retry=RetryPolicy(first_delay=60))

        async def waiting_with_an_error() -> JobStatus | None:
            found = await queue.find("shop.pack")
            return found if found.error and found.state is JobState.WAITING else None

        async with queue.worker(spec):
            found = await queue.eventually(waiting_with_an_error)
        assert "run 1 broke" in found.error

    async def test_one_failing_job_holds_up_no_other(self, queue):
        bad = JobSpec(name="shop.bad", run=Recorder(failures=99), retry=RetryPolicy(first_delay=60))
        good = Recorder()
        await queue.defer("shop.bad")
        await queue.defer("shop.pack")
        async with queue.worker(bad, JobSpec(name="shop.pack", run=good), concurrency=1):
            await queue.until("shop.pack", JobState.SUCCEEDED)

    async def test_a_job_of_an_unknown_kind_is_left_for_a_newer_worker(self, queue):
        await queue.defer("shop.wrap")
        await queue.worker(JobSpec(name="shop.pack", run=Recorder())).drain()
        found = await queue.find("shop.wrap")
        assert (found.state, found.attempts) == (JobState.WAITING, 1)
        assert await queue.failed() == []

    async def test_a_retried_job_whose_like_is_waiting_already_gives_way(self, queue):
        began = asyncio.Event()
        go_on = asyncio.Event()

        async def count(context: JobContext, turn: int) -> None:
            if turn == 1:
                began.set()
                await go_on.wait()
                raise RuntimeError("lost count")

        await queue.defer("shop.count", {"turn": 1}, queueing_lock="stock")
        async with queue.worker(JobSpec(name="shop.count", run=count, retry=QUICK)):
            await asyncio.wait_for(began.wait(), 5)
            soon = datetime.now(UTC) + timedelta(seconds=1)
            await queue.defer("shop.count", {"turn": 2}, queueing_lock="stock", run_at=soon)
            go_on.set()
            await queue.until("shop.count", JobState.SUCCEEDED, turn=2)
        assert (await queue.find("shop.count", turn=1)).state is JobState.CANCELLED


class TestCounting:
    async def test_runs_are_counted_by_how_they_ended(self, queue):
        def counted(outcome: str) -> float:
            labels = {"module": "shop", "job": "shop.counted", "outcome": outcome}
            return REGISTRY.get_sample_value("lyceum_job_runs_total", labels) or 0.0

        spec = JobSpec(name="shop.counted", run=Recorder(failures=4), retry=QUICK)
        await queue.defer("shop.counted", {"n": 1})
        async with queue.worker(spec):
            await queue.until("shop.counted", JobState.FAILED, n=1)
            await queue.defer("shop.counted", {"n": 2})
            await queue.until("shop.counted", JobState.SUCCEEDED, n=2)
        assert (counted("succeeded"), counted("failed"), counted("exhausted")) == (1, 3, 1)


class TestStopping:
    async def test_a_running_job_may_finish_within_the_grace(self, queue):
        began = asyncio.Event()

        async def pack(context: JobContext) -> None:
            began.set()
            await asyncio.sleep(0.3)

        await queue.defer("shop.pack")
        async with queue.worker(JobSpec(name="shop.pack", run=pack), shutdown_grace=10):
            await asyncio.wait_for(began.wait(), 5)
        assert (await queue.find("shop.pack")).state is JobState.SUCCEEDED

    async def test_a_job_beyond_the_grace_is_given_back_and_no_failure_is_counted(self, queue):
        began = asyncio.Event()
        last = []

        async def pack(context: JobContext) -> None:
            last.append(context.last_attempt)
            if context.attempt < 3:
                began.set()
                await asyncio.sleep(60)

        spec = JobSpec(name="shop.pack", run=pack, retry=RetryPolicy(attempts=2))
        await queue.defer("shop.pack")
        for _ in range(2):
            async with queue.worker(spec, shutdown_grace=0.1):
                await asyncio.wait_for(began.wait(), 5)
                began.clear()
            found = await queue.find("shop.pack")
            assert (found.state, found.error) == (JobState.WAITING, None)
        await queue.worker(spec).drain()
        assert (await queue.find("shop.pack")).state is JobState.SUCCEEDED
        assert last == [False, False, False]

    async def test_cancelling_a_running_job_stops_it_and_it_does_not_run_again(self, queue):
        began, stopped = asyncio.Event(), asyncio.Event()
        runs = []

        async def pack(context: JobContext) -> None:
            runs.append(context.attempt)
            began.set()
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                assert context.should_stop
                stopped.set()
                raise

        job_id = await queue.defer("shop.pack")
        async with queue.worker(JobSpec(name="shop.pack", run=pack, retry=QUICK)):
            await asyncio.wait_for(began.wait(), 5)
            async with queue.connection() as connection:
                assert await cancel_job(connection, "shop", job_id)
            await asyncio.wait_for(stopped.wait(), 5)
            await queue.until("shop.pack", JobState.CANCELLED)
        assert runs == [1]

    async def test_stopping_leaves_no_connection_and_no_registered_worker(self, queue):
        async with queue.worker(JobSpec(name="shop.pack", run=Recorder())):
            await queue.defer("shop.pack")
            await queue.until("shop.pack", JobState.SUCCEEDED)
            names = (
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name = 'lyceum-shop-jobs'"
            )
            assert 1 <= await queue.execute(names) <= 4
        assert await queue.execute("SELECT count(*) FROM shop.procrastinate_workers") == 0

        async def closed() -> bool:
            return await queue.execute(names) == 0

        assert await queue.eventually(closed)


class TestForgetting:
    @pytest.mark.parametrize(
        ("status", "age", "kept"),
        [
            ("succeeded", "8 days", 0),
            ("succeeded", "6 days", 1),
            ("cancelled", "8 days", 0),
            ("failed", "8 days", 1),
            ("failed", "91 days", 0),
            ("todo", "91 days", 1),
        ],
    )
    async def test_ended_jobs_are_forgotten_in_time(self, queue, status, age, kept):
        looked_at = await queue.defer("shop.old")
        marker = await queue.defer("shop.old")
        for job_id, now in ((looked_at, status), (marker, "failed")):
            await queue.execute(
                "UPDATE shop.procrastinate_jobs SET scheduled_at = now() + interval '1 day',"
                " status = CAST(:status AS shop.procrastinate_job_status) WHERE id = :id",
                status=now,
                id=job_id,
            )
        await queue.execute(
            "UPDATE shop.procrastinate_events"
            " SET at = now() - CAST(CASE job_id WHEN :marker THEN '100 days' ELSE :age END AS interval)",
            marker=marker,
            age=age,
        )
        there = "SELECT count(*) FROM shop.procrastinate_jobs WHERE id = :id"

        async def cleaned() -> bool:
            return await queue.execute(there, id=marker) == 0

        async with queue.worker(JobSpec(name="shop.pack", run=Recorder())):
            await queue.eventually(cleaned)
        assert await queue.execute(there, id=looked_at) == kept
