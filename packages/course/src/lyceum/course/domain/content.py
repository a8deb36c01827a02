"""What a block holds, by kind. HTML in it has passed the sanitiser; references stand as they are."""

from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from lyceum.course.domain.values import MAX_HTML
from lyceum.course.ports.structure import BlockKind


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("text may not hold a NUL character")
    return text


Text = Annotated[str, AfterValidator(_storable)]
AssetPath = Annotated[Text, StringConstraints(min_length=1, max_length=400)]
WebAddress = Annotated[Text, StringConstraints(min_length=1, max_length=4000)]


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("only http and https addresses are taken")
    return url


class Content(BaseModel):
    """Base of block contents."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RichText(Content):
    kind: Literal["rich_text"] = "rich_text"
    html: Annotated[Text, StringConstraints(max_length=MAX_HTML)] = ""


class VideoSource(Content):
    """Where a video is: a YouTube id, an http(s) address, or the path of an asset."""

    kind: Literal["youtube", "url", "asset"]
    value: WebAddress

    @model_validator(mode="after")
    def _playable(self) -> Self:
        if self.kind == "url":
            _web_address(self.value)
        return self


class Caption(Content):
    """Captions in one language (BCP 47): the path of an SRT or WebVTT asset."""

    language: Annotated[Text, StringConstraints(min_length=2, max_length=35)]
    asset: AssetPath


class Video(Content):
    """A video by reference; the first source that plays wins."""

    kind: Literal["video"] = "video"
    sources: Annotated[tuple[VideoSource, ...], Field(max_length=20)] = ()
    captions: Annotated[tuple[Caption, ...], Field(max_length=100)] = ()
    transcript: AssetPath | None = None
    duration_seconds: Annotated[float | None, Field(ge=0, allow_inf_nan=False)] = None


class Problem(Content):
    """A quiz of assessment, by its id. Null while the author has not chosen one."""

    kind: Literal["problem"] = "problem"
    quiz_id: UUID | None = None


class File(Content):
    kind: Literal["file"] = "file"
    asset: AssetPath


class Embed(Content):
    """Something from elsewhere, framed in the page or linked to."""

    kind: Literal["embed"] = "embed"
    url: WebAddress
    presentation: Literal["frame", "link"] = "frame"

    _checked = field_validator("url")(_web_address)


BlockContent = Annotated[RichText | Video | Problem | File | Embed, Field(discriminator="kind")]


def kind_of(content: RichText | Video | Problem | File | Embed) -> BlockKind:
    """The kind of block that holds this content."""
    return content.kind
