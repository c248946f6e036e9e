"""Finds the parts of a password made of its owner's data: name, address, company and product.

A password is matched against all of the words at once, by their letters (`Graph`). Case, accents,
width and the kind of kana do not matter; words may be backwards, in leet, with separators and
digits inside and between them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product
from string import ascii_lowercase

from services.auth.domain import romaji
from services.auth.domain.guesses import LEET

PRODUCT = "zaiseki 在席"

_LEGAL_FORMS = {
    "株式会社": "かぶしきがいしゃ",
    "有限会社": "ゆうげんがいしゃ",
    "合同会社": "ごうどうがいしゃ",
    "合資会社": "ごうしがいしゃ",
    "合名会社": "ごうめいがいしゃ",
    "相互会社": "そうごがいしゃ",
    "協同組合": "きょうどうくみあい",
    "学校法人": "がっこうほうじん",
    "医療法人": "いりょうほうじん",
    "宗教法人": "しゅうきょうほうじん",
    "社会福祉法人": "しゃかいふくしほうじん",
    "一般社団法人": "いっぱんしゃだんほうじん",
    "一般財団法人": "いっぱんざいだんほうじん",
    "公益社団法人": "こうえきしゃだんほうじん",
    "公益財団法人": "こうえきざいだんほうじん",
    "国立大学法人": "こくりつだいがくほうじん",
    "独立行政法人": "どくりつぎょうせいほうじん",
    "特定非営利活動法人": "とくていひえいりかつどうほうじん",
}
"""Legal forms of companies, and their readings: they are not part of a name that they are joined
to."""

_LATIN = {
    "ä": ("a", "ae"), "ö": ("o", "oe"), "ü": ("u", "ue"), "å": ("a", "aa"), "ø": ("o", "oe"),
    "æ": ("ae", "a"), "œ": ("oe", "o"), "ł": ("l",), "đ": ("d", "dj"), "ð": ("d", "dh"),
    "þ": ("th",), "ı": ("i",),
}  # fmt: skip
"""Spellings of letters that a keyboard may lack."""
_PLAIN = str.maketrans({letter: plain for letter, (plain, *_) in _LATIN.items()})
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_CAMEL_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PART = re.compile(r"[ぁ-ゖー]+|[一-鿿々〆ヶ]+|\d{3,}|[^\W\d_ぁ-ゖー一-鿿々〆ヶ]+")
_LONG_NUMBER = re.compile(r"\d(?:[\W_]{0,3}\d){3,}")

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
"""Longer texts are not words; no part of an address is longer (RFC 5321, section 4.5.3.1)."""
_GAP = "\0"


def fold(text: str) -> str:
    """Without case, accents, width and the difference of katakana and hiragana."""
    plain = _lower(text).translate(_PLAIN)
    bare = "".join(
        char
        for char in unicodedata.normalize("NFD", plain)
        if unicodedata.category(char) != "Mn" or char in "\u3099\u309a"
    )
    return unicodedata.normalize("NFC", bare)


def _lower(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().translate(_KATAKANA)


def words_of(texts: Iterable[str]) -> set[Units]:
    """The words of texts about a person, each as it is written, kana in romaji too."""
    words = {part for text in (*texts, PRODUCT) for part in _parts(text)}
    in_romaji = {romaji.spellings(word) for word in words if romaji.is_kana(word)}
    found = {_written(word) for word in words} | in_romaji
    return {word for word in found if _shortest(word) not in ("", *ascii_lowercase)}


def _shortest(word: Units) -> str:
    return "".join(min(unit, key=len) for unit in word)


def _written(word: str) -> Units:
    """A word as it is written, or with other letters where a keyboard has none of its own."""
    letters = word if set(word) & _LATIN.keys() else fold(word)
    return tuple(_LATIN.get(letter, (letter,)) for letter in letters)


def _parts(text: str) -> Iterator[str]:
    """Its runs of letters of one script, and all of its letters together; none of them long."""
    lower = _lower(text)
    for form, reading in _LEGAL_FORMS.items():
        if form in lower or reading in lower:
            yield from (form, reading)
            lower = lower.replace(form, " ").replace(reading, " ")
    in_parts = _lower(_CAMEL_CASE.sub(" ", unicodedata.normalize("NFKC", text)))
    words = *_PART.findall(f"{lower} {in_parts}"), "".join(filter(str.isalpha, lower))
    yield from (word for word in words if len(word) <= _LONGEST)


class Graph:
    """Words by their letters, forwards and backwards: from each node, by what is typed, to others.

    Building one and reading a text by it takes as many steps as both have characters, multiplied.
    """

    def __init__(self, words: Iterable[Units]) -> None:
        between: dict[str, set[int]] = {}
        self._edges = [between, {}, between]
        self._ends: dict[int, int] = {}
        self._whole: set[int] = set()
        for word in words:
            backwards = tuple(tuple(one[::-1] for one in unit) for unit in word[::-1])
            for units in {word, backwards}:
                self._add(units)

    def _add(self, units: Units) -> None:
        spelled = _shortest(units)
        first = len(self._edges)
        short = len(spelled) < (_SHORT if spelled.isascii() else 2)
        if not short:
            self._ends[self._path([_BOUNDARY, _INSIDE], units)] = _BOUNDARY
        else:
            for word in map("".join, product(*units)):
                # One letter stands for itself, or most numbers had some short word in leet.
                for plain in range(len(word)):
                    end = self._path([_BOUNDARY], [(letter,) for letter in word], plain=plain)
                    self._ends[end] = _AFTER_SHORT
        if short or spelled.isdigit():
            self._whole.update(range(first, len(self._edges)))

    def _path(self, starts: list[int], units: Sequence[tuple[str, ...]], *, plain: int = -1) -> int:
        """The node at the end of a word of which the unit `plain` is not read in leet."""
        for at, unit in enumerate(units):
            end = self._node()
            for spelling in unit:
                nodes = starts
                for letter in spelling[:-1]:
                    nodes = [self._link(nodes, letter, self._node(), leet=at != plain)]
                self._link(nodes, spelling[-1], end, leet=at != plain)
            starts = [end]
        return end

    def _node(self) -> int:
        self._edges.append({})
        return len(self._edges) - 1

    def _link(self, nodes: Iterable[int], letter: str, to: int, *, leet: bool) -> int:
        """Lead from nodes to another one by a letter."""
        for typed in (letter, *(_TYPED.get(letter, ()) if leet else ())):
            for node in nodes:
                self._edges[node].setdefault(typed, set()).add(to)
        return to

    def without(self, text: str) -> str:
        """A folded text, with a gap for each word, read so that the fewest letters remain."""
        best: Readings = {_BOUNDARY: (0, "")}
        for before, char in pairwise(_GAP + text):
            then = self._repeat(best) if char == before else {}
            for state, reading in best.items():
                for to in self._edges[state].get(char, ()):
                    _offer(then, to, reading)
            for node in [node for node in then if node in self._ends]:
                left, kept = then[node]
                _offer(then, self._ends[node], (left, kept + _GAP))
            self._leave(best, then, char)
            best = then
        return min(best[state] for state in range(_FIRST_FREE) if state in best)[1]

    def _repeat(self, best: Readings) -> Readings:
        """Read a letter once more, as the same one of a long word."""
        return {
            state: reading
            for state, reading in best.items()
            if state >= _FIRST_FREE and state not in self._whole
        }

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
            elif state not in self._whole:  # short words, and where digits stand for themselves
                _offer(then, state, (left, kept))


def _offer(readings: Readings, state: int, reading: tuple[int, str]) -> None:
    if state not in readings or reading < readings[state]:
        readings[state] = reading


def _is_free(char: str) -> bool:
    """Whether a character is a separator or a digit."""
    if char.isascii():
        return not char.isalpha()
    return char.isdigit() or unicodedata.category(char)[0] in "ZPCS"


def remainder(password: str, texts: Iterable[str]) -> str:
    """A normalised password without the words of these texts; unchanged if it has none.

    Separators beside a word are removed with it, and so are long numbers and pieces without a
    letter.
    """
    kept = Graph(words_of(texts)).without(fold(password))
    if _GAP not in kept:
        return password
    return "".join(map(_core, kept.split(_GAP)))


def _core(piece: str) -> str:
    """The remainder of the text between two words."""
    if all(map(_is_free, piece)):
        return ""
    text = _LONG_NUMBER.sub("", piece)
    signs = "".join(char for char in text if not char.isalnum())
    return text.strip(signs)
