"""Short text: accepted answers and patterns."""

import re
import unicodedata
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field, TypeAdapter

from lyceum.assessment.domain.items.base import BaseItem
from lyceum.assessment.domain.items.patterns import MAX_PATTERN, matches_whole, pattern_fault
from lyceum.assessment.domain.items.responses import Response, TextResponse
from lyceum.assessment.domain.pointers import parsed
from lyceum.assessment.domain.scoring import Score
from lyceum.assessment.domain.values import AuthoringError, Credit, Html, Line, Value

MAX_ACCEPTED = 200
MAX_PATTERNS = 20

_RESPONSE = TypeAdapter(TextResponse)
_SPACES = re.compile(r"\s+")


def _tidy(text: str) -> str:
    """Unicode in composed form (NFC), white space at the ends gone and inside single: none of it is knowledge."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


class AcceptedText(Value):
    """An answer in so many words."""

    kind: Literal["text"] = "text"
    text: Line
    credit: Credit = Fraction(1)
    feedback: Html = ""

    def accepts(self, answer: str, *, case_sensitive: bool) -> bool:
        own = _tidy(self.text)
        return own == answer if case_sensitive else own.casefold() == answer.casefold()


class AcceptedPattern(Value):
    """A regular expression that the whole answer has to match; see `patterns` for its language."""

    kind: Literal["pattern"] = "pattern"
    pattern: str = Field(max_length=MAX_PATTERN)
    credit: Credit = Fraction(1)
    feedback: Html = ""

    def accepts(self, answer: str, *, case_sensitive: bool) -> bool:
        return matches_whole(self.pattern, answer, case_sensitive=case_sensitive)


AcceptedAnswer = Annotated[AcceptedText | AcceptedPattern, Field(discriminator="kind")]


class ShortText(BaseItem):
    """A line of text. The accepted answer with the most credit counts; one with credit 0 is there for its feedback."""

    kind: ClassVar[str] = "short_text"
    type: Literal["short_text"] = "short_text"
    accepted: tuple[AcceptedAnswer, ...] = Field(max_length=MAX_ACCEPTED)
    case_sensitive: bool = False

    def _key_errors(self) -> list[AuthoringError]:
        errors = []
        if not any(answer.credit == 1 for answer in self.accepted):
            errors.append(AuthoringError(pointer="/accepted", detail="One answer at least must earn full credit"))
        if sum(isinstance(answer, AcceptedPattern) for answer in self.accepted) > MAX_PATTERNS:
            errors.append(AuthoringError(pointer="/accepted", detail=f"At most {MAX_PATTERNS} patterns"))
        for index, answer in enumerate(self.accepted):
            if isinstance(answer, AcceptedText):
                if not _tidy(answer.text):
                    errors.append(AuthoringError(pointer=f"/accepted/{index}/text", detail="A blank is never right"))
            elif fault := pattern_fault(answer.pattern):
                errors.append(AuthoringError(pointer=f"/accepted/{index}/pattern", detail=fault))
        return errors

    def parse_response(self, payload: object) -> Response | None:
        if payload is None:
            return None
        response = parsed(_RESPONSE, payload, 'The answer must look like {"text": "…"}')
        return response if _tidy(response.text) else None

    def score(self, response: Response | None) -> Score:
        answer = _tidy(response.text) if isinstance(response, TextResponse) else ""
        if not answer:
            return self._blank()
        matches = [each for each in self.accepted if each.accepts(answer, case_sensitive=self.case_sensitive)]
        if not matches:
            return self._score(Fraction(0))
        best = max(matches, key=lambda each: each.credit)
        return self._score(best.credit, own_feedback=best.feedback)

    def right_response(self) -> Response | None:
        for each in self.accepted:
            if isinstance(each, AcceptedText) and each.credit == 1:
                return TextResponse(text=each.text)
        return None

    def key(self) -> tuple[str, ...]:
        right = [each for each in self.accepted if each.credit == 1]
        texts = tuple(each.text for each in right if isinstance(each, AcceptedText))
        return texts or tuple(each.pattern for each in right if isinstance(each, AcceptedPattern))
