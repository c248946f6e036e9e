"""Makes strangers' text safe for a mail: one line, bounded, without links.

Names reach people who never asked for the mail, so a name must not create a new line or become a
link (abuse case 42).
"""

import re
import unicodedata

from shared.addresses import mask_all

MAX_LENGTH = 120
MAX_ANSWER = 200

_LOOKED_AT = 2000

_BREAKING = {"Cc", "Zl", "Zp"}
_INVISIBLE = {"Cf", "Cs"}
_LINE_ENDS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_EMPTY_LINES = re.compile(r"\n{3,}")
_LINK = re.compile(r"\w+://\S+|\S*token=\S*")
_DOT_IN_A_DOMAIN = re.compile(r"\.(?=[^\W\d_])")


def one_line(text: str, *, limit: int = MAX_LENGTH) -> str:
    """The text without control and invisible characters, on one line, cut to `limit` characters."""
    return _cut(_line(text), limit)


def unlinked(text: str, *, limit: int = MAX_LENGTH) -> str:
    """The same, spaced so that mail clients make no link of it: `J.Smith` becomes `J. Smith`."""
    return _cut(_DOT_IN_A_DOMAIN.sub(". ", _line(text).replace("://", ": //")), limit)


def unlinked_lines(text: str, *, limit: int) -> list[str]:
    """The lines of a longer text, each like `unlinked`, cut to `limit` characters in all.

    No two empty lines follow each other, and none is first or last.
    """
    lines = [unlinked(line, limit=len(line) * 2) for line in _LINE_ENDS.split(text)]
    whole = _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip("\n")
    return _cut(whole, limit).split("\n") if whole else []


def _line(text: str) -> str:
    return " ".join("".join(_visible(character) for character in text).split())


def _cut(line: str, limit: int) -> str:
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in _BREAKING:
        return " "
    return "" if category in _INVISIBLE else character


def recordable(answer: str) -> str:
    """A server's reply for storage: one line, bounded, without addresses or links.

    Of a long reply only the beginning is used, without the word that is cut: a server may send
    32 KiB, and masking all of it would block the event loop for seconds.
    """
    if len(answer) > _LOOKED_AT:
        answer = answer[:_LOOKED_AT].rpartition(" ")[0]
    answer = answer.encode("utf-8", "replace").decode()
    return one_line(mask_all(_LINK.sub("[link]", answer)), limit=MAX_ANSWER)
