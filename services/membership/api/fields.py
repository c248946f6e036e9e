"""Fields of forms: validated into the one form in which they are kept; faults have stable codes."""

from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from services.membership.domain import phones, text
from services.membership.domain.phones import InvalidPhone
from services.membership.domain.text import InvalidText
from shared.addresses import Address, InvalidAddress

LONGEST_CODE = 50
LONGEST_NAME = 50
LONGEST_NOTE = 500


def _fault(code: str) -> PydanticCustomError:
    return PydanticCustomError(code, code.replace("_", " "))


def _tidied(tidy: Callable[..., str], **options: object) -> AfterValidator:
    def validate(value: str) -> str:
        try:
            return tidy(value, **options)
        except InvalidText as error:
            raise _fault(error.code) from error

    return AfterValidator(validate)


def _phone(value: str) -> str:
    try:
        return phones.parse(value)
    except InvalidPhone as error:
        raise _fault("invalid_phone") from error


def _address(value: str) -> str:
    try:
        return Address.parse(value).mailed
    except InvalidAddress as error:
        raise _fault("invalid_address") from error


CustomerCode = Annotated[str, Field(min_length=1), _tidied(text.name, longest=LONGEST_CODE)]
Name = Annotated[str, Field(min_length=1), _tidied(text.name, longest=LONGEST_NAME)]
Reading = Annotated[str, _tidied(text.reading, longest=LONGEST_NAME)]
Phone = Annotated[
    str,
    AfterValidator(_phone),
    Field(max_length=50, description="10 or 11 digits, in any spelling"),
]
Note = Annotated[str, _tidied(text.note, longest=LONGEST_NOTE)]
"""Text for people, of several lines."""
Email = Annotated[str, AfterValidator(_address), Field(max_length=320)]
Token = Annotated[str, Field(max_length=200, repr=False)]
"""What a mailed link carries."""
