"""Lists in commands: a table in the terminal's language, or JSON for scripts."""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import typer

from cli import vendor, words
from cli.language import say
from cli.sentences import sentence

Columns = Mapping[str, tuple[str, str]]
"""The column headings in Japanese and in English, by their names in JSON."""

Row = Mapping[str, str | datetime]

_LONGEST = 60


def show(
    columns: Columns,
    rows: Sequence[Row],
    *,
    codes: Mapping[str, str] | None = None,
    as_json: bool,
) -> None:
    """Print the rows under their headings; with `as_json` as a list of objects.

    `codes` names the columns whose codes people read in words, and of which kind those are.
    """
    if as_json:
        show_json(facts(rows))
        return
    kinds = codes or {}
    lines = [[say(*heads) for heads in columns.values()]]
    lines += [[_cell(row[name], kinds.get(name)) for name in columns] for row in rows]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = map(padded, line, widths)
        typer.echo("  ".join(cells).rstrip())
    if not rows:
        typer.echo(sentence("none"))


def facts(rows: Sequence[Row]) -> list[dict[str, str]]:
    """The rows for scripts: codes unchanged, moments in UTC (RFC 3339)."""
    return [
        {name: rfc3339(cell) if isinstance(cell, datetime) else cell for name, cell in row.items()}
        for row in rows
    ]


def rfc3339(moment: datetime) -> str:
    """`2026-12-01T00:30:00Z`."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _cell(cell: str | datetime, kind: str | None) -> str:
    if isinstance(cell, datetime):
        return vendor.shown(cell)
    return visible(words.shown(kind, cell) if kind else cell)


def show_json(value: object) -> None:
    """Print a value for scripts."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def padded(text: str, wide: int) -> str:
    """The text, padded with spaces to a number of columns."""
    return text + " " * (wide - width(text))


def width(text: str) -> int:
    """The width of a text in terminal columns (Unicode Standard Annex 11): wide characters take
    two, combining ones none."""
    return sum(_width(mark) for mark in text)


def visible(text: str, *, longest: int = _LONGEST) -> str:
    """The text without control characters, cut to `longest` characters."""
    shown = "".join(mark if mark.isprintable() else "�" for mark in text)
    return shown if len(shown) <= longest else f"{shown[:longest]}…"


def _width(mark: str) -> int:
    if unicodedata.combining(mark) or unicodedata.category(mark) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(mark) in "WF" else 1
