"""What a reader sees of a typed or pasted text: one rule for every field.

Text that is copied from a page, a chat or a PDF brings characters along that no screen shows. They
do not count: neither in an address, a code or a number, nor as a name of their own.
"""

import re

IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
"""A regular expression's class of what no screen shows: Default_Ignorable_Code_Point (Unicode 16,
DerivedCoreProperties.txt), and the interlinear annotation characters U+FFF9 to U+FFFB."""

SPACE = "\t\n\x0b\x0c\r\x1c-\x1f \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000"
"""The class of what shows as a gap: White_Space, what Python takes for it, and the blank of Braille
(U+2800)."""

_IGNORABLE = re.compile(f"[{IGNORABLE}]")
_SPACES = re.compile(f"[{SPACE}]+")
# They change how the character before them looks: 葛󠄀, and scripts whose letters join.
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_JOINERS = "\u200c\u200d"
_GAPS = "".join(chr(code) for code in range(0x3001) if re.match(f"[{SPACE}]", chr(code)))


def compact(text: str) -> str:
    """The text for a field that has no gaps, such as a code: without anything unseen, and without
    spaces, tabs and line breaks.
    """
    return _SPACES.sub("", _IGNORABLE.sub("", text))


def trimmed(text: str) -> str:
    """The text without anything unseen, and without gaps around it."""
    return _IGNORABLE.sub("", text).strip(_GAPS)


def tidied(text: str) -> str:
    """The text for a field that keeps what was typed, such as a name: as `trimmed`, but a variation
    selector stays behind the character that it changes, and a joiner between two characters.
    """
    kept: list[str] = []
    for mark in text:
        before = kept[-1] if kept else " "
        if mark in _JOINERS or _SELECTORS.match(mark):
            if before not in _GAPS and before not in _JOINERS:
                kept.append(mark)
        elif not _IGNORABLE.match(mark):
            if mark in _GAPS and before in _JOINERS:
                kept.pop()
            kept.append(mark)
    return "".join(kept).rstrip(_JOINERS).strip(_GAPS)
