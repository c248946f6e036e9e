"""The list of members as a CSV that Excel opens rightly (B16)."""

import csv
import io

from tests.membership.company import ask, audited
from tests.membership.conftest import Membership, applicant


async def test_b16_the_list_is_saved_in_words_with_times_of_japan(yamato: Membership) -> None:
    """ASVS-1.2.10: no cell is a formula. The export is recorded."""
    owner = await yamato.join(department="=1+1", job_title="課長")
    other = await yamato.join(**applicant(2))
    await yamato.suspend(other)
    await yamato.execute(
        "update members set last_used_at = '2026-11-23T01:12:00Z' where id = $1", owner
    )
    reply = await yamato.get("/company/member-file", owner)
    assert reply.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert reply.headers["Content-Disposition"] == 'attachment; filename="members.csv"'
    assert reply.text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(reply.text[1:], newline=""))) == [
        ["氏名", "フリガナ", "メールアドレス", "権限", "部署", "役職", "状態", "最終利用"],
        [
            "山田 太郎", "ヤマダ タロウ", "taro@yamato.example", "代表者", "'=1+1", "課長",
            "利用中", "2026/11/23 10:12",
        ],
        ["社員2 花子", "", "person2@yamato.example", "一般", "", "", "停止中", ""],
    ]  # fmt: skip
    assert await audited(yamato, "company") == ["owner:company:members_exported"]


async def test_b16_the_file_has_the_members_of_the_filter_in_the_callers_language(
    yamato: Membership,
) -> None:
    owner = await yamato.join()
    await yamato.join(**applicant(2), department="IT")
    reply = await ask(
        yamato, owner, "GET", "/company/member-file?department=IT&order=name",
        **{"Accept-Language": "en"},
    )  # fmt: skip
    head, row = csv.reader(io.StringIO(reply.text[1:], newline=""))
    assert head[:4] == ["Name", "Reading", "Email address", "Role"]
    assert row[3:7] == ["Staff", "IT", "", "Active"]
