"""The texts of problems for people, in Japanese or English, from the table `words.toml`.

Clients can display them unchanged. A client with its own texts uses the code.
"""

import tomllib
from collections.abc import Mapping
from math import ceil
from pathlib import Path
from typing import NamedTuple

from shared.contracts.base import Locale

_TABLE = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))

PROBLEMS: Mapping[str, Mapping[Locale, tuple[str, str]]] = _TABLE["problems"]
"""Title and detail of each problem, by its code; `other` is for codes without an entry."""
FAULTS: Mapping[str, Mapping[Locale, str]] = _TABLE["faults"]
"""The sentence for each code of a field."""

_UNITS = (
    (86400, "日", "day"),
    (3600, "時間", "hour"),
    (60, "分", "minute"),
    (1, "秒", "second"),
)


class Said(NamedTuple):
    """The text of a problem (RFC 9457, sections 3.1.3 and 3.1.4)."""

    title: str
    detail: str


class _Members(dict[str, object]):
    """The members that a sentence may contain; a missing one is shown as a dash."""

    def __missing__(self, name: str) -> str:
        return "–"


def problem(
    code: str, locale: Locale, members: Mapping[str, object], *, retry_after: float | None
) -> Said:
    """The title and the detail of a problem, with the values of its members."""
    title, detail = PROBLEMS.get(code, PROBLEMS["other"])[locale]
    said = _Members(members, wait=waiting(retry_after, locale))
    return Said(title, detail.format_map(said))


def fault(code: str, locale: Locale, limit: int | None) -> str:
    """The sentence for an error of a field."""
    return FAULTS.get(code, FAULTS["invalid"])[locale].format(limit=limit)


def whole_seconds(retry_after: float) -> int:
    """A time in seconds for the header Retry-After: rounded up, at least 1."""
    return max(1, ceil(retry_after))


def waiting(retry_after: float | None, locale: Locale) -> str:
    """A time in seconds for people, rounded up so that the next attempt does not come too early."""
    if retry_after is None:
        return "しばらく" if locale == "ja" else "a while"
    seconds = whole_seconds(retry_after)
    size, ja, en = next(unit for unit in _UNITS if seconds >= unit[0])
    count = ceil(seconds / size)
    return f"{count}{ja}" if locale == "ja" else f"{count} {en}{'' if count == 1 else 's'}"
