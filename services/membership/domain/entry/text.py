"""Text that people type: names, company names, readings, and their forms for comparison.

A name is stored as it was typed, 髙 and 﨑 included: only spaces and invisible characters are
normalised (`shared.visible`). Unicode's normal forms would replace some of those characters, so
they are used only for comparison.
"""

import re
import unicodedata

from services.membership.domain.entry import kanji
from shared.visible import IGNORABLE, SPACE, compact, tidied

_REFUSED = "\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff"
_CONTROL = re.compile(rf"[{_REFUSED}\ud800-\udfff]")
_SPACES = re.compile(f"[{SPACE}]+")
_COMPOSABLE = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")

_VOICED = str.maketrans({"\u309b": "\u3099", "\u309c": "\u309a"})
_HIRAGANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_HYPHENS = re.compile("[-\u2010-\u2015\u2212\u207b\ufe58\ufe63\uff0d\u30fc\uff70]")
# Hiragana, katakana of both widths with their voiced marks, ー, and what stands between words. A
# hyphen is often typed for ー, as in half-width bank data: ﾊﾟ-ｸ.
_KANA = (
    "\u3041-\u3096\u3099-\u309e\u30a1-\u30fe\u31f0-\u31ff\uff65-\uff9f=＝()（）.．。｡"
    "\u2010-\u2015\u2212\uff0d\\-"
)
_NOT_KANA = re.compile(f"[^{_KANA}{SPACE}{IGNORABLE}]")


_AROUND = f"[{SPACE}{IGNORABLE}]*"
_SEEN = f"[^{_REFUSED}{SPACE}{IGNORABLE}]"
NAME_PATTERN = rf"^{_AROUND}{_SEEN}([^{_REFUSED}]*{_SEEN})?{_AROUND}$"
READING_PATTERN = rf"^[{_KANA}]*$"
LINE_PATTERN = rf"^[^{_REFUSED}]*$"
NOTE_PATTERN = rf"^([^{_REFUSED}]|\n)*$"
"""What `name`, `reading`, `line` and `note` take, as JSON Schema says it, but for the length. A
reading may have spaces besides, and what no screen shows."""


class InvalidText(ValueError):
    """This text is not valid; `code` has the reason: `empty`, `too_long`, `control_character` or
    `not_kana`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def name(text: str, *, longest: int, may_be_empty: bool = False) -> str:
    """The text as typed, with single plain spaces inside and none around it.

    Raises:
        InvalidText: It is empty, was typed longer than `longest` characters, or has control
            characters.
    """
    seen = tidied(text)
    if _CONTROL.search(seen):
        raise InvalidText("control_character")
    tidy = _SPACES.sub(" ", seen)
    tidy = _COMPOSABLE.sub(lambda part: unicodedata.normalize("NFC", part[0]), tidy)
    if not tidy and not may_be_empty:
        raise InvalidText("empty")
    if len(text) > longest:
        raise InvalidText("too_long")
    return tidy


def line(text: str, *, longest: int) -> str:
    """A text of one line, such as a department; may be empty.

    Raises:
        InvalidText: As for a name, but never `empty`.
    """
    return name(text, longest=longest, may_be_empty=True)


def note(text: str, *, longest: int) -> str:
    """A text of several lines, as typed; may be empty.

    Raises:
        InvalidText: It is longer than `longest` characters, or has control characters.
    """
    text = text.replace("\r\n", "\n")
    if _CONTROL.search(text.replace("\n", "")):
        raise InvalidText("control_character")
    lines = unicodedata.normalize("NFC", text).strip(" \n").split("\n")
    tidy = "\n".join(line(one, longest=longest) for one in lines)
    if len(tidy) > longest:
        raise InvalidText("too_long")
    return tidy


def code(text: str, *, longest: int) -> str:
    """A customer code as typed; a line break or a tab that was pasted along counts as a space.

    Raises:
        InvalidText: As for a name.
    """
    if len(text) > longest:
        raise InvalidText("too_long")
    return name(_SPACES.sub(" ", text), longest=longest)


def reading(text: str, *, longest: int) -> str:
    """A reading (フリガナ) in full-width katakana, from any kana; may be empty.

    Raises:
        InvalidText: As for a name, or `not_kana`: it has kanji, Latin letters or digits.
    """
    typed = line(text.translate(_VOICED), longest=longest)
    if _NOT_KANA.search(typed):
        raise InvalidText("not_kana")
    katakana = unicodedata.normalize("NFKC", typed).translate(_HIRAGANA)
    return line(_HYPHENS.sub("ー", katakana), longest=longest)


_KEY_RULES = 2
"""Raise it when `comparison_key` returns another key for the same text and the same tables."""


def comparison_key(text: str) -> str:
    """The key for comparing spellings: width, case, spaces and kanji variants do not matter."""
    folded = kanji.usual(unicodedata.normalize("NFKC", text)).casefold()
    return compact(unicodedata.normalize("NFKC", folded).translate(_HIRAGANA))


def key_edition() -> str:
    """The edition of the rules and tables of `comparison_key`; other keys are recomputed."""
    return f"{_KEY_RULES}-{kanji.edition()}"


def code_key(text: str) -> str:
    """The key for comparing customer codes: width, case, spaces and hyphens do not matter."""
    folded = unicodedata.normalize("NFKC", _HYPHENS.sub("-", text)).upper()
    return _HYPHENS.sub("-", compact(folded))
