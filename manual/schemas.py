"""The page of the JSON Schemas: a table of keys for each kind of object."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from manual.markup import escaped

Schema = Mapping[str, Any]

_TYPES = {
    "boolean": "true or false",
    "integer": "whole number",
    "null": "null",
    "number": "number",
    "object": "object",
    "string": "text",
}


def page(schemas: Mapping[str, Schema]) -> str:
    """Return the page of schemas, given by the names that ``abstool schema`` has for them."""
    sections = [section for name, schema in schemas.items() for section in _sections(name, schema)]
    return "\n\n".join([_START, *sections]) + "\n"


_START = """\
# JSON schemas

`abstool schema NAME` prints the JSON Schema of what a command prints as JSON. This page is made
from the schemas. A key in **bold** is always there. Programs should expect keys that they do not
know."""


def _sections(name: str, schema: Schema) -> Iterator[str]:
    described = escaped(schema.get("description", ""))
    yield f"## {name} {{#{name}}}"
    yield " ".join(filter(None, [described, f"The schema: [{name}.json](schemas/{name}.json)."]))
    yield _table(name, schema)
    for title, part in schema.get("$defs", {}).items():
        yield f"### {title} {{#{_anchor(name, title)}}}"
        yield from filter(None, [escaped(part.get("description", ""))])
        yield _table(name, part)


def _table(name: str, schema: Schema) -> str:
    rows = [
        f"| {key} | {_type(name, value)} | {escaped(value.get('description', ''))} |"
        for key, value in _keys(schema)
    ]
    return "\n".join(["| key | value | meaning |", "|---|---|---|", *rows])


def _keys(schema: Schema, before: str = "") -> Iterator[tuple[str, Schema]]:
    """Yield the keys of an object, and those of objects in it, such as ``findings[].kind``."""
    for key, value in schema.get("properties", {}).items():
        path = f"{before}{key}"
        yield f"**`{path}`**" if key in schema.get("required", []) else f"`{path}`", value
        yield from _keys(value, f"{path}.")
        yield from _keys(value.get("items", {}), f"{path}[].")


def _type(name: str, schema: Schema) -> str:
    """Return the type of a value in words."""
    if "$ref" in schema:
        title = schema["$ref"].rpartition("/")[2]
        return f"[{title}](#{_anchor(name, title)})"
    if "const" in schema or "enum" in schema:
        values = schema.get("enum") or [schema["const"]]
        return " or ".join(f"`{value}`" for value in values)
    if "anyOf" in schema:
        return " or ".join(_type(name, one) for one in schema["anyOf"])
    kinds = schema.get("type", "object")
    if kinds == "array":
        return f"list of {_type(name, schema['items'])}" if "items" in schema else "list"
    if isinstance(kinds, str):
        kinds = [kinds]
    inner = schema.get("additionalProperties")
    words = " or ".join(_TYPES[kind] for kind in kinds)
    return f"{words} of {_type(name, inner)}" if isinstance(inner, Mapping) else words


def _anchor(name: str, title: str) -> str:
    return re.sub(r"\W+", "-", f"{name}-{title}").lower()
