"""What lies around the outline of an OLX course: about pages, course information, tabs, lists of assets."""

from dataclasses import dataclass
from typing import Any

from lyceum.course.adapters.html_fragments import parse_fragment
from lyceum.course.adapters.importing.olx.context import OlxContext
from lyceum.course.adapters.importing.olx.links import STATIC
from lyceum.course.adapters.importing.olx.policies import read_json
from lyceum.course.adapters.importing.olx.tree import OlxNode
from lyceum.course.adapters.importing.texts import UnreadableText, decode_html
from lyceum.course.adapters.importing.titles import clip
from lyceum.course.adapters.xml_elements import text_of
from lyceum.course.domain.importing import ImportedLesson, ImportedPage, ImportedSection, RichTextBlock
from lyceum.course.domain.values import MAX_SUMMARY


@dataclass(frozen=True, slots=True)
class About:
    description_html: str
    summary: str


def read_about(context: OlxContext) -> About:
    """The description and the summary of the course; a line for each other about page."""
    description = ""
    summary = ""
    for file in context.files.archive.below("about"):
        path = f"about/{file.path}"
        context.ledger.account_for(path)
        try:
            content = decode_html(file.read())
            if file.path == "overview.html":
                context.links.note_mentions(content, path)
                text = context.texts.read(content, path)
                description = text.html
                context.ledger.kept("about", path, text.changes)
            elif file.path == "short_description.html":
                whole = text_of(parse_fragment(content))
                summary = whole[:MAX_SUMMARY]
                cut = [f"cut to {MAX_SUMMARY} characters"] if len(whole) > MAX_SUMMARY else []
                context.ledger.kept("about", path, cut)
            else:
                context.ledger.dropped("about", path, "courses have a description and a summary, and nothing like this")
        except UnreadableText as error:
            context.ledger.dropped("about", path, str(error))
    return About(description, summary)


def report_course_information(context: OlxContext) -> None:
    """A line for each announcement and for handouts: courses have no place for them yet."""
    reason = "there is no place for announcements and handouts yet"
    for file in context.files.archive.below("info"):
        path = f"info/{file.path}"
        if file.path.endswith(".json"):
            items = read_json(path, context.files, context.ledger, context.limits)
            if isinstance(items, list):
                context.ledger.dropped("document", path, reason)
                for number, item in enumerate(items, 1):
                    name = item.get("id", number) if isinstance(item, dict) else number
                    text = str(item.get("content", "")) if isinstance(item, dict) else ""
                    context.links.note_mentions(text, f"{path}#{name}")
                    context.ledger.dropped("update", f"{path}#{name}", reason)
        else:
            context.ledger.account_for(path)
            context.ledger.dropped("document", path, reason)


def read_tabs(run: str, tabs: Any, context: OlxContext) -> ImportedSection | None:
    """Pages of its own that a course shows as tabs, as one more section; a line for each other tab."""
    titles: dict[str, str] = {}
    for number, tab in enumerate(tabs if isinstance(tabs, list) else [], 1):
        tab = tab if isinstance(tab, dict) else {}
        name = str(tab.get("name") or number)
        if tab.get("type") == "static_tab" and isinstance(tab.get("url_slug"), str):
            titles[tab["url_slug"]] = name
        else:
            context.ledger.dropped("tab", f"policies/{run}/policy.json#tabs/{name}", "Lyceum has its own navigation")
    pages = []
    for file in context.files.archive.below("tabs"):
        path = f"tabs/{file.path}"
        context.ledger.account_for(path)
        slug = file.path.removesuffix(".html")
        try:
            content = decode_html(file.read())
            context.links.note_mentions(content, path)
            text = context.texts.read(content, path)
        except UnreadableText as error:
            context.ledger.dropped("tab", path, str(error))
            continue
        title = clip(titles.pop(slug, slug), "Page")
        source = f"static_tab/{slug}"[:380]
        block = RichTextBlock(source=f"{source}#text", title=title, html=text.html)
        pages.append(ImportedPage(source=source, title=title, optional=True, blocks=() if text.is_empty else (block,)))
        changes = "; ".join(["it is an optional page in a section of its own", *text.changes])
        context.ledger.changed("tab", path, changes)
        context.ledger.changed("page", source, "made for a tab of the course")
    for slug in titles:
        context.ledger.dropped("tab", f"tabs/{slug}.html", "it is not in the archive")
    if not pages:
        return None
    context.ledger.changed("section", "static_tab", "made for the tabs of the course")
    context.ledger.changed("lesson", "static_tab#lesson", "made for the tabs of the course")
    lesson = ImportedLesson(source="static_tab#lesson", title="More pages", optional=True, pages=tuple(pages))
    return ImportedSection(source="static_tab", title="More pages", optional=True, lessons=(lesson,))


def report_beside_the_outline(course: OlxNode, context: OlxContext) -> None:
    """A line for each child of the course that is no chapter."""
    reasons = {"wiki": "there are no wikis", "textbook": "there are no textbooks; their files are kept as assets"}
    for child in course.children:
        if child.tag != "chapter":
            name = child.attributes.get("slug") or child.attributes.get("title") or child.url_name
            reason = reasons.get(child.tag, f"there is nothing like {child.tag} here")
            context.ledger.dropped(child.tag, f"{child.tag}/{name}", reason)


def report_asset_lists(context: OlxContext) -> None:
    """The lists of assets: what they name and the archive does not hold is missing."""
    path = "policies/assets.json"
    listed = read_json(path, context.files, context.ledger, context.limits)
    if isinstance(listed, dict):
        context.ledger.changed("document", path, "names and types come from the files themselves; locks are not kept")
        for name in listed:
            if context.links.find(name) is None:
                context.ledger.missing(f"{STATIC}/{name}", path, "the archive does not hold this file")
    if context.files.read("assets/assets.xml") is not None:
        context.ledger.dropped("document", "assets/assets.xml", "names and types come from the files themselves")
