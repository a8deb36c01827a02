"""What is told of an import while it goes on."""

import asyncio
import threading

import pytest

from lyceum.course.schemas.live import ImportEnded
from lyceum.course.services.import_progress import told_from_a_thread


class Slow:
    """A report that nothing comes through until it is let go."""

    def __init__(self) -> None:
        self.told: list[tuple[str, int, int]] = []
        self.may_go = asyncio.Event()

    async def __call__(self, stage: str, done: int, total: int) -> None:
        await self.may_go.wait()
        self.told.append((stage, done, total))


async def test_every_stage_is_told_in_order_however_slow_the_telling_is():
    report = Slow()

    def read(note):
        for stage in ("unpacking", "reading"):
            for done in range(4):
                note(stage, done, 3)

    async with told_from_a_thread(report) as note:
        await asyncio.to_thread(read, note)
        report.may_go.set()
    assert report.told[-1] == ("reading", 3, 3)
    assert list(dict.fromkeys(stage for stage, _, _ in report.told)) == ["unpacking", "reading"]
    assert report.told == sorted(report.told, key=lambda step: (step[0] == "reading", step[1]))


async def test_a_step_is_told_while_the_thread_goes_on():
    heard = threading.Event()

    async def report(stage: str, done: int, total: int) -> None:
        heard.set()

    def read(note):
        note("reading", 1, 2)
        return heard.wait(10)

    async with told_from_a_thread(report) as note:
        assert await asyncio.to_thread(read, note)


async def test_what_goes_wrong_in_the_thread_is_raised_when_all_is_told():
    report = Slow()
    report.may_go.set()

    def read(note):
        note("reading", 1, 2)
        raise ValueError("broken")

    async def follow():
        async with told_from_a_thread(report) as note:
            await asyncio.to_thread(read, note)

    with pytest.raises(ValueError, match="broken"):
        await follow()
    assert report.told == [("reading", 1, 2)]


async def test_nothing_is_told_behind_the_end_of_an_import(services, live, requested, archive):
    told = []

    async def report(stage: str, done: int, total: int) -> None:
        told.append((stage, len(live.published)))

    request = await requested(archive)
    await services.importing.run(request.id, report=report, last_attempt=True)
    assert list(dict.fromkeys(stage for stage, _ in told)) == ["unpacking", "reading", "files", "problems", "saving"]
    assert {ended_before for _, ended_before in told} == {0}
    assert live.published == [(f"imports/{request.id}", ImportEnded(import_id=request.id, state="succeeded"), None)]
