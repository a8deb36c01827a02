"""One schema in the place of another: what consumers can read, what they cannot, and what nobody can tell."""

import math
import re
from decimal import Decimal
from typing import Annotated, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field, create_model

from tooling.contracts.compatibility import differences

TEXT, WHOLE, REAL, YES = {"type": "string"}, {"type": "integer"}, {"type": "number"}, {"type": "boolean"}
NULL, ANY = {"type": "null"}, {}


def record(**properties):
    required = [name for name in properties if not name.endswith("_")]
    named = {name.rstrip("_"): schema for name, schema in properties.items()}
    return {"type": "object", "properties": named, "required": required, "additionalProperties": False}


def either(*schemas):
    return {"anyOf": list(schemas)}


ACCEPTED = {
    "the same": (record(a=TEXT), record(a=TEXT)),
    "one field more than is known": (record(a=TEXT, b=TEXT), record(a=TEXT)),
    "an optional field that is not sent": (record(a=TEXT), record(a=TEXT, b_=TEXT)),
    "a field that has become certain": (record(a=TEXT), record(a_=TEXT)),
    "whole numbers for numbers": (WHOLE, REAL),
    "narrower limits": ({**WHOLE, "minimum": 2, "maximum": 8}, {**WHOLE, "minimum": 1, "exclusiveMaximum": 9}),
    "a limit where there was none": ({**TEXT, "maxLength": 5}, TEXT),
    "one of several values": ({"enum": ["a"]}, {"enum": ["a", "b"]}),
    "a constant among values": ({"const": "a"}, {"enum": ["a", "b"]}),
    "a value for any text": ({"enum": ["a", "b"], "type": "string"}, TEXT),
    "never null where null was possible": (TEXT, either(TEXT, NULL)),
    "the alternatives in another order": (either(TEXT, NULL), either(NULL, TEXT)),
    "true or false by two constants": (YES, either({"const": True}, {"const": False})),
    "anything for anything": (ANY, ANY),
    "a list of the same": ({"type": "array", "items": WHOLE}, {"type": "array", "items": REAL}),
    "a tuple for a list": (
        {"type": "array", "prefixItems": [WHOLE, WHOLE], "minItems": 2, "maxItems": 2},
        {"type": "array", "items": WHOLE},
    ),
    "a format for any text": ({**TEXT, "format": "uuid"}, TEXT),
    "a record for a map": (record(a=WHOLE, b=WHOLE), {"type": "object", "additionalProperties": WHOLE}),
    "multiples of four for even numbers": ({**WHOLE, "multipleOf": 4}, {**WHOLE, "multipleOf": 2}),
    "another title": ({**TEXT, "title": "One"}, {**TEXT, "title": "Other", "description": "New"}),
    "something unknown on both sides": ({**TEXT, "x-odd": 1}, {**TEXT, "x-odd": 1}),
}
BREAKING = {
    "a field that is gone": (record(a=TEXT), record(a=TEXT, b=TEXT)),
    "a field that may be missing": (record(a_=TEXT), record(a=TEXT)),
    "another type": (record(a=WHOLE), record(a=TEXT)),
    "numbers for whole numbers": (REAL, WHOLE),
    "null where there was none": (either(TEXT, NULL), TEXT),
    "a value more": ({"enum": ["a", "b"]}, {"enum": ["a"]}),
    "any text for a few values": (TEXT, {"enum": ["a"]}),
    "true for one": ({"const": True}, {"const": 1}),
    "a value of another type": ({"const": "a"}, WHOLE),
    "a lower limit that is gone": (WHOLE, {**WHOLE, "minimum": 0}),
    "a wider limit": ({**TEXT, "maxLength": 9}, {**TEXT, "maxLength": 5}),
    "at least three for above three": ({**WHOLE, "minimum": 3}, {**WHOLE, "exclusiveMinimum": 3}),
    "a format that is gone": (TEXT, {**TEXT, "format": "uuid"}),
    "a pattern that is gone": (TEXT, {**TEXT, "pattern": "^a"}),
    "anything": (ANY, TEXT),
    "anything for alternatives": (ANY, either(TEXT, NULL)),
    "an alternative more": (either(TEXT, NULL, WHOLE), either(TEXT, NULL)),
    "a list of something else": ({"type": "array", "items": TEXT}, {"type": "array", "items": WHOLE}),
    "a longer tuple": (
        {"type": "array", "prefixItems": [WHOLE, TEXT]},
        {"type": "array", "prefixItems": [WHOLE], "items": WHOLE},
    ),
    "a map for a record": ({"type": "object", "additionalProperties": WHOLE}, record(a_=TEXT)),
    "repeated items": ({"type": "array", "items": TEXT}, {"type": "array", "items": TEXT, "uniqueItems": True}),
    "the same misfit in every alternative": (
        {"$defs": {"A": record(v=WHOLE)}, **record(p={"$ref": "#/$defs/A"})},
        {
            "$defs": {"B": record(v=TEXT)},
            **either(record(p={"$ref": "#/$defs/B"}, q=TEXT), record(p={"$ref": "#/$defs/B"})),
        },
    ),
    "odd multiples": ({**WHOLE, "multipleOf": 3}, {**WHOLE, "multipleOf": 2}),
}
UNCLASSIFIED = {
    "another pattern": ({**TEXT, "pattern": "^a"}, {**TEXT, "pattern": "^b"}),
    "another format": ({**TEXT, "format": "uuid"}, {**TEXT, "format": "date"}),
    "a value that may fit a pattern": ({"const": "a"}, {**TEXT, "pattern": "^a"}),
    "a keyword that nobody knows": ({**TEXT, "x-odd": 1}, TEXT),
    "conditions": (TEXT, {"not": WHOLE}),
    "a reference that leads nowhere": (TEXT, {"$ref": "#/$defs/gone"}),
    "alternatives of which one may fit": ({**TEXT, "pattern": "^a"}, either({**TEXT, "pattern": "^b"}, WHOLE)),
    "limits beside alternatives": (TEXT, {"anyOf": [TEXT, NULL], "maxLength": 3}),
}


