"""Values with their rules."""

import re
import unicodedata
from enum import StrEnum
from functools import cache
from zoneinfo import available_timezones

from lyceum.kernel.errors import ValidationFailed

MAX_EMAIL = 254
MAX_NAME = 120
MAX_BIO = 2000
# One @ with something on both sides and a dot behind: only the verification mail can tell whether it really works.
_NO_PART_OF_IT = r"\s@\"(),:;<>\[\\\]\x00-\x20\x7f-\x9f"
_EMAIL = re.compile(rf"[^{_NO_PART_OF_IT}]+@[^.{_NO_PART_OF_IT}]+(\.[^.{_NO_PART_OF_IT}]+)+")
_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-[0-9]{3})?")
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


class UserStatus(StrEnum):
    ACTIVE = "active"
    DEACTIVATED = "deactivated"


class ProfileVisibility(StrEnum):
    """Who sees a profile: everybody signed in, those who share an organisation, or nobody else."""

    PLATFORM = "platform"
    ORGANISATION = "organisation"
    PRIVATE = "private"


def refusal(pointer: str, detail: str) -> ValidationFailed:
    """A `ValidationFailed` about one field."""
    return ValidationFailed(detail, errors=[{"pointer": pointer, "detail": detail}])


def email_address(text: str) -> str:
    """The address, trimmed. Raises `ValidationFailed` where it cannot be one (RFC 5321 lengths)."""
    address = unicodedata.normalize("NFC", text.strip())
    local, _, _ = address.rpartition("@")
    if len(address) > MAX_EMAIL or len(local) > 64 or not _EMAIL.fullmatch(address):
        raise refusal("/email", "This is not an e-mail address")
    return address


def display_name(text: str) -> str:
    """The name on one line, trimmed, 1 to 120 characters."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not 1 <= len(name) <= MAX_NAME or any(unicodedata.category(c) in ("Cc", "Cs") for c in name):
        raise refusal("/display_name", f"A name has 1 to {MAX_NAME} characters")
    return name


def locale_tag(text: str) -> str:
    """A language tag (BCP 47: language, script, region) such as `en`, `pt-BR`, `zh-Hant`."""
    if not _LOCALE.fullmatch(text):
        raise refusal("/locale", "This is not a language tag such as en or pt-BR")
    return text


def time_zone(text: str) -> str:
    """A name of the IANA time zone database."""
    if text not in _time_zones():
        raise refusal("/time_zone", "This is not a time zone such as Europe/Paris")
    return text


@cache
def _time_zones() -> frozenset[str]:
    # Reads a folder of some hundred files, which no request should wait for twice.
    return frozenset(available_timezones())


def slug(text: str) -> str:
    """A short name for addresses: lower-case letters, digits and inner hyphens, at most 63."""
    if not _SLUG.fullmatch(text):
        raise refusal("/slug", "A short name has lower-case letters, digits and hyphens")
    return text


def biography(text: str) -> str:
    """Plain text, at most 2,000 characters."""
    if len(text) > MAX_BIO or "\x00" in text:
        raise refusal("/bio", f"At most {MAX_BIO} characters of text")
    return text.strip()
