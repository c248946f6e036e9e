"""Converts pydantic's errors of a field into our own codes, with the limit."""

from pydantic_core import ErrorDetails, PydanticCustomError

from shared.errors import FieldError

_LONGEST_NAME = 100

_CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "string_too_short": "too_short",
    "string_too_long": "too_long",
    "too_short": "too_few",
    "too_long": "too_many",
    "greater_than_equal": "too_small",
    "less_than_equal": "too_large",
    "literal_error": "not_a_choice",
    "enum": "not_a_choice",
    "string_pattern_mismatch": "invalid_format",
    "string_type": "not_text",
    "string_unicode": "not_text",
}
_BY_TYPE = {
    "int": "not_a_number",
    "float": "not_a_number",
    "uuid": "invalid_id",
    "datetime": "invalid_time",
    "date": "invalid_time",
    "timezone": "invalid_time",
}
"""Pydantic has several codes for each type: `int_type`, `int_parsing`, `int_from_float`."""
_LIMITS = ("max_length", "min_length", "ge", "le")


def refused(code: str, *, limit: int | None = None) -> PydanticCustomError:
    """An error of our own validators; `words.toml` has the sentence for `code`."""
    return PydanticCustomError("refused", "refused", {"code": code, "limit": limit})


def field_error(fault: ErrorDetails) -> FieldError:
    """One of pydantic's errors, without pydantic's own text."""
    field = ".".join(str(part) for part in fault["loc"])[:_LONGEST_NAME]
    context, kind = fault.get("ctx", {}), fault["type"]
    if kind == "refused":
        return FieldError(field, context["code"], context["limit"])
    code = _CODES.get(kind) or _BY_TYPE.get(kind.partition("_")[0], "invalid")
    limit = next((context[name] for name in _LIMITS if name in context), None)
    if code == "too_short" and limit == 1:
        return FieldError(field, "empty")
    return FieldError(field, code, limit)
