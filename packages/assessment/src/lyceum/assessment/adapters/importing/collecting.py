"""What the readers of foreign formats share: collecting items with their outcomes, made-up ids, a last check."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from lyceum.assessment.domain.exchange import Fate, ItemOutcome
from lyceum.assessment.domain.items import Item, parse_item
from lyceum.kernel.errors import ValidationFailed


class Unsupported(Exception):
    """A question cannot be taken over; the message says why, for people."""


@dataclass
class Draft:
    """An item in the making: its fields as JSON, and what of the original is lost."""

    fields: dict[str, object]
    losses: list[str] = field(default_factory=list)


def option_id(*place: object) -> str:
    """An id for an option that is the same at every import and tells nothing about its place or worth."""
    return hashlib.sha256("\0".join(map(str, place)).encode()).hexdigest()[:12]


def finished(draft: Draft) -> Item:
    """The item. Raises `Unsupported` for one that breaks a rule of ours or does not accept its own right answer."""
    try:
        item = parse_item(draft.fields)
    except ValidationFailed as refusal:
        faults = [f"{error['detail']} ({error['pointer']})" for error in refusal.extensions["errors"]]
        raise Unsupported(f"{refusal.detail}: {'; '.join(faults)}") from refusal
    right = item.right_response()
    if right is not None and item.score(right).points != item.weight:
        raise Unsupported("Its own right answer does not earn full marks")
    return item


def outcome(source: str, kind: str, losses: Sequence[str]) -> ItemOutcome:
    """The outcome of a question that was taken over, with these losses."""
    fate = Fate.CHANGED if losses else Fate.IMPORTED
    return ItemOutcome(source=source, kind=kind, outcome=fate, reason="; ".join(dict.fromkeys(losses)))


def dropped(source: str, kind: str, reason: str) -> ItemOutcome:
    """The outcome of a question that was not."""
    return ItemOutcome(source=source, kind=kind, outcome=Fate.DROPPED, reason=reason)
