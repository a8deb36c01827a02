"""Open edX tools of which Lyceum has no like: what can be read of them becomes text."""

from collections.abc import Callable
from html import escape
from typing import Any

from lyceum.course.adapters.importing.olx.context import OlxContext
from lyceum.course.adapters.importing.olx.settings import json_setting, report_leftovers
from lyceum.course.adapters.importing.olx.tree import OlxNode
from lyceum.course.adapters.xml_elements import child, children, inner_markup, local_name, text_of

UNTRANSLATED = {
    "discussion": "there are no discussions here yet",
    "done": "completion follows from what learners do, not from a button",
    "drag-and-drop-v2": "there are no drag-and-drop exercises here",
    "edx_sga": "there are no submissions that staff grade",
    "scorm": "SCORM packages inside a course are not run",
    "scormxblock": "SCORM packages inside a course are not run",
}
"""Tools of which nothing would remain to read, and why."""

Translation = tuple[str, str]
"""HTML, and what changed."""


def text_of_tool(node: OlxNode, context: OlxContext) -> Translation | None:
    """What a tool says, as HTML; null where it is unknown or says nothing. What it loses is in the ledger."""
    translate = _TRANSLATIONS.get(node.tag)
    translation = translate(node, context) if translate else None
    if translation is not None:
        report_leftovers(node, _TRANSLATED_ATTRIBUTES, context.ledger)
    return translation


def drop_tool(node: OlxNode, context: OlxContext) -> None:
    """Say why nothing of a tool is left, and which files it would have used."""
    context.links.note_mentions(" ".join(node.attributes.values()), node.source)
    context.ledger.dropped(node.tag, node.source, UNTRANSLATED.get(node.tag, f"there is nothing like {node.tag} here"))


_TRANSLATED_ATTRIBUTES = frozenset(
    ["question", "questions", "answers", "block_name", "instructions", "embed_code", "url", "prompts_type"]
)


def _annotatable(node: OlxNode, _context: OlxContext) -> Translation:
    for note in list(node.element.iter("annotation")):
        remark = ": ".join(filter(None, (note.get("title"), note.get("body"))))
        note.tag = "span"
        for name in list(note.attrib):
            del note.attrib[name]
        note.tail = f" ({remark}){note.tail or ''}" if remark else note.tail
    for instructions in list(node.element.iter("instructions")):
        instructions.tag = "div"
    return inner_markup(node.element), "its annotations stand in brackets in the text"


def _open_response(node: OlxNode, context: OlxContext) -> Translation | None:
    as_html = node.attributes.get("prompts_type") == "html"
    title = text_of(child(node.element, "title"))
    prompts = [
        text_of(child(prompt, "description")) if child(prompt, "description") is not None else text_of(prompt)
        for group in ("prompts", "rubric")
        for holder in children(node.element, group)
        for prompt in children(holder, "prompt")
    ]
    for inner in node.element:
        name = local_name(inner)
        if name not in ("title", "prompts"):
            context.ledger.dropped(name, f"{node.source}#{name}", "learners cannot hand in or assess such work here")
    html = "".join(prompt if as_html else _paragraphs(prompt) for prompt in prompts if prompt)
    if not html:
        return None
    heading = f"<h3>{escape(title)}</h3>" if title else ""
    return heading + html, "the task is kept as text; handing in, peers and rubrics are not"


def _poll(node: OlxNode, _context: OlxContext) -> Translation | None:
    question = node.attributes.get("question", "") or text_of(child(node.element, "question"))
    choices = _labels(json_setting(node, "answers"))
    choices += [text_of(answer) for answer in children(node.element, "answer")]
    if not question and not choices:
        return None
    return _paragraphs(question) + _list(choices), "the question is kept as text; there is no voting"


def _survey(node: OlxNode, _context: OlxContext) -> Translation | None:
    questions = _labels(json_setting(node, "questions"))
    if not questions:
        return None
    choices = _labels(json_setting(node, "answers"))
    return _list(questions) + _list(choices), "the questions and the answers to choose from are kept as text"


def _word_cloud(node: OlxNode, _context: OlxContext) -> Translation | None:
    instructions = node.attributes.get("instructions", "")
    return (instructions, "its instructions are kept; there are no word clouds") if instructions else None


def _instructions(node: OlxNode, _context: OlxContext) -> Translation | None:
    instructions = node.attributes.get("instructions", "")
    return (_paragraphs(instructions), "its instructions are kept as text") if instructions else None


def _embed_code(node: OlxNode, _context: OlxContext) -> Translation | None:
    code = node.attributes.get("embed_code", "")
    return (code, "what it embeds is kept") if code else None


def _pdf(node: OlxNode, _context: OlxContext) -> Translation | None:
    url = node.attributes.get("url", "")
    if not url:
        return None
    return f'<p><a href="{escape(url)}">{escape(node.attributes.get("display_name") or url)}</a></p>', "became a link"


_TRANSLATIONS: dict[str, Callable[[OlxNode, OlxContext], Translation | None]] = {
    "annotatable": _annotatable,
    "google-calendar": _embed_code,
    "google-document": _embed_code,
    "openassessment": _open_response,
    "pdf": _pdf,
    "poll": _poll,
    "poll_question": _poll,
    "staffgradedxblock": _instructions,
    "survey": _survey,
    "word_cloud": _word_cloud,
}


def _labels(entries: Any) -> list[str]:
    """The labels in `[["key", {"label": …}], …]` or `[["key", "label"], …]`."""
    labels = []
    for entry in entries if isinstance(entries, list) else []:
        value = entry[1] if isinstance(entry, list) and len(entry) == 2 else None
        label = value.get("label") if isinstance(value, dict) else value
        if isinstance(label, str) and label.strip():
            labels.append(label.strip())
    return labels


def _list(entries: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(entry)}</li>' for entry in entries)}</ul>" if entries else ""


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip())
