"""Compares what is published now with its stored schemas."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tooling.contracts.compatibility import Difference, differences
from tooling.contracts.drafting import draft
from tooling.contracts.published import ROOT, Contract, Published, Said, is_stored_schema, said_live, stored_schemas


def problems(contracts: Sequence[Published | Said], root: Path = ROOT) -> Iterator[str]:
    """What keeps the stored schemas and examples in the repository from being those of what is published now."""
    for contract in contracts:
        if not contract.stored.exists():
            yield f"{contract.name} has no stored schema: write it with --write"
        elif (stored := read(contract.stored)) != contract.schema():
            found = list(_changes_of(contract, stored))
            advice = "stand a new version beside it" if found else "write it with --write"
            yield "\n  ".join([f"{contract.name} is not what is stored: {advice}", *found])
        if isinstance(contract, Published):
            yield from example_problems(contract)
    for path in sorted(stored_schemas(root) - {contract.stored for contract in contracts}):
        yield f"{path.relative_to(root)} is stored, and nothing publishes it; delete it once nobody consumes it"


def changes(old: Any, new: Any, *, old_readers: bool = True, old_writers: bool = True) -> Iterator[str]:
    """Why the new schema may not take the place of the old one, for the sides that may be older."""
    if old_readers:
        yield from _described("an old reader of what is sent now", differences(writer=new, reader=old))
    if old_writers:
        yield from _described("a new reader of what was sent before", differences(writer=old, reader=new))


def update(contracts: Sequence[Contract]) -> Iterator[str]:
    """Store the schemas that are new, and those that changed compatibly; the names written."""
    for contract in contracts:
        schema = contract.schema()
        if contract.stored.exists():
            stored = read(contract.stored)
            if stored == schema or any(_changes_of(contract, stored)):
                continue
        _store(contract.stored, schema)
        yield contract.name


def draft_examples(contracts: Sequence[Published | Said]) -> Iterator[str]:
    """Make the examples that are missing, where a schema tells enough for it; the types written."""
    for published in contracts:
        if not isinstance(published, Published) or published.example.exists():
            continue
        try:
            message = published.message.model_validate_json(json.dumps(draft(published.schema())))
        except ValidationError:
            continue  # the check goes on asking for it
        _store(published.example, message.model_dump(mode="json"))
        yield published.name


def example_problems(published: Published) -> Iterator[str]:
    """Whether there is an example, and it is exactly what travels."""
    if not published.example.exists():
        yield f"{published.name} has no example: write {published.example.name} into contracts/examples"
        return
    example = read(published.example)
    try:
        message = published.message.model_validate_json(json.dumps(example))
    except ValidationError as error:
        yield f"{published.example.name} is no such message: {error}"
        return
    if (sent := message.model_dump(mode="json")) != example:
        yield f"{published.example.name} differs from what is sent: {json.dumps(sent)}"


def changed_since(commit: str, root: Path = ROOT) -> Iterator[str]:
    """Why schemas stored now may not take the place of those stored at a commit; catches those edited by hand."""
    listing = _git(root, "ls-tree", "-r", "--name-only", commit, "--", "packages")
    one_way = {said.stored: said for said in said_live(root)}
    for name in listing.splitlines():
        path = Path(name)
        if is_stored_schema(path) and (root / path).exists():
            old = json.loads(_git(root, "show", f"{commit}:{name}"))
            new, said = read(root / path), one_way.get(root / path)
            sides = {} if said is None else {"old_readers": said.old_readers, "old_writers": said.old_writers}
            if found := list(changes(old, new, **sides)):
                yield "\n  ".join([f"{path.stem} has changed since {commit}", *found])


def read(path: Path) -> Any:
    """The document in a file."""
    return json.loads(path.read_text())


def _changes_of(contract: Contract, old: Any) -> Iterator[str]:
    sides = {"old_readers": contract.old_readers, "old_writers": contract.old_writers}
    return changes(old, contract.schema(), **sides)


def _described(who: str, found: list[Difference]) -> Iterator[str]:
    for difference in found:
        yield f"{who}: {difference}"


def _store(path: Path, document: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True).stdout
