"""/company/audit-log: who did what; only owners of the company read and export it (B6)."""

import csv
import io
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any, get_args
from uuid import UUID

import pytest

from services.auth.domain.presence import Method
from services.membership.api.audit_file import WORDS
from services.membership.domain.company.audit import EVENTS
from services.membership.domain.company.disclosure import RevealReason
from services.membership.domain.joining.admission import Reason
from services.membership.domain.members.actors import Basis, Operator
from services.membership.flows.company import seat_limit
from services.membership.flows.joining.account_opening import How
from shared.contracts.address_mails import WithdrawalReason
from shared.contracts.base import (
    AuditSource,
    AuditSubject,
    RejectionReason,
    Role,
    SuspensionReason,
)
from tests.membership.conftest import MINATO, YAMATO, Membership, applicant, form
from tests.replies import Reply

FROM_TOKYO = {
    "Test-Network": "203.0.113.77",
    "User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0.0.0 Safari/537.36",
    "Zaiseki-Request-Id": "req-of-the-test",
}


async def act(
    membership: Membership, caller: UUID, method: str, path: str, body: Any = None, **headers: str
) -> Reply:
    async with membership.auth():
        reply = await membership.send(method, path, body, **{"Test-Caller": str(caller), **headers})
    assert reply.status < 300, reply.body
    return reply


async def entries(membership: Membership, owner: UUID, query: str = "") -> list[dict[str, Any]]:
    reply = await membership.get(f"/company/audit-log{query}", owner)
    assert reply.status == 200, reply.body
    items: list[dict[str, Any]] = reply.body["items"]
    return items


async def tags(membership: Membership, owner: UUID) -> list[str]:
    """source:subject:action and the reason, the oldest first."""
    return [
        f"{one['source']}:{one['subject']}:{one['action']} {one['reason']}".rstrip()
        for one in reversed(await entries(membership, owner))
    ]


async def test_an_entry_names_actor_action_target_time_network_and_reason(
    yamato: Membership,
) -> None:
    owner, staff = await yamato.join(), await yamato.join(**applicant(2))
    await act(
        yamato, owner, "POST", f"/company/members/{staff}/suspend",
        {"reason": "left", "notes": {"member": "退職のため"}}, **FROM_TOKYO,
    )  # fmt: skip
    [entry, *_] = await entries(yamato, owner)
    assert entry.pop("at").endswith("Z")
    request_id = entry.pop("request_id")
    assert entry == {
        "number": 3,
        "source": "owner",
        "subject": "member",
        "action": "suspended",
        "event": "member:suspended",
        "actor_id": str(owner),
        "actor_name": "山田 太郎",
        "target_id": str(staff),
        "target_name": "社員2 花子",
        "reason": "left",
        "network": "203.0.113.0/24",
        "browser": "Chrome (Windows)",
    }
    sent = "select distinct request_id from outbox where subject = $1 and request_id = $2"
    assert request_id
    assert await yamato.fetchval(sent, staff, request_id) == request_id, "it leads to the mail"


async def test_every_action_of_the_company_is_recorded(yamato: Membership) -> None:
    owner, other = await yamato.join(), await yamato.join(**applicant(2))
    await act(yamato, owner, "PATCH", f"/company/members/{other}", {"role": "admin"})
    await act(yamato, other, "PATCH", "/me", {"given_name": "華子"})
    await act(yamato, other, "PUT", "/me/email", {"email": "hanako@yamato.example"})
    mails = await yamato.mails()
    token = next(one.params["token"] for one in mails if "token" in one.params)
    await act(yamato, other, "POST", "/me/email/confirm", {"token": token})
    invitees = {"invitations": [{"email": "new@yamato.example", "role": "staff"}]}
    sent = await act(yamato, other, "POST", "/company/invitations", invitees)
    invitation = sent.body["invitations"][0]["id"]
    await yamato.advance("61 seconds")
    await act(yamato, other, "POST", f"/company/invitations/{invitation}/resend")
    await act(yamato, owner, "POST", f"/company/members/{other}/suspend", {"reason": "misuse"})
    await yamato.resume(other)
    await act(yamato, other, "GET", "/me/export")
    await act(yamato, owner, "DELETE", f"/company/members/{other}?successor_id={owner}")
    assert await tags(yamato, owner) == [
        "visitor:member:joined domain",
        "visitor:member:joined domain",
        "owner:role:changed staff_to_admin",
        "admin:account:details_changed",
        "admin:address:change_requested",
        "admin:address:changed",
        "admin:invitation:sent staff",
        "admin:invitation:sent_again",
        "owner:invitation:withdrawn inviter_gone",
        "owner:member:suspended misuse",
        "operator:member:resumed",
        "admin:account:exported",
        "owner:member:deleted handed_over",
    ]


