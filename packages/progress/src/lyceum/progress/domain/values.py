"""Values with their rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

WHOLE_SHARE = 1_000_000_000
"""Shares are whole billionths: comparing them is exact for every threshold with at most nine decimals."""


class EnrolmentState(StrEnum):
    """Whether the person takes the course now. What they did before they left is kept."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a learner did in a course. Facts only grow, so neither their order nor repeating them matters.

    `viewed` is a set of block numbers, bit n for block n. `results` has the best share reached in each quiz, by the
    text of its id: that is how they are stored, and a page of learners need not parse thousands of ids.
    """

    viewed: int = 0
    results: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def union(self, other: "Facts") -> "Facts":
        """What either says, and the better of two results."""
        results = dict(self.results)
        for quiz, share in other.results.items():
            results[quiz] = max(share, results.get(quiz, 0))
        return Facts(self.viewed | other.viewed, results)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a learner was: a node of the course, and in a video the second. `at` tells which of two is the later."""

    node_id: UUID
    seconds: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a learner stands in a course, as read. `revision` is that of the course's copy, null while there is
    none."""

    user_id: UUID
    course_id: UUID
    state: EnrolmentState
    enrolled_at: datetime
    active_at: datetime
    facts: Facts
    position: Position | None
    completed_at: datetime | None
    revision: int | None


class Noted(NamedTuple):
    """Where a learner stands after a note, and whether blocks may have come to those that were viewed."""

    standing: Standing
    may_have_grown: bool


def reached_share(score: Decimal, max_score: Decimal) -> int:
    """The share of the points, rounded down to billionths. Where there are no points to reach, it is all of them."""
    if max_score <= 0:
        return WHOLE_SHARE
    share = Fraction(score) * WHOLE_SHARE // Fraction(max_score)
    return min(max(int(share), 0), WHOLE_SHARE)


def needed_share(share: Decimal) -> int:
    """A threshold in billionths, rounded up."""
    return int(-(-Fraction(share) * WHOLE_SHARE // 1))


def share_as_decimal(share: int) -> Decimal:
    """Billionths as a plain number from 0 to 1."""
    return Decimal(share) / WHOLE_SHARE