@pytest.mark.parametrize(("writer", "reader"), ACCEPTED.values(), ids=ACCEPTED)
def test_a_reader_accepts(writer, reader):
    assert differences(writer=writer, reader=reader) == []


@pytest.mark.parametrize(("writer", "reader"), BREAKING.values(), ids=BREAKING)
def test_a_reader_refuses(writer, reader):
    assert {found.verdict for found in differences(writer=writer, reader=reader)} == {"breaking"}


@pytest.mark.parametrize(("writer", "reader"), UNCLASSIFIED.values(), ids=UNCLASSIFIED)
def test_nobody_can_tell_whether_a_reader_accepts(writer, reader):
    assert {found.verdict for found in differences(writer=writer, reader=reader)} == {"unclassified"}


class Leaf(BaseModel):
    kind: Literal["leaf"] = "leaf"
    weight: Annotated[Decimal, Field(ge=0)]


class Branch(BaseModel):
    kind: Literal["branch"] = "branch"
    children: list[Annotated["Leaf | Branch", Field(discriminator="kind")]]
    labels: dict[str, int | None] = {}


def test_recursive_models_are_compared_to_the_end():
    old = Branch.model_json_schema()
    assert differences(writer=old, reader=old) == []
    new = create_model("Leaf", __base__=Leaf, colour=(str, ...))
    changed = create_model("Branch", __base__=Branch, leaf=(new, ...)).model_json_schema()
    assert differences(writer=changed, reader=old) == []
    assert differences(writer=old, reader=changed)


def test_a_difference_says_where_it_is():
    writer = record(people={"type": "array", "items": record(age=TEXT)})
    reader = record(people={"type": "array", "items": record(age=WHOLE)})
    assert [found.path for found in differences(writer=writer, reader=reader)] == ["/people/*/age"]


def accepts(schema, value):
    """A plain validator of the keywords used below: what `differences` says is held against it."""
    if "anyOf" in schema:
        return any(accepts(one, value) for one in schema["anyOf"])
    if "const" in schema:
        return type(value) is type(schema["const"]) and value == schema["const"]
    if "enum" in schema:
        return any(type(value) is type(one) and value == one for one in schema["enum"])
    match schema.get("type"):
        case None:
            return True
        case "null":
            return value is None
        case "boolean":
            return isinstance(value, bool)
        case "integer" | "number" as kind:
            kinds = int if kind == "integer" else (int, float)
            return (
                isinstance(value, kinds)
                and not isinstance(value, bool)
                and schema.get("minimum", -math.inf) <= value <= schema.get("maximum", math.inf)
                and schema.get("exclusiveMinimum", -math.inf) < value
            )
        case "string":
            return (
                isinstance(value, str)
                and schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", math.inf)
                and re.search(schema.get("pattern", ""), value) is not None
            )
        case "array":
            return (
                isinstance(value, list)
                and schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", math.inf)
                and all(accepts(schema.get("items", {}), item) for item in value)
            )
        case "object":
            known = schema.get("properties", {})
            others = schema.get("additionalProperties", False)
            return (
                isinstance(value, dict)
                and all(name in value for name in schema.get("required", []))
                and all(accepts(known[name], item) for name, item in value.items() if name in known)
                and (
                    not isinstance(others, dict) or all(accepts(others, value[k]) for k in value.keys() - known.keys())
                )
            )
    raise AssertionError(schema)


def numbers():
    limits = {"minimum": st.integers(-2, 0), "exclusiveMinimum": st.integers(-2, 0), "maximum": st.integers(1, 3)}
    return st.fixed_dictionaries({"type": st.sampled_from(["integer", "number"])}, optional=limits)


