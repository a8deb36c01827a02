"""The words in which HTTP bodies and ports speak of a course's parts and of what completes them."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

NodeKind = Literal["section", "lesson", "page", "block"]
BlockKind = Literal["rich_text", "video", "problem", "file", "embed"]


class Viewed(BaseModel):
    """Done when the learner has looked at it."""

    model_config = ConfigDict(frozen=True)
    rule: Literal["viewed"] = "viewed"


class Answered(BaseModel):
    """Done when the learner has handed in an answer, right or wrong."""

    model_config = ConfigDict(frozen=True)
    rule: Literal["answered"] = "answered"


class ScoreAtLeast(BaseModel):
    """Done when the learner's best result reaches this share (0 to 1) of the points."""

    model_config = ConfigDict(frozen=True)
    rule: Literal["score"] = "score"
    share: Annotated[Decimal, Field(gt=0, le=1)]


class AllChildren(BaseModel):
    """Done when every child that is not optional is done."""

    model_config = ConfigDict(frozen=True)
    rule: Literal["all"] = "all"


class AnyChild(BaseModel):
    """Done when one child is done."""

    model_config = ConfigDict(frozen=True)
    rule: Literal["any"] = "any"


class SomeChildren(BaseModel):
    """Done when `count` children are done."""

    model_config = ConfigDict(frozen=True)
    rule: Literal["at-least"] = "at-least"
    count: Annotated[int, Field(ge=1)]


BlockRule = Annotated[Viewed | Answered | ScoreAtLeast, Field(discriminator="rule")]
ContainerRule = Annotated[AllChildren | AnyChild | SomeChildren, Field(discriminator="rule")]
CompletionRule = Annotated[
    Viewed | Answered | ScoreAtLeast | AllChildren | AnyChild | SomeChildren, Field(discriminator="rule")
]
