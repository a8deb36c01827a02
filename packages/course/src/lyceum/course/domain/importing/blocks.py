"""The blocks of an imported page."""

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from lyceum.course.domain.importing.values import (
    MAX_PROBLEM,
    Html,
    ImportedValue,
    Moment,
    Requirements,
    Source,
    Storable,
    Title,
    Url,
    WebAddress,
    is_web_address,
)
from lyceum.course.domain.values import MAX_TITLE
from lyceum.course.ports.problem_intake import ForeignProblem
from lyceum.course.ports.structure import BlockRule

MAX_VIDEO_SOURCES = 20
MAX_CAPTIONS = 100


class Block(ImportedValue):
    """What every block has. `source` is unique in the course, whatever the kind of node; the rest is as in nodes."""

    source: Source
    title: Title
    optional: bool = False
    hidden: bool = False
    graded: bool = False
    starts_at: Moment | None = None
    due_at: Moment | None = None
    completion: BlockRule | None = None
    requires: Requirements = ()


class RichTextBlock(Block):
    """HTML that the sanitiser has passed, with `asset:` and `node:` references."""

    kind: Literal["rich_text"] = "rich_text"
    html: Html


class VideoSource(ImportedValue):
    """Where a video is: a YouTube id, an http(s) address, or the path of an asset."""

    kind: Literal["youtube", "url", "asset"]
    value: Url

    @model_validator(mode="after")
    def _playable(self) -> Self:
        if self.kind == "url" and not is_web_address(self.value):
            raise ValueError("only http and https addresses are taken")
        return self


class Caption(ImportedValue):
    """Captions in one language (BCP 47). `asset` is the path of an SRT, WebVTT or SJSON asset."""

    language: Storable
    asset: Storable


class VideoBlock(Block):
    """A video by reference; the first source that plays wins. `transcript`: an asset with the whole text, if any."""

    kind: Literal["video"] = "video"
    sources: tuple[VideoSource, ...] = Field(default=(), max_length=MAX_VIDEO_SOURCES)
    captions: tuple[Caption, ...] = Field(default=(), max_length=MAX_CAPTIONS)
    transcript: Storable | None = None
    duration_seconds: float | None = Field(default=None, ge=0, allow_inf_nan=False)


class ProblemBlock(Block):
    """A problem for the module that keeps questions. Its `source` is the block's.

    References in its content are `asset:` and `node:` references already. Of its settings, `graded` is the origin's
    wish, not a promise.
    """

    kind: Literal["problem"] = "problem"
    problem: ForeignProblem

    @field_validator("problem")
    @classmethod
    def _bounded(cls, problem: ForeignProblem) -> ForeignProblem:
        if len(problem.content) > MAX_PROBLEM or len(problem.title) > MAX_TITLE:
            raise ValueError("the problem is too long")
        if "\x00" in problem.content or "\x00" in problem.title:
            raise ValueError("text may not hold a NUL character")
        return problem


class FileBlock(Block):
    """A file to download or view; `asset` is its path among the assets."""

    kind: Literal["file"] = "file"
    asset: Storable


class EmbedBlock(Block):
    """Something from elsewhere. `presentation` says whether the origin framed it in the page or only linked to it."""

    kind: Literal["embed"] = "embed"
    url: WebAddress
    presentation: Literal["frame", "link"] = "frame"


ImportedBlock = Annotated[
    RichTextBlock | VideoBlock | ProblemBlock | FileBlock | EmbedBlock,
    Field(discriminator="kind"),
]
