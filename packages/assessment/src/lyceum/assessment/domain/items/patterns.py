"""Regular expressions that authors write and learners' answers run against.

They run on the engine behind pydantic's own string patterns (Rust's regex), whose time grows linearly with the text
whatever the pattern; it has no look-around and no back-references, and refuses a pattern that compiles to too much.
"""

import re
from functools import lru_cache
from typing import Annotated

from pydantic import StringConstraints, TypeAdapter, ValidationError
from pydantic_core import SchemaError

MAX_PATTERN = 300
MAX_REPEATS = 1_000
"""The product of all counted repetitions in a pattern, a bound on how much they can blow it up."""

_COUNT = re.compile(r"\{\s*(\d*)\s*,?\s*(\d*)\s*\}")


def pattern_fault(pattern: str) -> str | None:
    """Why the pattern cannot be used, or null if it can."""
    if not pattern:
        return "the pattern is empty"
    if len(pattern) > MAX_PATTERN:
        return f"the pattern is longer than {MAX_PATTERN} characters"
    repeats = 1
    for low, high in _COUNT.findall(pattern):
        repeats *= max(int(low[:9] or 0), int(high[:9] or 0), 1)
    if repeats > MAX_REPEATS:
        return f"the pattern repeats more than {MAX_REPEATS} times"
    try:
        # On its own as well: `a)|(b` would be complete inside the group that makes it match the whole text.
        TypeAdapter(Annotated[str, StringConstraints(pattern=pattern)])
        _compiled(pattern, False)
    except SchemaError as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        return f"the pattern is not supported: {lines[-1].removeprefix('error: ')}"
    return None


def matches_whole(pattern: str, text: str, *, case_sensitive: bool) -> bool:
    """Whether the whole text matches. `pattern` must have passed `pattern_fault`."""
    try:
        _compiled(pattern, case_sensitive).validate_python(text)
    except ValidationError:
        return False
    return True


@lru_cache(maxsize=512)
def _compiled(pattern: str, case_sensitive: bool) -> TypeAdapter[str]:
    flags = "" if case_sensitive else "(?i)"
    return TypeAdapter(Annotated[str, StringConstraints(pattern=rf"\A{flags}(?:{pattern})\z")])
