"""A first example of an event, from its schema alone. Whoever owns the event makes it a telling one."""

from typing import Any

_BY_FORMAT = {
    "date": "2030-01-15",
    "date-time": "2030-01-15T12:00:00Z",
    "duration": "PT1H",
    "email": "ada@example.org",
    "uri": "https://example.org/",
    "uuid": "0193f0a0-0000-7000-8000-000000000001",
}
_BY_NAME = {
    "display_name": "Ada Lovelace",
    "email": "ada@example.org",
    "extra_time_factor": "1.50",
    "language": "en",
    "locale": "en",
    "slug": "first-steps",
    "time_zone": "Europe/Paris",
    "title": "First steps",
}
_BY_TYPE = {"boolean": True, "integer": 1, "number": 1.5, "null": None}


def draft(schema: Any, root: Any = None, name: str = "") -> Any:
    """A value that the schema allows, as far as its types and formats tell."""
    root = schema if root is None else root
    if "$ref" in schema:
        return draft(root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, name)
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            return draft(schema[keyword][0], root, name)
    if "const" in schema or "enum" in schema:
        return schema["const"] if "const" in schema else schema["enum"][0]
    if examples := schema.get("examples"):
        return examples[0]
    return _of_type(schema, root, name)


def _of_type(schema: Any, root: Any, name: str) -> Any:
    match schema.get("type"):
        case "object":
            return {key: draft(value, root, key) for key, value in schema.get("properties", {}).items()}
        case "array":
            return [draft(schema["items"], root, name)] if "items" in schema else []
        case "string" if "pattern" in schema:
            return "1.50"  # pydantic writes decimal numbers so; any other pattern shows when the draft is validated
        case "string":
            return _BY_FORMAT.get(schema.get("format", ""), _BY_NAME.get(name, name.replace("_", " ")))
        case kind:
            return max(_BY_TYPE.get(kind), schema.get("minimum", 0)) if kind == "integer" else _BY_TYPE.get(kind)
