"""社内アカウント管理 (R12 to R18): who suspends, deletes and gives roles to whom."""

import json
from typing import Any
from uuid import UUID

import pytest

from shared.crypto import base64url, new_id
from tests.membership.conftest import IMPATIENT, MINATO, Membership, applicant

CARD = {
    "reason": "on_leave",
    "notes": {"member": "総務部にご連絡ください。", "company": "産休\n2027年4月まで"},
    "until": "2027-04-01T00:00:00+09:00",
}


class Company:
    """ヤマト商事 with an owner, an admin and a member of the staff."""

    def __init__(self, membership: Membership) -> None:
        self.membership = membership
        self.ids: dict[str, UUID] = {}

    async def fill(self) -> "Company":
        for number, role in enumerate(("owner", "admin", "staff")):
            self.ids[role] = await self.membership.join(**applicant(number))
        await self.membership.execute(
            "update members set role = 'admin' where id = $1", self.ids["admin"]
        )
        return self

    async def act(self, who: str, method: str, on: UUID | str, body: Any = None) -> Any:
        """A member acts on an account of the company; auth confirms at once."""
        id = self.ids.get(str(on), on)
        suffix = "/suspend" if method == "POST" else ""
        async with self.membership.auth():
            return await self.membership.send(
                method,
                f"/company/members/{id}{suffix}",
                body,
                **{"Test-Caller": str(self.ids[who])},
            )

    async def states(self) -> dict[str, str]:
        """The states of the members, as the owner's list shows them."""
        reply = await self.membership.get("/company/members", self.ids["owner"])
        names = {str(id): role for role, id in self.ids.items()}
        return {names.get(item["id"], item["email"]): item["state"] for item in reply.body["items"]}


@pytest.fixture
async def company(yamato: Membership) -> Company:
    return await Company(yamato).fill()


async def test_r14_r18_b2_a_suspension_reaches_auth_with_its_card(company: Company) -> None:
    reply = await company.act("admin", "POST", "staff", CARD)
    assert (reply.status, reply.body) == (
        200,
        {"id": str(company.ids["staff"]), "role": "staff", "state": "suspended"},
    )
    told = company.membership.told[-1]
    assert (told.state, told.version) == ("suspended", 2)
    assert told.suspension is not None
    assert told.suspension.model_dump(mode="json", exclude={"since"}) == {
        "reason": "on_leave",
        "note": "総務部にご連絡ください。",
        "until": "2027-03-31T15:00:00Z",
    }
    assert "産休" not in told.model_dump_json(), "the company's own note stays in the company"

    to_owner = await company.membership.get("/company/members", company.ids["owner"])
    card = to_owner.body["items"][2]["suspension"]
    assert (card["reason"], card["note"]) == ("on_leave", "産休\n2027年4月まで")
    assert card["note_for_member"] == "総務部にご連絡ください。"


async def test_r15_only_the_vendor_resumes_an_account_and_its_seat_is_kept(
    company: Company,
) -> None:
    await company.membership.execute("update customers set seat_limit = 3")
    await company.act("owner", "POST", "staff", CARD)
    shown = await company.membership.get("/company/members", company.ids["owner"])
    assert shown.body["items"][2]["may_not"]["resume"] == "vendor_only"
    await company.membership.resume(company.ids["staff"])
    assert (await company.states())["staff"] == "active"
    mails = await company.membership.mails()
    assert [mail.template for mail in mails] == ["account_resumed"]


async def test_r14_a_deletion_erases_the_row_and_tells_the_deleted_member(company: Company) -> None:
    reply = await company.act("owner", "DELETE", "staff")
    assert (reply.status, reply.body["state"]) == (200, "closed")
    assert await company.states() == {"owner": "active", "admin": "active"}
    told = company.membership.told[-1]
    assert (told.state, told.email, told.name) == ("closed", "", "")
    [farewell] = await company.membership.mails()
    assert (farewell.template, farewell.to) == ("account_deleted", "person2@yamato.example")
    assert farewell.params["by_self"] is False
    row = await company.membership.fetchrow(
        "select * from members where id = $1", company.ids["staff"]
    )
    kept = {name for name, value in row.items() if isinstance(value, str) and value}
    assert kept == {"role", "state", "locale"}
    assert (await company.act("owner", "DELETE", "staff")).code == "member_not_found"


async def test_r17_a_successor_is_another_active_member_of_the_company(company: Company) -> None:
    await company.membership.customers(MINATO)
    other = await company.membership.join(
        customer_code="A-1003", customer_phone="0450001003", email="taro@minato.test"
    )
    for wrong in (other, new_id(), company.ids["staff"]):
        path = f"{company.ids['staff']}?successor_id={wrong}"
        reply = await company.act("owner", "DELETE", path)
        assert (reply.status, reply.code) == (422, "successor_invalid")
    path = f"{company.ids['staff']}?successor_id={company.ids['admin']}"
    assert (await company.act("owner", "DELETE", path)).status == 200
    successor = "select successor_id from members where id = $1"
    assert (
        await company.membership.fetchval(successor, company.ids["staff"]) == company.ids["admin"]
    )


