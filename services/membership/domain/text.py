"""Text that people type: names, company names, readings, and the forms in which they compare.

A name is kept as it was typed, 髙 and 﨑 included: only spaces are tidied. Unicode's own normal
forms would replace some of those characters, so they are used for comparison alone.
"""

import re
import unicodedata

_BIDI = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_REFUSED = rf"\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff{_BIDI}"
_UNSEEN = r"\u00ad\u200b\u2060\ufeff"
_CONTROL = re.compile(rf"[{_REFUSED}\ud800-\udfff]")
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_SPACES = re.compile(r"\s+")
_COMPOSABLE = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")

_VOICED = str.maketrans({"\u309b": "\u3099", "\u309c": "\u309a"})
_HIRAGANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_HYPHENS = re.compile("[-\u2010-\u2015\u2212\u207b\ufe58\ufe63\uff0d\u30fc\uff70]")

_VARIANTS = str.maketrans("髙﨑邉邊齋齊濵濱德𠮷栁嶋", "高崎辺辺斎斉浜浜徳吉柳島")


NAME_PATTERN = rf"^[^{_REFUSED}]*[^{_REFUSED}{_UNSEEN}\s][^{_REFUSED}]*$"
READING_PATTERN = rf"^[^{_REFUSED}]*$"
NOTE_PATTERN = rf"^([^{_REFUSED}]|\n)*$"
"""What `name`, `reading` and `note` take, as JSON Schema says it, but for the length."""


class InvalidText(ValueError):
    """This text cannot be kept; `code` says why: `empty`, `too_long` or `control_character`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def name(text: str, *, longest: int, may_be_empty: bool = False) -> str:
    """The text as typed, with single plain spaces inside and none around it.

    Raises:
        InvalidText: It is empty, longer than `longest` characters, or has control characters.
    """
    if _CONTROL.search(text):
        raise InvalidText("control_character")
    tidy = _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()
    tidy = _COMPOSABLE.sub(lambda part: unicodedata.normalize("NFC", part[0]), tidy)
    if not tidy and not may_be_empty:
        raise InvalidText("empty")
    if len(tidy) > longest:
        raise InvalidText("too_long")
    return tidy


def note(text: str, *, longest: int) -> str:
    """A text of several lines, as typed; may be empty.

    Raises:
        InvalidText: It is longer than `longest` characters, or has control characters.
    """
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip(" \n").split("\n")
    tidy = "\n".join(name(line, longest=longest, may_be_empty=True) for line in lines)
    if len(tidy) > longest:
        raise InvalidText("too_long")
    return tidy


def reading(text: str, *, longest: int) -> str:
    """A reading (フリガナ) in full-width katakana, whichever kana were typed; may be empty.

    Raises:
        InvalidText: It is longer than `longest` characters, or has control characters.
    """
    typed = name(text.translate(_VOICED), longest=longest, may_be_empty=True)
    katakana = unicodedata.normalize("NFKC", typed).translate(_HIRAGANA)
    return name(katakana, longest=longest, may_be_empty=True)


def comparison_key(text: str) -> str:
    """What makes two spellings the same: width, case, spaces and variants of a kanji do not."""
    folded = unicodedata.normalize("NFKC", text.translate(_VARIANTS)).casefold()
    return _SPACES.sub("", unicodedata.normalize("NFKC", folded).translate(_HIRAGANA))


def code_key(text: str) -> str:
    """What makes two customer codes the same: width, case, spaces and the kind of hyphen do not."""
    folded = unicodedata.normalize("NFKC", _HYPHENS.sub("-", text)).upper()
    return _HYPHENS.sub("-", _SPACES.sub("", folded))
