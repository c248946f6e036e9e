"""GET /me, /company and /company/members: who sees what, by membership's own rows (R10, R13)."""

from uuid import UUID

import pytest

from shared.crypto import new_id
from tests.membership.conftest import IMPATIENT, MINATO, Membership, applicant

PATHS = ["/me", "/company", "/company/members"]


async def test_me_shows_the_callers_own_account(yamato: Membership) -> None:
    owner = await yamato.join()
    reply = await yamato.get("/me", owner)
    customer = await yamato.fetchval("select id from customers")
    assert reply.status == 200
    assert reply.body.pop("created_at").endswith("Z")
    assert reply.body == {
        "id": str(owner),
        "email": "taro@yamato.example",
        "family_name": "山田",
        "given_name": "太郎",
        "family_name_kana": "ヤマダ",
        "given_name_kana": "タロウ",
        "phone": "09000000001",
        "department": "",
        "job_title": "",
        "role": "owner",
        "state": "active",
        "locale": "ja",
        "last_used_at": None,
        "email_change": None,
        "customer": {"id": str(customer), "code": "A-1001", "name": "株式会社ヤマト商事"},
    }


async def test_the_company_is_shown_with_its_seats(yamato: Membership) -> None:
    """R5: suspended accounts count, closed ones do not."""
    owner = await yamato.join()
    await yamato.suspend(await yamato.join(**applicant(2)))
    await yamato.delete(await yamato.join(**applicant(3)))
    reply = await yamato.get("/company", owner)
    assert reply.body == {
        "id": str(await yamato.fetchval("select id from customers")),
        "code": "A-1001",
        "name": "株式会社ヤマト商事",
        "seats": {"used": 2, "limit": 10, "free": 8, "accounts": 2, "invitations": 0},
        "may": [
            "see_company", "see_contacts", "export_members", "see_seats", "invite", "decide",
            "see_audit_log",
        ],
    }  # fmt: skip


async def test_owners_and_admins_see_more_than_staff(yamato: Membership) -> None:
    """R13: phone and presence standing; passwords are nowhere."""
    owner, staff = await yamato.join(), await yamato.join(**applicant(2))
    await yamato.execute(
        "update members set presence_passed_at = '2026-11-01T00:00:00Z', "
        "presence_missed_at = array['2026-11-02'::timestamptz], "
        "last_used_at = '2026-11-03T00:00:00Z' where id = $1",
        staff,
    )
    to_owner = (await yamato.get("/company/members", owner)).body
    to_staff = (await yamato.get("/company/members", staff)).body
    alone = {
        who: (await yamato.get(f"/company/members/{staff}", who)).body for who in (owner, staff)
    }
    row = {
        "id": str(staff),
        "email": "person2@yamato.example",
        "family_name": "社員2",
        "given_name": "花子",
        "family_name_kana": "",
        "given_name_kana": "",
        "department": "",
        "job_title": "",
        "role": "staff",
        "state": "active",
        "last_used_at": "2026-11-03T00:00:00Z",
        "created_at": to_owner["items"][1]["created_at"],
        "suspension": None,
    }
    standing = {"last_passed_at": "2026-11-01T00:00:00Z", "missed_in_a_row": 1}
    to_each = {
        "owner": {
            "may": [
                "suspend",
                "delete",
                "change_role",
                "move",
                "edit_details",
                "send_password_reset",
            ],
            "may_not": {"resume": "vendor_only"},
        },
        "staff": {
            "may": [],
            "may_not": {
                "suspend": "role_required",
                "resume": "vendor_only",
                "delete": "role_required",
                "change_role": "role_required",
                "move": "role_required",
                "edit_details": "role_required",
                "send_password_reset": "role_required",
            },
        },
    }
    in_full = {"phone": "09000000002", "presence": standing}
    assert to_owner["items"][1] == {**row, **in_full, **to_each["owner"]}
    assert to_staff["items"][1] == {**row, "phone": None, "presence": None, **to_each["staff"]}
    assert alone == {owner: to_owner["items"][1], staff: to_staff["items"][1]}
    assert all(item["phone"] is None for item in to_staff["items"])
    await yamato.execute("update members set role = 'admin' where id = $1", staff)
    to_admin = (await yamato.get("/company/members", staff)).body
    assert to_admin["items"][1]["phone"] == "09000000002"
    assert to_admin["items"][1]["may_not"]["suspend"] == "own_account"
    assert to_admin["items"][0]["may_not"]["suspend"] == "owner_protected"


