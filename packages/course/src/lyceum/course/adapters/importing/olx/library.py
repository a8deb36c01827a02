"""OLX content libraries: a pool of components without an outline."""

from lyceum.course.adapters.importing.ledger import Ledger
from lyceum.course.adapters.importing.olx.tree import OlxNode


def library_as_course(library: OlxNode, ledger: Ledger) -> OlxNode:
    """A course of one section and one lesson, with a page for each component of the library."""
    ledger.changed(
        "library", library.source, "a library has no outline: it became a section with a page for each component"
    )
    pages = [
        OlxNode(
            "vertical",
            f"{component.tag[:100]}-{component.url_name}~made",
            component.element,
            {"display_name": component.attributes.get("display_name") or f"Problem {number}"},
            [component],
        )
        for number, component in enumerate(library.children, 1)
    ]
    title = {"display_name": "Library"}
    lesson = OlxNode("sequential", f"{library.url_name}~made", library.element, title, pages)
    section = OlxNode("chapter", f"{library.url_name}~made", library.element, title, [lesson])
    return OlxNode("course", library.url_name, library.element, library.attributes, [section])
