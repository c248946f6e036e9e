"""Japanese phone numbers: kept as 10 or 11 digits, in whatever spelling they come."""

import re
import unicodedata

_DECORATION = re.compile(
    r"[\s()\[\]{}<>./・‐‑‒–—―−\u207b\ufe58\ufe63\-ー〔〕【】「」〈〉《》\u200b\ufeff\u200e\u202a\u202c]"
)
_INTERNATIONAL = re.compile(r"\+81\(?0?\)?(?=[1-9])")
_DIGITS = re.compile(r"[0-9]{10,11}")

PATTERN = r"^[-() ]*([0-9][-() ]*){10,11}$"
"""The plainest spellings that `parse` takes, as JSON Schema says it."""


class InvalidPhone(ValueError):
    """This text does not have the 10 or 11 digits of a Japanese phone number."""


def parse(text: str) -> str:
    """The digits of a phone number, whether or not it is in use.

    Raises:
        InvalidPhone: It has another number of digits, or something that no phone number has.
    """
    plain = _DECORATION.sub("", unicodedata.normalize("NFKC", text))
    digits = _INTERNATIONAL.sub("0", plain, count=1) if plain.startswith("+") else plain
    if not _DIGITS.fullmatch(digits):
        raise InvalidPhone("a phone number has 10 or 11 digits")
    return digits
