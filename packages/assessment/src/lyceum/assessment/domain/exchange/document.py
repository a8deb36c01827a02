"""The format `lyceum-quiz`: a draft as JSON.

`{"format": "lyceum-quiz", "version": 1, "quiz": {…}}`, canonical (sorted keys, no white space, UTF-8), so that equal
content has equal bytes and an equal hash.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Literal

from pydantic import TypeAdapter

from lyceum.assessment.domain.exchange.draft import QuizDraft
from lyceum.assessment.domain.markup import sanitised
from lyceum.assessment.domain.pointers import below, parsed, refuse
from lyceum.assessment.domain.values import Value
from lyceum.kernel.errors import TooLarge, ValidationFailed

FORMAT = "lyceum-quiz"
VERSION = 1
MAX_BYTES = 16_000_000


class _Document(Value):
    format: Literal["lyceum-quiz"]
    version: Literal[1]
    quiz: QuizDraft


_DOCUMENT = TypeAdapter(_Document)


def write_quiz(draft: QuizDraft) -> bytes:
    """The draft as canonical `lyceum-quiz` JSON."""
    document = {"format": FORMAT, "version": VERSION, "quiz": draft.model_dump(mode="json")}
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def content_hash(draft: QuizDraft) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(write_quiz(draft)).hexdigest()


def read_quiz(document: bytes, sanitise: Callable[[str], str]) -> QuizDraft:
    """The draft in `lyceum-quiz` JSON, its HTML sanitised. Raises `TooLarge` or `ValidationFailed`."""
    if len(document) > MAX_BYTES:
        raise TooLarge(f"A quiz document may have {MAX_BYTES} bytes")
    try:
        data = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise ValidationFailed(
            "This is not JSON in UTF-8", errors=[{"pointer": "", "detail": "not a JSON document"}]
        ) from error
    draft = sanitised(parsed(_DOCUMENT, data, "This is not a quiz of version 1").quiz, sanitise)
    refuse("The quiz is not valid", below("/quiz", draft.authoring_errors()))
    return draft
