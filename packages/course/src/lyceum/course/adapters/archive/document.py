"""The document `course.json`."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lyceum.course.domain.importing import ImportedCourse

DOCUMENT = "course.json"
FORMAT: Literal["lyceum-course/1"] = "lyceum-course/1"
ASSETS = "assets"

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class AssetEntry(BaseModel):
    """One asset; its bytes lie at `assets/<sha256>`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Annotated[str, StringConstraints(min_length=1, max_length=400)]
    media_type: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.+-]{1,90}/[A-Za-z0-9_.+-]{1,90}$")]
    size: Annotated[int, Field(ge=0)]
    sha256: Sha256


class CourseDocument(BaseModel):
    """All of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["lyceum-course/1"] = FORMAT
    content_hash: Sha256
    course: ImportedCourse
    assets: tuple[AssetEntry, ...] = ()
