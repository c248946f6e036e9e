"""部署・役職 (B15): given at registration, in an invitation or later; listed, filtered, found."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest

from tests.membership.company import (
    INVITED,
    accept,
    ask,
    audited,
    invite,
    only,
    person,
    promote,
)
from tests.membership.conftest import IMPATIENT, Membership, applicant

SALES = {"department": "営業部", "job_title": "課長"}


async def _listed(membership: Membership, by: UUID, query: str = "") -> list[tuple[str, str, str]]:
    """Family name, department and job title of the members in the list."""
    items = (await membership.get(f"/company/members?{query}", by)).body["items"]
    return [(one["family_name"], one["department"], one["job_title"]) for one in items]


async def _edit(membership: Membership, by: UUID, id: UUID, body: Any) -> Any:
    return await ask(membership, by, "PATCH", f"/company/members/{id}/details", body)


async def test_b15_the_details_of_a_registration_are_those_of_the_member(
    yamato: Membership,
) -> None:
    """Typed in any width and with any spaces; the member's own export has them."""
    me = await yamato.join(department="　営業部  第一課 ", job_title="課長\u200b")
    shown = (await yamato.get("/me", me)).body
    assert (shown["department"], shown["job_title"]) == ("営業部 第一課", "課長")
    taken = (await yamato.get("/me/export", me)).body["account"]
    assert (taken["department"], taken["job_title"]) == ("営業部 第一課", "課長")


async def test_b15_members_change_their_own_details_and_can_empty_them(yamato: Membership) -> None:
    me = await yamato.join(**SALES)
    reply = await ask(yamato, me, "PATCH", "/me", {"department": "総務部"})
    assert (reply.body["department"], reply.body["job_title"]) == ("総務部", "課長")
    reply = await ask(yamato, me, "PATCH", "/me", {"job_title": " "})
    assert (reply.body["department"], reply.body["job_title"]) == ("総務部", "")
    assert await audited(yamato, "account") == ["owner:account:details_changed"] * 2


async def test_b15_owners_and_admins_edit_the_details_of_others(yamato: Membership) -> None:
    """The entry in the audit log names both; without a change there is none."""
    owner, other = await yamato.join(), await yamato.join(**applicant(2))
    for _ in range(2):
        reply = await _edit(yamato, owner, other, SALES)
        assert (reply.status, reply.body["id"], reply.body["department"]) == (
            200,
            str(other),
            "営業部",
        )
    assert (await _edit(yamato, owner, other, {})).body["job_title"] == "課長"
    entry = await yamato.fetchrow("select * from audit_log where action = 'details_changed'")
    assert (entry["subject"], entry["actor_id"], entry["target_id"]) == ("member", owner, other)
    assert await _listed(yamato, other) == [("山田", "", ""), ("社員2", "営業部", "課長")]


@pytest.mark.parametrize(
    ("by", "on", "code"),
    [
        ("staff", "admin", "role_required"),
        ("staff", "staff", "role_required"),
        ("admin", "owner", "owner_protected"),
        ("admin", "staff", None),
        ("admin", "admin", None),
        ("owner", "owner", None),
    ],
)
async def test_b15_the_roles_that_may_edit_details(
    yamato: Membership, by: str, on: str, code: str | None
) -> None:
    """The list gives the same reason beforehand."""
    ids = {"owner": await yamato.join()}
    for number, role in enumerate(("admin", "staff"), 2):
        ids[role] = await yamato.join(**applicant(number))
        await promote(yamato, ids[role], role)
    items = (await yamato.get("/company/members", ids[by])).body["items"]
    row = next(item for item in items if item["id"] == str(ids[on]))
    assert row["may_not"].get("edit_details") == code
    reply = await _edit(yamato, ids[by], ids[on], SALES)
    assert reply.status == (403 if code else 200)
    assert code is None or reply.code == code


async def test_b15_a_suspended_members_details_can_be_edited(yamato: Membership) -> None:
    owner, other = await yamato.join(), await yamato.join(**applicant(2))
    await yamato.suspend(other)
    assert (await _edit(yamato, owner, other, SALES)).status == 200
    assert (await yamato.get("/company/members?state=suspended", owner)).body["found"] == 1


@pytest.mark.parametrize(
    ("value", "code"), [("あ" * 101, "too_long"), ("a\x07", "control_character"), (1, "not_text")]
)
async def test_an_invalid_department_is_refused(yamato: Membership, value: Any, code: str) -> None:
    owner = await yamato.join()
    reply = await _edit(yamato, owner, owner, {"department": value})
    assert [(one["field"], one["code"]) for one in reply.body["errors"]] == [("department", code)]


