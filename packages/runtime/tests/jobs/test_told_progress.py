"""How far a job is, as it tells."""

import asyncio

from lyceum.runtime.jobs import JobContext, JobSpec, JobState


class TestProgress:
    async def test_progress_shows_while_the_job_runs_and_after(self, queue):
        reported, go_on = asyncio.Event(), asyncio.Event()

        async def pack(context: JobContext, order: str) -> None:
            await context.progress(stage="boxes", done=1, total=3)
            reported.set()
            await go_on.wait()
            await context.progress(stage="boxes", done=3, total=3)
            await context.progress(stage="label")

        await queue.defer("shop.pack", {"order": "7"})
        async with queue.worker(JobSpec(name="shop.pack", run=pack)):
            await asyncio.wait_for(reported.wait(), 5)
            running = await queue.find("shop.pack", order="7")
            assert (running.state, running.stage, running.done, running.total) == (JobState.RUNNING, "boxes", 1, 3)
            assert running.updated_at is not None
            go_on.set()
            ended = await queue.until("shop.pack", JobState.SUCCEEDED)
        assert (ended.stage, ended.done, ended.total) == ("label", None, None)

    async def test_a_thousand_steps_are_written_a_few_times_and_the_last_for_sure(self, queue):
        writes = []

        async def pack(context: JobContext) -> None:
            for done in range(1, 1001):
                await context.progress(stage="boxes", done=done, total=1000)
                if not writes or writes[-1] != context._reported_at:
                    writes.append(context._reported_at)

        await queue.defer("shop.pack")
        await queue.worker(JobSpec(name="shop.pack", run=pack)).drain()
        assert (await queue.find("shop.pack")).done == 1000
        assert 2 <= len(writes) < 20
