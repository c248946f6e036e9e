"""Inviting the people of a CSV file (B16): checked first, then all of them or none."""

import ast
import re
from base64 import b64encode
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from services.membership.api.file_faults import WORDS
from services.membership.domain.table_file.excel_leavings import _LEAVINGS
from tests.membership.company import ask, audited, invite, promote, seats
from tests.membership.conftest import Membership, applicant
from tests.replies import Reply

HEADS = "姓,名,フリガナ,メールアドレス,権限,部署,役職,言語"
GOOD = (
    "田中,花子,タナカ ハナコ,hanako@yamato.example,管理者,営業部,課長,",
    ",,,jiro@docomo.ne.jp,,,,英語",
)


async def _send(
    membership: Membership, by: UUID, *rows: str, dry_run: bool = False, **headers: str
) -> Reply:
    file = b64encode("\r\n".join((HEADS, *rows)).encode("cp932")).decode()
    body = {"file": file, "dry_run": dry_run}
    return await ask(membership, by, "POST", "/company/invitation-file", body, **headers)


async def _open(membership: Membership, by: UUID) -> list[dict[str, Any]]:
    return (await membership.get("/company/invitations", by)).body["items"]  # type: ignore[no-any-return]


async def test_b16_a_dry_run_says_what_the_file_would_do_and_changes_nothing(
    yamato: Membership,
) -> None:
    """R5: the seats that are needed and free, and the mails that go at once."""
    owner = await yamato.join()
    reply = await _send(yamato, owner, *GOOD, dry_run=True)
    assert reply.status == 200
    first, second = reply.body.pop("invitations")
    assert first == {
        "row": 2,
        "email": "hanako@yamato.example",
        "family_name": "田中",
        "given_name": "花子",
        "family_name_kana": "タナカ",
        "given_name_kana": "ハナコ",
        "department": "営業部",
        "job_title": "課長",
        "role": "admin",
        "locale": "ja",
    }
    assert (second["row"], second["role"], second["locale"]) == (3, "staff", "en")
    assert reply.body == {
        "faults": [],
        "left_out": [],
        "seats": {"needed": 2, "free": 9},
        "mails": {"now": 2, "later": 0},
    }
    assert await _open(yamato, owner) == []
    assert await yamato.mails() == []


async def test_b16_all_people_of_the_file_are_invited_once(yamato: Membership) -> None:
    """A repeated request with the same key has the same response."""
    owner = await yamato.join()
    key = {"Idempotency-Key": "k"}
    first, again = [await _send(yamato, owner, *GOOD, **key) for _ in range(2)]
    assert (first.status, first.body) == (201, again.body)
    shown = [(one["email"], one["role"], one["department"]) for one in await _open(yamato, owner)]
    assert shown == [
        ("hanako@yamato.example", "admin", "営業部"),
        ("jiro@docomo.ne.jp", "staff", ""),
    ]
    assert [mail.locale for mail in await yamato.mails()] == ["ja", "en"]
    assert (await seats(yamato, owner))["invitations"] == 2
    assert len(await audited(yamato, "invitation")) == 2


async def test_b16_every_row_that_cannot_be_invited_is_listed_with_its_cell(
    yamato: Membership,
) -> None:
    """Without a dry run the same errors refuse the whole file."""
    owner, admin = await yamato.join(), await yamato.join(**applicant(2))
    await promote(yamato, admin, "admin")
    await invite(yamato, owner, "open@yamato.example")
    await yamato.advance("2 hours")
    for number in (1, 2, 3):
        await invite(yamato, owner, f"shared+{number}@yamato.example")
        await yamato.advance("61 seconds")
    rows = (
        *GOOD,
        ",,,TARO@yamato.example,,,,",
        ",,,open@yamato.example,,,,",
        ",,,shared@yamato.example,,,,",
        "佐藤,,,@,,,,",
    )
    checked = await _send(yamato, admin, *rows, dry_run=True)
    found = [(one["cell"], one["code"]) for one in checked.body["faults"]]
    assert found == [
        ("E2", "role_not_allowed"),
        ("D4", "already_member"),
        ("D5", "already_invited"),
        ("D6", "too_many_mails"),
        ("D7", "invalid_address"),
    ]
    assert [one["row"] for one in checked.body["invitations"]] == [3]
    fault = checked.body["faults"][1]
    assert (fault["header"], fault["text"]) == ("メールアドレス", "TARO@yamato.example")
    assert "すでに社内アカウントに登録されています" in fault["detail"]
    refused = await _send(yamato, admin, *rows[:-1])
    assert (refused.status, refused.code) == (422, "invitation_file_faulty")
    assert [(one["field"], one["code"]) for one in refused.body["errors"]] == found[:-1]
    assert refused.body["errors"][1]["detail"] == fault["detail"]
    assert len(await _open(yamato, owner)) == 4


async def test_b16_r5_a_file_with_more_people_than_free_seats_is_refused(
    yamato: Membership,
) -> None:
    await yamato.execute("update customers set seat_limit = 2")
    owner = await yamato.join()
    checked = await _send(yamato, owner, *GOOD, dry_run=True)
    assert (checked.body["faults"], checked.body["seats"]) == ([], {"needed": 2, "free": 1})
    refused = await _send(yamato, owner, *GOOD)
    assert (refused.status, refused.code, refused.body["free"]) == (409, "seats_full", 1)
    assert await _open(yamato, owner) == []


@pytest.mark.parametrize("file", ["x", "%%%%", "A" * 240_004])
async def test_a_body_that_is_no_base64_or_too_long_is_refused(
    yamato: Membership, file: str
) -> None:
    owner = await yamato.join()
    reply = await ask(yamato, owner, "POST", "/company/invitation-file", {"file": file})
    assert (reply.status, reply.code) == (422, "invalid_request")


async def test_b16_the_template_has_the_heads_that_are_read(yamato: Membership) -> None:
    owner = await yamato.join()
    for language, head in (("ja", HEADS), ("en", "Family name,Given name,Reading,Email")):
        reply = await ask(
            yamato, owner, "GET", "/company/invitation-file", **{"Accept-Language": language}
        )
        assert reply.text.startswith(f"\ufeff{head}")
        filled = f"{reply.text.strip()}\r\n,,,a@x.example,,,,\r\n".encode()
        body = {"file": b64encode(filled).decode(), "dry_run": True}
        checked = await ask(yamato, owner, "POST", "/company/invitation-file", body)
        assert (checked.body["faults"], checked.body["seats"]["needed"]) == ([], 1)


def test_each_error_in_a_file_has_a_sentence_in_both_languages() -> None:
    """The codes are those in the source that a file of invitations can lead to."""
    calls = {"Fault": 1, "InvalidCell": 0, "UnreadableFile": 0, "InvalidText": 0}
    root = Path("services/membership")
    paths = [
        *(root / "domain/table_file").glob("*.py"),
        root / "domain/entry/text.py",
        root / "flows/joining/invitation_file.py",
    ]
    codes = set(_LEAVINGS)
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text())) if path.stem != "customer_rows" else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                place = calls.get(node.func.id, len(node.args))
                given = node.args[place] if place < len(node.args) else None
                codes |= {str(given.value)} if isinstance(given, ast.Constant) else set()
    assert codes == set(WORDS)
    for code, said in WORDS.items():
        assert set(said) == {"ja", "en"}, code
        assert re.search("[ぁ-ん]", said["ja"]), code
        assert said["en"].isascii(), code
