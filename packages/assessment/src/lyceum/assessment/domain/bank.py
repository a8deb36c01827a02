"""Banks of items, and the versions of each item."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lyceum.assessment.domain.items import Item, ItemType
from lyceum.assessment.domain.pointers import refuse
from lyceum.assessment.domain.values import ItemRef
from lyceum.kernel.aggregate import Aggregate


@dataclass(eq=False, kw_only=True)
class Bank(Aggregate):
    """A set of items under one title, belonging to a course or, with `course_id` null, to the platform."""

    id: UUID
    title: str
    course_id: UUID | None
    created_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class BankSummary:
    """A bank as it stands in a list. `items` counts those that are in use."""

    id: UUID
    title: str
    course_id: UUID | None
    items: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemFilter:
    """Which items of a bank: those whose name or prompt, without its markup, has `text` in it; those of a `type`."""

    text: str | None = None
    type: ItemType | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemVersion:
    """An item as it was from `created_at` on. Stored once and never changed: attempts refer to it."""

    item_id: UUID
    number: int
    content: Item
    created_at: datetime

    @property
    def ref(self) -> ItemRef:
        return ItemRef(item_id=self.item_id, version=self.number)


@dataclass(eq=False, kw_only=True)
class BankItem(Aggregate):
    """An item of a bank with its latest content; earlier content lives on as `ItemVersion`s.

    `latest` numbers the content from 1; it is not the aggregate's `version`, which retiring changes too. A retired
    item is in no new attempt.
    """

    id: UUID
    bank_id: UUID
    latest: int
    content: Item
    retired: bool = False

    @property
    def ref(self) -> ItemRef:
        return ItemRef(item_id=self.id, version=self.latest)

    @classmethod
    def create(cls, *, id: UUID, bank_id: UUID, content: Item, now: datetime) -> tuple["BankItem", ItemVersion]:
        """A new item and its first version, both to be stored. Raises `ValidationFailed`."""
        refuse("The item is not valid", content.authoring_errors())
        item = cls(id=id, bank_id=bank_id, latest=1, content=content)
        return item, ItemVersion(item_id=id, number=1, content=content, created_at=now)

    def revise(self, content: Item, now: datetime) -> ItemVersion | None:
        """Give the item new content; the version to store, or null where nothing changed. Raises `ValidationFailed`.

        Attempts under way keep the version that they froze.
        """
        refuse("The item is not valid", content.authoring_errors())
        if content == self.content:
            return None
        self.content, self.latest = content, self.latest + 1
        return ItemVersion(item_id=self.id, number=self.latest, content=content, created_at=now)

    def retire(self) -> None:
        """Take the item out of new attempts. Retiring twice is retiring once."""
        self.retired = True
