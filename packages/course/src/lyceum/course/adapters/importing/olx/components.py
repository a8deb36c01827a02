"""Components of an OLX page, and the blocks that they become."""

import re
from collections.abc import Iterable

from lyceum.course.adapters.importing.olx.context import OlxContext
from lyceum.course.adapters.importing.olx.foreign_tools import UNTRANSLATED, drop_tool, text_of_tool
from lyceum.course.adapters.importing.olx.settings import (
    hiding,
    json_setting,
    number,
    optional_of,
    report_leftovers,
    title_of,
)
from lyceum.course.adapters.importing.olx.tree import CONTAINERS, STRUCTURE, OlxNode
from lyceum.course.adapters.importing.olx.video import video_blocks
from lyceum.course.adapters.importing.texts import UnreadableText, decode_html
from lyceum.course.adapters.xml_elements import inner_markup, markup
from lyceum.course.domain.importing import EmbedBlock, ImportedBlock, ProblemBlock, RichTextBlock
from lyceum.course.domain.importing.values import MAX_PROBLEM, is_web_address
from lyceum.course.ports.problem_intake import ForeignProblem

_PLACEHOLDER = re.compile(r"%%[A-Z_]+%%")
_PROBLEM_ADDRESSES = ("src", "href")


def blocks_of(node: OlxNode, context: OlxContext, *, graded: bool) -> list[ImportedBlock]:
    """The blocks of one component, whose fate is in the ledger then."""
    if node.fault is not None:
        kind = "rich_text" if node.tag == "html" else node.tag
        context.ledger.dropped(kind, node.source, node.fault)
        return []
    if node.tag in CONTAINERS or node.tag in STRUCTURE:
        return _blocks_of_container(node, context, graded=graded)
    if node.tag == "html":
        return _text_blocks(node, context)
    if node.tag == "problem":
        return _problem_blocks(node, context, graded=graded)
    if node.tag == "video":
        return video_blocks(node, context)
    if node.tag in ("lti", "lti_consumer"):
        return _launch_blocks(node, context)
    return _tool_blocks(node, context)


def _blocks_of_container(node: OlxNode, context: OlxContext, *, graded: bool) -> list[ImportedBlock]:
    blocks = [block for child in node.children for block in blocks_of(child, context, graded=graded)]
    drawn = node.attributes.get("max_count")
    if not node.children:
        context.ledger.dropped(node.tag, node.source, "it holds nothing in this archive")
    elif node.tag in ("library_content", "itembank", "randomize"):
        share = f"{drawn} of them" if drawn and drawn != "-1" else "some of them"
        context.ledger.changed(
            node.tag,
            node.source,
            f"all {len(node.children)} components stand on the page; at its origin each learner got {share} by chance",
        )
    elif node.tag in ("split_test", "conditional"):
        context.ledger.changed(
            node.tag, node.source, "all its alternatives stand on the page; at its origin a rule chose among them"
        )
    else:
        context.ledger.changed(node.tag, node.source, "its components stand in the page around it")
    used = {"max_count", "source_library_id", "source_library_version"}
    report_leftovers(node, used, context.ledger)
    reasons = hiding(node)
    return [block.model_copy(update={"hidden": True}) for block in blocks] if reasons else blocks


def _text_blocks(node: OlxNode, context: OlxContext) -> list[ImportedBlock]:
    report_leftovers(node, (), context.ledger)
    try:
        return rich_text(node, "rich_text", _html_of(node, context), (), context)
    except UnreadableText as error:
        context.ledger.dropped("rich_text", node.source, str(error))
        return []


