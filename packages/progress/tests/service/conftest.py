"""The services on memory, with course and identity played by the tests."""

from types import SimpleNamespace
from typing import Any

import pytest

from lyceum.progress.services.announcing import Announcing
from lyceum.progress.services.catching_up import CatchingUp
from lyceum.progress.services.completing import Completing
from lyceum.progress.services.outline_pages import OutlinePages
from lyceum.progress.services.outlines import Outlines
from lyceum.progress.services.reading import Reading
from lyceum.progress.services.recording import Recording
from lyceum.progress.services.service import Reader
from lyceum.progress.services.studying import Studying
from lyceum.testing.live import RecordedLive


@pytest.fixture
def live():
    return RecordedLive()


@pytest.fixture
def build_services(courses, people, clock, live):
    """Makes the services on some persistence."""

    def make(memory: Any) -> SimpleNamespace:
        outlines = Outlines(queries=memory)
        catching_up = CatchingUp(
            units=memory.units, queries=memory, outlines=outlines, structures=courses, access=courses
        )
        announcing = Announcing(live)
        completing = Completing(
            units=memory.units, queries=memory, outlines=outlines, announcing=announcing, clock=clock
        )
        return SimpleNamespace(
            outlines=outlines,
            catching_up=catching_up,
            completing=completing,
            studying=Studying(
                log=memory, catching_up=catching_up, outlines=outlines, completing=completing, clock=clock
            ),
            reading=Reading(
                queries=memory,
                outlines=outlines,
                pages=OutlinePages(),
                catching_up=catching_up,
                completing=completing,
                access=courses,
                people=people,
                clock=clock,
            ),
            recording=Recording(queries=memory, catching_up=catching_up, announcing=announcing, clock=clock),
            reader=Reader(queries=memory, outlines=outlines, clock=clock),
        )

    return make


@pytest.fixture
def services(build_services, memory):
    return build_services(memory)


@pytest.fixture
def publish(memory, services, courses):
    """Publishes a structure, as the consumer of course's events does."""

    async def published(structure, *, at):
        courses.structures[structure.course_id] = structure
        async with memory.units() as unit:
            await services.recording.published(unit, structure, published_at=at)
            await unit.commit()

    return published


@pytest.fixture
def enrol(memory, services, courses, clock):
    async def enrolled(user_id, course_id):
        courses.enrol(user_id, course_id)
        async with memory.units() as unit:
            await services.recording.started(unit, user_id, course_id, enrolled_at=clock.now())
            await unit.commit()

    return enrolled
