"""The files of a course."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lyceum.course.domain.values import refusal

MAX_PATH = 400
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,90}/[a-z0-9!#$&^_.+-]{1,90}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Asset:
    """A file. `size` is in bytes, `sha256` in hexadecimal; equal files of a course share one object in storage."""

    path: str
    media_type: str
    size: int
    sha256: str
    uploaded_at: datetime
    uploaded_by: UUID


def asset_path(path: str) -> str:
    """A relative path with `/` between its parts. Raises `ValidationFailed` for anything that could lead elsewhere."""
    parts = path.split("/")
    if (
        not 1 <= len(path) <= MAX_PATH
        or any(part in ("", ".", "..") for part in parts)
        or "\\" in path
        or any(not character.isprintable() for character in path)
    ):
        raise refusal("/path", "A path is relative, of at most 400 characters, without empty or dotted parts")
    return path


def media_type(text: str) -> str:
    """The type without its parameters (RFC 9110, 8.3.1), in lower case. Raises `ValidationFailed`."""
    kind = text.partition(";")[0].strip().lower()
    if not _MEDIA_TYPE.fullmatch(kind):
        raise refusal("/content-type", "This is not a media type such as image/png")
    return kind


def assets_folder(course_id: UUID) -> str:
    """Where in object storage the files of a course are: apart from those of others, so that they can go together."""
    return f"assets/{course_id}"


def asset_key(course_id: UUID, sha256: str) -> str:
    """Where in object storage the file with these bytes is."""
    return f"{assets_folder(course_id)}/{sha256}"


def stored_key(key: str) -> str:
    """The key of one of course's objects in the storage that all modules share."""
    return f"course/{key}"
