"""Tables of commands: aligned with wide characters, in the terminal's language, or as JSON."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command
from typer.testing import CliRunner

from cli import approvals, audit, customers, members, seats, tables
from cli.main import application
from tests.cli.test_failures import CALLS

COLUMNS = {"name": ("氏名", "NAME"), "role": ("権限", "ROLE")}
ROWS = [{"name": "山田 太郎", "role": "owner"}, {"name": "Ann", "role": "staff"}]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("ja_JP.UTF-8", ["氏名       権限", "山田 太郎  owner", "Ann        staff"]),
        ("C.UTF-8", ["NAME       ROLE", "山田 太郎  owner", "Ann        staff"]),
    ],
)
def test_a_table_is_aligned_and_in_the_terminals_language(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    lines: list[str],
) -> None:
    monkeypatch.setenv("LC_ALL", language)
    tables.show(COLUMNS, ROWS, as_json=False)
    assert capsys.readouterr().out.splitlines() == lines


def test_json_has_complete_texts_under_stable_names(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"name": "x" * 100, "role": "\x1b[31m"}]
    tables.show(COLUMNS, rows, as_json=True)
    assert json.loads(capsys.readouterr().out) == rows


def test_an_empty_list_is_empty_json_or_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    tables.show(COLUMNS, [], as_json=True)
    tables.show(COLUMNS, [], as_json=False)
    assert capsys.readouterr().out == "[]\nNAME  ROLE\nNone found.\n"


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("abc", 3),
        ("山田", 4),
        ("ﾔﾏﾀﾞ", 4),
        ("が", 2),
        ("か\u3099", 2),
        ("葛\U000e0100", 2),
        ("ＡＢ", 4),
    ],
)
def test_the_width_is_that_of_the_terminal(text: str, columns: int) -> None:
    assert tables.width(text) == columns


def test_control_characters_of_typed_texts_do_not_reach_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tables.show(COLUMNS, [{"name": "\x1b]0;x\x07\u202e", "role": "a\nb"}], as_json=False)
    assert capsys.readouterr().out.splitlines()[1] == "�]0;x��  a�b"


ID = "018f0000-0000-7000-8000-000000000000"
APPS = {"members": members, "approvals": approvals, "seats": seats, "customers": customers}
APPS |= {"audit": audit}


def options(app: typer.Typer, name: str) -> set[str]:
    command = get_command(app).commands[name]  # type: ignore[attr-defined]
    return {option for parameter in command.params for option in parameter.opts}


@pytest.mark.parametrize("name", APPS)
def test_b6_each_command_on_customers_requires_an_operator(name: str) -> None:
    app = APPS[name].app
    for command in get_command(app).commands:  # type: ignore[attr-defined]
        assert "--by" in options(app, command), f"{name} {command}"


@pytest.mark.parametrize("by", ["", "佐藤", "a b", "x" * 33])
@pytest.mark.parametrize(
    "command",
    [
        ("messages", "release", "auth", ID),
        ("mails", "release", "--all"),
        ("mails", "drop", ID),
        ("audit", "verify"),
        ("audit", "export", "--since", "2026-11-30"),
        ("restored", "--since", "2026-11-30"),
    ],
    ids=" ".join,
)
def test_b6_a_command_without_a_customer_requires_an_operator_too(
    command: tuple[str, ...], by: str
) -> None:
    done = CliRunner().invoke(application(), [*command, "--by", by])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "ZAISEKI_BY" in done.stderr


PRINT_ONLY_A_CONFIRMATION = {
    "domains update", "kanji update", "approvals approve", "approvals reject", "seats set",
    "seats raise", "messages release",
}  # fmt: skip
ALWAYS_FOR_SCRIPTS = {"audit export"}


@pytest.mark.parametrize("name", sorted(CALLS))
def test_each_command_that_prints_a_table_can_print_json(name: str) -> None:
    command: Any = get_command(application())
    for word in name.split():
        command = command.commands[word]
    has_json = "--json" in {option for parameter in command.params for option in parameter.opts}
    assert has_json is (name not in PRINT_ONLY_A_CONFIRMATION | ALWAYS_FOR_SCRIPTS)


@pytest.mark.parametrize("language", ["ja_JP.UTF-8", "C.UTF-8"])
def test_settings_and_permissions_are_the_same_json_in_every_language(language: str) -> None:
    def told(name: str) -> Any:
        done = CliRunner().invoke(application(), [name, "--json"], env={"LC_ALL": language})
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    [zone] = [
        one
        for one in told("settings")
        if one["name"] == "TIME_ZONE" and one["unit"] == "" and one["section"] == "membership"
    ]
    assert (zone["default"], zone["readers"], zone["secret"]) == (
        "Asia/Tokyo", "membership, notifier", False,
    )  # fmt: skip
    found = told("permissions")
    assert found.keys() == {"on_an_account", "on_the_company", "invited_as"}
    [suspend] = [one for one in found["on_an_account"] if one["act"] == "suspend"]
    assert suspend["on"]["admin"] == ["staff", "admin"]
    assert found["invited_as"]["owner"] == ["staff", "admin", "owner"]


def test_tables_show_words_for_codes_and_times_in_the_vendors_zone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("STATE_DIR", str(tmp_path))
    monkeypatch.setenv("TIME_ZONE", "Asia/Tokyo")
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    columns = {"state": ("状態", "STATE"), "at": ("日時", "AT")}
    rows: list[tables.Row] = [{"state": "active", "at": datetime(2026, 11, 30, 20, tzinfo=UTC)}]
    tables.show(columns, rows, codes={"state": "state"}, as_json=False)
    assert capsys.readouterr().out.splitlines() == ["状態    日時", "利用中  2026-12-01 05:00"]
    tables.show(columns, rows, codes={"state": "state"}, as_json=True)
    assert json.loads(capsys.readouterr().out) == [
        {"state": "active", "at": "2026-11-30T20:00:00Z"}
    ]
