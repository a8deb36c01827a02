"""Open edX `problem` elements (OLX): each becomes a quiz of one section, with an item per response, for practice."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pydantic import JsonValue

from lyceum.assessment.adapters.importing.collecting import Draft, Unsupported, dropped, finished, outcome
from lyceum.assessment.adapters.importing.olx.answers import numeric, short_text
from lyceum.assessment.adapters.importing.olx.choices import dropdown, multiple_choice, single_choice
from lyceum.assessment.adapters.importing.olx.layout import texts_of
from lyceum.assessment.adapters.importing.olx.reading import Response, markup_of
from lyceum.assessment.adapters.importing.olx.settings import ProblemSettings, read_settings
from lyceum.assessment.adapters.importing.xml import Element, Unreadable, find_all, parse_xml
from lyceum.assessment.domain.exchange import (
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

_READERS: dict[str, Callable[[Response], Draft]] = {
    "choiceresponse": multiple_choice,
    "multiplechoiceresponse": single_choice,
    "numericalresponse": numeric,
    "optionresponse": dropdown,
    "stringresponse": short_text,
}
_VARIABLE = re.compile(r"\$\{?[A-Za-z_]")


@dataclass
class _Question:
    """A response on its way to an item. `element` is what learners answer in; a dropped one has no draft."""

    element: Element
    kind: str
    source: str
    draft: Draft | None = None
    reason: str = ""


def read_olx_problem(
    *, source: str, title: str, content: str, settings: Mapping[str, JsonValue], sanitise: Sanitise
) -> ImportedQuiz:
    """A quiz out of a `problem` element.

    `settings` are those of the problem that stand outside of the element, by Open edX's names; they overrule its
    attributes.
    """
    try:
        problem = parse_xml(content)
        if problem.tag != "problem":
            raise Unreadable(f"This is a “{problem.tag}”, not a problem")
        attributes: dict[str, JsonValue] = dict(problem.attrib)
        return _read(source, title, problem, read_settings(attributes | dict(settings)), sanitise)
    except (Unreadable, ValidationFailed) as fault:
        return ImportedQuiz(draft=None, outcomes=(dropped(source, "problem", str(fault)),))


def _read(source: str, title: str, problem: Element, settings: ProblemSettings, sanitise: Sanitise) -> ImportedQuiz:
    questions = [
        _Question(element, kind, f"{source}#{number}") for number, (element, kind) in enumerate(_responses(problem), 1)
    ]
    if not questions:
        reason = "It asks nothing that can be answered"
        return ImportedQuiz(draft=None, outcomes=(dropped(source, "problem", reason),))
    script_fault, script_loss = _script(problem)
    for question in questions:
        _draft(question, script_fault, sanitise)
    introduction = _complete(problem, questions, settings, script_loss, sanitise)
    items: list[Item] = []
    outcomes = [_finish(question, items) for question in questions]
    if not items:
        return ImportedQuiz(draft=None, outcomes=tuple(outcomes))
    section = DraftSection(introduction=introduction, entries=tuple(DraftItem(item=item) for item in items))
    name = " ".join(title.split())[:MAX_TITLE] or "Problem"
    draft = QuizDraft(title=name, sections=(section,), settings=settings.quiz)
    return ImportedQuiz(draft=draft, outcomes=tuple(outcomes))


def _responses(problem: Element) -> Iterator[tuple[Element, str]]:
    """The responses in order with their names; an `optionresponse` with several menus counts for each menu."""
    for element in find_all(problem, "*"):
        name = element.tag
        if not name.endswith("response"):
            continue
        menus = list(find_all(element, "optioninput")) if name == "optionresponse" else []
        for part in menus if len(menus) > 1 else [element]:
            yield part, name


def _draft(question: _Question, script_fault: str, sanitise: Sanitise) -> None:
    """Read the response, or say why it cannot be."""
    reader = _READERS.get(question.kind)
    try:
        if reader is None:
            raise Unsupported(f"A “{question.kind}” has no counterpart here")
        if script_fault:
            raise Unsupported(script_fault)
        question.draft = reader(Response(question.element, question.source, sanitise))
    except Unsupported as fault:
        question.reason = str(fault)
    except ValidationFailed as refusal:
        question.reason = refusal.detail


def _script(problem: Element) -> tuple[str, str]:
    """Why a script makes the problem unusable, or else what is lost without it; empty where there is none."""
    if next(find_all(problem, "script"), None) is None:
        return "", ""
    for element in problem.iter():
        if element.tag == "script" or next(element.iterancestors("script"), None) is not None:
            texts: list[str | None] = [element.tail]
        else:
            texts = [element.text, element.tail, *element.attrib.values()]
        if any(_VARIABLE.search(text or "") for text in texts):
            return "It is made by a script: its texts or answers hold variables", ""
    return "", "A script that no text or answer refers to is left out"


def _complete(
    problem: Element, questions: Sequence[_Question], settings: ProblemSettings, script_loss: str, sanitise: Sanitise
) -> str:
    """Add texts, solutions, hints and weights to the drafts; returns the introduction that they share."""
    kept = [question for question in questions if question.draft is not None]
    if not kept:
        return ""
    flags = [question.draft is not None for question in questions]
    texts = texts_of(problem, [question.element for question in questions], flags, sanitise)
    weight = Fraction(1) if settings.weight is None else settings.weight / len(kept)
    inside = {solution for question in questions for solution in find_all(question.element, "solution")}
    outside = [sanitise(markup_of(each)) for each in find_all(problem, "solution") if each not in inside]
    hints = [sanitise(markup_of(hint)) for each in find_all(problem, "demandhint") for hint in each.iter("hint")]
    for question, prompt in zip(questions, texts.prompts, strict=True):
        if question.draft is None:
            continue
        own = [sanitise(markup_of(each)) for each in find_all(question.element, "solution")]
        if question is kept[-1]:
            own += outside
        question.draft.fields |= {
            "prompt": prompt,
            "weight": str(weight),
            "explanation": "\n".join(own),
            "hints": [hint for hint in hints if hint] if question is kept[0] else [],
        }
        question.draft.losses += [script_loss] if script_loss else []
    if kept[0].draft is not None:
        kept[0].draft.losses += settings.losses
    return texts.introduction


def _finish(question: _Question, items: list[Item]) -> ItemOutcome:
    """The outcome of a question, its item added to `items` if there is one."""
    if question.draft is None:
        return dropped(question.source, question.kind, question.reason)
    try:
        items.append(finished(question.draft))
    except Unsupported as fault:
        return dropped(question.source, question.kind, str(fault))
    return outcome(question.source, question.kind, question.draft.losses)
