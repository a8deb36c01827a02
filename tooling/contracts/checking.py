"""Compares the events as they are published now with their stored schemas."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tooling.contracts.compatibility import Difference, differences
from tooling.contracts.drafting import draft
from tooling.contracts.published import ROOT, Published, stored_schemas


def problems(events: list[Published], root: Path = ROOT) -> Iterator[str]:
    """What keeps the stored schemas and examples in the repository from being those of the events published now."""
    for published in events:
        if not published.stored.exists():
            yield f"{published.event.type} has no stored schema: write it with --write"
        elif (stored := read(published.stored)) != published.schema():
            found = list(changes(stored, published.schema()))
            advice = "stand a new version beside it" if found else "write it with --write"
            yield "\n  ".join([f"{published.event.type} is not what is stored: {advice}", *found])
        yield from example_problems(published)
    for path in sorted(stored_schemas(root) - {published.stored for published in events}):
        yield f"{path.relative_to(root)} is stored, and nothing publishes it; delete it once nobody consumes it"


def changes(old: Any, new: Any) -> Iterator[str]:
    """Why the new schema may not take the place of the old one, read forward and backward."""
    yield from _described("an old consumer of new events", differences(writer=new, reader=old))
    yield from _described("a new consumer of old events", differences(writer=old, reader=new))


def update(events: list[Published]) -> Iterator[str]:
    """Store the schemas of new events, and of those that changed compatibly; the types written."""
    for published in events:
        schema = published.schema()
        if published.stored.exists():
            stored = read(published.stored)
            if stored == schema or any(changes(stored, schema)):
                continue
        _store(published.stored, schema)
        yield published.event.type


def draft_examples(events: list[Published]) -> Iterator[str]:
    """Make the examples that are missing, where a schema tells enough for it; the types written."""
    for published in events:
        if published.example.exists():
            continue
        try:
            event = published.event.model_validate_json(json.dumps(draft(published.schema())))
        except ValidationError:
            continue  # the check goes on asking for it
        _store(published.example, event.model_dump(mode="json"))
        yield published.event.type


def example_problems(published: Published) -> Iterator[str]:
    """Whether there is an example, and it is exactly what such an event looks like on the wire."""
    if not published.example.exists():
        yield f"{published.event.type} has no example: write {published.example.name} into contracts/examples"
        return
    example = read(published.example)
    try:
        event = published.event.model_validate_json(json.dumps(example))
    except ValidationError as error:
        yield f"{published.example.name} is no such event: {error}"
        return
    if (sent := event.model_dump(mode="json")) != example:
        yield f"{published.example.name} differs from what is sent: {json.dumps(sent)}"


def changed_since(commit: str, root: Path = ROOT) -> Iterator[str]:
    """Why schemas stored now may not take the place of those stored at a commit; catches those edited by hand."""
    listing = _git(root, "ls-tree", "-r", "--name-only", commit, "--", "packages")
    for name in listing.splitlines():
        path = Path(name)
        if path.match("packages/*/contracts/events/*.json") and (root / path).exists():
            old = json.loads(_git(root, "show", f"{commit}:{name}"))
            if found := list(changes(old, read(root / path))):
                yield "\n  ".join([f"{path.stem} has changed since {commit}", *found])


def read(path: Path) -> Any:
    """The document in a file."""
    return json.loads(path.read_text())


def _described(who: str, found: list[Difference]) -> Iterator[str]:
    for difference in found:
        yield f"{who}: {difference}"


def _store(path: Path, document: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True).stdout