async def test_a_decision_is_recorded_with_the_reason_why_it_was_needed(yamato: Membership) -> None:
    """R3, R4: who approved or rejected, and why approval was needed."""
    owner = await yamato.join()
    for number, verb, body in ((2, "approve", None), (3, "reject", {"reason": "duplicate"})):
        await yamato.confirm(
            await yamato.link(**{**applicant(number), "email": f"person{number}@gmail.com"})
        )
        waiting = (await yamato.get("/company/approvals", owner)).body["items"]
        await act(yamato, owner, "POST", f"/company/approvals/{waiting[0]['id']}/{verb}", body)
    assert (await tags(yamato, owner))[1:] == [
        "owner:member:joined approval",
        "owner:approval:approved personal_address",
        "owner:approval:rejected duplicate",
    ]


async def test_a_deleted_member_has_no_name_in_the_audit_log(yamato: Membership) -> None:
    """R11: the entries stay; the table never contained a name or an address."""
    owner, staff = await yamato.join(), await yamato.join(**applicant(2))
    assert (await entries(yamato, owner))[0]["target_name"] == "社員2 花子"
    await yamato.delete(staff)
    deleted, opened, _ = await entries(yamato, owner)
    assert (deleted["target_id"], deleted["target_name"]) == (str(staff), None)
    assert (opened["target_id"], opened["target_name"]) == (str(staff), None)
    assert deleted["actor_name"] is None, "the vendor's staff are not named to the company"
    rows = await yamato.fetchval("select string_agg(a::text, ' ') from audit_log as a")
    for word in ("社員2", "花子", "person2", "0900000"):
        assert word not in rows


async def test_owners_see_only_their_own_companys_log(membership: Membership) -> None:
    await membership.customers(YAMATO, MINATO)
    ours = await membership.join()
    theirs = await membership.join(
        **{**applicant(3), "customer_code": "A-1003", "customer_phone": "045-000-1003",
           "email": "owner@minato.test"}
    )  # fmt: skip
    [entry] = await entries(membership, theirs)
    assert entry["target_id"] == str(theirs)
    tried = await membership.send(
        "POST", f"/company/members/{theirs}/suspend", {"reason": "left"},
        **{"Test-Caller": str(ours)},
    )  # fmt: skip
    assert (tried.status, tried.code) == (404, "member_not_found")
    denied = (await entries(membership, ours))[0]
    assert (denied["action"], denied["target_id"]) == ("denied", str(theirs))
    assert denied["target_name"] is None, "the target's name is not shown to another company"
    assert len(await entries(membership, theirs)) == 1


@pytest.mark.parametrize("role", ["staff", "admin"])
@pytest.mark.parametrize("path", ["/company/audit-log", "/company/audit-log/export"])
async def test_only_owners_read_the_audit_log(yamato: Membership, role: str, path: str) -> None:
    """Membership's own row decides, not the role that the identity claims."""
    await yamato.join()
    other = await yamato.join(**applicant(2))
    await yamato.execute("update members set role = $2 where id = $1", other, role)
    reply = await yamato.get(path, other)
    assert (reply.status, reply.code) == (403, "role_required")
    assert await yamato.fetchval("select count(*) from audit_log") == 2, "refusals leave no entry"


