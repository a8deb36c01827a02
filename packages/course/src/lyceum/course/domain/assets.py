"""The files of a course."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lyceum.course.domain.values import refusal

MAX_PATH = 400


@dataclass(frozen=True, kw_only=True, slots=True)
class Asset:
    """A file. `size` is in bytes, `sha256` in hexadecimal; equal files share one object in storage."""

    path: str
    media_type: str
    size: int
    sha256: str
    uploaded_at: datetime
    uploaded_by: UUID

    @property
    def object_key(self) -> str:
        """Where its bytes are in object storage."""
        return f"assets/{self.sha256}"


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


def stored_key(key: str) -> str:
    """The key of one of course's objects in the storage that all modules share."""
    return f"course/{key}"
