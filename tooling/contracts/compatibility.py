"""Whether one JSON Schema can take the place of another, for the part of JSON Schema (2020-12) that pydantic writes.

The question is always the same: does a reader made for one schema accept every document that another one allows? It is
answered without looking at documents, so the answer can also be "cannot tell", which counts as no.

Readers ignore properties that they do not know, as the platform's consumers do. Writers send only the properties that
they declare, unless their schema says `additionalProperties`: what pydantic writes for a model has no others.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

Json = Any
Verdict = Literal["breaking", "unclassified"]

_NOTES = {
    "$comment",
    "$id",
    "$schema",
    "$defs",
    "default",
    "deprecated",
    "description",
    "discriminator",
    "examples",
    "title",
}
_AT_LEAST = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_AT_MOST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
# Two values of these that differ cannot be compared: one may or may not allow all that the other one does.
_OPAQUE = ("pattern", "format", "contentEncoding", "contentMediaType")
_KNOWN = {
    *_NOTES,
    *_AT_LEAST,
    *_AT_MOST,
    *_OPAQUE,
    "$ref",
    "additionalProperties",
    "anyOf",
    "const",
    "enum",
    "items",
    "multipleOf",
    "oneOf",
    "prefixItems",
    "properties",
    "required",
    "type",
    "uniqueItems",
}
_TYPES = {"array", "boolean", "integer", "null", "number", "object", "string"}


@dataclass(frozen=True)
class Difference:
    """Something that a reader may not accept. `path` is a JSON Pointer into the document."""

    verdict: Verdict
    path: str
    text: str

    def __str__(self) -> str:
        return f"{self.verdict} at {self.path or '/'}: {self.text}"


def differences(*, writer: Json, reader: Json) -> list[Difference]:
    """Why a reader of one schema might refuse a document that the other one allows; empty when it never does."""
    return list(_Comparison(writer, reader).compare(writer, reader, ""))


class _Comparison:
    def __init__(self, writer: Json, reader: Json) -> None:
        self._writer = writer
        self._reader = reader
        # Held by identity, and kept alive by being held: the pairs under way or done with.
        self._open: dict[tuple[int, int], tuple[Json, Json]] = {}

    def compare(self, writer: Json, reader: Json, path: str) -> Iterator[Difference]:
        writer, reader = _resolved(writer, self._writer), _resolved(reader, self._reader)
        if isinstance(writer, dict) and isinstance(reader, dict):
            # A pair of recursive schemas holds unless a difference turns up on the way round.
            if (id(writer), id(reader)) in self._open:
                return
            self._open[id(writer), id(reader)] = (writer, reader)
        if writer is False or reader is True or reader == {}:
            return
        if reader is False:
            yield Difference("breaking", path, "the reader accepts nothing here")
            return
        writer = {} if writer is True else writer
        if _bare(writer) == _bare(reader) and self._same_definitions():
            return
        if writer.keys() - _KNOWN or reader.keys() - _KNOWN:
            unknown = ", ".join(sorted((writer.keys() | reader.keys()) - _KNOWN))
            yield Difference("unclassified", path, f"what {unknown} means is not known here")
            return
        if alternatives := _alternatives(writer):
            for alternative in alternatives:
                yield from self.compare(alternative, reader, path)
        elif alternatives := _alternatives(reader):
            yield from self._one_of(writer, alternatives, path)
        else:
            yield from self._single(writer, reader, path)

    def _same_definitions(self) -> bool:
        return _bare(self._writer.get("$defs", {})) == _bare(self._reader.get("$defs", {}))

    def _one_of(self, writer: Json, alternatives: list[Json], path: str) -> Iterator[Difference]:
        before = dict(self._open)
        tries = []
        for alternative in alternatives:
            self._open = dict(before)
            tries.append(list(self.compare(writer, alternative, path)))
            if not tries[-1]:
                return
        self._open = before
        if any(all(found.verdict == "unclassified" for found in attempt) for attempt in tries):
            yield Difference("unclassified", path, "one of the alternatives may accept it, or none")
        elif "const" not in writer and ("enum" in writer or not _type(writer) or _type(writer) == "boolean"):
            # Several alternatives together may accept what no single one does.
            yield from self._by_value(writer, alternatives, path)
        else:
            yield Difference("breaking", path, "no alternative accepts it")

    def _by_value(self, writer: Json, alternatives: list[Json], path: str) -> Iterator[Difference]:
        values = writer.get("enum", [False, True] if _type(writer) == "boolean" else None)
        if values is None:
            yield Difference("breaking", path, "anything may come, and the reader wants something certain")
            return
        for value in values:
            yield from self._one_of({"const": value}, alternatives, path)

    def _single(self, writer: Json, reader: Json, path: str) -> Iterator[Difference]:
        if (values := _values(writer)) is not None:
            yield from _fixed_values(values, reader, path)
            return
        if _values(reader) is not None:
            yield Difference("breaking", path, f"the reader accepts only {_values(reader)}")
            return
        kind, wanted = _type(writer), _type(reader)
        if kind not in _TYPES or (wanted is not None and wanted not in _TYPES):
            if wanted is not None:
                yield Difference("breaking", path, f"anything may come, and the reader wants {wanted}")
                return
        elif wanted is not None and kind != wanted and (kind, wanted) != ("integer", "number"):
            yield Difference("breaking", path, f"{kind} comes, and the reader wants {wanted}")
            return
        yield from _limits(writer, reader, path)
        yield from self._members(writer, reader, path)
        yield from self._elements(writer, reader, path)

    def _members(self, writer: Json, reader: Json, path: str) -> Iterator[Difference]:
        written, read = writer.get("properties", {}), reader.get("properties", {})
        certain = set(writer.get("required", []))
        for name in reader.get("required", []):
            if name not in certain:
                yield Difference("breaking", f"{path}/{name}", "the reader needs it, and it may be missing")
        for name, schema in read.items():
            if name in written:
                yield from self.compare(written[name], schema, f"{path}/{name}")
            else:
                yield from self.compare(writer.get("additionalProperties", False), schema, f"{path}/{name}")
        if _is_map(reader):
            for name, schema in written.items():
                if name not in read:
                    yield from self.compare(schema, reader["additionalProperties"], f"{path}/{name}")
            others = writer.get("additionalProperties", False)
            yield from self.compare(others, reader["additionalProperties"], f"{path}/*")

    def _elements(self, writer: Json, reader: Json, path: str) -> Iterator[Difference]:
        written, read = writer.get("prefixItems", []), reader.get("prefixItems", [])
        for index in range(max(len(written), len(read))):
            came = written[index] if index < len(written) else writer.get("items", True)
            wanted = read[index] if index < len(read) else reader.get("items", True)
            if index < writer.get("maxItems", index + 1):
                yield from self.compare(came, wanted, f"{path}/{index}")
        if writer.get("maxItems") is None or writer["maxItems"] > len(written):
            yield from self.compare(writer.get("items", True), reader.get("items", True), f"{path}/*")


def _fixed_values(values: list[Json], reader: Json, path: str) -> Iterator[Difference]:
    accepted = _values(reader)
    for value in values:
        if accepted is not None:
            if not any(_same(value, one) for one in accepted):
                yield Difference("breaking", path, f"{value!r} comes, and the reader accepts only {accepted}")
        elif _type(reader) is not None and not _is_of(value, str(_type(reader))):
            yield Difference("breaking", path, f"{value!r} comes, and the reader wants {_type(reader)}")
        elif reader.keys() - _NOTES - {"type"}:
            yield Difference("unclassified", path, f"whether {value!r} keeps to the reader's limits")


def _limits(writer: Json, reader: Json, path: str) -> Iterator[Difference]:
    for keyword in (*_AT_LEAST, *_AT_MOST):
        if keyword not in reader:
            continue
        sign = 1 if keyword in _AT_LEAST else -1
        if keyword not in writer:
            other = _OTHER_BOUND.get(keyword)
            if other not in writer:
                yield Difference("breaking", path, f"the reader has {keyword}, the writer has not")
            elif not _implied(keyword, writer[other], reader[keyword], sign):
                yield Difference("breaking", path, f"{other} {writer[other]} comes, and the reader has {keyword}")
        elif sign * writer[keyword] < sign * reader[keyword]:
            yield Difference("breaking", path, f"{keyword} {writer[keyword]} comes, the reader has {reader[keyword]}")
    for keyword in _OPAQUE:
        if keyword in reader and writer.get(keyword) != reader[keyword]:
            verdict: Verdict = "unclassified" if keyword in writer else "breaking"
            yield Difference(verdict, path, f"{keyword} {writer.get(keyword)!r} comes, not {reader[keyword]!r}")
    if "multipleOf" in reader:
        step = writer.get("multipleOf")
        if step is None or step % reader["multipleOf"] != 0:
            yield Difference("breaking", path, f"multiples of {step} come, not of {reader['multipleOf']}")
    if reader.get("uniqueItems") and not writer.get("uniqueItems"):
        yield Difference("breaking", path, "the same item may come twice")


_OTHER_BOUND = {
    "minimum": "exclusiveMinimum",
    "exclusiveMinimum": "minimum",
    "maximum": "exclusiveMaximum",
    "exclusiveMaximum": "maximum",
}


def _implied(keyword: str, written: float, wanted: float, sign: int) -> bool:
    # Above 3 is also at least 3; at least 3 is not yet above 3.
    return sign * written > sign * wanted or (written == wanted and not keyword.startswith("exclusive"))


def _reference(schema: Json) -> str:
    return str(schema["$ref"]) if isinstance(schema, dict) and "$ref" in schema else ""


def _resolved(schema: Json, root: Json) -> Json:
    while reference := _reference(schema):
        beside = schema.keys() - _NOTES - {"$ref"}
        name = reference.removeprefix("#/$defs/")
        if beside or name == reference or name not in root.get("$defs", {}):
            return {"$ref": reference, "x-unresolved": sorted(beside)}
        schema = root["$defs"][name]
    return schema


def _bare(schema: Json) -> str:
    # As text, since in Python true equals 1.
    return json.dumps({key: value for key, value in schema.items() if key not in _NOTES}, sort_keys=True)


def _alternatives(schema: Json) -> list[Json]:
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            shared = {key: value for key, value in schema.items() if key not in (*_NOTES, "anyOf", "oneOf")}
            if shared:
                return [{**shared, "x-combined": alternative} for alternative in schema[keyword]]
            return list(schema[keyword])
    if isinstance(schema.get("type"), list):
        return [{**schema, "type": kind} for kind in schema["type"]]
    return []


def _values(schema: Json) -> list[Json] | None:
    if "const" in schema:
        return [schema["const"]]
    return list(schema["enum"]) if "enum" in schema else None


def _type(schema: Json) -> str | None:
    kind = schema.get("type")
    return None if kind is None else str(kind)


def _is_map(schema: Json) -> bool:
    return isinstance(schema.get("additionalProperties"), dict)


def _same(one: Json, other: Json) -> bool:
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def _is_of(value: Json, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    pythonic: dict[str, type | tuple[type, ...]] = {
        "string": str,
        "integer": int,
        "number": (int, float),
        "null": type(None),
        "array": list,
        "object": dict,
    }
    return kind in pythonic and isinstance(value, pythonic[kind])
