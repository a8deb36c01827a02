"""The services on memory, with identity and assessment played by the tests."""

from types import SimpleNamespace
from typing import Any

import pytest

from lyceum.course.adapters.archive.writing import LyceumArchiveWriter
from lyceum.course.adapters.course_reader import ArchiveCourseReader
from lyceum.course.adapters.sanitising import Nh3Sanitiser
from lyceum.course.services.authoring import Authoring
from lyceum.course.services.drafting import Drafting
from lyceum.course.services.enrolling import Enrolling
from lyceum.course.services.exporting import Exporting
from lyceum.course.services.importing import Importing
from lyceum.course.services.publishing import Publishing
from lyceum.testing.live import RecordedLive


@pytest.fixture
def live():
    return RecordedLive()


@pytest.fixture
def build_services(users, intake, clock, live):
    """Makes the services on some persistence; `problems`, `objects` and `units` may be others than its own."""

    def make(memory: Any, **others: Any) -> SimpleNamespace:
        units = others.get("units", memory.units)
        objects = others.get("objects", memory.objects)
        problems = others.get("problems", intake)
        sanitiser = Nh3Sanitiser()
        publishing = Publishing(units=units, clock=clock)
        return SimpleNamespace(
            authoring=Authoring(units=units, queries=None, users=users, sanitiser=sanitiser, clock=clock),
            drafting=Drafting(units=units, sanitiser=sanitiser, clock=clock),
            publishing=publishing,
            enrolling=Enrolling(units=units, users=users, clock=clock),
            importing=Importing(
                units=units,
                objects=objects,
                reader=ArchiveCourseReader(sanitiser),
                problems=problems,
                publishing=publishing,
                live=live,
                clock=clock,
            ),
            exporting=Exporting(
                units=units, objects=objects, writer=LyceumArchiveWriter(), problems=problems, clock=clock
            ),
        )

    return make


@pytest.fixture
def services(build_services, memory):
    return build_services(memory)
