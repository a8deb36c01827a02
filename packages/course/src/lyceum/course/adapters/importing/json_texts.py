"""JSON from strangers."""

import json
from typing import Any


def parse_json(text: str | bytes) -> Any:
    """The value. Raises `ValueError` for what is no JSON, nests too deeply, or holds text that nobody can store."""
    try:
        value = json.loads(text)
    except RecursionError:
        raise ValueError("it nests too deeply") from None
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            waiting += [*part.keys(), *part.values()]
        elif isinstance(part, list):
            waiting += part
        elif isinstance(part, str) and ("\x00" in part or any("\ud800" <= character <= "\udfff" for character in part)):
            raise ValueError("it holds NUL characters or halves of surrogate pairs")
    return value
