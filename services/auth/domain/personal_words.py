"""What of a password is made of its owner's own data: words of name, address, company and product.

A password is read against all of the words at once, by their letters (`Graph`). Case, accents,
width and the kind of kana do not count; words may stand backwards, in leet, with separators and
digits inside and between them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from services.auth.domain import romaji
from services.auth.domain.guesses import LEET

PRODUCT = "zaiseki 在席"

_LEGAL_FORMS = {
    "株式会社": "かぶしきがいしゃ",
    "有限会社": "ゆうげんがいしゃ",
    "合同会社": "ごうどうがいしゃ",
    "合資会社": "ごうしがいしゃ",
    "合名会社": "ごうめいがいしゃ",
}
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_CAMEL_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PART = re.compile(r"[ぁ-ゖー]+|[一-鿿々〆ヶ]+|\d{3,}|[^\W\d_ぁ-ゖー一-鿿々〆ヶ]+")
_DIGITS = re.compile(r"\d{4,}|^\d+$")

_TYPED = {
    letter: [char for char, letters in LEET.items() if letter in letters]
    for letter in "abcegilostxz"
}

Units = tuple[tuple[str, ...], ...]
"""A word in units that follow each other, each in one of several spellings."""

Readings = dict[int, tuple[int, str]]
"""How a text may be read so far, by the node where it is: letters that remain, and that text."""

_BOUNDARY, _INSIDE, _AFTER_SHORT, _FIRST_FREE = range(4)
"""Where a reading is between words: beside a separator or a word, amid letters that belong to none,
behind a short word. Short ones stand between boundaries alone, or half of all texts had one."""
_SHORT = 4
_LONGEST = 64
"""What is longer is no word; no part of an address is (RFC 5321, section 4.5.3.1)."""
_GAP = "\0"


def fold(text: str) -> str:
    """Without case, accents, width and the difference of katakana and hiragana."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_KATAKANA)
    bare = "".join(
        char
        for char in unicodedata.normalize("NFD", plain)
        if unicodedata.category(char) != "Mn" or char in "\u3099\u309a"
    )
    return unicodedata.normalize("NFC", bare)


def words_of(texts: Iterable[str]) -> set[Units]:
    """The words of texts about a person, each as it is written, kana in romaji too."""
    words = {part for text in (*texts, PRODUCT) for part in _parts(text)}
    in_latin = {romaji.spellings(word) for word in words if romaji.is_kana(word)}
    return {((word,),) for word in words} | in_latin - {()}


def _parts(text: str) -> Iterator[str]:
    """Its runs of letters of one script, and all of its letters together; none of them long."""
    for form, reading in _LEGAL_FORMS.items():
        if form in text:
            yield from (form, reading)
            text = text.replace(form, " ")
    folded = fold(_CAMEL_CASE.sub(" ", unicodedata.normalize("NFKC", text)))
    words = (*_PART.findall(folded), "".join(filter(str.isalpha, folded)))
    yield from (word for word in words if 0 < len(word) <= _LONGEST)


class Graph:
    """Words by their letters, forwards and backwards: from each node, by what is typed, to others.

    Building one and reading a text by it takes as many steps as both have characters, multiplied.
    """

    def __init__(self, words: Iterable[Units]) -> None:
        between: dict[str, set[int]] = {}
        self._edges = [between, {}, between]
        self._ends: dict[int, int] = {}
        self._numbers: set[int] = set()
        for word in words:
            backwards = tuple(tuple(one[::-1] for one in unit) for unit in word[::-1])
            for units in {word, backwards}:
                self._add(units)

    def _add(self, units: Units) -> None:
        spelled = "".join(min(unit, key=len) for unit in units)
        short = len(spelled) < (_SHORT if spelled.isascii() else 2)
        starts = [_BOUNDARY] if short else [_BOUNDARY, _INSIDE]
        first = len(self._edges)
        for unit in units:
            end = self._node()
            for spelling in unit:
                nodes = starts
                for letter in spelling[:-1]:
                    nodes = [self._link(nodes, letter, self._node())]
                self._link(nodes, spelling[-1], end)
            starts = [end]
        if spelled.isdigit():
            self._numbers.update(range(first, len(self._edges)))
        self._ends[end] = _AFTER_SHORT if short else _BOUNDARY

    def _node(self) -> int:
        self._edges.append({})
        return len(self._edges) - 1

    def _link(self, nodes: Iterable[int], letter: str, to: int) -> int:
        for node in nodes:
            for typed in (letter, *_TYPED.get(letter, ())):
                self._edges[node].setdefault(typed, set()).add(to)
        return to

    def without(self, text: str) -> str:
        """A folded text, with a gap for each word, read so that the fewest letters remain."""
        best: Readings = {_BOUNDARY: (0, "")}
        for char in text:
            then: Readings = {}
            for state, reading in best.items():
                for to in self._edges[state].get(char, ()):
                    _offer(then, to, reading)
            for node in [node for node in then if node in self._ends]:
                left, kept = then[node]
                _offer(then, self._ends[node], (left, kept + _GAP))
            self._leave(best, then, char)
            best = then
        return min(best[state] for state in range(_FIRST_FREE) if state in best)[1]

    def _leave(self, best: Readings, then: Readings, char: str) -> None:
        """Read a character as one that belongs to no word."""
        if not _is_free(char):
            for state in {_BOUNDARY, _INSIDE} & best.keys():
                left, kept = best[state]
                _offer(then, _INSIDE, (left + 1, kept + char))
            return
        for state, (left, kept) in best.items():
            if state < _FIRST_FREE:
                _offer(then, _BOUNDARY, (left, kept + char))
            elif state not in self._numbers:  # where digits stand for themselves
                _offer(then, state, (left, kept))


def _offer(readings: Readings, state: int, reading: tuple[int, str]) -> None:
    if state not in readings or reading < readings[state]:
        readings[state] = reading


def _is_free(char: str) -> bool:
    """Whether a character is a separator or a digit."""
    if char.isascii():
        return not char.isalpha()
    return char.isdigit() or unicodedata.category(char)[0] in "ZPC"


def remainder(password: str, texts: Iterable[str]) -> str:
    """What a normalised password is without words of these texts; all of it if it has none.

    Separators and digits go with the words, but for few digits amid letters that remain.
    """
    kept = Graph(words_of(texts)).without(fold(password))
    if _GAP not in kept:
        return password
    pieces = ("".join(filter(str.isalnum, piece)) for piece in kept.split(_GAP))
    return "".join(_DIGITS.sub("", piece) for piece in pieces)
