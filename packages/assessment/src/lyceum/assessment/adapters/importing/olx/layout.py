"""Which text of a problem belongs to which of its questions.

Where the responses stand one after the other, a question's text is what comes before its response. Where they stand
inside the text, in the cells of a table say, the text becomes an introduction in which `[1]`, `[2]` … mark their
places.
"""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from html import escape

from lyceum.assessment.adapters.importing.olx.reading import INPUTS, markup_of
from lyceum.assessment.adapters.importing.xml import Element, remove
from lyceum.assessment.domain.exchange import Sanitise

_MARK = "\ue000"
"""Stands for a response. A private-use character, which no text has a use for."""


@dataclass(frozen=True)
class Texts:
    """The introduction that all questions share, and the prompt of each response, empty for one that is not kept."""

    introduction: str
    prompts: list[str]


def texts_of(problem: Element, responses: Sequence[Element], kept: Sequence[bool], sanitise: Sanitise) -> Texts:
    """The texts of a problem with these responses in document order, of which these are kept."""
    own = [sanitise(markup_of(response)) or _label(response) for response in responses]
    marked = _marked(problem, responses)
    in_a_row = all(response.getparent() is problem for response in responses)
    if sum(kept) == 1 and not in_a_row:
        text = sanitise(marked.replace(_MARK, ""))
        return Texts("", [_joined(text, prompt) if keep else "" for prompt, keep in zip(own, kept, strict=True)])
    if in_a_row:
        return _in_a_row([sanitise(run) for run in marked.split(_MARK)], own, kept)
    numbers, labels = 0, []
    for keep in kept:
        numbers += keep
        labels.append(f"[{numbers}]" if keep else "[…]")
    pieces = marked.split(_MARK)
    whole = pieces[0] + "".join(
        f"<strong>{label}</strong>{piece}" for label, piece in zip(labels, pieces[1:], strict=True)
    )
    return Texts(sanitise(whole), [_joined(label, text) for label, text in zip(labels, own, strict=True)])


def _in_a_row(runs: list[str], own: list[str], kept: Sequence[bool]) -> Texts:
    """A text at the start is an introduction where the first question has words of its own; a text at the end goes to
    the last question."""
    prompts = [_joined(run, text) for run, text in zip(runs[:-1], own, strict=True)]
    introduction = ""
    if len(own) > 1 and own[0]:
        introduction, prompts[0] = runs[0], own[0]
    last = max(place for place, keep in enumerate(kept) if keep)
    prompts[last] = _joined(prompts[last], runs[-1])
    return Texts(introduction, [prompt or f"[{number}]" for number, prompt in enumerate(prompts, 1)])


def _label(response: Element) -> str:
    """The label in an attribute of an input, the older way to write it."""
    labels = (escape(each.get("label") or "", quote=False) for each in response.iter(*INPUTS))
    return next((f"<p>{label}</p>" for label in labels if label.strip()), "")


def _marked(problem: Element, responses: Sequence[Element]) -> str:
    """The markup of the problem with a mark in the place of each response."""
    places = [_path(problem, response) for response in responses]
    copy = deepcopy(problem)
    for twin in [_at(copy, place) for place in places]:
        twin.tail = _MARK + (twin.tail or "")
        remove(twin)
    return markup_of(copy)


def _path(root: Element, element: Element) -> list[int]:
    path: list[int] = []
    while element is not root:
        parent = element.getparent()
        if parent is None:
            break
        path.insert(0, parent.index(element))
        element = parent
    return path


def _at(root: Element, path: list[int]) -> Element:
    for index in path:
        root = root[index]
    return root


def _joined(*texts: str) -> str:
    return "\n".join(text for text in texts if text)
