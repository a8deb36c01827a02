import asyncio
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from procrastinate import PsycopgConnector
from sqlalchemy import make_url

from lyceum.runtime.jobs import JobContext, JobSpec, JobState, RetryPolicy
from lyceum.runtime.jobs.reports import MAX_INTERRUPTIONS, recover_stalled

SLEEPY_WORKER = Path(__file__).parent / "sleepy_worker.py"


ORPHAN = "UPDATE shop.procrastinate_jobs SET status = 'doing', worker_id = NULL WHERE id = :id"  # its worker died
SILENT = "INSERT INTO shop.procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
HELD = "UPDATE shop.procrastinate_jobs SET status = 'doing', worker_id = :worker_id WHERE id = :id"


async def noted(runs: list[int], context: JobContext) -> None:
    runs.append(context.attempt)


class TestAKilledWorker:
    async def test_its_job_runs_again_on_another_worker_soon(self, queue):
        runs = []

        async def pack(context: JobContext) -> None:
            runs.append((context.attempt, context.last_attempt))

        await queue.defer("shop.pack")
        process = await asyncio.create_subprocess_exec(sys.executable, str(SLEEPY_WORKER), queue.url)

        async def asleep() -> bool:
            return (await queue.find("shop.pack")).stage == "asleep"

        try:
            await queue.eventually(asleep, seconds=30)
        finally:
            process.kill()
            await process.wait()
        killed = time.monotonic()
        # One attempt in all: if the death of the worker counted as a failure, there would be no second run.
        spec = JobSpec(name="shop.pack", run=pack, retry=RetryPolicy(attempts=1))
        async with queue.worker(spec, stalled_after=2):
            found = await queue.until("shop.pack", JobState.SUCCEEDED, seconds=20)
        assert time.monotonic() - killed < 8
        assert runs == [(2, True)]
        assert found.attempts == 2

    async def test_a_job_that_outlives_fifty_workers_is_taken_to_be_their_cause_of_death(self, queue):
        job_id = await queue.defer("shop.pack")
        spec = JobSpec(name="shop.pack", run=lambda context: noted([], context))
        await queue.execute(ORPHAN, id=job_id)
        await queue.execute(
            "INSERT INTO shop.procrastinate_job_reports (job_id, interruptions) VALUES (:id, :interruptions)",
            id=job_id,
            interruptions=MAX_INTERRUPTIONS,
        )
        async with queue.worker(spec):
            failed = await queue.until("shop.pack", JobState.FAILED)
        assert failed.error == f"The worker died during each of {MAX_INTERRUPTIONS + 1} runs"

    async def test_a_cancelled_job_is_not_started_again(self, queue):
        job_id = await queue.defer("shop.pack")
        await queue.execute(ORPHAN, id=job_id)
        await queue.execute("UPDATE shop.procrastinate_jobs SET abort_requested = true WHERE id = :id", id=job_id)
        runs: list[int] = []
        async with queue.worker(JobSpec(name="shop.pack", run=lambda context: noted(runs, context))):
            await queue.until("shop.pack", JobState.CANCELLED)
        assert runs == []

    async def test_a_job_whose_like_is_waiting_is_not_started_again_and_blocks_no_other(self, queue):
        for queueing_lock in ("stock", None):
            job_id = await queue.defer("shop.count", {"lock": queueing_lock}, queueing_lock=queueing_lock)
            await queue.execute(ORPHAN, id=job_id)
        await queue.defer("shop.count", {"second": True}, queueing_lock="stock")
        runs = []

        async def count(context: JobContext, **arguments: object) -> None:
            runs.append(arguments)

        async with queue.worker(JobSpec(name="shop.count", run=count), concurrency=1):
            await queue.until("shop.count", JobState.SUCCEEDED, second=True)
            await queue.until("shop.count", JobState.SUCCEEDED, lock=None)
        assert sorted(map(str, runs)) == ["{'lock': None}", "{'second': True}"]

    async def test_others_that_look_at_once_give_the_job_back_once_and_the_worker_itself_does_not(self, queue):
        job_id = await queue.defer("shop.pack")
        worker_id = await queue.execute(SILENT)
        await queue.execute(HELD, id=job_id, worker_id=worker_id)
        connector = PsycopgConnector(
            conninfo=queue.url, kwargs={"options": "-c search_path=shop -c role=lyceum_shop"}, min_size=8, max_size=8
        )
        await connector.open_async()
        try:
            assert await recover_stalled(connector, stalled_after=1, asking=worker_id) == []
            rounds = await asyncio.gather(*(recover_stalled(connector, stalled_after=1) for _ in range(32)))
        finally:
            await connector.close_async()
        assert sum(len(found) for found in rounds) == 1
        assert (await queue.find("shop.pack")).attempts == 1


