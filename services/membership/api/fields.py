"""Fields of forms: validated and normalised to their stored form; errors have stable codes."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from services.membership.domain.entry import phones, text
from services.membership.domain.entry.phones import InvalidPhone
from services.membership.domain.entry.text import InvalidText
from shared import addresses
from shared.addresses import Address, InvalidAddress
from shared.web.field_errors import refused

LONGEST_CODE = 50
LONGEST_NAME = 50
LONGEST_DETAIL = 100
LONGEST_NOTE = 500
LONGEST_PHONE = 50


def _described(pattern: str, longest: int, **field: Any) -> Any:
    """The schema of a field whose validator is stricter than pydantic's type."""
    return Field(**field, json_schema_extra={"pattern": pattern, "maxLength": longest})


def _tidied(tidy: Callable[..., str], *, longest: int) -> AfterValidator:
    def validate(value: str) -> str:
        try:
            return tidy(value, longest=longest)
        except InvalidText as error:
            limit = longest if error.code == "too_long" else None
            raise refused(error.code, limit=limit) from error

    return AfterValidator(validate)


def _dialled(parse: Callable[[str], str]) -> AfterValidator:
    def validate(value: str) -> str:
        try:
            return parse(value)
        except InvalidPhone as error:
            raise refused(error.code) from error

    return AfterValidator(validate)


def _address(value: str) -> str:
    try:
        return Address.parse(value).mailed
    except InvalidAddress as error:
        raise refused("invalid_address") from error


CustomerCode = Annotated[
    str,
    _described(text.NAME_PATTERN, LONGEST_CODE, min_length=1, examples=["A-1001"]),
    _tidied(text.code, longest=LONGEST_CODE),
]
Name = Annotated[
    str,
    _described(
        text.NAME_PATTERN,
        LONGEST_NAME,
        min_length=1,
        description="Stored as typed, without surrounding and repeated spaces",
    ),
    _tidied(text.name, longest=LONGEST_NAME),
]
Reading = Annotated[
    str,
    _described(
        text.READING_PATTERN,
        LONGEST_NAME,
        description="In kana of any kind and width; may be empty",
    ),
    _tidied(text.reading, longest=LONGEST_NAME),
]
FamilyName = Annotated[Name, Field(examples=["山田"])]
GivenName = Annotated[Name, Field(examples=["太郎"])]
FamilyNameKana = Annotated[Reading, Field(examples=["ヤマダ"])]
GivenNameKana = Annotated[Reading, Field(examples=["タロウ"])]
Detail = Annotated[
    str,
    _described(
        text.LINE_PATTERN, LONGEST_DETAIL, max_length=LONGEST_DETAIL, description="May be empty"
    ),
    _tidied(text.line, longest=LONGEST_DETAIL),
]
Department = Annotated[Detail, Field(examples=["営業部"])]
JobTitle = Annotated[Detail, Field(examples=["課長"])]
Phone = Annotated[
    str,
    _described(
        phones.PATTERN,
        LONGEST_PHONE,
        max_length=LONGEST_PHONE,
        examples=["03-0000-1001"],
        description="10 or 11 digits, in any spelling: `+81` and full width too",
    ),
    _dialled(phones.parse),
]
"""As visitors type it: a wrong number is accepted too, because it waits for approval."""
OwnPhone = Annotated[
    str,
    _described(
        phones.PLAUSIBLE_PATTERN,
        LONGEST_PHONE,
        max_length=LONGEST_PHONE,
        examples=["090-0000-1001"],
        description="A valid number, in any spelling: `+81` and full width too",
    ),
    _dialled(phones.plausible),
]
"""The number of an account: operators call back on it (R6)."""
Note = Annotated[
    str,
    _described(
        text.NOTE_PATTERN,
        LONGEST_NOTE,
        max_length=LONGEST_NOTE,
        examples=["総務部にご連絡ください。"],
        description="May have several lines",
    ),
    _tidied(text.note, longest=LONGEST_NOTE),
]
"""Text for people, of several lines."""
Email = Annotated[
    str,
    _described(
        addresses.PATTERN,
        addresses.LONGEST,
        max_length=320,
        examples=["taro.yamada@yamato-shoji.example"],
        description="A domain may be written in Japanese, an address in full width",
    ),
    AfterValidator(_address),
]
Token = Annotated[
    str,
    Field(max_length=200, examples=["o2Vb1sXqGmTzKc0y7uJ5wHnQ3rEfLdPaZi8vYxCkB4M"]),
]
"""The token of a mailed link."""
