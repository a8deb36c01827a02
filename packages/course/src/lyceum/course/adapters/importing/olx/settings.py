"""The attributes of OLX elements: those that mean something here, and a line for each that does not."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from lyceum.course.adapters.importing.json_texts import parse_json
from lyceum.course.adapters.importing.ledger import Ledger
from lyceum.course.adapters.importing.olx.tree import OlxNode
from lyceum.course.adapters.importing.titles import clip

_UNSCHEDULED = datetime(2030, 1, 1, tzinfo=UTC)
"""Open edX's stand-in for "no start date yet"."""

_BOOKKEEPING = frozenset(
    [
        "url_name", "slug", "org", "course", "filename", "editor", "markdown", "xblock-family", "parent_url",
        "parent_sequential_url", "index_in_children_list", "copied_from_block", "copied_from_version", "data_dir",
        "use_latex_compiler", "upstream", "upstream_version", "upstream_display_name", "xml_attributes",
    ]
)  # fmt: skip
"""What only tells Open edX's own editor where a thing lies or came from; `markdown` repeats a problem's XML."""
_COMMON = frozenset({"display_name", "visible_to_staff_only", "hide_from_toc", "group_access", "optional_completion"})


def title_of(node: OlxNode, fallback: str) -> str:
    return clip(node.attributes.get("display_name", ""), fallback)


def optional_of(node: OlxNode) -> bool:
    return flag(node, "optional_completion")


def flag(node: OlxNode, name: str) -> bool:
    return node.attributes.get(name, "").strip().lower() == "true"


def number(node: OlxNode, name: str) -> float | None:
    try:
        return float(node.attributes.get(name, ""))
    except ValueError:
        return None


def moment(text: str | None) -> datetime | None:
    """A date and time as OLX writes it (ISO 8601, UTC where nothing else is said, sometimes in quotes)."""
    try:
        found = datetime.fromisoformat((text or "").strip().strip('"'))
    except ValueError:
        return None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return None if found == _UNSCHEDULED else found


def json_setting(node: OlxNode, name: str) -> Any:
    """An attribute that holds JSON; null for what does not."""
    try:
        return parse_json(node.attributes.get(name, "null"))
    except ValueError:
        return None


def is_restricted(node: OlxNode) -> bool:
    """Whether only some groups may see the node; also where nobody can tell which."""
    access = json_setting(node, "group_access")
    if isinstance(access, dict):
        return any(access.values())
    return node.attributes.get("group_access", "").strip() not in ("", "null")


def hiding(node: OlxNode) -> list[str]:
    """Why learners do not see the node; empty where they do."""
    reasons = []
    if flag(node, "visible_to_staff_only"):
        reasons.append("only staff saw it at its origin, so it is hidden")
    if is_restricted(node):
        reasons.append("only some groups saw it at its origin; groups are not imported, so it is hidden")
    if flag(node, "hide_from_toc"):
        reasons.append("it was left out of the outline at its origin, so it is hidden")
    return reasons


def report_leftovers(node: OlxNode, used: Iterable[str], ledger: Ledger) -> None:
    """A line for each attribute that nothing here stands for. Values stay out of it: some are secrets."""
    known = _BOOKKEEPING | _COMMON | set(used)
    for name, value in node.attributes.items():
        if name not in known and value not in ("", "null", "[]", "{}"):
            ledger.dropped("setting", f"{node.source}#{name}", "there is no such setting here")
