"""A person's name as a mail writes it: its order follows the language of the reader."""

import re

from shared.contracts.base import Locale

_FAMILY_FIRST = re.compile(
    r"[\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
    r"\uff66-\uff9f\U00020000-\U0003ffff]"
)
"""Kanji, kana and hangul: a name that has one of them keeps its order in every language."""


def written(family_name: str, given_name: str, locale: Locale) -> str:
    """The whole name: 「山田 太郎」 for every reader, `John Smith` for a reader of English.

    A name in Latin letters keeps the order of the form (`Smith John`) in Japanese mails.
    """
    parts = (family_name, given_name)
    if locale == "en" and not _FAMILY_FIRST.search(family_name + given_name):
        parts = (given_name, family_name)
    return " ".join(part for part in parts if part)