async def test_b15_the_list_is_filtered_by_department(yamato: Membership) -> None:
    """By its whole name; searches find parts of department and job title."""
    owner = await yamato.join(department="総務部")
    for number, department in ((2, "営業部"), (3, ""), (4, "営業部")):
        await yamato.join(**applicant(number), department=department, job_title="ﾏﾈｰｼﾞｬｰ")
    left = await yamato.join(**applicant(5), department="廃止部")
    await yamato.delete(left)
    reply = await yamato.get("/company/departments", owner)
    assert reply.body["items"] == [
        {"name": "営業部", "members": 2},
        {"name": "総務部", "members": 1},
    ]
    found = {}
    for query in (
        "department=営業部",
        "department=",
        "q=総務",
        "q=まねーじゃー",
        "department=営業",
    ):
        found[query] = [row[0] for row in await _listed(yamato, owner, quote(query, "=&"))]
    assert found == {
        "department=営業部": ["社員2", "社員4"],
        "department=": ["山田", "社員2", "社員3", "社員4"],
        "q=総務": ["山田"],
        "q=まねーじゃー": ["社員2", "社員3", "社員4"],
        "department=営業": [],
    }
    page = await yamato.get(f"/company/members?limit=1&department={quote('営業部')}", owner)
    assert page.body["found"] == 2
    cursor = page.body["next_cursor"]
    rest = await _listed(yamato, owner, f"department={quote('営業部')}&cursor={cursor}")
    assert [row[0] for row in rest] == ["社員4"]


NAMED = {
    "email": INVITED,
    "family_name": "田中",
    "given_name": "花子",
    "family_name_kana": "タナカ",
    "given_name_kana": "ハナコ",
    **SALES,
}


async def test_b15_an_invitation_prefills_the_page_and_the_account(yamato: Membership) -> None:
    """What the person enters counts; what is left empty is taken from the invitation."""
    owner = await yamato.join()
    sent = await ask(yamato, owner, "POST", "/company/invitations", {"invitations": [NAMED]})
    [shown] = sent.body["invitations"]
    assert {name: shown[name] for name in NAMED} == NAMED
    mail = await only(yamato, "invitation")
    assert "田中" not in str(mail.params), "the mail does not repeat what the inviter typed"
    token = mail.params["token"]
    preview = (await yamato.send("POST", "/invitations/preview", {"token": token})).body
    assert preview["moves"] is False
    entered = {name: text for name, text in NAMED.items() if name != "email"}
    assert preview["person"] == {**entered, "phone": ""}
    assert (await accept(yamato, token, job_title="部長")).body["status"] == "approved"
    assert (await _listed(yamato, owner))[1][1:] == ("営業部", "部長")


async def test_b15_a_person_who_registers_on_an_invitation_gets_its_details(
    yamato: Membership,
) -> None:
    owner = await yamato.join()
    await invite(yamato, owner, "person2@yamato.example", **SALES)
    await yamato.join(**applicant(2))
    assert (await _listed(yamato, owner))[1] == ("社員2", "営業部", "課長")


async def test_b15_r4_a_probable_double_is_shown_and_approved_with_the_details(
    yamato: Membership,
) -> None:
    owner = await yamato.join()
    await yamato.join(**applicant(2))
    await invite(yamato, owner, INVITED, **SALES)
    token = (await only(yamato, "invitation")).params["token"]
    await accept(yamato, token, **person(2), department="総務部")
    [waiting] = (await yamato.get("/company/approvals", owner)).body["items"]
    assert (waiting["department"], waiting["job_title"]) == ("総務部", "")
    await ask(yamato, owner, "POST", f"/company/approvals/{waiting['id']}/approve")
    assert (await _listed(yamato, owner))[2] == ("社員2", "総務部", "課長")


@IMPATIENT
async def test_b15_r7_a_moved_account_keeps_its_details(yamato: Membership) -> None:
    owner = await yamato.join()
    other = await yamato.join(**applicant(2), **SALES)
    path = f"/company/members/{other}/email"
    await ask(yamato, owner, "PUT", path, {"email": "moved@yamato.example"})
    token = (await only(yamato, "account_move")).params["token"]
    preview = (await yamato.send("POST", "/invitations/preview", {"token": token})).body
    assert (preview["moves"], preview["person"]["department"]) == (True, "営業部")
    await accept(yamato, token, **person(2))
    assert (await _listed(yamato, owner))[1] == ("社員2", "営業部", "課長")


async def test_b15_r11_details_are_erased_with_the_account(yamato: Membership) -> None:
    """In the member's row, the registration and the invitation."""
    owner = await yamato.join()
    named = {**NAMED, "email": "person2@yamato.example"}
    await ask(yamato, owner, "POST", "/company/invitations", {"invitations": [named]})
    other = await yamato.join(**applicant(2))
    await yamato.delete(other)
    for table in ("members", "registrations", "invitations"):
        rows = await yamato.fetchval(f"select string_agg(t::text, ' ') from {table} as t")
        assert not any(word in rows for word in ("営業部", "課長", "田中", "タナカ")), table
