"""Pages that were never published: older archives keep them below `drafts/vertical/`, naming their place."""

import re

from lyceum.course.adapters.importing.ledger import Ledger
from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.adapters.importing.olx.tree import OlxFiles, OlxNode, TreeLoader
from lyceum.course.adapters.importing.xml_documents import MalformedXml, parse_xml

_FOLDER = "drafts/vertical/"
_LAST_PART = re.compile(r"[^@/+]+$")


def place_drafts(course: OlxNode, files: OlxFiles, loader: TreeLoader, ledger: Ledger, limits: ArchiveLimits) -> None:
    """Put each draft page where it says that it belongs."""
    nodes = {node.source: node for node in course.walk()}
    for file in files.archive:
        if not file.path.startswith(_FOLDER) or not file.path.endswith(".xml"):
            continue
        ledger.account_for(file.path)
        url_name = file.path[len(_FOLDER) : -len(".xml")].replace("/", ":")
        if f"vertical/{url_name}" in nodes:
            ledger.dropped("draft", file.path, "the published version of this page was taken")
            continue
        try:
            root = parse_xml(file.read(), file.path, limits)
        except MalformedXml as error:
            ledger.dropped("draft", file.path, error.detail)
            continue
        parent_name = _LAST_PART.search(root.get("parent_url") or root.get("parent_sequential_url") or "")
        parent = nodes.get(f"sequential/{parent_name[0]}") if parent_name else None
        node = loader.load(root, url_name, draft=True) if parent is not None else None
        if parent is None or node is None or node.tag != "vertical":
            ledger.dropped("draft", file.path, "it does not say where in the course it belongs")
            continue
        position = root.get("index_in_children_list") or ""
        parent.children.insert(int(position) if position.isdecimal() else len(parent.children), node)
