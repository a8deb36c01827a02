"""From planned pages to pages with blocks, by the kind of their resource."""

import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape, unescape

from lyceum.course.adapters.importing.common_cartridge.assessments import assessment_block
from lyceum.course.adapters.importing.common_cartridge.canvas import is_unpublished
from lyceum.course.adapters.importing.common_cartridge.context import CartridgeContext
from lyceum.course.adapters.importing.common_cartridge.manifest import Resource, ResourceKind
from lyceum.course.adapters.importing.common_cartridge.outline import PagePlan
from lyceum.course.adapters.importing.texts import UnreadableText, decode_html
from lyceum.course.adapters.importing.titles import clip
from lyceum.course.adapters.importing.xml_documents import MalformedXml
from lyceum.course.adapters.xml_elements import Element, child, children, local_name, text_of
from lyceum.course.domain.importing import (
    EmbedBlock,
    FileBlock,
    ImportedBlock,
    ImportedPage,
    RichTextBlock,
    Visibility,
)
from lyceum.course.domain.importing.values import is_web_address

HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_BODY = re.compile(r"<body\b[^<>]*>(.*?)(?:</body\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title>([^<]*)</title>", re.IGNORECASE)
_META = re.compile(r"""<meta\s+name=["']([\w.-]{1,100})["']""", re.IGNORECASE)
_KNOWN_META = frozenset({"identifier", "workflow_state", "viewport", "generator"})
_HEAD = 10_000
"""Characters in which the head of a page lies."""
_UNPUBLISHED = re.compile(r"""<meta\s+name="workflow_state"\s+content="unpublished""", re.IGNORECASE)
_NO_LAUNCH = "LTI tools cannot be launched here; its address is kept as a hidden link, since alone it signs nobody in"
_HIDDEN = "it was not published at its origin, so it is hidden"


@dataclass(slots=True)
class Content:
    """What a resource gives to its page. `kind` is the word for it in the loss report."""

    kind: str
    title: str = ""
    blocks: list[ImportedBlock] = field(default_factory=list)
    hidden: bool = False
    starts_at: datetime | None = None
    due_at: datetime | None = None


def build_page(plan: PagePlan, context: CartridgeContext) -> ImportedPage:
    """The page and its blocks, whose fates are in the ledger then."""
    content = _link_content(plan, context) if plan.resource is None else _resource_content(plan.resource, context)
    hiding = []
    if content.hidden:
        hiding.append(_HIDDEN)
    if plan.resource is not None and plan.resource.for_instructors:
        hiding.append("it is meant for instructors, so it is hidden")
    if not content.blocks:
        hiding.append("nothing of it could be kept, so it is empty and hidden")
    elif all(block.hidden for block in content.blocks):
        hiding.append("learners could see nothing on it, so it is hidden")
    hidden = plan.hidden or bool(hiding)
    context.ledger.kept("page", plan.source, [*filter(None, [plan.change]), *hiding])
    return ImportedPage(
        source=plan.source,
        title=clip(plan.title or content.title, "Page"),
        visibility=Visibility.HIDDEN if hidden else Visibility.VISIBLE,
        optional=plan.optional,
        starts_at=content.starts_at,
        due_at=content.due_at,
        blocks=tuple(content.blocks),
    )


def _link_content(plan: PagePlan, context: CartridgeContext) -> Content:
    url = plan.url or ""
    source = f"{plan.source}#link"
    if plan.is_tool:
        context.ledger.changed("lti", source, _NO_LAUNCH)
    else:
        context.ledger.imported("embed", source)
    title = clip(plan.title, "Link")
    block = EmbedBlock(source=source, title=title, url=url, presentation="link", hidden=plan.is_tool)
    return Content("embed", title, [block])


def _resource_content(resource: Resource, context: CartridgeContext) -> Content:
    read, kind = _READERS.get(resource.kind, (_web_content, "file"))
    try:
        return read(resource, context)
    except (MalformedXml, UnreadableText) as error:
        context.ledger.dropped(kind, resource.source, error.detail if isinstance(error, MalformedXml) else str(error))
        return Content(kind)


