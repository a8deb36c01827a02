"""The blocks of an imported page."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from lyceum.course.domain.importing.values import ImportedValue, Source, Storable, Text, Title, Url


class ProblemFormat(StrEnum):
    """The language in which a problem is written that another module has to understand.

    `olx`: an Open edX `<problem>` element. `qti-1.2`: an IMS QTI 1.2 `<questestinterop>` document, a whole assessment.
    `lyceum-quiz`: the neutral JSON that the assessment module writes on export and reads back.
    """

    OLX = "olx"
    QTI_1_2 = "qti-1.2"
    LYCEUM_QUIZ = "lyceum-quiz"


class ForeignProblem(ImportedValue):
    """A problem in the words of its origin, for the assessment module to make sense of.

    `content` is well-formed XML text (or JSON text for `lyceum-quiz`) in which references to the archive's files and
    pages are already `asset:` and `node:` references. `settings` holds what stands beside the content and bears on
    attempts and scores, by the origin's names, e.g. `max_attempts`, `weight`, `showanswer`.
    """

    source: Source
    format: ProblemFormat
    title: Title
    content: Text
    settings: dict[str, JsonValue] = Field(default_factory=dict)


class Block(ImportedValue):
    """What every block has. `source` is unique in the course, whatever the kind of node."""

    source: Source
    title: Title
    optional: bool = False
    hidden: bool = False


class RichTextBlock(Block):
    """HTML that the sanitiser has passed, with `asset:` and `node:` references."""

    kind: Literal["rich_text"] = "rich_text"
    html: Text


class VideoSource(ImportedValue):
    """Where a video is: a YouTube id, an http(s) address, or the path of an asset."""

    kind: Literal["youtube", "url", "asset"]
    value: Url


class Caption(ImportedValue):
    """Captions in one language (BCP 47). `asset` is the path of an SRT, WebVTT or SJSON asset."""

    language: Storable
    asset: Storable


class VideoBlock(Block):
    """A video by reference; the first source that plays wins. `transcript`: an asset with the whole text, if any."""

    kind: Literal["video"] = "video"
    sources: tuple[VideoSource, ...] = ()
    captions: tuple[Caption, ...] = ()
    transcript: Storable | None = None
    duration_seconds: float | None = Field(default=None, ge=0, allow_inf_nan=False)


class ProblemBlock(Block):
    """A problem that the assessment module takes over. `graded` is the origin's wish, not a promise."""

    kind: Literal["problem"] = "problem"
    graded: bool = False
    problem: ForeignProblem


class FileBlock(Block):
    """A file to download or view; `asset` is its path among the assets."""

    kind: Literal["file"] = "file"
    asset: Storable


class EmbedBlock(Block):
    """Something from elsewhere. `presentation` says whether the origin framed it in the page or only linked to it."""

    kind: Literal["embed"] = "embed"
    url: Url
    presentation: Literal["frame", "link"] = "frame"


ImportedBlock = Annotated[
    RichTextBlock | VideoBlock | ProblemBlock | FileBlock | EmbedBlock,
    Field(discriminator="kind"),
]
