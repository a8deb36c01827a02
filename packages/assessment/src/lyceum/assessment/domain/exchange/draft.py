"""A quiz with all its items, without any ids: what importers make and exports hold."""

from typing import Annotated, Literal

from pydantic import Field

from lyceum.assessment.domain.items import Item
from lyceum.assessment.domain.pointers import below
from lyceum.assessment.domain.quiz import QuizSettings
from lyceum.assessment.domain.quiz.sections import MAX_ITEMS, MAX_SECTIONS
from lyceum.assessment.domain.values import MAX_TITLE, AuthoringError, Html, Line, Title, Value

MAX_BANK_ITEMS = 5_000


class DraftItem(Value):
    """An item in its place."""

    kind: Literal["item"] = "item"
    item: Item


class DraftDraw(Value):
    """A draw of `count` items out of the bank with this key."""

    kind: Literal["draw"] = "draw"
    bank: Line
    count: int = Field(ge=1, le=MAX_ITEMS)


DraftEntry = Annotated[DraftItem | DraftDraw, Field(discriminator="kind")]


class DraftSection(Value):
    """A section, see `quiz.sections.Section`."""

    title: Line = Field(default="", max_length=MAX_TITLE)
    introduction: Html = ""
    entries: tuple[DraftEntry, ...] = Field(default=(), max_length=MAX_ITEMS)
    shuffle_items: bool = False
    shuffle_options: bool = True


class DraftBank(Value):
    """A bank. `key` names it in this document only."""

    key: Line
    title: Title
    items: tuple[Item, ...] = Field(max_length=MAX_BANK_ITEMS)


class QuizDraft(Value):
    """A quiz that has no ids yet."""

    title: Title
    introduction: Html = ""
    settings: QuizSettings = QuizSettings()
    sections: tuple[DraftSection, ...] = Field(default=(), max_length=MAX_SECTIONS)
    banks: tuple[DraftBank, ...] = Field(default=(), max_length=MAX_SECTIONS)

    @property
    def items(self) -> tuple[Item, ...]:
        """The fixed items in order."""
        return tuple(
            entry.item for section in self.sections for entry in section.entries if isinstance(entry, DraftItem)
        )

    def authoring_errors(self) -> list[AuthoringError]:
        """What keeps the draft from becoming a quiz, items included."""
        errors = below("/settings", self.settings.authoring_errors())
        for b, bank in enumerate(self.banks):
            for i, item in enumerate(bank.items):
                errors += below(f"/banks/{b}/items/{i}", item.authoring_errors())
        sizes = {bank.key: len(bank.items) for bank in self.banks}
        if len(sizes) < len(self.banks):
            errors.append(AuthoringError(pointer="/banks", detail="Two banks have the same key"))
        for s, section in enumerate(self.sections):
            for e, entry in enumerate(section.entries):
                place = f"/sections/{s}/entries/{e}"
                if isinstance(entry, DraftItem):
                    errors += below(f"{place}/item", entry.item.authoring_errors())
                elif entry.bank not in sizes:
                    errors.append(AuthoringError(pointer=f"{place}/bank", detail="There is no such bank"))
                elif entry.count > sizes[entry.bank]:
                    errors.append(AuthoringError(pointer=f"{place}/count", detail="The bank has fewer items"))
        return errors
