"""The bodies of progress's HTTP requests and answers. No request has a field that says what is done: that is
derived."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

MAX_HEARTBEATS = 100
LONGEST_VIDEO_SECONDS = 86_400 * 7

Seconds = Annotated[
    int, Field(ge=0, le=LONGEST_VIDEO_SECONDS, description="How far into a video or a recording, in seconds.")
]
NodeKind = Literal["section", "lesson", "page", "block"]
BlockKind = Literal["rich_text", "video", "problem", "file", "embed"]
EnrolmentState = Literal["active", "withdrawn"]
Refusal = Literal["not-enrolled", "unknown-block", "locked", "not-yet-available"]
Rule = Literal["viewed", "answered", "score", "all", "any", "at-least"]


class Body(BaseModel):
    """What clients send: unknown fields are refused, so that a typing error is not silently ignored."""

    model_config = ConfigDict(extra="forbid")


class Answer(BaseModel):
    """What clients get."""

    model_config = ConfigDict(frozen=True)


class Viewed(Body):
    """The learner looked at a block, at a moment by the client's clock."""

    kind: Literal["viewed"]
    course_id: UUID
    block_id: UUID
    at: AwareDatetime


class Reached(Body):
    """The learner was at a block, at a moment by the client's clock: the place to go on, in a video with the second."""

    kind: Literal["position"]
    course_id: UUID
    block_id: UUID
    at: AwareDatetime
    seconds: Seconds | None = None


Heartbeat = Annotated[Viewed | Reached, Field(discriminator="kind")]


class HeartbeatBatch(Body):
    heartbeats: Annotated[list[Heartbeat], Field(min_length=1, max_length=MAX_HEARTBEATS)]


class HeartbeatResult(Answer):
    """What became of one heartbeat. `reason` is null for an accepted one."""

    result: Literal["accepted", "refused"]
    reason: Refusal | None = None


class HeartbeatResults(Answer):
    """One result for each heartbeat, in their order."""

    results: list[HeartbeatResult]


class PositionRequest(Body):
    """Any part of the course, and in a video the second."""

    node_id: UUID
    seconds: Seconds | None = None


class ResumePosition(Answer):
    """Where to go on: where the learner was last, or the first page that is open and not done (`seconds` is null).

    `page_id` is the page to open for it; null where there is none.
    """

    node_id: UUID
    page_id: UUID | None = None
    kind: NodeKind
    title: str
    seconds: int | None


class CourseOverview(Answer):
    """One of the caller's courses. `percentage` is rounded down, and 100 exactly when nothing is left to do.

    `completed_at` stays once it is set; `percentage` may fall when the course is extended. `next_due_at` is the
    earliest moment at which something that is left is due; it may be over.
    """

    course_id: UUID
    title: str
    state: EnrolmentState
    percentage: int
    next_due_at: datetime | None
    enrolled_at: datetime
    active_at: datetime
    completed_at: datetime | None


class LearnerOverview(Answer):
    """One learner of a course, for those who teach it. `display_name` is empty for an account that is gone."""

    user_id: UUID
    display_name: str
    state: EnrolmentState
    percentage: int
    enrolled_at: datetime
    active_at: datetime
    completed_at: datetime | None


class PartSummary(Answer):
    """A section, lesson or page: `required` blocks on the shortest way through it, `remaining` of them left."""

    id: UUID
    kind: NodeKind
    title: str
    optional: bool
    required: int
    remaining: int
    percentage: int
    done: bool
    locked: bool
    parts: list["PartSummary"]


class CourseProgressView(Answer):
    """How far the caller is in a course, down to its pages."""

    course_id: UUID
    number: int
    title: str
    state: EnrolmentState
    required: int
    remaining: int
    percentage: int
    enrolled_at: datetime
    active_at: datetime
    completed_at: datetime | None
    resume: ResumePosition | None
    sections: list[PartSummary]


class OutlineNode(Answer):
    """A part of the course with the caller's progress. Blocks have `block_kind` and no `children`.

    `graded` and `due_at` are the part's own; they hold for what is in it, unless that has a `due_at` of its own.
    """

    id: UUID
    kind: NodeKind
    title: str
    optional: bool
    rule: Rule
    graded: bool = False
    due_at: datetime | None = None
    block_kind: BlockKind | None = None
    quiz_id: UUID | None = None
    required: int
    remaining: int
    done: bool
    locked: bool
    children: list["OutlineNode"] = []


class ProgressOutline(Answer):
    """The whole course with the caller's progress."""

    course_id: UUID
    number: int
    title: str
    sections: list[OutlineNode]
    required: int
    remaining: int
    percentage: int
    completed_at: datetime | None


class NodeReference(Answer):
    """A part of the course; `path` are the titles that lead to it, its own last."""

    node_id: UUID
    kind: NodeKind
    path: list[str]


class UnmetRequirement(Answer):
    """Something that is left to do. `missing` says it in English; the rest says it to programs.

    `page_id` is the page to open for it; null where there is none. `graded` and `due_at` are those that hold for it,
    from itself or from what it lies in.
    `reached` and `needed` are shares of the points (0 to 1) for the rule `score`; for `any` and `at-least`, `needed` is
    how many more of `options` have to be done. `nothing-required` is the reason why a course without anything to do is
    never complete; its `node_id` is the course's.
    """

    node_id: UUID
    page_id: UUID | None = None
    kind: NodeKind | Literal["course"]
    path: list[str]
    rule: Rule | Literal["nothing-required"]
    missing: str
    locked: bool = False
    graded: bool = False
    due_at: datetime | None = None
    reached: Decimal | None = None
    needed: Decimal | None = None
    options: list[NodeReference] = []


class LockReason(Answer):
    """`requires`: the node has to be done first. `not-yet-available`: it opens at `available_from`. `not-enrolled`: the
    caller does not take the course now."""

    reason: Literal["requires", "not-yet-available", "not-enrolled"]
    node: NodeReference | None = None
    available_from: datetime | None = None


class LockedNode(Answer):
    """A part that is closed, with all that is in it; the course itself for somebody who does not take it."""

    node_id: UUID
    kind: NodeKind | Literal["course"]
    path: list[str]
    reasons: list[LockReason]


class Explanation(Answer):
    """`unmet` is empty exactly when `percentage` is 100."""

    course_id: UUID
    percentage: int
    completed_at: datetime | None
    unmet: list[UnmetRequirement]
    locked: list[LockedNode]