async def test_each_page_continues_where_the_previous_one_ended(yamato: Membership) -> None:
    owner = await yamato.join()
    for name in ("一郎", "二郎", "三郎", "四郎"):
        await act(yamato, owner, "PATCH", "/me", {"given_name": name})
    first = (await yamato.get("/company/audit-log?limit=2", owner)).body
    assert [one["number"] for one in first["items"]] == [5, 4]
    await act(yamato, owner, "PATCH", "/me", {"given_name": "五郎"})
    second = await yamato.get(f"/company/audit-log?limit=2&before={first['next_before']}", owner)
    assert [one["number"] for one in second.body["items"]] == [3, 2]
    last = await yamato.get("/company/audit-log?limit=2&before=2", owner)
    assert [one["number"] for one in last.body["items"]] == [1]
    assert last.body["next_before"] is None
    assert (await yamato.get(f"/company/audit-log?before={2**63 - 1}", owner)).status == 200
    assert (await yamato.get(f"/company/audit-log?before={2**63}", owner)).status == 422


async def test_the_file_shows_times_of_japan_and_the_api_utc(yamato: Membership) -> None:
    owner = await yamato.join()
    [entry] = await entries(yamato, owner)
    _, row, *_ = read(await yamato.get("/company/audit-log/export", owner))
    assert entry["at"].endswith("Z")
    at = datetime.fromisoformat(entry["at"])
    assert row[1] == f"{at + timedelta(hours=9):%Y/%m/%d %H:%M:%S}"


async def test_the_export_is_a_csv_for_excel_and_is_recorded_itself(yamato: Membership) -> None:
    owner = await yamato.join()
    reply = await yamato.get("/company/audit-log/export", owner)
    assert reply.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert reply.headers["Content-Disposition"] == 'attachment; filename="audit-log.csv"'
    assert reply.headers["Cache-Control"] == "no-store"
    head, *rows = read(reply)
    assert head == [
        "番号", "日時", "操作した人", "権限", "操作", "対象", "理由・補足", "接続元", "端末",
        "受付番号",
    ]  # fmt: skip
    [row] = rows
    assert row[2:5] == ["メールのURLを開いた方", "メールのURLから", "アカウントを登録した"]
    assert row[5:7] == ["山田 太郎", "会社のメールアドレス"]
    assert (await tags(yamato, owner))[-1] == "owner:company:audit_log_exported"


async def test_the_file_says_in_words_who_did_what_to_whom_and_why(yamato: Membership) -> None:
    """B6: in the language of the caller; what the vendor's staff did is shown as theirs."""
    owner, staff = await yamato.join(), await yamato.join(**applicant(2))
    await act(yamato, owner, "PATCH", f"/company/members/{staff}", {"role": "admin"})
    await act(yamato, owner, "PATCH", "/me", {"given_name": "一郎"})
    await act(yamato, owner, "POST", f"/company/members/{staff}/suspend", {"reason": "on_leave"})
    await yamato.resume(staff)
    await yamato.delete(staff)
    customer_id = await yamato.fetchval("select customer_id from members where id = $1", owner)
    await seat_limit.change(yamato.context, Operator(customer_id=customer_id), 7)
    _, *rows = read(await yamato.get("/company/audit-log/export", owner))
    assert [[row[2], row[4], row[5], row[6]] for row in rows[:6]] == [
        ["弊社担当者", "アカウントの上限を変更した", "会社", "7名"],
        ["弊社担当者", "アカウントを削除した", "退職した担当者", ""],
        ["弊社担当者", "アカウントを再開した", "退職した担当者", ""],
        ["山田 一郎", "アカウントを停止した", "退職した担当者", "休職・休業"],
        ["山田 一郎", "基本情報を変更した", "本人", ""],
        ["山田 一郎", "権限を変更した", "退職した担当者", "一般から管理者へ"],
    ]
    english = {"Test-Caller": str(owner), "Accept-Language": "en"}
    _, _, row, *_ = read(await yamato.send("GET", "/company/audit-log/export", **english))
    assert row[2:7] == ["Vendor staff", "Vendor staff", "Changed the limit of accounts",
                        "The company", "7 accounts"]  # fmt: skip


