"""Japanese phone numbers: stored as 10 or 11 digits, from any spelling."""

import re
import unicodedata

from shared.visible import compact

_DECORATION = re.compile(r"[()\[\]{}<>./・‐‑‒–—―−\u207b\ufe58\ufe63\-ー〔〕【】「」〈〉《》]")
_INTERNATIONAL = re.compile(r"\+?81\(?0?\)?(?=[1-9])")
_DIGITS = re.compile(r"[0-9]{10,11}")
_PLAUSIBLE = re.compile(r"0[1-9][0-9]{8}|0[2-9]0[0-9]{8}")

PATTERN = r"^[-() ]*([0-9][-() ]*){10,11}$"
"""The simplest spellings that `parse` accepts, for JSON Schema."""
PLAUSIBLE_PATTERN = (
    r"^[-() ]*0[-() ]*([1-9][-() ]*([0-9][-() ]*){8}|[2-9][-() ]*0[-() ]*([0-9][-() ]*){8})$"
)
"""The same for `plausible`."""


class InvalidPhone(ValueError):
    """This text is not a Japanese phone number; `code` says why: `invalid_phone`, or
    `phone_without_zero` where the leading 0 seems to be lost."""

    def __init__(self, code: str = "invalid_phone") -> None:
        super().__init__(code)
        self.code = code


def parse(text: str) -> str:
    """The 10 or 11 digits of a phone number, whether or not such a number can exist.

    Raises:
        InvalidPhone: It has another number of digits, or invalid characters.
    """
    digits = _digits(text)
    if not _DIGITS.fullmatch(digits):
        raise InvalidPhone
    return digits


def plausible(text: str) -> str:
    """The digits of a number that can exist in Japan: a leading 0, then 9 digits, or 10 where the
    prefix is that of a mobile, IP or toll-free number (0x0).

    Raises:
        InvalidPhone: It cannot.
    """
    digits = _digits(text)
    if _PLAUSIBLE.fullmatch(digits):
        return digits
    raise InvalidPhone("phone_without_zero" if _lost_zero(digits) else "invalid_phone")


def _digits(text: str) -> str:
    """The text without separators, with `+81` or `81` replaced by 0."""
    plain = _DECORATION.sub("", compact(unicodedata.normalize("NFKC", text)))
    national = _INTERNATIONAL.sub("0", plain, count=1) if _INTERNATIONAL.match(plain) else plain
    return national if plain.startswith("+") or _PLAUSIBLE.fullmatch(national) else plain


def _lost_zero(digits: str) -> bool:
    """Whether a spreadsheet may have treated the number as an amount."""
    return not digits.startswith("0") and digits.isdecimal() and 8 <= len(digits) <= 10
