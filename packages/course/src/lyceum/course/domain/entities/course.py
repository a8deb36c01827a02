"""The course itself: what the catalogue says about it, and which version learners see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from lyceum.course.domain import values
from lyceum.course.domain.assets import asset_path
from lyceum.course.domain.values import CourseState
from lyceum.course.ports import CourseArchivedAlready
from lyceum.kernel.aggregate import Aggregate, DomainEvent


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionReleased(DomainEvent):
    course: "Course"
    content_hash: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseClosed(DomainEvent):
    course: "Course"


@dataclass(kw_only=True, eq=False)
class Course(Aggregate):
    """`latest_number` counts the versions ever published; `published_number` is the one that learners see."""

    id: UUID
    organisation_id: UUID | None
    slug: str
    title: str
    summary: str
    description_html: str
    language: str
    image: str | None
    licence: str | None
    listed: bool
    state: CourseState
    published_number: int | None
    latest_number: int
    published_at: datetime | None
    created_by: UUID
    created_at: datetime
    updated_at: datetime

    @classmethod
    def create(
        cls,
        *,
        course_id: UUID,
        title: str,
        slug: str,
        language: str,
        created_by: UUID,
        now: datetime,
        organisation_id: UUID | None = None,
        summary: str = "",
        description_html: str = "",
        image: str | None = None,
        licence: str | None = None,
    ) -> Self:
        """A new course that nobody but its authors sees. Raises `ValidationFailed`."""
        return cls(
            id=course_id,
            organisation_id=organisation_id,
            slug=values.slug(slug),
            title=values.title(title),
            summary=values.summary(summary),
            description_html=description_html,
            language=values.language(language),
            image=image,
            licence=licence,
            listed=True,
            state=CourseState.DRAFT,
            published_number=None,
            latest_number=0,
            published_at=None,
            created_by=created_by,
            created_at=now,
            updated_at=now,
        )

    @property
    def open_to_learners(self) -> bool:
        """Whether somebody may enrol by themselves."""
        return self.state is CourseState.PUBLISHED

    def describe(
        self,
        *,
        now: datetime,
        title: str | None = None,
        summary: str | None = None,
        description_html: str | None = None,
        language: str | None = None,
        image: str | None = None,
        licence: str | None = None,
        listed: bool | None = None,
    ) -> None:
        """Change what is given, leave the rest; an empty `image` or `licence` takes it away.

        Raises `ValidationFailed`.
        """
        if image:
            asset_path(image)
        if title is not None:
            self.title = values.title(title)
        if summary is not None:
            self.summary = values.summary(summary)
        if description_html is not None:
            self.description_html = description_html
        if language is not None:
            self.language = values.language(language)
        if image is not None:
            self.image = image or None
        if licence is not None:
            self.licence = licence or None
        if listed is not None:
            self.listed = listed
        self.updated_at = now

    def release(self, *, content_hash: str, now: datetime) -> int:
        """The number of the version that learners see from now on: the next one. An archived course opens again."""
        self.latest_number += 1
        self.published_number = self.latest_number
        self.published_at = now
        self.state = CourseState.PUBLISHED
        self.updated_at = now
        self.record(VersionReleased(course=self, content_hash=content_hash))
        return self.latest_number

    def archive(self, *, now: datetime) -> None:
        """Take no new learners. Raises `CourseArchivedAlready`."""
        if self.state is CourseState.ARCHIVED:
            raise CourseArchivedAlready()
        self.state = CourseState.ARCHIVED
        self.updated_at = now
        self.record(CourseClosed(course=self))
