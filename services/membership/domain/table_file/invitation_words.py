"""The words for roles and languages in a file of people to invite (B16), in any spelling."""

from services.membership.domain.entry.text import comparison_key
from shared.contracts.base import Locale, Role

_ROLES: dict[str, Role] = {
    "": "staff",
    "一般": "staff",
    "管理者": "admin",
    "責任者": "admin",
    "責任者・管理者": "admin",
    "代表者": "owner",
    "staff": "staff",
    "admin": "admin",
    "administrator": "admin",
    "owner": "owner",
    "representative": "owner",
}
_LOCALES: dict[str, Locale | None] = {
    "": None,
    "日本語": "ja",
    "ja": "ja",
    "japanese": "ja",
    "英語": "en",
    "en": "en",
    "english": "en",
}
_BY_WORD = {comparison_key(word): role for word, role in _ROLES.items()}
_LOCALES_BY_WORD = {comparison_key(word): locale for word, locale in _LOCALES.items()}


def role_of(word: str) -> Role | None:
    """The role; an empty cell means staff. None: the word is not known."""
    return _BY_WORD.get(comparison_key(word))


def is_language(word: str) -> bool:
    """Whether the word names a language; an empty cell does too."""
    return comparison_key(word) in _LOCALES_BY_WORD


def language_of(word: str) -> Locale | None:
    """The language; None for that of the inviter."""
    return _LOCALES_BY_WORD[comparison_key(word)]
