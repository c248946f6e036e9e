"""Each wire code has texts in both languages, which use only existing members."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_type_hints

import pytest

from services.auth.api.routes import ROUTES as AUTH
from services.membership.api.routes import ROUTES as MEMBERSHIP
from shared.errors import Problem
from shared.web import words
from tests.architecture.test_codes import GOLDEN, facts

ROOT = Path(__file__).resolve().parents[2]
GATEWAY = {"not_found", "misdirected_request", "method_not_allowed", "not_ready"} | {
    f"gateway_{status}" for status in (400, 413, 502, 503, 504)
}
FACTS = {fact.code: fact for fact in facts()}
KANA = re.compile("[ぁ-んァ-ン]")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def field_codes() -> Iterator[str]:
    """Each code of a field's fault in the source."""
    calls = {"FieldError": 1, "refused": 0, "InvalidText": 0, "InvalidPhone": 0}
    for path in [*ROOT.glob("shared/**/*.py"), *ROOT.glob("services/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                position = calls.get(node.func.id)
                if position is not None and len(node.args) > position:
                    given = node.args[position]
                    both = (given.body, given.orelse) if isinstance(given, ast.IfExp) else (given,)
                    yield from (str(one.value) for one in both if isinstance(one, ast.Constant))


def test_each_problem_has_words_in_both_languages() -> None:
    assert set(words.PROBLEMS) == {*GOLDEN, *GATEWAY, "other"}
    for code, said in words.PROBLEMS.items():
        assert set(said) == {"ja", "en"}, code
        assert all(len(texts) == 2 and all(texts) for texts in said.values()), code


def test_each_code_of_a_field_has_words_in_both_languages() -> None:
    from shared.web import field_errors

    mapped = {*field_errors._CODES.values(), *field_errors._BY_TYPE.values(), "invalid"}
    used = {*field_codes(), *mapped}
    assert used == set(words.FAULTS)
    for code, said in words.FAULTS.items():
        assert set(said) == {"ja", "en"}, code


@pytest.mark.parametrize("code", sorted(GOLDEN))
def test_the_sentences_use_only_members_of_the_problem(code: str) -> None:
    fact: type[Problem] = FACTS[code]
    hints = set(get_type_hints(fact))
    told = hints | ({"wait"} if "retry_after" in hints else set())
    for title, detail in words.PROBLEMS[code].values():
        assert placeholders(title) == set()
        assert placeholders(detail) <= told


def test_each_text_is_in_its_language() -> None:
    for code, said in {**words.PROBLEMS, **words.FAULTS}.items():
        ja, en = ("".join(said[locale]) for locale in ("ja", "en"))
        assert KANA.search(ja), code
        assert en.isascii(), code
        assert "サインイン" not in ja, "ログイン is the FAQ's word"
        assert "！" not in ja
        assert not re.search("することができ|させていただ", ja), code


def test_no_text_of_pydantic_reaches_a_client() -> None:
    """Each constraint of a shape has our own code and text."""
    codes = json.dumps(sorted(words.FAULTS))
    assert not re.search("_type|_parsing|forbidden|literal|string_|value_error", codes)
    assert AUTH
    assert MEMBERSHIP