def rich_text(
    node: OlxNode, kind: str, html: str, reasons: Iterable[str], context: OlxContext, title: str = "Text"
) -> list[ImportedBlock]:
    """A text of the course as a block: rich text, or an embed where the text is nothing but a frame.

    Raises `UnreadableText`.
    """
    context.links.note_mentions(html, node.source)
    text = context.texts.read(html, node.source)
    hidden = hiding(node)
    changes = [*reasons, *hidden, *text.changes]
    block_title = title_of(node, title)
    if text.frame is not None:
        context.ledger.changed(kind, node.source, "the frame that it was became an embed")
        return [
            EmbedBlock(
                source=node.source,
                title=block_title,
                url=text.frame,
                hidden=bool(hidden),
                optional=optional_of(node),
            )
        ]
    if text.is_empty and text.changes:
        context.ledger.dropped(kind, node.source, "; ".join(["nothing is left to see in it", *changes]))
        return []
    if text.is_empty:
        changes.append("it holds no text")
    if _PLACEHOLDER.search(text.html):
        changes.append("placeholders such as %%USER_ID%% are not filled in")
    context.ledger.kept(kind, node.source, changes)
    return [
        RichTextBlock(
            source=node.source,
            title=block_title,
            html=text.html,
            hidden=bool(hidden),
            optional=optional_of(node),
        )
    ]


def _html_of(node: OlxNode, context: OlxContext) -> str:
    filename = node.attributes.get("filename")
    if filename is None:
        return inner_markup(node.element)
    path = f"html/{filename.replace(':', '/').removesuffix('.html')}.html"
    data = context.files.read(path, draft=node.draft)
    if data is None:
        raise UnreadableText(f"{path} is not in the archive")
    return decode_html(data)


def _problem_blocks(node: OlxNode, context: OlxContext, *, graded: bool) -> list[ImportedBlock]:
    report_leftovers(node, ("max_attempts", "weight"), context.ledger)
    context.links.note_mentions(markup(node.element), node.source)
    changes = hiding(node)
    for element in node.element.iter():
        for name in _PROBLEM_ADDRESSES:
            address = (element.get(name) or "").strip()
            if not address:
                continue
            settled = context.links.resolve(address, node.source)
            if settled is None:
                del element.attrib[name]
                changes.append(f"a link to {address[:200]}, which is not there, was taken off")
            else:
                element.set(name, settled)
    for name in list(node.element.attrib):
        del node.element.attrib[name]
    content = markup(node.element)
    if len(content) > MAX_PROBLEM:
        context.ledger.dropped("problem", node.source, f"it has more than {MAX_PROBLEM} characters")
        return []
    context.ledger.kept("problem", node.source, changes)
    title = title_of(node, "Problem")
    problem = ForeignProblem(
        source=node.source, format="olx", title=title, content=content, settings=_problem_settings(node, graded)
    )
    return [
        ProblemBlock(
            source=node.source,
            title=title,
            hidden=bool(hiding(node)),
            optional=optional_of(node),
            problem=problem,
        )
    ]


def _problem_settings(node: OlxNode, graded: bool) -> dict[str, int | float | bool]:
    settings: dict[str, int | float | bool] = {}
    attempts = json_setting(node, "max_attempts")
    if isinstance(attempts, int) and not isinstance(attempts, bool) and attempts > 0:
        settings["max_attempts"] = attempts
    weight = number(node, "weight")
    if weight is not None:
        settings["weight"] = weight
    settings["graded"] = graded and weight != 0
    return settings


def _launch_blocks(node: OlxNode, context: OlxContext) -> list[ImportedBlock]:
    url = node.attributes.get("launch_url", "").strip()
    report_leftovers(node, ("launch_url",), context.ledger)
    if not is_web_address(url):
        context.ledger.dropped(node.tag, node.source, "an LTI tool without an address to launch")
        return []
    context.ledger.changed(
        node.tag,
        node.source,
        "LTI tools cannot be launched here; its address is kept as a hidden link, since alone it signs nobody in",
    )
    return [
        EmbedBlock(source=node.source, title=title_of(node, "External tool"), url=url, presentation="link", hidden=True)
    ]


def _tool_blocks(node: OlxNode, context: OlxContext) -> list[ImportedBlock]:
    translation = None if node.tag in UNTRANSLATED else text_of_tool(node, context)
    if translation is None:
        drop_tool(node, context)
        return []
    html, reason = translation
    try:
        return rich_text(node, node.tag, html, [reason], context, title=node.tag.replace("_", " ").capitalize())
    except UnreadableText as error:
        context.ledger.dropped(node.tag, node.source, str(error))
        return []
