"""The AsyncAPI 3.0 document of the platform: its Kafka topics, and what is said at `/ws/v1`.

It is made from the classes of the stored schemas and from the modules' subscriptions and topics, so it says nothing
that the code does not. AsyncAPI reads JSON Schema as of draft 7: definitions within a schema become components, and a
discriminator is named by its property alone.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from lyceum.runtime.composition import installed_modules
from tooling.contracts import asyncapi_kafka, asyncapi_live
from tooling.contracts.published import ROOT, Contract, live_messages, published_events, said_live
from tooling.events.catalogue import entries

Json = dict[str, Any]


def stored_document(root: Path = ROOT) -> Path:
    """Where the document is: beside that of the HTTP API."""
    return root / "apps/host/src/lyceum_host/asyncapi.json"


def staleness(root: Path = ROOT) -> Iterator[str]:
    """Whether the stored document is that of the code."""
    path = stored_document(root)
    if not path.exists() or path.read_text() != rendered(root):
        yield f"{path.relative_to(root)} is not current: write it with --write"


def rendered(root: Path = ROOT) -> str:
    """The document as it is stored and compared."""
    return json.dumps(document(root), indent=2, ensure_ascii=False) + "\n"


def document(root: Path = ROOT) -> Json:
    """The whole of it, for the installed modules."""
    specs = installed_modules()
    catalogue = entries(specs)
    events, told = published_events(root), live_messages(root)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Lyceum",
            "version": "1.0.0",
            "description": "Events between the modules, and live updates for clients. "
            "The HTTP API has an OpenAPI document of its own.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": {"kafka": asyncapi_kafka.SERVER, "live": asyncapi_live.SERVER},
        "channels": {**asyncapi_kafka.channels(catalogue), "live": asyncapi_live.channel(specs, told)},
        "operations": {**asyncapi_kafka.operations(catalogue), **asyncapi_live.operations(told)},
        "components": {
            "messages": {**asyncapi_kafka.messages(catalogue, events), **asyncapi_live.messages(specs, told)},
            "messageTraits": asyncapi_kafka.TRAITS,
            "schemas": dict(_schemas([*events, *told, *said_live(root)])),
            "securitySchemes": asyncapi_live.SECURITY,
        },
    }


def _schemas(contracts: Iterable[Contract]) -> Iterator[tuple[str, Json]]:
    for contract in contracts:
        whole = contract.schema()
        for name, definition in whole.pop("$defs", {}).items():
            yield f"{contract.name}.{name}", _as_draft_7(definition, contract.name)
        whole.pop("$schema")
        yield contract.name, _as_draft_7(whole, contract.name)


def _as_draft_7(node: Any, owner: str) -> Any:
    if isinstance(node, list):
        return [_as_draft_7(each, owner) for each in node]
    if not isinstance(node, dict):
        return node
    if reference := node.get("$ref"):
        return {"$ref": f"#/components/schemas/{owner}.{reference.removeprefix('#/$defs/')}"}
    if isinstance(discriminator := node.get("discriminator"), dict) and "propertyName" in discriminator:
        node = {**node, "discriminator": discriminator["propertyName"]}
    return {key: _as_draft_7(value, owner) for key, value in node.items()}
