"""Courses, their values and their files."""

from datetime import timedelta
from uuid import uuid4

import pytest

from lyceum.course.domain import values
from lyceum.course.domain.assets import asset_key, asset_path, assets_folder, media_type
from lyceum.course.domain.entities import Course, CourseClosed, VersionReleased
from lyceum.course.domain.values import CourseState
from lyceum.course.ports import CourseArchivedAlready
from lyceum.kernel.errors import ValidationFailed


@pytest.fixture
def course(now):
    return Course.create(
        course_id=uuid4(), title=" Logic  1 ", slug="logic", language="en", created_by=uuid4(), now=now
    )


def test_a_new_course_is_a_draft_that_nobody_takes(course):
    assert (course.title, course.state, course.published_number) == ("Logic 1", CourseState.DRAFT, None)
    assert not course.open_to_learners


def test_versions_are_counted_from_one_without_holes(course, now):
    assert [course.release(content_hash=str(n), now=now) for n in range(3)] == [1, 2, 3]
    assert (course.published_number, course.latest_number, course.open_to_learners) == (3, 3, True)
    assert [type(event) for event in course.collect_events()] == [VersionReleased] * 3


def test_archiving_happens_once_and_publishing_opens_again(course, now):
    course.release(content_hash="", now=now)
    course.collect_events()
    course.archive(now=now)
    with pytest.raises(CourseArchivedAlready):
        course.archive(now=now)
    assert [type(event) for event in course.collect_events()] == [CourseClosed]
    course.release(content_hash="", now=now)
    assert course.state is CourseState.PUBLISHED


def test_describing_changes_what_is_said_and_leaves_the_rest(course, now):
    course.describe(now=now + timedelta(1), summary="Short", image="a/b.png", licence="CC0")
    assert (course.title, course.summary, course.image, course.licence) == ("Logic 1", "Short", "a/b.png", "CC0")
    course.describe(now=now, image="", licence="", listed=False)
    assert (course.image, course.licence, course.listed) == (None, None, False)


@pytest.mark.parametrize("path", ["", "/a", "a/", "a//b", "../a", "a/./b", "a\\b", "a\0", "a\n", "x" * 401])
def test_a_path_that_could_lead_elsewhere_is_refused(course, now, path):
    with pytest.raises(ValidationFailed):
        asset_path(path)
    if path:
        with pytest.raises(ValidationFailed):
            course.describe(now=now, image=path)


@pytest.mark.parametrize("path", ["a", "static/Übung 1.pdf", "a/b/c.tar.gz", "..a"])
def test_an_ordinary_path_is_fine(path):
    assert asset_path(path) == path


@pytest.mark.parametrize(
    ("text", "kind"), [("image/PNG", "image/png"), ("text/plain; charset=utf-8", "text/plain"), ("a/b+c", "a/b+c")]
)
def test_a_media_type_is_kept_without_parameters(text, kind):
    assert media_type(text) == kind


@pytest.mark.parametrize(
    "text", ["", "text", "text/", "a/b/c", "tëxt/plain", "a\n/b", "text/plain\r\nx: y", "a/" + "x" * 91]
)
def test_what_is_no_media_type_is_refused(text):
    with pytest.raises(ValidationFailed):
        media_type(text)


def test_files_of_a_course_lie_together_and_apart_from_others():
    one, other = uuid4(), uuid4()
    assert asset_key(one, "ab").startswith(assets_folder(one) + "/")
    assert asset_key(one, "ab") != asset_key(other, "ab")


@pytest.mark.parametrize("title", ["", "  ", "a\0", "x" * 256])
def test_a_title_is_a_line_of_text(title):
    with pytest.raises(ValidationFailed):
        values.title(title)


@pytest.mark.parametrize("slug", ["", "-a", "a-", "A", "a b", "ä", "a\n", "x" * 101])
def test_a_short_name_fits_into_an_address(slug):
    with pytest.raises(ValidationFailed):
        values.slug(slug)


@pytest.mark.parametrize(
    ("tag", "good"), [("en", True), ("pt-BR", True), ("zh-Hant", True), ("EN", False), ("e", False)]
)
def test_a_language_has_a_tag(tag, good):
    if good:
        assert values.language(tag) == tag
    else:
        with pytest.raises(ValidationFailed):
            values.language(tag)