REFUSED = [
    ("staff", "POST", "admin", CARD, 403, "role_required"),
    ("admin", "POST", "owner", CARD, 403, "owner_protected"),
    ("admin", "DELETE", "owner", None, 403, "owner_protected"),
    ("admin", "POST", "admin", CARD, 409, "own_account"),
    ("admin", "DELETE", "admin", None, 409, "own_account"),
    ("admin", "PATCH", "staff", {"role": "admin"}, 403, "role_required"),
    ("admin", "PATCH", "admin", {"role": "owner"}, 403, "role_required"),
    ("owner", "PATCH", "owner", {"role": "staff"}, 409, "last_owner"),
    ("owner", "POST", "owner", CARD, 409, "own_account"),
]


@pytest.mark.parametrize(("who", "method", "on", "body", "status", "code"), REFUSED)
async def test_asvs_8_2_1_a_disallowed_action_says_why_and_changes_nothing(
    company: Company, who: str, method: str, on: str, body: Any, status: int, code: str
) -> None:
    """A32, T6: the list gives the same reason beforehand."""
    reply = await company.act(who, method, on, body)
    assert (reply.status, reply.code) == (status, code)
    assert set((await company.states()).values()) == {"active"}
    act = {"POST": "suspend", "DELETE": "delete", "PATCH": "change_role"}[method]
    listed = (await company.membership.get("/company/members", company.ids[who])).body["items"]
    row = next(item for item in listed if item["id"] == str(company.ids[on]))
    assert row["may_not"][act] == code


async def test_a_suspended_account_is_not_suspended_twice(company: Company) -> None:
    await company.act("owner", "POST", "staff", CARD)
    assert (await company.act("owner", "POST", "staff", CARD)).code == "already_suspended"
    promoted = await company.act("owner", "PATCH", "staff", {"role": "admin"})
    assert promoted.code == "member_suspended"
    assert (await company.act("owner", "DELETE", "staff")).status == 200


async def test_r17_a_change_of_role_is_mailed_to_the_member_in_their_language(
    company: Company,
) -> None:
    """T15."""
    await company.membership.execute(
        "update members set locale = 'en' where id = $1", company.ids["staff"]
    )
    reply = await company.act("owner", "PATCH", "staff", {"role": "admin"})
    assert (reply.status, reply.body["role"], reply.body["state"]) == (200, "admin", "active")
    assert company.membership.told[-1].role == "admin"
    [mail] = await company.membership.mails()
    assert (mail.template, mail.locale, mail.params["role"]) == ("role_changed", "en", "admin")
    assert mail.params["changed_by_name"] == "社員0 花子"


async def test_r12_r17_an_owner_hands_the_company_over_in_one_step(company: Company) -> None:
    reply = await company.act("owner", "PATCH", "staff", {"role": "owner", "own_role": "staff"})
    assert (reply.status, reply.body["role"]) == (200, "owner")
    roles = "select array_agg(role order by id) from members"
    assert await company.membership.fetchval(roles) == ["staff", "admin", "owner"]
    again = await company.act("owner", "PATCH", "admin", {"role": "staff"})
    assert (again.status, again.code) == (403, "role_required"), "the row decides, not the claim"


async def test_r12_a_handover_without_a_new_owner_is_refused(company: Company) -> None:
    reply = await company.act("owner", "PATCH", "staff", {"role": "admin", "own_role": "staff"})
    assert (reply.status, reply.code) == (409, "last_owner")
    itself = await company.act("owner", "PATCH", "owner", {"role": "owner", "own_role": "staff"})
    assert itself.code in ("own_account", "last_owner")
    roles = "select array_agg(role order by id) from members"
    assert await company.membership.fetchval(roles) == ["owner", "admin", "staff"]


@IMPATIENT
async def test_r18_without_auth_the_answer_is_202_and_the_list_shows_what_is_pending(
    company: Company,
) -> None:
    """Suspension, resumption and change of role in quick succession, without auth's worker."""
    caller = {"Test-Caller": str(company.ids["owner"])}
    path = f"/company/members/{company.ids['staff']}"
    reply = await company.membership.send("POST", f"{path}/suspend", CARD, **caller)
    assert (reply.status, reply.body["state"]) == (202, "suspending")
    assert (await company.states())["staff"] == "suspending"
    await company.membership.resume(company.ids["staff"], confirmed=False)
    assert (await company.states())["staff"] == "resuming"
    reply = await company.membership.send("PATCH", path, {"role": "admin"}, **caller)
    assert (reply.status, reply.body["state"]) == (202, "resuming")
    await company.membership.send_receipts()
    assert (await company.states())["staff"] == "active"
    versions = [told.version for told in company.membership.told]
    assert versions == sorted(versions)
    reply = await company.membership.send("PATCH", path, {"role": "staff"}, **caller)
    assert (reply.status, reply.body["state"]) == (202, "changing")


