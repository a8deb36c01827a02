"""Values of a course with their rules."""

import re
from enum import StrEnum

from lyceum.kernel.errors import ValidationFailed

MAX_TITLE = 255
MAX_SUMMARY = 2_000
MAX_HTML = 1_000_000
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-[0-9]{3})?")


class CourseState(StrEnum):
    """`draft`: never published. `published`: learners can take it. `archived`: no new learners, not listed."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class NodeVisibility(StrEnum):
    """Only `visible` nodes are published; `hidden` ones were taken back, `draft` ones are not ready."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    DRAFT = "draft"


class InstructorRole(StrEnum):
    """Owners may also change who instructs."""

    OWNER = "owner"
    INSTRUCTOR = "instructor"


class EnrolmentState(StrEnum):
    ACTIVE = "active"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


def refusal(pointer: str, detail: str) -> ValidationFailed:
    """A `ValidationFailed` about one field."""
    return ValidationFailed(detail, errors=[{"pointer": pointer, "detail": detail}])


def title(text: str) -> str:
    """One line, trimmed, 1 to 255 characters."""
    line = " ".join(text.split())
    if not 1 <= len(line) <= MAX_TITLE or "\x00" in line:
        raise refusal("/title", f"A title has 1 to {MAX_TITLE} characters")
    return line


def summary(text: str) -> str:
    """Plain text, at most 2,000 characters."""
    if len(text) > MAX_SUMMARY or "\x00" in text:
        raise refusal("/summary", f"At most {MAX_SUMMARY} characters of text")
    return text.strip()


def slug(text: str) -> str:
    """A short name for addresses: lower-case letters, digits, inner hyphens, at most 100."""
    if not _SLUG.fullmatch(text):
        raise refusal("/slug", "A short name has lower-case letters, digits and inner hyphens")
    return text


def language(text: str) -> str:
    """A language tag (BCP 47: language, script, region)."""
    if not _LANGUAGE.fullmatch(text):
        raise refusal("/language", "This is not a language tag such as en or pt-BR")
    return text
