"""Builds an example of a JSON schema, from the fields' own examples or their types.

Text and number fields must have an example (`Field(examples=[…])`).
"""

from collections.abc import Mapping
from typing import Any

_BY_FORMAT = {
    "uuid": "019abeee-f85f-7001-8ab5-1476a9782a62",
    "date-time": "2026-11-24T04:05:06Z",
    "date": "2026-11-24",
}
_BY_TYPE = {"boolean": True, "null": None}


class NoExample(LookupError):
    """A field has no example, and its type does not provide one."""


def example(schema: Mapping[str, Any], schemas: Mapping[str, Any], name: str = "") -> Any:
    """One value of a schema; `schemas` are those that it may refer to, by name.

    Raises:
        NoExample: Some field needs one of its own; it is named from `name` on.
    """
    if "examples" in schema:
        return schema["examples"][0]
    if "$ref" in schema:
        referred = schema["$ref"].rpartition("/")[2]
        return example(schemas[referred], schemas, referred)
    for one_of in ("anyOf", "oneOf"):
        if one_of in schema:
            return example(schema[one_of][0], schemas, name)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    return _by_type(schema, schemas, name)


def _by_type(schema: Mapping[str, Any], schemas: Mapping[str, Any], name: str) -> Any:
    kind = schema.get("type")
    if kind == "object":
        properties = schema.get("properties", {})
        return {key: example(one, schemas, f"{name}.{key}") for key, one in properties.items()}
    if kind == "array":
        return [example(schema["items"], schemas, f"{name}[]")]
    if kind in _BY_TYPE:
        return _BY_TYPE[kind]
    if schema.get("format") in _BY_FORMAT:
        return _BY_FORMAT[schema["format"]]
    raise NoExample(f"{name} needs an example: Field(examples=[…])")
