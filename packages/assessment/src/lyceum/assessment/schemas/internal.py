"""The bodies of assessment's HTTP requests and answers."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

MAX_SEQ = 2**53 - 1


class Body(BaseModel):
    """What clients send: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class Answer(BaseModel):
    """What clients get."""

    model_config = ConfigDict(frozen=True)


class AnswerRequest(Body):
    """An answer to one question. `seq` is greater than every number that the client has sent or seen in this attempt
    (see `clock`), `client_id` is the tab's own. A null `response` takes the answer back."""

    client_id: UUID
    seq: Annotated[int, Field(ge=1, le=MAX_SEQ)]
    response: dict[str, Any] | None = None


class HintRequest(Body):
    """How many hints are asked for: one more than those seen so far."""

    number: Annotated[int, Field(ge=1, le=20)]


class Hints(Answer):
    hints: list[str]


class QuizStanding(Answer):
    """A quiz for somebody who may take it. `refusal` says why no attempt can be started now, null if one can.

    Times are in seconds; `attempts_left` is null without a limit; `running` is the attempt under way, `latest` the one
    that was started last, over or not.
    """

    id: UUID
    title: str
    introduction: str
    mode: Literal["practice", "quiz"]
    time_limit: int | None
    opens_at: datetime | None
    closes_at: datetime | None
    attempts_left: int | None
    refusal: Literal["not_open_yet", "closed", "in_progress", "limit_reached", "too_soon"] | None
    available_at: datetime | None
    running: UUID | None
    latest: UUID | None


class BankRequest(Body):
    course_id: UUID
    title: Annotated[str, Field(min_length=1, max_length=255, pattern=r"^[^\x00]*\S[^\x00]*$")]


class BankView(Answer):
    """`items` counts those that are in use."""

    id: UUID
    course_id: UUID | None
    title: str
    items: int


class ItemRequest(Body):
    """`content` is an item: its `type`, `prompt`, key, feedback and hints."""

    content: dict[str, Any]


class ItemPreviewRequest(Body):
    """An item that need not be stored, an answer to try on it, and how many of its hints to show."""

    course_id: UUID
    content: dict[str, Any]
    response: dict[str, Any] | None = None
    hints: Annotated[int, Field(ge=0, le=20)] = 0


class ItemView(Answer):
    """An item as its authors see it. `latest` numbers the content; `version` is for `If-Match`."""

    id: UUID
    bank_id: UUID
    latest: int
    retired: bool
    content: dict[str, Any]
    version: int


class QuizRequest(Body):
    course_id: UUID
    content: dict[str, Any]


class QuizChange(Body):
    content: dict[str, Any]


class QuizView(Answer):
    """A quiz as its authors see it."""

    id: UUID
    course_id: UUID | None
    content: dict[str, Any]
    version: int
