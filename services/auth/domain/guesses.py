"""The number of guesses for a text, by zxcvbn's word lists and scoring, with bounded work.

zxcvbn itself tries every reading of leet characters, again for each repeated part: 72 of them took
2.4 s. This tries two readings, so even the longest text takes only milliseconds. It has no state,
so the threads of the hash pool can run it in parallel.
"""

import re
from collections.abc import Iterator
from typing import Any

from zxcvbn import matching, scoring

LONGEST = 48
"""How many characters are judged (a code point counts as one)."""

Match = dict[str, Any]

RANKS: dict[str, int] = {}
for _words in matching.RANKED_DICTIONARIES.values():
    for _word, _rank in _words.items():
        RANKS[_word] = min(_rank, RANKS.get(_word, _rank))
_RANKED = {"words": RANKS}

LEET = {
    "4": "a", "@": "a", "8": "b", "(": "c", "{": "c", "[": "c", "<": "c", "3": "e", "6": "g",
    "9": "g", "1": "il", "!": "i", "|": "il", "0": "o", "$": "s", "5": "s", "+": "t", "7": "tl",
    "%": "x", "2": "z",
}  # fmt: skip
"""The letters that a character may stand for (zxcvbn's table)."""
_READINGS = (
    str.maketrans({char: letters[0] for char, letters in LEET.items()}),
    str.maketrans({char: letters[-1] for char, letters in LEET.items()}),
)
_REPEATS = (re.compile(r"(.+?)\1+", re.DOTALL), re.compile(r"(.+)\1+", re.DOTALL))
_SHORTEST_PERIOD = re.compile(r"(.+?)\1*", re.DOTALL)


def needed(text: str) -> int:
    """The guesses that a good guesser needs for the first `LONGEST` characters of a text."""
    judged = text[:LONGEST]
    if not judged:
        return 0
    found = [*_words_in(judged), *_patterns_in(judged), *_repeats_in(judged)]
    return int(scoring.most_guessable_match_sequence(judged, found)["guesses"])


def _patterns_in(text: str) -> Iterator[Match]:
    yield from matching.spatial_match(text)
    yield from matching.sequence_match(text)
    yield from matching.regex_match(text)
    yield from matching.date_match(text)


def _words_in(text: str) -> Iterator[Match]:
    """Words as they stand, backwards, and in leet, of which each character is read as a letter."""
    yield from matching.dictionary_match(text, _RANKED)
    yield from matching.reverse_dictionary_match(text, _RANKED)
    for letters in _READINGS:
        read = text.translate(letters)
        for match in matching.dictionary_match(read, _RANKED) if read != text else ():
            token = text[match["i"] : match["j"] + 1]
            if len(token) > 1 and token.lower() != match["matched_word"]:
                used = {char: char.translate(letters) for char in token if char in LEET}
                yield match | {"token": token, "l33t": True, "sub": used}


def _repeats_in(text: str) -> Iterator[Match]:
    """A repeated part needs the guesses of one part, times the number of repetitions."""
    for repeats in _REPEATS:
        for found in repeats.finditer(text):
            token = found[0]
            period = _SHORTEST_PERIOD.fullmatch(token)
            assert period is not None
            yield {
                "pattern": "repeat",
                "i": found.start(),
                "j": found.end() - 1,
                "token": token,
                "base_token": period[1],
                "base_guesses": needed(period[1]),
                "repeat_count": len(token) // len(period[1]),
            }
