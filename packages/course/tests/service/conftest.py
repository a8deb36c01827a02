"""The services on memory, with identity and assessment played by the tests."""

import hashlib
import io
from types import SimpleNamespace
from typing import Any

import pytest

from lyceum.course.adapters.archive.writing import LyceumArchiveWriter
from lyceum.course.adapters.course_reader import ArchiveCourseReader
from lyceum.course.adapters.sanitising import Nh3Sanitiser
from lyceum.course.domain.entities import CourseImport
from lyceum.course.domain.importing import (
    FileBlock,
    ImportedAsset,
    ImportedCourse,
    ImportedLesson,
    ImportedPage,
    ImportedSection,
    ProblemBlock,
    RichTextBlock,
)
from lyceum.course.ports import ForeignProblem
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


@pytest.fixture(scope="session")
def archive(tmp_path_factory) -> bytes:
    """A course with two files, a text and two problems."""
    contents = {"a.txt": b"first", "b/c.txt": b"second"}
    assets = [
        ImportedAsset(
            path=path,
            media_type="text/plain",
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            open=lambda data=data: io.BytesIO(data),
        )
        for path, data in contents.items()
    ]
    problems = [
        ProblemBlock(
            source=f"problem-{number}",
            title="P",
            problem=ForeignProblem(source=f"problem-{number}", format="lyceum-quiz", title="P", content="{}"),
        )
        for number in range(2)
    ]
    blocks = (
        RichTextBlock(source="text", title="T", html="<p>x</p>"),
        FileBlock(source="file", title="F", asset="a.txt"),
        *problems,
    )
    page = ImportedPage(source="page", title="Page", blocks=blocks)
    lesson = ImportedLesson(source="lesson", title="Lesson", pages=(page,))
    section = ImportedSection(source="section", title="Section", lessons=(lesson,))
    course = ImportedCourse(title="Archived", language="de", sections=(section,))
    path = tmp_path_factory.mktemp("archive") / "course.zip"
    LyceumArchiveWriter().write(course, assets, path)
    return path.read_bytes()


@pytest.fixture
def requested(services, author):
    async def request(data: bytes, **options: Any) -> CourseImport:
        return await services.importing.request(author, file_name="a.zip", content=_chunks(data), **options)

    return request


async def _chunks(data: bytes):
    yield data
