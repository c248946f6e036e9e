"""Kanji that names write in several forms: 髙 and 高, 邉 and 辺, 國 and 国 (R4).

`kanji_variants.txt` is generated from published tables, and names them. `surname_variants.txt` is
maintained by hand. A line has the usual form and, after a space, its variants.
"""

import hashlib
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[2]
_PUBLISHED = _FOLDER / "kanji_variants.txt"
_BY_HAND = _FOLDER / "surname_variants.txt"


def usual(text: str) -> str:
    """The text with the usual form of each kanji."""
    return text.translate(_table())


@cache
def edition() -> str:
    """The edition of the tables of `usual`: with another one, its results differ."""
    return hashlib.sha256(_PUBLISHED.read_bytes() + _BY_HAND.read_bytes()).hexdigest()[:12]


@cache
def _table() -> dict[int, str]:
    published, by_hand = _forms(_PUBLISHED), _forms(_BY_HAND)
    forms = {one: by_hand.get(form, form) for one, form in (published | by_hand).items()}
    return {ord(one): form for one, form in forms.items()}


def _forms(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" ") for line in lines if line and not line.startswith("#"))
    return {variant: form for form, variants in pairs for variant in variants}
