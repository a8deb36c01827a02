"""From draft to version: all of it or nothing."""

import pytest

from lyceum.course.domain.entities import Course
from lyceum.course.ports import CourseNotFound, DraftNotReady, VersionNotFound
from lyceum.course.schemas.events import CoursePublished
from lyceum.course.schemas.internal import CourseRequest, NodeEdit, NodeRequest
from lyceum.kernel.errors import NotAuthenticated, PermissionDenied, PreconditionFailed
from lyceum.kernel.principal import ANONYMOUS


@pytest.fixture
async def course(services, author):
    """The id of a course with one text."""
    made = await services.authoring.create(author, CourseRequest(title="Logic"))
    parent = None
    for kind in ("section", "lesson", "page", "block"):
        content = {"kind": "rich_text", "html": "<p>x</p>"} if kind == "block" else None
        request = NodeRequest(kind=kind, title=kind, parent_id=parent, content=content)
        parent = (await services.drafting.add(author, made.id, request, expected=None)).id
    return made.id


async def test_versions_count_and_each_is_announced(services, memory, author, course):
    numbers = [(await services.publishing.publish(author, course)).number for _ in range(3)]
    assert numbers == [1, 2, 3]
    assert [event.number for event in memory.store.published(CoursePublished)] == [1, 2, 3]


@pytest.mark.parametrize("step", ["versions.add", "commit"])
async def test_a_publish_that_dies_half_way_has_not_happened(services, memory, author, course, step):
    def units():
        unit = memory.units()
        bind, commit = unit.bind, unit.commit

        async def die(*_):
            raise RuntimeError("killed")

        def bound():
            bind()
            if step == "versions.add":
                unit.versions.add = die

        unit.bind = bound
        unit.commit = die if step == "commit" else commit
        return unit

    services.publishing._units = units
    with pytest.raises(RuntimeError):
        await services.publishing.publish(author, course)
    [stored] = memory.all(Course)
    assert (stored.published_number, stored.latest_number, stored.state) == (None, 0, "draft")
    assert memory.store.rows.get("versions", {}) == {}
    assert memory.store.published(CoursePublished) == []


async def test_an_earlier_version_comes_back_under_a_new_number_and_the_draft_stays(services, memory, author, course):
    first = await services.publishing.publish(author, course)
    outline = await services.drafting.outline(author, course)
    section = outline.sections[0]
    await services.drafting.edit(author, course, section.id, NodeEdit(title="Renamed"), expected=section.version)
    second = await services.publishing.publish(author, course)
    third = await services.publishing.restore(author, course, 1)
    assert (third.number, third.restored_from) == (3, 1)
    assert third.content_hash == first.content_hash != second.content_hash
    assert (await services.drafting.outline(author, course)).sections[0].title == "Renamed"
    assert [each.change for each in await services.publishing.draft_differences(author, course)] == ["changed"]
    assert await services.publishing.version_differences(author, course, old=1, new=3) == []
    with pytest.raises(VersionNotFound):
        await services.publishing.restore(author, course, 9)


async def test_who_looked_at_an_older_outline_does_not_publish(services, author, course):
    with pytest.raises(PreconditionFailed):
        await services.publishing.publish(author, course, expected=1)


async def test_a_draft_with_errors_is_refused_with_all_of_them(services, author):
    made = await services.authoring.create(author, CourseRequest(title="Empty"))
    with pytest.raises(DraftNotReady) as refused:
        await services.publishing.publish(author, made.id)
    assert [finding["code"] for finding in refused.value.extensions["findings"]] == ["empty"]


async def test_publishing_is_for_the_courses_authors(services, author, learner, course):
    publishing = services.publishing
    calls = (publishing.publish, publishing.checks, publishing.draft_differences)
    for call in calls:
        with pytest.raises(NotAuthenticated):
            await call(ANONYMOUS, course)
        with pytest.raises(CourseNotFound):
            await call(learner, course)
    await publishing.publish(author, course)
    for call in calls:
        with pytest.raises(PermissionDenied):
            await call(learner, course)
    with pytest.raises(PermissionDenied):
        await publishing.restore(learner, course, 1)
