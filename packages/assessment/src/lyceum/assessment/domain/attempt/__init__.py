"""Attempts: a learner's go at a quiz."""

from lyceum.assessment.domain.attempt.attempt import Attempt, Items
from lyceum.assessment.domain.attempt.facts import (
    AttemptEvent,
    AttemptGraded,
    AttemptStarted,
    AttemptSubmitted,
    ItemChecked,
)
from lyceum.assessment.domain.attempt.plan import ItemPool, draw_items
from lyceum.assessment.domain.attempt.values import (
    Answer,
    AttemptState,
    Check,
    CheckHistory,
    FrozenSection,
    Slot,
    SlotResult,
    Stamp,
    SubmittedBy,
)
from lyceum.assessment.domain.attempt.view import AttemptView, SectionView, SlotView, attempt_view

__all__ = [
    "Answer",
    "Attempt",
    "AttemptEvent",
    "AttemptGraded",
    "AttemptStarted",
    "AttemptState",
    "AttemptSubmitted",
    "AttemptView",
    "Check",
    "CheckHistory",
    "FrozenSection",
    "ItemChecked",
    "ItemPool",
    "Items",
    "SectionView",
    "Slot",
    "SlotResult",
    "SlotView",
    "Stamp",
    "SubmittedBy",
    "attempt_view",
    "draw_items",
]