def _web_content(resource: Resource, context: CartridgeContext) -> Content:
    settings = next((path for path in resource.files if path.endswith("/assignment_settings.xml")), None)
    page = next((path for path in (resource.href, *resource.files) if path and path.endswith(HTML_SUFFIXES)), None)
    if settings is not None and page is not None:
        return _canvas_assignment(resource, page, settings, context)
    if page is not None and page == (resource.href or resource.files[0]):
        html = _html_of(page, context)
        title = _title_of(html) or _name(page)
        content = Content("rich_text", title, hidden=bool(_UNPUBLISHED.search(html[:_HEAD])))
        content.blocks = _text(resource, "rich_text", _body_of(html), title, page, (), context)
        for name in sorted(set(_META.findall(html[:_HEAD])) - _KNOWN_META):
            context.ledger.dropped("setting", f"{resource.source}#{name}", "there is no such setting here")
        return content
    path = resource.href or next(iter(resource.files), "")
    asset = context.links.file(path, "imsmanifest.xml")
    if asset is None:
        context.ledger.dropped("file", resource.source, f"{path[:200]} is not in the archive")
        return Content("file", _name(path))
    changes = [unknown_type(resource)] if resource.kind is ResourceKind.UNKNOWN else []
    context.ledger.kept("file", resource.source, changes)
    title = clip(_name(path), "File")
    return Content("file", title, [FileBlock(source=resource.source, title=title, asset=asset)])


def _discussion(resource: Resource, context: CartridgeContext) -> Content:
    path = _main(resource)
    root = context.xml_of(path)
    title = text_of(child(root, "title"))
    content = Content("discussion", title)
    reason = "its prompt is kept as text; there are no discussions yet"
    content.blocks = _text(resource, "discussion", _rich(child(root, "text")), title, path, (reason,), context)
    content.blocks += _attachments(resource, child(root, "attachments"), path, context)
    _report_parts(resource, root, {"title", "text", "attachments"}, context)
    for name in resource.dependencies:
        meta_path = f"{name}.xml"
        if meta_path in context.archive:
            meta = context.xml_of(meta_path)
            content.hidden = content.hidden or is_unpublished(meta)
            context.ledger.dropped("document", meta_path, "settings of a discussion; there are no discussions yet")
    return content


def _web_link(resource: Resource, context: CartridgeContext) -> Content:
    root = context.xml_of(_main(resource))
    element = child(root, "url")
    url = (element.get("href") or "") if element is not None else ""
    title = clip(text_of(child(root, "title")), "Link")
    if not is_web_address(url):
        context.ledger.dropped("embed", resource.source, "a link without an http(s) address")
        return Content("embed", title)
    context.ledger.imported("embed", resource.source)
    _report_parts(resource, root, {"title", "url"}, context)
    return Content("embed", title, [EmbedBlock(source=resource.source, title=title, url=url, presentation="link")])


def _lti_link(resource: Resource, context: CartridgeContext) -> Content:
    root = context.xml_of(_main(resource))
    url = text_of(child(root, "secure_launch_url")) or text_of(child(root, "launch_url"))
    title = clip(text_of(child(root, "title")), "External tool")
    known = {"title", "description", "launch_url", "secure_launch_url", "vendor", "icon", "secure_icon"}
    _report_parts(resource, root, known, context)
    if not is_web_address(url):
        context.ledger.dropped("lti", resource.source, "an LTI tool without an address to launch")
        return Content("lti", title)
    context.ledger.changed("lti", resource.source, _NO_LAUNCH)
    block = EmbedBlock(source=resource.source, title=title, url=url, presentation="link", hidden=True)
    return Content("lti", title, [block])


def _assignment(resource: Resource, context: CartridgeContext) -> Content:
    path = _main(resource)
    root = context.xml_of(path)
    title = text_of(child(root, "title"))
    canvas = child(root, "extensions", "assignment")
    content = Content("assignment", title, hidden=is_unpublished(canvas), starts_at=_moment(canvas, "unlock_at"))
    content.due_at = _moment(canvas, "due_at")
    reason = "its task is kept as text; nothing can be handed in yet"
    content.blocks = _text(resource, "assignment", _rich(child(root, "text")), title, path, (reason,), context)
    content.blocks += _attachments(resource, child(root, "attachments"), path, context)
    _report_parts(resource, root, {"title", "text", "attachments"}, context)
    return content


