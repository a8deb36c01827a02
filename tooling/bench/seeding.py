"""What the bench measures on: a catalogue, a course of 100 lessons that came in through the importer, and learners.

500 courses are in the catalogue, of which a page shows 20 in about 14 KB; 2,000 learners have rows in the measured
course. 16 of them have accounts and sign in; each has done another part of the course.
"""

import io
import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg  # type: ignore[import-untyped]  # ships without types

from lyceum.course.ports import CourseStructures, StructureNode
from lyceum.runtime import process
from lyceum.runtime.composition import Platform, installed_modules
from lyceum.runtime.settings import PlatformSettings
from lyceum_host.accounts import ensure_account
from lyceum_host.imports import begin_file, wait_for_import

PASSWORD = "marble-lantern-voyage"  # noqa: S105 - of accounts that live as long as a measurement
_SECTIONS, _LESSONS = 10, 10

_COURSES = """
INSERT INTO course.courses (id, slug, title, summary, description_html, language, listed, state, published_number,
    latest_number, published_at, created_by, created_at, updated_at, version)
SELECT gen_random_uuid(), 'course-' || n, 'Course ' || n || ' of the catalogue', repeat('What it is about. ', 24), '',
    'en', true, 'published', 1, 1, now() - n * interval '1 hour', gen_random_uuid(), now(), now(), 1
FROM generate_series(1, $1::int) AS n
"""
_LEARNERS = """
INSERT INTO progress.learners (user_id, course_id, state, enrolled_at, active_at, viewed, results, version)
SELECT gen_random_uuid(), $1, 'active', now(), now(), B'1010', '{}', 1 FROM generate_series(1, $2::int)
"""
_LEARNER = """
INSERT INTO progress.learners (user_id, course_id, state, enrolled_at, active_at, viewed, results, version)
VALUES ($1, $2, 'active', now(), now(), $3, '{}', 1)
ON CONFLICT (user_id, course_id) DO UPDATE SET viewed = excluded.viewed
"""


@dataclass(frozen=True)
class Learner:
    user_id: UUID
    email: str


@dataclass(frozen=True)
class World:
    """The measured course with one of its blocks, which no learner has viewed, and the learners who can sign in."""

    course_id: UUID
    block_id: UUID
    learners: Sequence[Learner]


async def seed(settings: PlatformSettings, url: str, *, courses: int, learners: int, accounts: int) -> World:
    """Fill an empty database that has the tables. What is not measured is written by SQL."""
    async with (
        Platform(settings=settings, database_url=url, modules=installed_modules()) as platform,
        process.working(platform),
    ):
        course_id = await _import(platform)
        structure = await platform.port(CourseStructures).published_structure(course_id=course_id)
        people = []
        for number in range(accounts):
            email = f"learner-{number}@lyceum.example"
            user_id = await ensure_account(platform, email=email, display_name=f"Learner {number}", password=PASSWORD)
            people.append(Learner(user_id, email))
        await platform.settle()
    blocks = list(_blocks(structure.sections))
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(_COURSES, courses)
        await connection.execute(_LEARNERS, course_id, learners)
        for number, person in enumerate(people):
            viewed = "".join(_has_viewed(block, number, len(blocks), accounts) for block in range(len(blocks)))
            await connection.execute(_LEARNER, person.user_id, course_id, asyncpg.BitString(viewed))
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()
    return World(course_id, blocks[-1].id, people)


def _has_viewed(block: int, number: int, blocks: int, accounts: int) -> str:
    """People go through a course in order, and leave something out here and there; nobody was at the end yet."""
    return "1" if block < blocks * number // accounts and (block + number) % 7 else "0"


async def _import(platform: Platform) -> UUID:
    with tempfile.TemporaryDirectory(prefix="lyceum-bench-") as folder:
        archive = Path(folder) / "bench.tar.gz"
        _pack(archive)
        status = await wait_for_import(platform, await begin_file(platform, archive, publish=True))
    if status.state == "failed" or status.course_id is None:
        raise RuntimeError(f"the bench's course was refused: {status.problem}")
    return status.course_id


def _pack(archive: Path) -> None:
    """A course in OLX: 10 sections of 10 lessons, each of one page with one text."""
    with tarfile.open(archive, "w:gz") as packed:
        for name, text in _documents():
            entry = tarfile.TarInfo(f"course/{name}")
            entry.size = len(content := text.encode())
            packed.addfile(entry, io.BytesIO(content))


def _documents() -> Any:
    yield "course.xml", '<course org="Lyceum" course="bench" url_name="run"/>'
    sections = [f"s{number}" for number in range(_SECTIONS)]
    inner = "".join(f'<chapter url_name="{section}"/>' for section in sections)
    yield "course/run.xml", f'<course display_name="A course to measure" language="en">{inner}</course>'
    for section in sections:
        lessons = [f"{section}l{number}" for number in range(_LESSONS)]
        inner = "".join(f'<sequential url_name="{lesson}"/>' for lesson in lessons)
        yield f"chapter/{section}.xml", f'<chapter display_name="Section {section}">{inner}</chapter>'
        for lesson in lessons:
            names = f'display_name="Lesson {lesson}"'
            yield f"sequential/{lesson}.xml", f'<sequential {names}><vertical url_name="{lesson}"/></sequential>'
            yield f"vertical/{lesson}.xml", f'<vertical {names}><html url_name="{lesson}"/></vertical>'
            yield f"html/{lesson}.xml", f'<html filename="{lesson}" {names}/>'
            yield f"html/{lesson}.html", f"<p>What lesson {lesson} is about.</p>"


def _blocks(nodes: Sequence[StructureNode]) -> Any:
    for node in nodes:
        if node.kind == "block":
            yield node
        else:
            yield from _blocks(node.children)
