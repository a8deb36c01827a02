"""Texts and metadata of IMS QTI 1.2."""

from collections.abc import Iterator
from html import escape

from lyceum.assessment.adapters.importing.xml import Element, find_all, inner_html
from lyceum.assessment.domain.exchange import Sanitise


def metadata(element: Element) -> dict[str, str]:
    """The metadata fields that belong to this very element, by label in lower case."""
    fields = {}
    for block in (*element.iterchildren("qtimetadata"), *_item_metadata(element)):
        for each in block.iterchildren("qtimetadatafield"):
            label, entry = each.find("fieldlabel"), each.find("fieldentry")
            if label is not None and entry is not None:
                fields[(label.text or "").strip().lower()] = (entry.text or "").strip()
    return fields


def _item_metadata(element: Element) -> Iterator[Element]:
    for block in element.iterchildren("itemmetadata"):
        yield from block.iterchildren("qtimetadata")


def texts(element: Element | None, sanitise: Sanitise) -> str:
    """The texts in an element, answers and options left out, sanitised."""
    if element is None:
        return ""
    parts = [_markup(text) for text in find_all(element, "mattext") if not _inside_answer(text, element)]
    return sanitise("\n".join(part for part in parts if part.strip()))


def _inside_answer(text: Element, top: Element) -> bool:
    for ancestor in text.iterancestors():
        if ancestor is top:
            return False
        if ancestor.tag in ("response_label", "render_choice", "render_fib"):
            return True
    return False


def _markup(text: Element) -> str:
    """HTML comes escaped or, less often, as elements; anything else is plain text."""
    if next(iter(text), None) is not None:
        return inner_html(text)
    content = text.text or ""
    if (text.get("texttype") or "text/plain").strip().lower() in ("text/html", "text/xhtml", "html"):
        return content
    return f"<p>{escape(content.strip(), quote=False)}</p>" if content.strip() else ""


def lacks_media(element: Element | None) -> bool:
    """Whether there are pictures, sounds or films beside the texts, which are not taken over."""
    names = ("matimage", "mataudio", "matvideo", "matapplet", "matapplication")
    return element is not None and next(find_all(element, *names), None) is not None


def feedback_texts(item: Element, sanitise: Sanitise) -> tuple[dict[str, str], list[str], list[str]]:
    """Of one item: feedback by its id, solutions, and hints in order."""
    feedback, solutions, hints = {}, [], []
    for each in item.iterchildren("itemfeedback"):
        solution, hint = next(find_all(each, "solution"), None), next(find_all(each, "hint"), None)
        if solution is not None:
            solutions.append(texts(solution, sanitise))
        if hint is not None:
            materials = list(find_all(hint, "hintmaterial"))
            hints += [texts(material, sanitise) for material in materials] or [texts(hint, sanitise)]
        if solution is None and hint is None:
            feedback[each.get("ident") or ""] = texts(each, sanitise)
    return feedback, [text for text in solutions if text], [text for text in hints if text]
