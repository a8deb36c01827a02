"""How far an import is, told while it goes on."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from lyceum.course.services.objects import Report


@asynccontextmanager
async def told_from_a_thread(report: Report) -> AsyncIterator[Callable[[str, int, int], None]]:
    """Gives what a thread may call at every step. The loop tells the steps on, and may be slower than the thread: of
    each stage it tells the latest step, and of every stage at least one before this ends."""
    loop = asyncio.get_running_loop()
    waiting: dict[str, tuple[int, int]] = {}
    changed = asyncio.Event()
    is_over = False

    def take(stage: str, done: int, total: int) -> None:
        waiting[stage] = done, total
        changed.set()

    def note(stage: str, done: int, total: int, /) -> None:
        loop.call_soon_threadsafe(take, stage, done, total)

    async def pass_on() -> None:
        while waiting or not is_over:
            await changed.wait()
            changed.clear()
            while waiting:
                stage = next(iter(waiting))
                await report(stage, *waiting.pop(stage))

    passing = asyncio.create_task(pass_on())
    try:
        yield note
    finally:
        is_over = True
        changed.set()
        await passing