async def test_more_than_ten_members_are_all_listed_page_by_page(yamato: Membership) -> None:
    """T11."""
    await yamato.execute("update customers set seat_limit = 20")
    ids = [str(await yamato.join(**applicant(number))) for number in range(13)]
    whole = (await yamato.get("/company/members", UUID(ids[0]))).body
    assert [item["id"] for item in whole["items"]] == ids
    assert whole["next_cursor"] is None
    paged, path, pages = [], "/company/members?limit=5", 0
    while path:
        page = (await yamato.get(path, UUID(ids[0]))).body
        paged += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        path = f"/company/members?limit=5&cursor={cursor}" if cursor else ""
        pages += 1
    assert (paged, pages) == (ids, 3)


async def test_an_exactly_full_last_page_has_no_cursor(yamato: Membership) -> None:
    ids = [await yamato.join(**applicant(number)) for number in range(4)]
    page = (await yamato.get("/company/members?limit=4", ids[0])).body
    assert (len(page["items"]), page["next_cursor"]) == (4, None)


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("limit=0", "limit", "too_small"),
        ("limit=101", "limit", "too_large"),
        ("limit=x", "limit", "not_a_number"),
        ("limit=1&limit=2", "limit", "repeated"),
        ("cursor=%E3%81%82", "cursor", "invalid_format"),
        ("cursor=" + "A" * 701, "cursor", "too_long"),
        ("order=age", "order", "not_a_choice"),
        ("state=closed", "state", "not_a_choice"),
        ("role=operator", "role", "not_a_choice"),
        ("cursor=%00", "", "nul_character"),
    ],
)
async def test_a_list_refuses_an_invalid_query(
    yamato: Membership, query: str, field: str, code: str
) -> None:
    owner = await yamato.join()
    reply = await yamato.get(f"/company/members?{query}", owner)
    assert (reply.status, reply.code) == (422, "invalid_request")
    assert [(one["field"], one["code"]) for one in reply.body["errors"]] == [(field, code)]


async def test_members_of_other_customers_are_not_listed(yamato: Membership) -> None:
    """A26: the member's own row decides, not the claims of the identity."""
    await yamato.customers(MINATO)
    owner = await yamato.join()
    other = await yamato.join(
        customer_code="A-1003", customer_phone="0450001003", email="taro@minato.test"
    )
    to_owner = (await yamato.get("/company/members", owner)).body["items"]
    to_other = (await yamato.get("/company/members", other)).body["items"]
    assert [item["id"] for item in to_owner] == [str(owner)]
    assert [item["id"] for item in to_other] == [str(other)]
    assert (await yamato.get(f"/company/members/{other}", owner)).code == "member_not_found"
    assert (await yamato.get("/company/members/x", owner)).code == "member_not_found"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("state", ["suspended", "closed"])
async def test_a_suspended_or_deleted_member_is_refused_at_once(
    yamato: Membership, path: str, state: str
) -> None:
    """R18, A29: even while the gateway still knows the session."""
    owner = await yamato.join()
    await (yamato.suspend if state == "suspended" else yamato.delete)(owner)
    reply = await yamato.get(path, owner)
    assert (reply.status, reply.code) == (401, "account_not_active")


@pytest.mark.parametrize("path", PATHS)
async def test_an_anonymous_caller_and_an_unknown_member_are_refused(
    yamato: Membership, path: str
) -> None:
    assert (await yamato.get(path)).code == "sign_in_required"
    assert (await yamato.get(path, new_id())).code == "account_not_active"


@IMPATIENT
async def test_a_change_of_state_shows_as_pending_until_auth_confirms_it(
    yamato: Membership,
) -> None:
    """R18."""
    owner, second = await yamato.join(), await yamato.join(**applicant(2))

    async def shown() -> list[str]:
        items = (await yamato.get("/company/members", owner)).body["items"]
        return [item["state"] for item in items[1:]]

    await yamato.suspend(second, confirmed=False)
    assert await shown() == ["suspending"]
    await yamato.send_receipts()
    assert await shown() == ["suspended"]
    await yamato.resume(second, confirmed=False)
    assert await shown() == ["resuming"]
    await yamato.send_receipts()
    assert await shown() == ["active"]
    await yamato.delete(second, confirmed=False)
    assert await shown() == [], "a deleted member is gone from the list at once"
    deleted = await yamato.get(f"/company/members/{second}", owner)
    assert (deleted.body["state"], deleted.body["may"]) == ("deleting", [])
    await yamato.send_receipts()
    gone = await yamato.get(f"/company/members/{second}", owner)
    assert gone.code == "member_not_found"
