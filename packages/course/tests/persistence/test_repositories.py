"""What every persistence of course promises: the one in memory and the one on PostgreSQL."""

import asyncio
import contextvars
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from lyceum.course.domain.assets import Asset
from lyceum.course.domain.content import File, Problem, RichText, Video, VideoSource
from lyceum.course.domain.entities import Course, CourseExport, CourseImport, Draft, Enrolment, Node, NodeChange
from lyceum.course.domain.importing import ArchiveFormat
from lyceum.course.domain.values import InstructorRole
from lyceum.course.domain.versions import snapshot
from lyceum.course.ports import (
    CourseNotFound,
    EnrolledAlready,
    ExportNotFound,
    ImportNotFound,
    NodeNotFound,
    ScoreAtLeast,
    SlugTaken,
    VersionNotFound,
)
from lyceum.kernel.errors import VersionConflict

NOW = datetime(2030, 1, 15, 12, tzinfo=UTC)


@pytest.fixture(params=["memory", "sql"])
def units(request):
    if request.param == "memory":
        return request.getfixturevalue("memory").units
    return request.getfixturevalue("harness").container.units


def course_of(slug="logic"):
    return Course.create(course_id=uuid4(), title="Logic", slug=slug, language="en", created_by=uuid4(), now=NOW)


def fields(aggregate):
    return {name: value for name, value in vars(aggregate).items() if not name.startswith("_")}


async def saved(units, *aggregates):
    async with units() as unit:
        for aggregate in aggregates:
            repositories = {
                Course: "courses",
                Draft: "drafts",
                Node: "nodes",
                Enrolment: "enrolments",
                CourseImport: "imports",
                CourseExport: "exports",
            }
            getattr(unit, repositories[type(aggregate)]).add(aggregate)
        await unit.commit()
    return aggregates[0]


def node_of(course, kind="block", content=None, **changes):
    node = Node.create(
        node_id=uuid4(),
        course_id=course.id,
        kind=kind,
        title="Node",
        now=NOW,
        content=(content or RichText(html="<p>x</p>")) if kind == "block" else None,
    )
    node.edit(NodeChange(**changes), now=NOW)
    return node


async def test_what_is_not_there_is_not_found(units):
    async with units() as unit:
        for call, missing in (
            (unit.courses.get(uuid4()), CourseNotFound),
            (unit.drafts.get(uuid4()), CourseNotFound),
            (unit.drafts.get_to_change(uuid4()), CourseNotFound),
            (unit.nodes.get(uuid4(), uuid4()), NodeNotFound),
            (unit.versions.get(uuid4(), 1), VersionNotFound),
            (unit.imports.get(uuid4()), ImportNotFound),
            (unit.exports.get(uuid4()), ExportNotFound),
        ):
            with pytest.raises(missing):
                await call
        assert await unit.enrolments.find(uuid4(), uuid4()) is None
        assert await unit.assets.find(uuid4(), "a") is None
        assert await unit.assets.remove(uuid4(), "a") is False


async def test_aggregates_come_back_as_they_were_saved(units):
    course = course_of()
    course.describe(now=NOW, summary="S", image="a.png", licence="CC0", listed=False)
    nodes = [
        node_of(course, content=Problem(quiz_id=uuid4()), completion=ScoreAtLeast(share=Decimal("0.25"))),
        node_of(
            course, content=Video(sources=(VideoSource(kind="url", value="https://a.org/v"),), duration_seconds=1.5)
        ),
        node_of(course, content=File(asset="a.pdf"), available_from=NOW, due_at=NOW + timedelta(1), graded=True),
        node_of(course, "page", requires=(uuid4(), uuid4()), optional=True),
    ]
    draft = Draft(id=course.id, tree=[{"id": str(uuid4()), "kind": "section", "children": []}])
    enrolment = Enrolment.start(course_id=course.id, user_id=uuid4(), now=NOW)
    request = CourseImport.request(
        import_id=uuid4(),
        requested_by=uuid4(),
        organisation_id=uuid4(),
        file_name="a.imscc",
        format=ArchiveFormat.OLX,
        publish=True,
        now=NOW,
    )
    request.succeed(report={"counts": {}}, format=ArchiveFormat.LYCEUM, now=NOW)
    export = CourseExport.request(course_id=course.id, requested_by=uuid4(), now=NOW)
    export.fail(problem={"code": "x"}, now=NOW)
    await saved(units, course, draft, *nodes, enrolment, request, export)
    async with units() as unit:
        assert fields(await unit.courses.get(course.id)) == fields(course)
        assert fields(await unit.drafts.get(course.id)) == fields(draft)
        assert fields(await unit.enrolments.find(course.id, enrolment.user_id)) == fields(enrolment)
        assert fields(await unit.imports.get(request.id)) == fields(request)
        assert fields(await unit.exports.get(export.id)) == fields(export)
        found = await unit.nodes.of_course(course.id)
        assert {node.id: fields(node) for node in found.values()} == {node.id: fields(node) for node in nodes}
    assert course.version == 1


