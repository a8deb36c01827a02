"""The canonical form of a course, so that equal content has equal bytes and an equal hash."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from lyceum.course.domain.importing.course import ImportedAsset, ImportedCourse, ImportedNode
from lyceum.course.domain.importing.references import Reference, rewrite_references


def canonical_json(value: Any) -> bytes:
    """JSON with sorted keys, no white space, UTF-8: one text per value. Raises `ValueError` for NaN and infinities."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def content_hash(course: ImportedCourse, assets: Iterable[ImportedAsset]) -> str:
    """SHA-256 in hexadecimal over what a learner can meet: the course, and each asset's path, type and bytes.

    Source ids do not count, only where they point: a copy whose nodes got new ids has the hash of its original.
    """
    files = sorted((asset.path, asset.media_type, asset.sha256) for asset in assets)
    content = {"course": _with_places_for_sources(course), "assets": files}
    return hashlib.sha256(canonical_json(content)).hexdigest()


def _with_places_for_sources(course: ImportedCourse) -> Any:
    """The course as JSON, each source id replaced by the place of its node, such as `1.2.1`."""
    places = dict(_places(course))

    def place(reference: Reference) -> str:
        if reference.kind == "node":
            reference = Reference("node", places.get(reference.target, reference.target), reference.fragment)
        return str(reference)

    def replaced(value: Any, key: str = "") -> Any:
        if key == "requires":
            return sorted(places.get(source, "") for source in value)
        if isinstance(value, dict):
            return {name: replaced(part, name) for name, part in value.items()}
        if isinstance(value, list):
            return [replaced(part) for part in value]
        if isinstance(value, str) and key == "source":
            return places.get(value, "")
        if isinstance(value, str) and key in ("html", "description_html", "content"):
            return rewrite_references(value, place)
        return value

    return replaced(course.model_dump(mode="json"))


def _places(course: ImportedCourse) -> Iterable[tuple[str, str]]:
    for s, section in enumerate(course.sections, 1):
        yield _placed(section, s)
        for n, lesson in enumerate(section.lessons, 1):
            yield _placed(lesson, s, n)
            for p, page in enumerate(lesson.pages, 1):
                yield _placed(page, s, n, p)
                for b, block in enumerate(page.blocks, 1):
                    yield block.source, f"{s}.{n}.{p}.{b}"


def _placed(node: ImportedNode, *place: int) -> tuple[str, str]:
    return node.source, ".".join(map(str, place))
