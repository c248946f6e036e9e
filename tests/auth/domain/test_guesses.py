"""How many guesses a text withstands, and that the estimate is cheap for every text."""

import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zxcvbn import zxcvbn

from services.auth.domain import guesses
from services.auth.domain.personal_words import Graph, fold, words_of
from tests.hostile import LEET

ENOUGH = 10**8
WORDS = sorted(word for word in guesses.RANKS if 3 <= len(word) <= 9)[::200]
PIECES = (
    "qwerty",
    "!@#$%^",
    "789456123",
    "1/1/99",
    "19991231",
    "2017",
    "abc",
    "321",
    "é",
    "🙂",
    "\0",
)


@pytest.mark.parametrize(
    "text",
    [
        "passwordpassword", "p4$$w0rdp4$$w0rd", "drowssapdrowssap", "aaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc", "1234567890123456", "qwertyuiopasdfgh", "1qaz2wsx3edc4rfv",
        "iloveyouiloveyou", "2011201120112011", "19991231199912311999", "111111111111111",
    ],
)  # fmt: skip
def test_asvs_6_2_4_common_texts_need_as_few_guesses_as_zxcvbn_estimates(text: str) -> None:
    assert guesses.needed(text) <= ENOUGH
    assert zxcvbn(text)["guesses"] <= ENOUGH


@pytest.mark.parametrize(
    "text", ["correct horse battery staple", "kqvbzmwtplxr", "漢字だけで十五文字の合言葉です。"]
)
def test_uncommon_texts_need_many_guesses(text: str) -> None:
    assert guesses.needed(text) > ENOUGH
    assert zxcvbn(text)["guesses"] > ENOUGH


@given(st.text(max_size=60))
@settings(deadline=None)
def test_any_text_can_be_judged(text: str) -> None:
    assert guesses.needed(text) >= 0


def seconds(text: str) -> float:
    """Least CPU time of this thread in three runs, so that other processes do not count."""
    taken = []
    for _ in range(3):
        began = time.thread_time()
        guesses.needed(text)
        taken.append(time.thread_time() - began)
    return min(taken)


def hostile(seed: int) -> str:
    """A text of the costliest patterns: leet, repeats, dates, words, keyboard walks, scripts."""
    random = Random(seed)
    pieces = []
    while sum(map(len, pieces)) < guesses.LONGEST:
        size = random.randrange(1, 12)
        pieces.append(
            random.choice(
                (
                    random.choice(PIECES),
                    random.choice(WORDS),
                    "".join(random.choices(LEET, k=size)),
                    random.choice("aA1") * size,
                    random.choice(("ab", "aab")) * size,
                )
            )
        )
    return "".join(pieces)


def test_judging_is_cheap_for_every_text() -> None:
    texts = [hostile(seed) for seed in range(300)]
    texts += [LEET * 3, "a" * 72, "ab" * 36, "\ufdfa" * 72, "".join(WORDS[:20]), "1/1/99" * 12]
    slow = {text: taken for text in texts if (taken := seconds(text)) > 0.05}
    assert slow == {}


@pytest.mark.parametrize("text", ["a" * 128, "4" * 128, "oi" * 64, "401$57" * 21])
def test_removing_personal_words_is_cheap_for_every_name(text: str) -> None:
    long = ("ア" * 50, "オアイ" * 16, "a" * 64 + "@" + "a" * 63 + ".oi", "aoi" * 30, "oista" * 10)
    taken = []
    for _ in range(3):
        began = time.thread_time()
        Graph(words_of(long)).without(fold(text))
        taken.append(time.thread_time() - began)
    assert min(taken) < 0.05