async def test_the_log_can_be_narrowed_to_a_person_a_subject_and_days(yamato: Membership) -> None:
    owner, staff = await yamato.join(), await yamato.join(**applicant(2))
    await act(yamato, staff, "PATCH", "/me", {"given_name": "華子"})
    await yamato.advance("3 days")
    await act(yamato, owner, "POST", f"/company/members/{staff}/suspend", {"reason": "left"})

    async def found(query: str) -> list[str]:
        return [one["event"] for one in await entries(yamato, owner, query)]

    assert await found(f"?person={staff}") == [
        "member:suspended", "account:details_changed", "member:joined",
    ]  # fmt: skip
    assert await found(f"?person={owner}&subject=member") == ["member:suspended", "member:joined"]
    assert await found("?source=owner") == ["member:suspended"]
    assert await found("?source=operator") == []
    assert await found("?subject=account") == ["account:details_changed"]
    at = datetime.fromisoformat((await entries(yamato, owner))[0]["at"]) + timedelta(hours=9)
    assert await found(f"?since={at:%Y-%m-%d}") == ["member:suspended"]
    assert await found(f"?until={at - timedelta(days=1):%Y-%m-%d}&subject=account") == [
        "account:details_changed"
    ]
    assert await found(f"?since={at + timedelta(days=1):%Y-%m-%d}") == []
    for wrong in ("since=2026-02-30", "until=0001-01-01", "since=today", "subject=cake"):
        assert (await yamato.get(f"/company/audit-log?{wrong}", owner)).status == 422


async def test_an_invited_person_is_named_by_the_address(yamato: Membership) -> None:
    owner = await yamato.join()
    invitees = {"invitations": [{"email": "new@yamato.example"}]}
    await act(yamato, owner, "POST", "/company/invitations", invitees)
    [entry, *_] = await entries(yamato, owner)
    assert (entry["event"], entry["target_name"]) == ("invitation:sent", "new@yamato.example")


def test_there_are_words_for_every_event_and_every_reason() -> None:
    codes = [*get_args(Role), *get_args(RejectionReason), *get_args(SuspensionReason)]
    codes += [*get_args(Reason), *get_args(How), *get_args(Method)]
    codes += [*get_args(WithdrawalReason), "deleted"]
    codes += [*get_args(RevealReason), *filter(None, get_args(Basis))]
    changes = {f"{one}_to_{other}" for one, other in permutations(get_args(Role), 2)}
    assert set(WORDS["events"]) == EVENTS
    assert set(WORDS["subjects"]) == set(get_args(AuditSubject))
    assert set(WORDS["sources"]) == set(get_args(AuditSource))
    assert {*codes, *changes} <= set(WORDS["reasons"])
    for section in WORDS.values():
        for said in section.values():
            assert set(said) == {"ja", "en"}
            assert "！" not in said["ja"]


@pytest.mark.parametrize(
    "name",
    [
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(1)",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "﹣1",
        "\u3000＝1",
    ],
)
async def test_no_cell_of_the_export_is_a_formula(yamato: Membership, name: str) -> None:
    """ASVS-1.2.10: members choose their names, and an owner opens the file."""
    owner = await yamato.join(**form(family_name=name))
    _, row = read(await yamato.get("/company/audit-log/export", owner))
    stored = await yamato.fetchval("select family_name from members")
    assert row[5] == f"'{stored} 太郎"


@pytest.mark.parametrize("hidden", ["\t=1", " =1", "\r\n@x", "\u200b=1", "\ufeff＝1"])
async def test_an_invisible_first_character_does_not_hide_a_formula(
    yamato: Membership, hidden: str
) -> None:
    """No form accepts these names, but a table may contain them."""
    owner = await yamato.join()
    await yamato.execute("update members set family_name = $1", hidden)
    _, row = read(await yamato.get("/company/audit-log/export", owner))
    assert row[5] == f"'{hidden} 太郎"


def read(reply: Reply) -> list[list[str]]:
    """The rows of a CSV file, which begins with the byte order mark."""
    assert reply.status == 200, reply.body
    assert reply.text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(reply.text.removeprefix("\ufeff"), newline="")))
