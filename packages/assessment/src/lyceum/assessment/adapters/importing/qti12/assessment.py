"""IMS QTI 1.2 as Common Cartridges and Canvas have it: an assessment becomes a quiz, an object bank a bank."""

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from lyceum.assessment.adapters.importing.collecting import dropped
from lyceum.assessment.adapters.importing.qti12.items import read_item
from lyceum.assessment.adapters.importing.qti12.materials import metadata, texts
from lyceum.assessment.adapters.importing.qti12.settings import read_settings, shuffles_answers
from lyceum.assessment.adapters.importing.xml import Element, Unreadable, find_all, parse_xml
from lyceum.assessment.domain.exchange import (
    DraftBank,
    DraftDraw,
    DraftEntry,
    DraftItem,
    DraftSection,
    ImportedQuiz,
    ItemOutcome,
    QuizDraft,
    Sanitise,
)
from lyceum.assessment.domain.items import Item
from lyceum.assessment.domain.values import MAX_TITLE
from lyceum.kernel.errors import ValidationFailed


def read_qti_assessment(
    *, source: str, title: str, content: str, settings: Mapping[str, JsonValue], sanitise: Sanitise
) -> ImportedQuiz:
    """A quiz out of a `questestinterop` document.

    `settings` are those of `ForeignProblem`; they overrule the document. A document that holds an object bank alone
    gives a draft without sections.
    """
    try:
        root = parse_xml(content)
        if root.tag != "questestinterop":
            raise Unreadable(f"This is a “{root.tag}”, not a QTI 1.2 document")
        return _Reading(source, root, settings, sanitise).quiz(title)
    except (Unreadable, ValidationFailed) as fault:
        return ImportedQuiz(draft=None, outcomes=(dropped(source, "assessment", str(fault)),))


class _Reading:
    """One document being read."""

    def __init__(self, source: str, root: Element, settings: Mapping[str, JsonValue], sanitise: Sanitise) -> None:
        self._source, self._root, self._sanitise = source, root, sanitise
        self._assessment = next(find_all(root, "assessment"), None)
        own = {} if self._assessment is None else metadata(self._assessment)
        self._quiz_settings = read_settings(own, settings)
        self._shuffled = shuffles_answers(settings)
        self._banks: dict[str, DraftBank] = {}
        self._outcomes: list[ItemOutcome] = []
        self._count = 0

    def quiz(self, title: str) -> ImportedQuiz:
        for bank in find_all(self._root, "objectbank"):
            name = metadata(bank).get("bank_title") or bank.get("ident") or title
            self._add_bank(bank.get("ident") or "", name, tuple(self._items(bank)))
        if self._assessment is None:
            loose = [DraftItem(item=item) for item in self._items(self._root)]
            sections = [DraftSection(entries=tuple(loose))] if loose else []
        else:
            sections = [each for part in self._sections() for each in self._read_section(part)]
        if not self._outcomes:
            self._outcomes.append(dropped(self._source, "assessment", "It has no questions"))
        if not any(section.entries for section in sections) and (self._assessment is not None or not self._banks):
            return ImportedQuiz(draft=None, outcomes=tuple(self._outcomes))
        draft = QuizDraft(
            title=" ".join(title.split())[:MAX_TITLE] or "Quiz",
            introduction=self._introduction(),
            settings=self._quiz_settings,
            sections=tuple(sections),
            banks=tuple(self._banks.values()),
        )
        return ImportedQuiz(draft=draft, outcomes=tuple(self._outcomes))

    def _introduction(self) -> str:
        if self._assessment is None:
            return ""
        parts = [
            texts(each, self._sanitise) for each in self._assessment.iterchildren("rubric", "presentation_material")
        ]
        return "\n".join(part for part in parts if part)

    def _sections(self) -> Iterator[Element]:
        """The sections that hold items or draws themselves, at any depth."""
        if self._assessment is None:
            return
        for section in find_all(self._assessment, "section"):
            if any(each.tag in ("item", "selection_ordering") for each in section):
                yield section

    def _read_section(self, section: Element) -> Iterator[DraftSection]:
        entries: list[DraftEntry] = []
        items = list(self._items(section))
        ordering = section.find("selection_ordering")
        selection = None if ordering is None else ordering.find("selection")
        number = None if selection is None else selection.find("selection_number")
        if selection is not None and number is not None:
            entries += self._draw(section, selection, (number.text or "").strip(), items)
        else:
            entries += [DraftItem(item=item) for item in items]
        order = None if ordering is None else ordering.find("order")
        if entries:
            yield DraftSection(
                title="" if section.get("ident") == "root_section" else (section.get("title") or "")[:MAX_TITLE],
                introduction=texts(section.find("presentation_material"), self._sanitise),
                entries=tuple(entries),
                shuffle_items=order is not None and (order.get("order_type") or "").strip().lower() == "random",
            )

    def _draw(self, section: Element, selection: Element, number: str, items: list[Item]) -> Iterator[DraftEntry]:
        """Some of the items in the section, or of those in a bank of the same document."""
        reference = selection.find("sourcebank_ref")
        key = section.get("ident") or f"section-{len(self._banks) + 1}"
        if reference is not None and not items:
            key = (reference.text or "").strip()
        else:
            self._add_bank(key, section.get("title") or key, tuple(items))
        source = f"{self._source}#{key}"
        if key not in self._banks:
            self._outcomes.append(dropped(source, "draw", f"It draws from the bank “{key}”, which is not here"))
        elif not number.isdecimal() or not 1 <= int(number[:6]) <= len(self._banks[key].items):
            reason = f"It draws “{number[:20]}” of {len(self._banks[key].items)} questions"
            self._outcomes.append(dropped(source, "draw", reason))
        else:
            yield DraftDraw(bank=key, count=int(number))

    def _add_bank(self, key: str, title: str, items: tuple[Item, ...]) -> None:
        if items and key not in self._banks:
            name = " ".join(title.split())[:MAX_TITLE] or "Bank"
            self._banks[key] = DraftBank(key=key, title=name, items=items)

    def _items(self, parent: Element) -> Iterator[Item]:
        for element in parent.iterchildren("item"):
            self._count += 1
            item, outcome = read_item(
                element,
                source=f"{self._source}#{element.get('ident') or self._count}",
                shuffled=self._shuffled,
                sanitise=self._sanitise,
            )
            self._outcomes.append(outcome)
            if item is not None:
                yield item