def _canvas_assignment(resource: Resource, page: str, settings: str, context: CartridgeContext) -> Content:
    html = _html_of(page, context)
    root = context.xml_of(settings)
    title = text_of(child(root, "title")) or _title_of(html)
    content = Content("assignment", title, hidden=is_unpublished(root), starts_at=_moment(root, "unlock_at"))
    content.due_at = _moment(root, "due_at")
    reason = "its task is kept as text; nothing can be handed in yet"
    content.blocks = _text(resource, "assignment", _body_of(html), title, page, (reason,), context)
    _report_parts(resource, root, {"title", "workflow_state", "unlock_at", "due_at"}, context)
    return content


def unknown_type(resource: Resource) -> str:
    """What becomes of a resource of which only the files mean something."""
    return f"its files are kept, but nothing here understands its type: {resource.type[:200] or 'none'}"


def _assessment(resource: Resource, context: CartridgeContext) -> Content:
    block = assessment_block(resource, _main(resource), context)
    bank = resource.kind is ResourceKind.QUESTION_BANK
    return Content("problem", block.title if block else "", [block] if block else [], hidden=bank)


_READERS: dict[ResourceKind, tuple[Callable[[Resource, CartridgeContext], Content], str]] = {
    ResourceKind.DISCUSSION: (_discussion, "discussion"),
    ResourceKind.WEB_LINK: (_web_link, "embed"),
    ResourceKind.LTI_LINK: (_lti_link, "lti"),
    ResourceKind.ASSIGNMENT: (_assignment, "assignment"),
    ResourceKind.ASSESSMENT: (_assessment, "problem"),
    ResourceKind.QUESTION_BANK: (_assessment, "problem"),
    ResourceKind.WEB_CONTENT: (_web_content, "rich_text"),
    ResourceKind.LEARNING_APPLICATION: (_web_content, "rich_text"),
}


def _text(
    resource: Resource,
    kind: str,
    html: str,
    title: str,
    where: str,
    reasons: Iterable[str],
    context: CartridgeContext,
) -> list[ImportedBlock]:
    text = context.texts.read(html, where)
    title = clip(title, "Text")
    changes = [*reasons, *text.changes]
    if text.frame is not None:
        context.ledger.changed(kind, resource.source, "the frame that it was became an embed")
        return [EmbedBlock(source=resource.source, title=title, url=text.frame)]
    if text.is_empty and text.changes:
        context.ledger.dropped(kind, resource.source, "; ".join(["nothing is left to see in it", *changes]))
        return []
    if text.is_empty:
        changes.append("it holds no text")
    context.ledger.kept(kind, resource.source, changes)
    return [RichTextBlock(source=resource.source, title=title, html=text.html)]


def _attachments(
    resource: Resource, holder: Element | None, where: str, context: CartridgeContext
) -> list[ImportedBlock]:
    blocks: list[ImportedBlock] = []
    for number, element in enumerate(children(holder, "attachment") if holder is not None else (), 1):
        source = f"{resource.source}#attachment-{number}"
        href = element.get("href") or ""
        asset = context.links.file(href, where)
        if asset is None:
            context.ledger.dropped("file", source, f"{href[:200]} is not in the archive")
        else:
            context.ledger.imported("file", source)
            blocks.append(FileBlock(source=source, title=clip(_name(asset), "File"), asset=asset))
    return blocks


def _report_parts(resource: Resource, root: Element, used: set[str], context: CartridgeContext) -> None:
    """A line for each part of a document that says something and means nothing here."""
    for part in root:
        name = local_name(part)
        if name not in used and (text_of(part) or len(part) or part.attrib):
            context.ledger.dropped("setting", f"{resource.source}#{name}", "there is no such setting here")


def _main(resource: Resource) -> str:
    return resource.href or next((path for path in resource.files if path.endswith(".xml")), "")


def _html_of(path: str, context: CartridgeContext) -> str:
    data = context.bytes_of(path)
    if data is None:
        raise UnreadableText(f"{path} is not in the archive")
    return decode_html(data)


def _body_of(html: str) -> str:
    found = _BODY.search(html)
    return found[1] if found else html


def _title_of(html: str) -> str:
    found = _TITLE.search(html[:_HEAD])
    return unescape(found[1]).strip().removeprefix("Assignment: ") if found else ""


def _rich(element: Element | None) -> str:
    text = text_of(element)
    plain = element is not None and element.get("texttype") == "text/plain"
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n")) if plain else text


def _name(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0]


def _moment(element: Element | None, name: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text_of(child(element, name)))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
