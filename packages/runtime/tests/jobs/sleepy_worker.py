"""A worker process for the test that kills it: its only job reports that it began and then never ends."""

import asyncio
import sys

from lyceum.runtime.jobs import JobContext, JobSettings, JobSpec
from lyceum.runtime.jobs.worker import JobWorker


async def sleep(context: JobContext) -> None:
    await context.progress(stage="asleep")
    await asyncio.sleep(3600)


async def work(url: str) -> None:
    settings = JobSettings(heartbeat_interval=0.2, stalled_after=2, poll_interval=0.1)
    async with JobWorker(url, {"shop": [JobSpec(name="shop.pack", run=sleep)]}, settings):
        await asyncio.sleep(3600)


asyncio.run(work(sys.argv[1]))
