"""Jobs that are done again and again, by the clock."""

import asyncio

from lyceum.runtime.jobs import JobContext, JobSpec


class TestSchedules:
    async def test_a_scheduled_job_runs_at_its_times_and_never_twice_at_once(self, queue):
        running, most, runs = 0, 0, 0

        async def sweep(context: JobContext) -> None:
            nonlocal running, most, runs
            running, runs = running + 1, runs + 1
            most = max(most, running)
            await asyncio.sleep(1.3)
            running -= 1

        spec = JobSpec(name="shop.sweep", run=sweep, schedule="* * * * * *")
        async with queue.worker(spec, concurrency=5), queue.worker(spec, concurrency=5):
            await asyncio.sleep(4.5)
            waiting = await queue.execute("SELECT count(*) FROM shop.procrastinate_jobs WHERE status = 'todo'")
        assert runs >= 2
        assert most == 1
        assert waiting <= 1

    async def test_a_scheduled_job_can_be_enqueued_by_hand_with_arguments(self, queue):
        got = []

        async def sweep(context: JobContext, room: str = "all") -> None:
            got.append(room)

        await queue.defer("shop.sweep", {"room": "hall"})
        await queue.worker(JobSpec(name="shop.sweep", run=sweep, schedule="0 0 1 1 *")).drain()
        assert got == ["hall"]
