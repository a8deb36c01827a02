"""JSON Schemas of what is said at `/ws/v1`: `python -m lyceum.runtime.live.contracts FOLDER` writes them."""

import sys
from pathlib import Path
from typing import Any

import orjson
from pydantic import TypeAdapter

from lyceum.runtime.live.messages import client_message, server_message

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, bytes]:
    """The files by name."""
    kinds: dict[str, tuple[str, TypeAdapter[Any]]] = {
        "client-message.json": ("A message of a client at /ws/v1", client_message),
        "server-message.json": ("A message of the platform at /ws/v1", server_message),
    }
    return {name: _document(title, kind) for name, (title, kind) in kinds.items()}


def _document(title: str, kind: TypeAdapter[Any]) -> bytes:
    document = {"$schema": _DIALECT, "title": title, **kind.json_schema()}
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


if __name__ == "__main__":
    for name, document in schemas().items():
        (Path(sys.argv[1]) / name).write_bytes(document)
