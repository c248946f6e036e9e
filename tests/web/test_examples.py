"""A field's example is its own or follows from its type; a field without either is an error."""

from typing import Any

import pytest

from shared.web.examples import NoExample, example

NAMED = {
    "Line": {
        "type": "object",
        "properties": {"text": {"type": "string", "examples": ["tea"]}, "new": {"type": "boolean"}},
    },
    "Bare": {"type": "object", "properties": {"count": {"type": "integer"}}},
}
UUID = "019abeee-f85f-7001-8ab5-1476a9782a62"


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string", "examples": ["a", "b"]}, "a"),
        ({"type": "integer", "examples": [0]}, 0),
        ({"type": "string", "format": "uuid"}, UUID),
        ({"type": "string", "format": "date-time"}, "2026-11-24T04:05:06Z"),
        ({"type": "string", "format": "date"}, "2026-11-24"),
        ({"type": "string", "const": "accepted"}, "accepted"),
        ({"type": "string", "enum": ["ja", "en"]}, "ja"),
        ({"type": "boolean"}, True),
        ({"type": "null"}, None),
        ({"anyOf": [{"type": "boolean"}, {"type": "null"}]}, True),
        ({"$ref": "#/components/schemas/Line"}, {"text": "tea", "new": True}),
        (
            {"type": "array", "items": {"$ref": "#/components/schemas/Line"}},
            [{"text": "tea", "new": True}],
        ),
        ({"type": "object"}, {}),
    ],
)
def test_a_schema_has_this_example(schema: dict[str, Any], expected: object) -> None:
    assert example(schema, NAMED) == expected


@pytest.mark.parametrize(
    ("schema", "name"),
    [
        ({"type": "string"}, "note"),
        ({"type": "integer", "minimum": 1}, "note"),
        ({"$ref": "#/components/schemas/Bare"}, "Bare.count"),
        ({"type": "array", "items": {"type": "string"}}, r"note\[\]"),
        ({"type": "object", "properties": {"to": {"type": "string"}}}, "note.to"),
    ],
)
def test_a_field_without_an_example_is_named(schema: dict[str, Any], name: str) -> None:
    with pytest.raises(NoExample, match=f"^{name} needs an example"):
        example(schema, NAMED, "note")
