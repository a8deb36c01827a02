"""Versions as entity tags (RFC 9110, 8.8.3 and 13.1): version 3 is `"3"`."""

import re
from typing import Annotated

from fastapi import Depends, Header, Response

from lyceum.kernel.errors import PreconditionFailed, PreconditionRequired, ValidationFailed

MAX_IF_MATCH_LENGTH = 1024

_VERSION = re.compile(r"[0-9]{1,18}")
_ENTITY_TAG = re.compile(r'\s*(W/)?"([\x21\x23-\x7e\x80-\xff]*)"\s*(?:,|$)')


class Precondition:
    """The versions that `If-Match` allows; null for `*`, which any existing version meets."""

    def __init__(self, versions: frozenset[int] | None) -> None:
        self.versions = versions

    def expected(self, current: int) -> int:
        """The version to save against. Raises `PreconditionFailed` if the current version is not an allowed one."""
        if self.versions is not None and current not in self.versions:
            raise PreconditionFailed(expected=sorted(self.versions), actual=current)
        return current

    @property
    def version(self) -> int | None:
        """The one version that is named, for use cases that take an expected version; null for `*`.

        Raises `ValidationFailed` where several versions are named, `PreconditionFailed` where no tag can match.
        """
        if self.versions is None:
            return None
        if not self.versions:
            raise PreconditionFailed(expected=[])
        if len(self.versions) != 1:
            raise _malformed("name one version")
        return next(iter(self.versions))


def etag(version: int) -> str:
    """The strong entity tag of a version."""
    return f'"{version}"'


def set_etag(response: Response, version: int) -> None:
    response.headers["etag"] = etag(version)


def parse_if_match(value: str) -> Precondition:
    """What `If-Match` says. Raises `ValidationFailed` for what RFC 9110 does not allow.

    Weak tags and tags that are no versions are well formed but never match (13.1.1 asks for strong comparison).
    """
    if value.strip() == "*":
        return Precondition(None)
    versions = set()
    position = 0
    while position < len(value):
        match = _ENTITY_TAG.match(value, position)
        if match is None:
            raise _malformed('use * or entity tags such as "3"')
        weak, tag = match.groups()
        if not weak and _VERSION.fullmatch(tag):
            versions.add(int(tag))
        position = match.end()
    if not value.strip() or value.rstrip().endswith(","):
        raise _malformed('use * or entity tags such as "3"')
    return Precondition(frozenset(versions))


async def if_match(
    value: Annotated[
        str | None,
        Header(alias="If-Match", max_length=MAX_IF_MATCH_LENGTH, description='The version to change, as in `"3"`.'),
    ] = None,
) -> Precondition:
    """Raises `PreconditionRequired` without the header, `ValidationFailed` if it is malformed."""
    if value is None:
        raise PreconditionRequired()
    return parse_if_match(value)


IfMatch = Annotated[Precondition, Depends(if_match)]
"""A route parameter of this type takes the version to change from `If-Match` and insists on it."""


def _malformed(hint: str) -> ValidationFailed:
    return ValidationFailed(
        f"If-Match is not understood: {hint}", errors=[{"pointer": "/If-Match", "detail": hint, "in": "header"}]
    )
