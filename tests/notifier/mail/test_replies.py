"""The meaning of replies of real servers, recorded word for word in `replies.tsv`."""

from pathlib import Path
from typing import get_args

import pytest

from services.notifier.mail.replies import Phase, judge

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("replies.tsv").read_text().splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("phase", "kind", "code", "who", "text"), ROWS)
def test_each_recorded_reply_is_understood(
    phase: Phase, kind: str, code: str, who: str, text: str
) -> None:
    assert judge(int(code), text.replace("\\n", "\n"), phase) == kind, who


def test_the_table_has_replies_of_every_kind_and_place() -> None:
    assert {row[0] for row in ROWS} == set(get_args(Phase))
    assert {row[1] for row in ROWS} == {"gone", "full", "later", "ours", "accepted"}
    assert len(ROWS) > 100


@pytest.mark.parametrize("phase", get_args(Phase))
@pytest.mark.parametrize("text", ["", "5.1.1 User unknown", "4.2.2 mailbox full", "5.7.1 blocked"])
def test_the_first_digit_decides_before_any_text(phase: Phase, text: str) -> None:
    """RFC 5321, section 4.2."""
    assert {judge(code, text, phase) for code in range(200, 300)} == {"accepted"}
    assert {judge(code, text, phase) for code in range(400, 500)} <= {"later", "full"}
    assert "accepted" not in {judge(code, text, phase) for code in range(500, 600)}


def test_only_a_missing_mailbox_is_given_up() -> None:
    """A receiver's policy, by any name, is not the mailbox's fault; the company is not told."""
    for detail in (*range(60), 133, 509, 606, 750):
        for text in ("", "User unknown", "mailbox disabled"):
            for code in (550, 553, 554):
                assert judge(code, f"5.7.{detail} {text}", "recipient") == "ours"
