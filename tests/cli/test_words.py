"""The texts of commands are complete in both languages, and come from two tables."""

import ast
import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from cli import sentences, words
from services.membership.domain.company.disclosure import RevealReason
from services.membership.domain.joining.admission import Reason
from services.membership.domain.members.members import ShownState
from services.membership.flows.company.audit_log import What
from services.notifier.mail.render import PARAMS
from shared.contracts.base import (
    AuditSource,
    AuditSubject,
    RejectionReason,
    Role,
    SuspensionReason,
)
from tests.product import ROOT

CLI = ROOT / "cli"
NOT_THE_VENDORS = {
    "compose_env", "domains", "healthy", "kanji", "permissions", "service", "settings", "up",
}  # fmt: skip
"""They write files of this repository, or start and ask processes."""
SAYING = {"echo": 0, "Refusal": 0, "Refused": 0, "_refusal": 0, "Finding": 1}
"""Which argument of these calls is read by people."""
JAPANESE = re.compile(r"[぀-ヿ一-鿿]")


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("role", get_args(Role)),
        ("source", get_args(AuditSource)),
        ("state", get_args(ShownState)),
        ("break", get_args(What)),
        ("template", tuple(PARAMS)),
        (
            "reason",
            (
                "after_call",
                *(code for type in (SuspensionReason, RejectionReason) for code in get_args(type)),
                *(code for type in (Reason, RevealReason) for code in get_args(type)),
            ),
        ),
    ],
)
def test_every_code_has_words(kind: str, codes: tuple[str, ...]) -> None:
    assert words.WORDS[kind].keys() == set(codes)


def recorded() -> set[str]:
    """`subject:action` of each entry that our code records literally, except those of a restore."""
    found = set()
    subjects = set(get_args(AuditSubject)) - {"session", "password", "presence"}
    for path in (ROOT / "services").glob("*/flows/**/*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            texts = [one.value if isinstance(one, ast.Constant) else None for one in call.args]
            named = {one.arg: one.value for one in call.keywords}
            for subject in subjects & set(texts):
                after = call.args[texts.index(subject) + 1 :]
                action = after[0] if after else named.get("action")
                if "record" in ast.unparse(call.func) and isinstance(action, ast.Constant):
                    found.add(f"{subject}:{action.value}")
    return found


def test_every_entry_of_a_companys_audit_log_has_words() -> None:
    found = recorded()
    assert {"member:suspended", "company:members_listed", "approval:approved"} <= found
    assert found <= words.WORDS["act"].keys()


def test_words_are_japanese_and_english() -> None:
    for kind, codes in words.WORDS.items():
        for code, (japanese, english) in codes.items():
            assert JAPANESE.search(japanese), f"{kind} {code}"
            assert english.isascii(), f"{kind} {code}"


def test_several_codes_are_shown_in_the_terminals_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    assert words.shown("reason", "misuse,after_call") == "不正な利用、折り返し電話で確認済み"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert words.shown("reason", "misuse,after_call") == "misuse, after a call back"
    assert words.shown("reason", "12") == "12"
    assert words.shown("reason", "") == ""


@pytest.mark.parametrize("name", sentences.SENTENCES)
def test_each_sentence_has_the_same_values_in_both_languages(name: str) -> None:
    japanese, english = sentences.SENTENCES[name]
    assert JAPANESE.search(japanese)
    assert english.isascii()
    assert values(japanese) == values(english)


def values(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field}


def test_a_sentence_gets_the_values_that_it_names() -> None:
    seen = 0
    for path in sorted(CLI.glob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or called(call) != "sentence":
                continue
            given = {one.arg for one in call.keywords}
            if isinstance(call.args[0], ast.Constant) and None not in given:
                name = str(call.args[0].value)
                assert values(sentences.SENTENCES[name][0]) == given, name
                seen += 1
    assert seen > 30


def vendors_modules() -> list[Path]:
    return [path for path in sorted(CLI.glob("*.py")) if path.stem not in NOT_THE_VENDORS]


def called(node: ast.Call) -> str:
    return ast.unparse(node.func).rpartition(".")[2]


def literal(node: ast.expr) -> bool:
    """Whether it has literal words outside of the calls that give them in both languages."""
    if isinstance(node, ast.Call) and called(node) in ("say", "sentence"):
        return False
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and re.search(r"[A-Za-z]{2}", node.value) is not None
    return any(literal(one) for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr))


@pytest.mark.parametrize("path", vendors_modules(), ids=lambda path: path.stem)
def test_no_operators_command_has_words_outside_of_the_tables(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    said = [one.args[SAYING[called(one)] :][:1] for one in calls if called(one) in SAYING]
    assert [ast.unparse(one[0]) for one in said if one and literal(one[0])] == []


def test_every_sentence_is_used() -> None:
    texts = {
        node.value
        for path in CLI.glob("*.py")
        if path.stem != "sentences"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
    }
    assert sentences.SENTENCES.keys() <= texts