@pytest.mark.parametrize(
    ("until", "answered"),
    [
        ("2027-03-31", "2027-03-31T15:00:00Z"),  # the last day, until its midnight in Japan
        ("2027-04-01T00:00:00+09:00", "2027-03-31T15:00:00Z"),
        ("2027-03-31T14:59:59Z", "2027-03-31T14:59:59Z"),
        (None, None),
    ],
)
async def test_b2_a_suspensions_last_day_ends_at_midnight_in_japan(
    company: Company, until: str | None, answered: str | None
) -> None:
    assert (await company.act("owner", "POST", "staff", CARD | {"until": until})).status == 200
    told = company.membership.told[-1].suspension
    assert told
    assert told.model_dump(mode="json")["until"] == answered


async def test_a_suspended_admin_cannot_act_any_more(company: Company) -> None:
    """R18, A29: by membership's own rows, even while the gateway still knows the session."""
    await company.act("owner", "POST", "admin", CARD)
    assert (await company.act("admin", "POST", "staff", CARD)).code == "account_not_active"


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, [("reason", "missing")]),
        ({"reason": "bored"}, [("reason", "not_a_choice")]),
        ({"reason": "left", "until": "2027-04-01T00:00:00"}, [("until", "invalid_time")]),
        ({"reason": "left", "until": "0001-01-01T00:00:00+23:59"}, [("until", "invalid_time")]),
        ({"reason": "left", "until": "2027-02-29"}, [("until", "invalid_time")]),
        ({"reason": "left", "until": "9999-12-31"}, [("until", "invalid_time")]),
        ({"reason": "left", "until": "2027-04-01 "}, [("until", "invalid_time")]),
        ({"reason": "left", "until": "２０２７-04-01"}, [("until", "invalid_time")]),
        ({"reason": "left", "until": True}, [("until", "invalid_time")]),
        ({"reason": "left", "notes": {"member": "x" * 501}}, [("notes.member", "too_long")]),
        ({"reason": "left", "state": "closed"}, [("state", "unknown_field")]),
    ],
)
async def test_an_invalid_suspension_card_is_refused(
    company: Company, body: Any, fields: Any
) -> None:
    reply = await company.act("owner", "POST", "staff", body)
    assert (reply.status, reply.code) == (422, "invalid_request")
    assert [(fault["field"], fault["code"]) for fault in reply.body["errors"]] == fields


async def test_r13_the_list_can_be_searched_and_ordered(company: Company) -> None:
    """Full-width, half-width and hiragana searches find the same member."""
    await company.membership.execute(
        """
        update members set family_name_kana = 'スズキ', searched = searched || ' スズキ',
            last_used_at = '2026-11-01' where id = $1
        """,
        company.ids["admin"],
    )
    found: dict[str, list[str]] = {}
    roles = ("role=staff", "role=owner&state=active", "role=owner&state=suspended")
    texts = ("q=ｽｽﾞｷ", "q=すずき", "q=person2@", "q=%25", "q=社員", "order=last_used&limit=1")
    for query in (*texts, *roles):
        reply = await company.membership.get(f"/company/members?{query}", company.ids["owner"])
        found[query] = [item["email"][:7] for item in reply.body["items"]]
        assert reply.body["found"] == (3 if "order" in query else len(found[query]))
    assert found == {
        "q=ｽｽﾞｷ": ["person1"],
        "q=すずき": ["person1"],
        "q=person2@": ["person2"],
        "q=%25": [],
        "q=社員": ["person0", "person1", "person2"],
        "order=last_used&limit=1": ["person1"],
        "role=staff": ["person2"],
        "role=owner&state=active": ["person0"],
        "role=owner&state=suspended": [],
    }


@pytest.mark.parametrize("order", ["joined", "name", "last_used"])
async def test_t11_every_order_lists_each_member_once_page_by_page(
    company: Company, order: str
) -> None:
    paged, cursor = [], ""
    while cursor is not None:
        path = f"/company/members?order={order}&limit=2&cursor={cursor}"
        page = (await company.membership.get(path, company.ids["owner"])).body
        paged += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert sorted(paged) == sorted(str(id) for id in company.ids.values())


async def test_a_made_up_cursor_is_refused(company: Company) -> None:
    id = str(company.ids["owner"])
    packed = [base64url(json.dumps([key, id]).encode()) for key in ("\0", "\ud800", 1, None, [])]
    for cursor in ("AAAA", "bnVsbA", "WzEsMl0", "WyIiLCJ4Il0", *packed):
        path = f"/company/members?cursor={cursor}"
        reply = await company.membership.get(path, company.ids["owner"])
        assert (reply.status, reply.code) == (422, "invalid_cursor")
