"""Policies of an OLX course: settings in JSON that go before those in XML."""

import json
from typing import Any

from lyceum.course.adapters.importing.json_texts import parse_json
from lyceum.course.adapters.importing.ledger import Ledger
from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.adapters.importing.olx.tree import OlxFiles

Policy = dict[str, dict[str, str]]


def read_policy(run: str, files: OlxFiles, ledger: Ledger, limits: ArchiveLimits) -> tuple[Policy, Any]:
    """The settings of each element by `tag/url_name`, values as OLX would write them in an attribute; and the tabs."""
    policy: Policy = {}
    tabs: Any = None
    for path in (f"policies/{run}/policy.json", f"policies/{run}.json"):
        content = read_json(path, files, ledger, limits)
        if content is None:
            continue
        if not isinstance(content, dict):
            ledger.dropped("document", path, "it does not hold settings")
            continue
        ledger.changed("document", path, "each of its settings has a line of its own, under the element that it is for")
        for source, settings in content.items():
            if not isinstance(settings, dict):
                ledger.dropped("setting", f"{path}#{source}", "it does not hold settings")
                continue
            if source == f"course/{run}":
                tabs = settings.pop("tabs", tabs)
            policy.setdefault(source, {}).update({name: _as_attribute(value) for name, value in settings.items()})
    return policy, tabs


def report_grading(run: str, files: OlxFiles, ledger: Ledger, limits: ArchiveLimits) -> None:
    """A line for each grader and for the cut-offs. Lessons keep the name of their grader."""
    path = f"policies/{run}/grading_policy.json"
    content = read_json(path, files, ledger, limits)
    if content is None:
        return
    ledger.changed("document", path, "each of its parts has a line of its own")
    parts = content if isinstance(content, dict) else {}
    graders = parts.pop("GRADER", [])
    for number, grader in enumerate(graders if isinstance(graders, list) else [], 1):
        name = grader.get("type") if isinstance(grader, dict) else None
        reason = "there are no weighted kinds of work yet; lessons keep the name of theirs"
        ledger.dropped("grader", f"{path}#{name or number}", reason)
    for name in parts:
        ledger.dropped("setting", f"{path}#{name}", "there are no grades over a whole course yet")


def read_json(path: str, files: OlxFiles, ledger: Ledger, limits: ArchiveLimits) -> Any:
    """What a JSON file holds; null where there is none, or none that can be read, which the ledger knows then."""
    file = files.archive.get(path)
    if file is None:
        return None
    ledger.account_for(path)
    if file.size > limits.json_bytes:
        ledger.dropped("document", path, f"it has more than {limits.json_bytes} bytes")
        return None
    try:
        return parse_json(file.read())
    except ValueError as error:
        ledger.dropped("document", path, f"it cannot be read as JSON: {str(error)[:200]}")
        return None


def _as_attribute(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
