"""The values that an attempt consists of."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from lyceum.assessment.domain.items import Response
from lyceum.assessment.domain.scoring import Outcome, Score
from lyceum.assessment.domain.values import Html, ItemRef, Value

MAX_SEQ = 2**53 - 1
"""The largest whole number that JavaScript counts exactly."""
KEPT_CHECKS = 20
"""Checks of one question that are kept one by one."""


class AttemptState(StrEnum):
    """`in_progress` → `submitted` → `graded`; there is no way back."""

    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    GRADED = "graded"


class SubmittedBy(StrEnum):
    """Who ended the attempt: the learner, or the clock with the answers saved by then."""

    LEARNER = "learner"
    CLOCK = "clock"


class FrozenSection(Value):
    """A section as it was when the attempt started."""

    title: str
    introduction: Html


class Slot(Value):
    """A question of an attempt: which version of which item, in which section, with its options in which order."""

    id: str
    section: int
    item: ItemRef
    option_order: tuple[str, ...]


class Stamp(Value):
    """Where a message stands among all messages of one attempt.

    `seq` is a Lamport clock: a client sends a number greater than every one that it has sent or seen (the server tells
    the greatest so far with every reply), so a later act that knows of an earlier one outranks it, whatever the
    network does. `client_id`, one per browser tab, decides between acts that did not know of each other.
    """

    seq: int = Field(ge=1, le=MAX_SEQ)
    client_id: UUID

    @property
    def rank(self) -> tuple[int, UUID]:
        return self.seq, self.client_id


class Answer(Value):
    """The answer that stands for a slot; a null response is one that was taken back."""

    stamp: Stamp
    response: Response | None
    saved_at: AwareDatetime

    @property
    def rank(self) -> tuple[Any, ...]:
        """The order of answers. The response breaks the tie between two messages that a faulty client gave one stamp,
        so that even then arrival does not count."""
        return (*self.stamp.rank, self.response.model_dump_json() if self.response is not None else "")


class Check(Value):
    """An answer that was graded at once."""

    stamp: Stamp
    response: Response
    score: Score
    checked_at: AwareDatetime


class CheckHistory(Value):
    """The checks of one slot: how many, the best, and the last `KEPT_CHECKS` in the order of arrival."""

    used: int
    best: Check
    recent: tuple[Check, ...]

    @property
    def last(self) -> Check:
        return self.recent[-1]

    def repeated(self, stamp: Stamp) -> Check | None:
        """The check that a message with this stamp repeats, null for a new one.

        A message that is older than all checks still kept counts as a repetition: its check may have been let go.
        """
        for check in self.recent:
            if check.stamp == stamp:
                return check
        forgotten = self.used > len(self.recent) and stamp.rank < min(check.stamp.rank for check in self.recent)
        return self.last if forgotten else None

    def is_settled(self, limit: int | None) -> bool:
        """Whether the question is done: answered rightly, or without a check left."""
        return self.best.score.outcome is Outcome.RIGHT or (limit is not None and self.used >= limit)


def with_check(history: CheckHistory | None, check: Check) -> CheckHistory:
    """The history with one more check; of equally good ones the first stays the best."""
    if history is None:
        return CheckHistory(used=1, best=check, recent=(check,))
    best = check if check.score.points > history.best.score.points else history.best
    return CheckHistory(used=history.used + 1, best=best, recent=(*history.recent, check)[-KEPT_CHECKS:])


class SlotResult(Value):
    """What a slot earned in the end, and with which response."""

    response: Response | None
    score: Score
