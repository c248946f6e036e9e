"""What a command lists: a table for people in the terminal's language, or JSON for scripts."""

import json
import unicodedata
from collections.abc import Mapping, Sequence

import typer

from cli.language import say

Columns = Mapping[str, tuple[str, str]]
"""The heads of the columns, in Japanese and in English, by the names that JSON has."""

_LONGEST = 60


def show(columns: Columns, rows: Sequence[Mapping[str, str]], *, as_json: bool) -> None:
    """Print the rows under their heads; with `as_json` as a list of objects."""
    if as_json:
        show_json([dict(row) for row in rows])
        return
    lines = [[say(*heads) for heads in columns.values()]]
    lines += [[visible(row[name]) for name in columns] for row in rows]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (text + " " * (wide - width(text)) for text, wide in zip(line, widths, strict=True))
        typer.echo("  ".join(cells).rstrip())
    if not rows:
        typer.echo(say("該当するものはありません。", "There are none."))


def show_json(value: object) -> None:
    """Print a value for scripts."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def width(text: str) -> int:
    """How many columns of a terminal a text takes (Unicode Standard Annex 11): wide ones take two,
    combining ones none."""
    return sum(_width(mark) for mark in text)


def visible(text: str, *, longest: int = _LONGEST) -> str:
    """The text without what a terminal would obey, cut to `longest` characters."""
    shown = "".join(mark if mark.isprintable() else "�" for mark in text)
    return shown if len(shown) <= longest else f"{shown[:longest]}…"


def _width(mark: str) -> int:
    if unicodedata.combining(mark) or unicodedata.category(mark) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(mark) in "WF" else 1
