"""The password policy (NIST SP 800-63B-4, section 3.1.1; ASVS 6.2)."""

import unicodedata

from services.auth.domain import guesses, personal_words
from shared.errors import FieldError

MAX_LENGTH = 128
_GUESSED_EASILY = 10**8
"""The upper limit of zxcvbn's score 2, which is too weak against attacks on a stolen hash."""


def normalize(password: str) -> str:
    """NFKC, so that one text typed on two keyboards is one password; nothing is cut off."""
    return unicodedata.normalize("NFKC", password)


def faults(
    typed: str, *, min_length: int, personal: tuple[str, ...], field: str
) -> list[FieldError]:
    """The reason for rejecting a password; empty if it is acceptable.

    A code point counts as one character, even if NFKC makes several of it (U+FDFA).
    `personal` are texts about the person, such as name, address and company: without their words,
    the rest must be hard to guess. It takes about 10 ms, at most 50, so it runs in the hash pool.
    """
    password = normalize(typed)
    if min(len(password), len(unicodedata.normalize("NFC", typed))) < min_length:
        return [FieldError(field, "password_too_short", limit=min_length)]
    if len(password) > MAX_LENGTH:
        return [FieldError(field, "password_too_long", limit=MAX_LENGTH)]
    if guesses.needed(personal_words.remainder(password, personal)) <= _GUESSED_EASILY:
        return [FieldError(field, "password_too_common")]
    return []