async def test_nothing_is_kept_without_a_commit(units):
    course = course_of()
    async with units() as unit:
        unit.courses.add(course)
        await unit.instructors.appoint(uuid4(), course.id, InstructorRole.OWNER)
    async with units() as unit:
        assert not await unit.courses.slug_taken("logic")
        assert await unit.instructors.of_course(course.id) == {}


async def test_a_short_name_is_taken_once(units):
    await saved(units, course_of())
    async with units() as unit:
        assert await unit.courses.slug_taken("logic")
        assert not await unit.courses.slug_taken("rhetoric")
    with pytest.raises(SlugTaken):
        await saved(units, course_of())


async def test_a_person_takes_a_course_once(units):
    course = await saved(units, course_of())
    user_id = uuid4()
    await saved(units, Enrolment.start(course_id=course.id, user_id=user_id, now=NOW))
    with pytest.raises(EnrolledAlready):
        await saved(units, Enrolment.start(course_id=course.id, user_id=user_id, now=NOW))


async def test_who_saves_with_an_old_version_is_told(units):
    course = await saved(units, course_of())
    async with units() as unit:
        mine = await unit.courses.get(course.id)
        mine.describe(now=NOW, title="Mine")
        # A task of its own, as another request is.
        await asyncio.create_task(rename(units, course.id, "Theirs"), context=contextvars.Context())
        with pytest.raises(VersionConflict):
            await unit.commit()
    async with units() as unit:
        found = await unit.courses.get(course.id)
        assert (found.title, found.version) == ("Theirs", 2)


async def rename(units, course_id, title):
    async with units() as unit:
        course = await unit.courses.get(course_id)
        course.describe(now=NOW, title=title)
        await unit.commit()


async def test_instructors_are_appointed_again_and_dismissed(units):
    course = await saved(units, course_of())
    one, other = sorted([uuid4(), uuid4()])
    async with units() as unit:
        await unit.instructors.appoint(one, course.id, InstructorRole.INSTRUCTOR)
        await unit.instructors.appoint(other, course.id, InstructorRole.OWNER)
        await unit.instructors.appoint(one, course.id, InstructorRole.OWNER)
        await unit.commit()
    async with units() as unit:
        assert await unit.instructors.role_of(one, course.id) is InstructorRole.OWNER
        assert await unit.instructors.role_of(one, uuid4()) is None
        await unit.instructors.dismiss(other, course.id)
        await unit.instructors.dismiss(other, course.id)
        assert await unit.instructors.of_course(course.id, to_change=True) == {one: InstructorRole.OWNER}


async def test_nodes_are_removed_from_their_own_course_only(units):
    course, other = course_of(), course_of("other")
    mine, kept, foreign = node_of(course), node_of(course), node_of(other)
    await saved(units, course, other, mine, kept, foreign)
    async with units() as unit:
        await unit.nodes.remove(course.id, [mine.id, foreign.id])
        await unit.commit()
    async with units() as unit:
        assert set(await unit.nodes.of_course(course.id)) == {kept.id}
        assert set(await unit.nodes.of_course(other.id)) == {foreign.id}
        with pytest.raises(NodeNotFound):
            await unit.nodes.get(course.id, foreign.id)


def version_of(course, number=1):
    section, lesson, page = (node_of(course, kind) for kind in ("section", "lesson", "page"))
    blocks = [node_of(course), node_of(course, content=Problem(quiz_id=uuid4()))]
    tree = [{"id": str(block.id), "kind": "block", "children": []} for block in blocks]
    for node in (page, lesson, section):
        tree = [{"id": str(node.id), "kind": node.kind, "children": tree}]
    nodes = {node.id: node for node in (section, lesson, page, *blocks)}
    return snapshot(
        course_id=course.id, title="T", number=number, tree=tree, nodes=nodes, note="n", now=NOW, by=uuid4()
    )


async def test_a_version_comes_back_whole_and_is_written_once(units):
    course = await saved(units, course_of())
    version = version_of(course)
    async with units() as unit:
        await unit.versions.add(version)
        await unit.commit()
    async with units() as unit:
        assert await unit.versions.get(course.id, 1) == version
        with pytest.raises(VersionNotFound):
            await unit.versions.get(course.id, 2)
    with pytest.raises(VersionConflict):
        await added(units, version_of(course))


async def added(units, version):
    async with units() as unit:
        await unit.versions.add(version)
        await unit.commit()


def asset_of(path, size=1):
    return Asset(path=path, media_type="text/plain", size=size, sha256="ab", uploaded_at=NOW, uploaded_by=uuid4())


async def test_a_file_takes_the_place_of_the_one_before(units):
    course = await saved(units, course_of())
    async with units() as unit:
        await unit.assets.put(course.id, [asset_of("b"), asset_of("a")])
        await unit.assets.put(course.id, [])
        newer = asset_of("a", 2**40)
        await unit.assets.put(course.id, [newer])
        await unit.commit()
    async with units() as unit:
        assert [asset.path for asset in await unit.assets.of_course(course.id)] == ["a", "b"]
        assert await unit.assets.find(course.id, "a") == newer
        assert await unit.assets.remove(course.id, "a") is True
        assert await unit.assets.find(course.id, "a") is None
