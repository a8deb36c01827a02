"""The bodies of course's HTTP requests and answers."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from lyceum.course.schemas.completion import BlockKind, CompletionRule, NodeKind


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("text may not hold a NUL character")
    return text


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("this moment is not within the years 1 to 9999") from error


Storable = AfterValidator(_storable)
"""PostgreSQL cannot keep what this refuses."""
Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
Title = Annotated[str, Field(min_length=1, max_length=255), Storable]
Slug = Annotated[str, Field(min_length=1, max_length=100, examples=["introduction-to-logic"]), Storable]
Language = Annotated[str, Field(min_length=2, max_length=12, examples=["en"]), Storable]
Html = Annotated[str, Field(max_length=1_000_000), Storable]
Line = Annotated[str, Field(max_length=400), Storable]
Summary = Annotated[str, Field(max_length=2_000), Storable]
Visibility = Literal["visible", "hidden", "draft"]
State = Literal["draft", "published", "archived"]
Role = Literal["owner", "instructor"]


class Body(BaseModel):
    """What clients send: unknown fields are refused, so that a typing error is not silently ignored."""

    model_config = ConfigDict(extra="forbid")


class Answer(BaseModel):
    """What clients get."""

    model_config = ConfigDict(frozen=True)


class CatalogueEntry(Answer):
    """A course as the catalogue lists it. `image` is an address; null where there is none."""

    id: UUID
    slug: str
    title: str
    summary: str
    language: str
    image: str | None
    organisation_id: UUID | None
    published_at: datetime


class CoursePage(CatalogueEntry):
    """A course as its public page shows it."""

    description_html: str
    licence: str | None
    open_for_enrolment: bool


class CourseRequest(Body):
    """Without `slug`, one is made of the title."""

    title: Title
    slug: Slug | None = None
    language: Language = "en"
    summary: Summary = ""
    description_html: Html = ""
    organisation_id: UUID | None = None


class CourseChange(Body):
    """Only what is present is changed. An empty `image` or `licence` takes it away."""

    title: Title | None = None
    summary: Summary | None = None
    description_html: Html | None = None
    language: Language | None = None
    image: Line | None = None
    licence: Line | None = None
    listed: bool | None = None


class CourseView(Answer):
    """A course as its authors see it."""

    id: UUID
    slug: str
    title: str
    summary: str
    description_html: str
    language: str
    image: str | None
    licence: str | None
    listed: bool
    state: State
    organisation_id: UUID | None
    published_number: int | None
    published_at: datetime | None
    created_at: datetime
    updated_at: datetime
    version: int


class Instructor(Answer):
    user_id: UUID
    display_name: str
    role: Role


class InstructorChange(Body):
    role: Role = "instructor"


class NodeRequest(Body):
    """A new node at `position` (from 0) below its parent, at the end without one. Blocks need `content`."""

    kind: NodeKind
    title: Title
    parent_id: UUID | None = None
    position: Annotated[int | None, Field(ge=0)] = None
    content: dict[str, Any] | None = None
    completion: CompletionRule | None = None
    optional: bool = False
    visibility: Visibility = "visible"


class NodeEdit(Body):
    """Only what is present is changed; an explicit null clears `available_from` and `due_at`."""

    title: Title | None = None
    visibility: Visibility | None = None
    optional: bool | None = None
    graded: bool | None = None
    completion: CompletionRule | None = None
    requires: Annotated[list[UUID] | None, Field(max_length=20)] = None
    available_from: Moment | None = None
    due_at: Moment | None = None
    content: dict[str, Any] | None = None


class MoveRequest(Body):
    """Where a node goes: below `parent_id` (null for the top), at `position` counted without the node itself."""

    node_id: UUID
    parent_id: UUID | None = None
    position: Annotated[int | None, Field(ge=0)] = None


class NodeView(Answer):
    """A node as its authors see it. `version` is the node's own."""

    id: UUID
    kind: NodeKind
    title: str
    visibility: Visibility
    optional: bool
    graded: bool
    completion: CompletionRule
    requires: list[UUID]
    available_from: datetime | None
    due_at: datetime | None
    block_kind: BlockKind | None
    content: dict[str, Any] | None
    version: int


class DraftNode(Answer):
    """A node in its place in the outline; what a block holds is asked for one by one."""

    id: UUID
    kind: NodeKind
    title: str
    visibility: Visibility
    optional: bool
    block_kind: BlockKind | None
    version: int
    children: list["DraftNode"]


class DraftView(Answer):
    """The outline that authors work on; `version` changes with the outline."""

    course_id: UUID
    version: int
    sections: list[DraftNode]


class PublishRequest(Body):
    """`note` tells other authors what is new."""

    note: Annotated[str, Field(max_length=2_000), Storable] = ""


class VersionView(Answer):
    """A published version. `current` is the one that learners see."""

    number: int
    title: str
    content_hash: str
    note: str
    restored_from: int | None
    published_at: datetime
    published_by: UUID
    current: bool


class Change(Answer):
    """A node that differs. `path` has the titles from the section down to it."""

    id: UUID
    kind: NodeKind
    path: list[str]
    change: Literal["added", "removed", "moved", "changed", "moved and changed"]


class Differences(Answer):
    changes: list[Change]


class CheckResult(Answer):
    """One finding about a draft. Errors keep it from being published."""

    severity: Literal["error", "warning"]
    code: str
    node_id: UUID | None
    detail: str


class CheckResults(Answer):
    findings: list[CheckResult]


class EnrolmentView(Answer):
    course_id: UUID
    user_id: UUID
    state: Literal["active", "completed", "withdrawn"]
    enrolled_at: datetime
    withdrawn_at: datetime | None
    completed_at: datetime | None


class MyEnrolment(EnrolmentView):
    """A course that the caller takes or took."""

    slug: str
    title: str
    image: str | None


class BlockView(Answer):
    """A block as learners see it. `content` is as its kind says; references in HTML are addresses."""

    id: UUID
    title: str
    kind: BlockKind
    optional: bool
    content: dict[str, Any]


class PageView(Answer):
    """A page with its blocks, and its neighbours in reading order. `number` is the version that this is of.

    `graded` and `due_at` are those that hold for the page, from it or from what it lies in.
    """

    id: UUID
    course_id: UUID
    number: int
    title: str
    path: list[str]
    graded: bool
    due_at: datetime | None
    previous_page_id: UUID | None
    next_page_id: UUID | None
    blocks: list[BlockView]


class AssetView(Answer):
    path: str
    media_type: str
    size: int
    sha256: str
    uploaded_at: datetime


class Progress(Answer):
    """How far long work is; `done` and `total` count what the stage is about."""

    stage: str
    done: int | None
    total: int | None


class ImportView(Answer):
    """An import. `course_id` is there once it succeeded; `problem` is a problem document once it failed."""

    id: UUID
    file_name: str
    format: str | None
    publish: bool
    state: Literal["queued", "running", "succeeded", "failed"]
    progress: Progress | None
    course_id: UUID | None
    requested_at: datetime
    finished_at: datetime | None
    report: dict[str, Any] | None
    problem: dict[str, Any] | None


class ExportView(Answer):
    """An export; `url` is a short-lived address of the archive once it succeeded."""

    id: UUID
    course_id: UUID
    state: Literal["queued", "running", "succeeded", "failed"]
    progress: Progress | None
    content_hash: str | None
    url: str | None
    requested_at: datetime
    finished_at: datetime | None
    problem: dict[str, Any] | None
