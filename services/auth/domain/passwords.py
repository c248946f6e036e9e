"""What a password may be (NIST SP 800-63B-4, section 3.1.1; ASVS 6.2)."""

import re
import unicodedata

from zxcvbn import zxcvbn

from shared.errors import FieldError

MAX_LENGTH = 128
_LONG_ENOUGH_TO_JUDGE = 72  # zxcvbn refuses longer texts; what is longer only gets harder
_EASY = 2  # zxcvbn's score: below 10^8 guesses


def normalize(password: str) -> str:
    """NFKC, so that one text typed on two keyboards is one password; nothing is cut off."""
    return unicodedata.normalize("NFKC", password)


def faults(
    password: str, *, min_length: int, personal: tuple[str, ...], field: str
) -> list[FieldError]:
    """Why a normalised password is refused; empty when it may be used.

    A code point counts as one character. `personal` are texts about the person, such as name,
    address and company: a password that consists of them is as easy to guess as a common one.
    """
    if len(password) < min_length:
        return [FieldError(field, "password_too_short")]
    if len(password) > MAX_LENGTH:
        return [FieldError(field, "password_too_long")]
    words = [word for text in personal for word in _words(text)]
    judged = zxcvbn(password[:_LONG_ENOUGH_TO_JUDGE], user_inputs=words)
    if judged["score"] <= _EASY:
        return [FieldError(field, "password_too_common")]
    return []


def _words(text: str) -> list[str]:
    """The text and its parts, as somebody would build a password from them."""
    parts = [part for part in re.split(r"[\s@._+-]+", text) if len(part) > 2]
    return [text, "".join(parts), *parts, "zaiseki"]