def texts():
    limits = {"minLength": st.integers(0, 1), "maxLength": st.integers(2, 3), "pattern": st.sampled_from(["^a", "b$"])}
    return st.fixed_dictionaries({"type": st.just("string")}, optional=limits)


def arrays(items):
    limits = {"minItems": st.integers(0, 1), "maxItems": st.integers(1, 2)}
    return st.fixed_dictionaries({"type": st.just("array"), "items": items}, optional=limits)


def objects(members):
    names = st.sampled_from("abc")
    return st.builds(
        lambda properties, required, others: {
            "type": "object",
            "properties": properties,
            "required": sorted(required & properties.keys()),
            "additionalProperties": others,
        },
        st.dictionaries(names, members, max_size=3),
        st.sets(names),
        st.just(False) | members,
    )


VALUES = ["", "a", "b", "ab", 0, 1, True, False, None]
SMALL = st.one_of(
    st.sampled_from([NULL, YES, ANY]),
    numbers(),
    texts(),
    st.sampled_from(VALUES).map(lambda value: {"const": value}),
    st.lists(st.sampled_from(VALUES), min_size=1, max_size=3).map(lambda values: {"enum": values}),
)
SCHEMAS = st.recursive(
    SMALL, lambda inner: st.one_of(objects(inner), arrays(inner), st.builds(either, inner, inner)), max_leaves=4
)


@st.composite
def documents(draw, schema):
    """What a writer of this schema may send: only properties that it declares, and often just within the limits."""
    if "anyOf" in schema:
        return draw(documents(draw(st.sampled_from(schema["anyOf"]))))
    match schema.get("type"):
        case "array":
            size = {"min_size": schema.get("minItems", 0), "max_size": schema.get("maxItems", 2)}
            return draw(st.lists(documents(schema["items"]), **size))
        case "object":
            known, others = schema["properties"], schema["additionalProperties"]
            needed = {name: documents(known[name]) for name in schema["required"]}
            optional = {name: documents(known[name]) for name in known.keys() - needed}
            if others is not False:
                optional |= {name: documents(others) for name in set("abcd") - known.keys()}
            return draw(st.fixed_dictionaries(needed, optional=optional))
    return draw(st.sampled_from([value for value in PLAIN if accepts(schema, value)]))


PLAIN = [*VALUES, "aab", "aa", "bb", *range(-3, 5), -0.5, 0.5, 2.5]


@st.composite
def changed(draw, schema):
    """The schema with one thing about it changed, here or further in."""
    limits = sorted(schema.keys() & {"minimum", "exclusiveMinimum", "maximum", "minLength", "maxLength", "pattern"})
    limits += sorted(schema.keys() & {"minItems", "maxItems"})
    ways = ["other", "either", "looser", "stricter"] if "properties" not in schema else ["member"] * 3 + ["needed"] * 2
    match draw(st.sampled_from(ways)):
        case "member" if schema["properties"]:
            name = draw(st.sampled_from(sorted(schema["properties"])))
            return {**schema, "properties": {**schema["properties"], name: draw(changed(schema["properties"][name]))}}
        case "needed":
            return {**schema, "required": draw(st.lists(st.sampled_from("abc"), unique=True))}
        case "looser" if limits:
            gone = draw(st.sampled_from(limits))
            return {key: value for key, value in schema.items() if key != gone}
        case "stricter" if schema.get("type") in ("integer", "number", "string", "array"):
            more = {"string": texts(), "array": arrays(SMALL)}.get(schema["type"], numbers())
            kept = {key: value for key, value in schema.items() if key in ("type", "items")}
            return {**draw(more), **kept}
        case "either":
            return either(schema, draw(SMALL))
    return draw(SMALL)


def has_documents(schema):
    """Whether anything can be sent at all: not where limits exclude each other."""
    if "anyOf" in schema:
        return all(has_documents(one) for one in schema["anyOf"])
    if "properties" in schema:
        others = schema["additionalProperties"]
        return all(map(has_documents, schema["properties"].values())) and (others is False or has_documents(others))
    if "items" in schema:
        return has_documents(schema["items"]) and schema.get("minItems", 0) <= schema.get("maxItems", 2)
    return any(accepts(schema, value) for value in PLAIN)


@given(SCHEMAS)
def test_every_schema_takes_its_own_place(schema):
    assert differences(writer=schema, reader=schema) == []


@settings(max_examples=400, deadline=None)  # a hundred find a planted mistake only now and then
@given(objects(SCHEMAS).filter(has_documents), st.data())
def test_where_nothing_is_found_every_document_sent_is_accepted(writer, data):
    reader = data.draw(changed(writer))
    if not differences(writer=writer, reader=reader):
        for document in data.draw(st.lists(documents(writer), min_size=5, max_size=5)):
            assert accepts(reader, document), document


@given(SCHEMAS, SCHEMAS)
def test_what_is_sent_is_accepted_where_it_is_one_of_the_alternatives(schema, other):
    assert differences(writer=schema, reader=either(other, schema)) == []