class TestALiveWorker:
    async def test_a_job_longer_than_the_silence_of_a_dead_worker_is_left_alone(self, queue):
        runs: list[int] = []

        async def pack(context: JobContext) -> None:
            runs.append(context.attempt)
            await asyncio.sleep(3)

        await queue.defer("shop.pack")
        spec = JobSpec(name="shop.pack", run=pack)
        async with queue.worker(spec, stalled_after=1.5), queue.worker(spec, stalled_after=1.5):
            await queue.until("shop.pack", JobState.SUCCEEDED)
        assert runs == [1]

    async def test_also_while_its_worker_is_stopping(self, queue):
        began = asyncio.Event()
        runs: list[int] = []

        async def pack(context: JobContext) -> None:
            runs.append(context.attempt)
            began.set()
            await asyncio.sleep(3)

        await queue.defer("shop.pack")
        spec = JobSpec(name="shop.pack", run=pack)
        async with queue.worker(spec, stalled_after=1.5) as first:
            await asyncio.wait_for(began.wait(), 5)
            async with queue.worker(spec, stalled_after=1.5):
                await first.__aexit__(None, None, None)
                assert (await queue.find("shop.pack")).state is JobState.SUCCEEDED
        assert runs == [1]

    async def test_one_whose_event_loop_was_held_up_does_not_take_itself_for_dead(self, queue):
        runs: list[int] = []

        async def pack(context: JobContext) -> None:
            runs.append(context.attempt)
            time.sleep(2.5)  # noqa: ASYNC251 - the point of the test
            await asyncio.sleep(1)

        await queue.defer("shop.pack")
        async with queue.worker(JobSpec(name="shop.pack", run=pack), stalled_after=1, heartbeat_interval=0.1):
            await queue.until("shop.pack", JobState.SUCCEEDED)
        assert runs == [1]

    async def test_one_that_lost_its_job_does_not_end_it_for_the_other(self, queue):
        began, go_on = asyncio.Event(), asyncio.Event()

        async def pack(context: JobContext) -> None:
            began.set()
            await go_on.wait()

        job_id = await queue.defer("shop.pack")
        async with queue.worker(JobSpec(name="shop.pack", run=pack)):
            await asyncio.wait_for(began.wait(), 5)
            other = await queue.execute(  # as if this worker had been silent and another had the job now
                "INSERT INTO shop.procrastinate_workers (last_heartbeat) VALUES (now() + interval '1 day') RETURNING id"
            )
            await queue.execute(
                "UPDATE shop.procrastinate_jobs SET worker_id = :worker WHERE id = :id", worker=other, id=job_id
            )
            go_on.set()
            await asyncio.sleep(0.5)
            assert (await queue.find("shop.pack")).state is JobState.RUNNING


class TestTheDatabaseGoesAway:
    async def test_jobs_end_and_new_ones_start_after_every_connection_was_cut(self, queue):
        began, go_on = asyncio.Event(), asyncio.Event()

        async def pack(context: JobContext, order: int) -> None:
            if order == 1:
                began.set()
                await go_on.wait()

        await queue.defer("shop.pack", {"order": 1})
        async with queue.worker(JobSpec(name="shop.pack", run=pack)):
            await asyncio.wait_for(began.wait(), 5)
            cut = await queue.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name = 'lyceum-shop-jobs'"
            )
            assert cut >= 2
            go_on.set()
            await queue.until("shop.pack", JobState.SUCCEEDED, order=1)
            await queue.defer("shop.pack", {"order": 2})
            await queue.until("shop.pack", JobState.SUCCEEDED, order=2)

    async def test_a_job_that_ends_while_the_database_is_away_is_recorded_when_it_is_back(self, queue, line):
        began, go_on = asyncio.Event(), asyncio.Event()
        runs: list[int] = []

        async def pack(context: JobContext, order: int) -> None:
            runs.append(order)
            if order == 1:
                began.set()
                await go_on.wait()

        await queue.defer("shop.pack", {"order": 1})
        async with queue.worker(JobSpec(name="shop.pack", run=pack)):
            await asyncio.wait_for(began.wait(), 5)
            await line.cut()
            go_on.set()
            await asyncio.sleep(1)
            await line.restore()
            await queue.defer("shop.pack", {"order": 2})
            await queue.until("shop.pack", JobState.SUCCEEDED, seconds=60, order=2)
            await queue.until("shop.pack", JobState.SUCCEEDED, seconds=60, order=1)
        assert runs == [1, 2]

    async def test_a_job_that_needs_no_database_is_not_cut_short_and_others_start_beside_it_later(self, queue, line):
        began, go_on = asyncio.Event(), asyncio.Event()
        runs: list[int] = []

        async def pack(context: JobContext, order: int) -> None:
            runs.append(order)
            if order == 1:
                began.set()
                await go_on.wait()

        # A worker with a schedule is the stricter case: the library then stops it when its listener fails.
        sweep = JobSpec(name="shop.sweep", run=lambda context: noted([], context), schedule="0 0 1 1 *")
        await queue.defer("shop.pack", {"order": 1})
        async with queue.worker(JobSpec(name="shop.pack", run=pack), sweep, shutdown_grace=0.1, stalled_after=30):
            await asyncio.wait_for(began.wait(), 5)
            await line.cut()
            await asyncio.sleep(2)
            await line.restore()
            await queue.defer("shop.pack", {"order": 2})
            await queue.until("shop.pack", JobState.SUCCEEDED, seconds=60, order=2)
            go_on.set()
            await queue.until("shop.pack", JobState.SUCCEEDED, seconds=60, order=1)
        assert runs == [1, 2]
        assert (await queue.find("shop.pack", order=1)).attempts == 1


@pytest.fixture
async def line(queue) -> AsyncIterator["Line"]:
    """The way from the worker to the database."""
    async with Line(queue.url) as line:
        queue.worker_url = line.url
        yield line


class Line:
    """A way to the database that can be cut and restored."""

    def __init__(self, url: str) -> None:
        self._target = make_url(url)
        self._port = 0
        self._writers: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        return self._target.set(host="127.0.0.1", port=self._port).render_as_string(hide_password=False)

    async def __aenter__(self) -> "Line":
        await self.restore()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.cut()

    async def restore(self) -> None:
        self._server = await asyncio.start_server(self._forward, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(self._target.host, self._target.port)
        self._writers |= {writer, back}

        async def pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
            try:
                while data := await source.read(65536):
                    target.write(data)
                    await target.drain()
            except ConnectionError:
                pass
            finally:
                target.transport.abort()

        await asyncio.gather(pump(reader, back), pump(there, writer))
