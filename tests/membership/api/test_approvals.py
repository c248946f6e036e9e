"""/company/approvals: waiting registrations, their reasons and doubles, decisions (R1, R3, R4)."""

import json
from typing import Any
from uuid import UUID

import pytest

from services.membership.domain.members.actors import Operator
from services.membership.errors import ApprovalDecided, ApprovalNotFound
from services.membership.flows.joining import approval
from services.membership.flows.joining.approval import Rejection
from services.membership.flows.upkeep import approval_upkeep
from services.membership.worker import RECEIPTS
from shared.contracts.notifier import SendMail
from shared.crypto import new_id, sha256
from shared.messaging.envelope import Receipt
from shared.messaging.settlement import take
from tests.membership.company import ask, audited, invite, only, open_wait, promote, seats
from tests.membership.conftest import MINATO, Membership, applicant

REJECTION = {"reason": "not_permitted", "note": "会社のアドレスで\nお願いします"}


async def _items(membership: Membership, by: UUID) -> list[dict[str, Any]]:
    return (await membership.get("/company/approvals", by)).body["items"]  # type: ignore[no-any-return]


async def _approve(membership: Membership, by: UUID, id: UUID) -> Any:
    return await ask(membership, by, "POST", f"/company/approvals/{id}/approve")


async def _reject(membership: Membership, by: UUID, id: UUID, **more: str) -> Any:
    return await ask(
        membership, by, "POST", f"/company/approvals/{id}/reject", {**REJECTION, **more}
    )


async def _receive(membership: Membership, ids: list[UUID]) -> None:
    context, receipt = membership.context, Receipt(ids=tuple(ids))
    await take(context.db, context, receipt, service="membership", after=RECEIPTS)


async def _operator(membership: Membership, code: str = "A-1001") -> Operator:
    id = await membership.fetchval("select id from customers where code = $1", code)
    return Operator(customer_id=id)


async def test_the_list_shows_each_applicant_and_why_the_registration_waits(
    yamato: Membership,
) -> None:
    """R3, R4: with the accounts of which it may be a double, suspended ones included."""
    owner = await yamato.join()
    twin = await yamato.join(**applicant(2))
    await yamato.suspend(twin)
    await yamato.execute("update customers set seat_limit = 2")
    first = await open_wait(yamato, 2)
    second = await open_wait(yamato, 3, email="s3@docomo.ne.jp")
    one, other = await _items(yamato, owner)
    assert one.pop("waits_since").endswith("Z")
    assert one == {
        "id": str(first),
        "kind": "registration",
        "family_name": "社員2",
        "given_name": "花子",
        "family_name_kana": "",
        "given_name_kana": "",
        "department": "",
        "job_title": "",
        "phone": "09000000002",
        "email": "person2@other.example",
        "current_email": None,
        "reasons": ["foreign_domain", "seats_full", "probable_double"],
        "doubles": [
            {
                "id": str(twin),
                "family_name": "社員2",
                "given_name": "花子",
                "family_name_kana": "",
                "given_name_kana": "",
                "phone": "09000000002",
                "email": "person2@yamato.example",
                "state": "suspended",
                "last_used_at": None,
            }
        ],
        "mine": False,
    }
    assert (other["id"], other["reasons"], other["doubles"]) == (
        str(second),
        ["personal_address", "seats_full"],
        [],
    )


async def test_an_approved_registration_takes_a_seat(yamato: Membership) -> None:
    """R3, R5: it holds no seat while it waits."""
    owner = await yamato.join()
    id = await open_wait(yamato, 2)
    assert (await seats(yamato, owner))["used"] == 1
    assert (await _approve(yamato, owner, id)).status == 204
    assert (await seats(yamato, owner))["used"] == 2
    row = await yamato.fetchrow("select email, role, state from members where id = $1", id)
    assert row == {"email": "person2@other.example", "role": "staff", "state": "active"}
    assert await _items(yamato, owner) == []
    assert await audited(yamato, "approval", "member") == [
        "visitor:member:joined:domain",
        "owner:member:joined:approval",
        "owner:approval:approved:foreign_domain",
    ]


async def test_without_a_free_seat_an_approval_is_refused_and_the_registration_waits(
    yamato: Membership,
) -> None:
    """R5."""
    await yamato.execute("update customers set seat_limit = 2")
    owner = await yamato.join()
    id = await open_wait(yamato, 2)
    await invite(yamato, owner, "x@yamato.example")
    reply = await _approve(yamato, owner, id)
    assert (reply.status, reply.code, reply.body["free"]) == (409, "seats_full", 0)
    assert [one["id"] for one in await _items(yamato, owner)] == [str(id)]
    await yamato.execute("update customers set seat_limit = 3")
    assert (await _approve(yamato, owner, id)).status == 204


async def test_the_first_password_link_is_mailed_once_auth_has_the_account(
    yamato: Membership,
) -> None:
    """R3: in the applicant's language, valid for seven days, once even if receipts repeat."""
    owner = await yamato.join()
    id = await open_wait(yamato, 2)
    await yamato.execute("update registrations set locale = 'en' where id = $1", id)
    await _approve(yamato, owner, id)
    assert await yamato.mails() == [], "the link would not work yet"
    [sync] = [one for one in await yamato.synced() if one.member_id == id]
    told = await yamato.fetchval("select array_agg(id) from outbox where subject = $1", id)
    await _receive(yamato, told)
    mail = await only(yamato, "registration_approved")
    assert (mail.to, mail.locale, mail.subject_id) == ("person2@other.example", "en", id)
    assert sync.first_password is not None
    assert sha256(mail.params["token"]).hex() == sync.first_password.sha256
    lives = await yamato.fetchval(
        "select first_password_expires_at - created_at from members where id = $1", id
    )
    assert lives.days == 7
    await _receive(yamato, told)
    await yamato.suspend(id)
    await yamato.resume(id)
    assert "registration_approved" not in [one.template for one in await yamato.mails()]


async def test_a_rejected_applicant_is_told_why_and_no_entered_data_is_kept(
    yamato: Membership,
) -> None:
    """R3."""
    owner = await yamato.join()
    id = await open_wait(yamato, 2)
    await yamato.execute("update registrations set locale = 'en' where id = $1", id)
    assert (await _reject(yamato, owner, id)).status == 204
    mail = await only(yamato, "registration_rejected")
    assert (mail.to, mail.locale) == ("person2@other.example", "en")
    mail.params.pop("decided_at")
    assert mail.params == {"customer_name": "株式会社ヤマト商事", **REJECTION}
    kept = await yamato.fetchval("select registrations::text from registrations where id = $1", id)
    assert not any(word in kept for word in ("社員2", "花子", "person2", "0900000"))
    assert await audited(yamato, "approval") == ["owner:approval:rejected:not_permitted"]
    assert (await _reject(yamato, owner, id, reason="because")).status == 422


@pytest.mark.parametrize(("role", "status"), [("admin", 204), ("staff", 403)])
@pytest.mark.parametrize("decide", [_approve, _reject])
async def test_owners_and_admins_decide_and_staff_do_not(
    yamato: Membership, role: str, status: int, decide: Any
) -> None:
    """R3."""
    await yamato.join()
    other = await yamato.join(**applicant(9))
    await promote(yamato, other, role)
    id = await open_wait(yamato, 2)
    assert (await yamato.get("/company/approvals", other)).status == (200 if status == 204 else 403)
    assert (await decide(yamato, other, id)).status == status


@pytest.mark.parametrize("first", [_approve, _reject])
@pytest.mark.parametrize("second", [_approve, _reject])
async def test_a_second_decision_is_refused(yamato: Membership, first: Any, second: Any) -> None:
    owner = await yamato.join()
    id = await open_wait(yamato, 2)
    assert (await first(yamato, owner, id)).status == 204
    reply = await second(yamato, owner, id)
    assert (reply.status, reply.code) == (409, "approval_decided")


async def test_a_company_cannot_decide_on_registrations_that_wait_for_others(
    yamato: Membership,
) -> None:
    """R1: those that wait for operators, those of another company, and unknown ids."""
    await yamato.customers(MINATO)
    owner = await yamato.join()
    other = await yamato.join(
        customer_code="A-1003", customer_phone="0450001003", email="taro@minato.test"
    )
    wrong_phone = await open_wait(yamato, 2, customer_phone="0300009999")
    unknown = await open_wait(yamato, 3, customer_code="?")
    theirs = await open_wait(yamato, 4)
    assert [one["id"] for one in await _items(yamato, owner)] == [str(theirs)]
    for by, id in [(owner, wrong_phone), (owner, unknown), (other, theirs), (owner, new_id())]:
        for decide in (_approve, _reject):
            reply = await decide(yamato, by, id)
            assert (reply.status, reply.code) == (404, "approval_not_found")
    assert await audited(yamato, "approval") == ["owner:approval:denied"] * 4


async def test_an_operator_decides_where_the_company_has_no_approver(yamato: Membership) -> None:
    """R3: the first approved applicant becomes the owner."""
    id = await open_wait(yamato, 2)
    assert await yamato.fetchval("select waits_for from registrations") == "operator"
    who = await _operator(yamato)
    await approval.approve(yamato.context, who, id)
    assert await yamato.fetchval("select role from members") == "owner"
    assert await audited(yamato, "approval") == ["operator:approval:approved:foreign_domain"]
    with pytest.raises(ApprovalDecided):
        await approval.reject(yamato.context, who, id, Rejection(reason="other"))


async def test_an_operator_chooses_the_customer_of_a_registration_without_one(
    yamato: Membership,
) -> None:
    """R1."""
    await yamato.customers(MINATO)
    owner = await yamato.join()
    id = await open_wait(yamato, 2, customer_code="?")
    await approval.approve(yamato.context, await _operator(yamato), id)
    rows = (await yamato.get("/company/members", owner)).body["items"]
    assert [row["email"] for row in rows] == ["taro@yamato.example", "person2@other.example"]
    with pytest.raises(ApprovalNotFound):
        await approval.approve(yamato.context, await _operator(yamato, "A-1003"), id)
    turned_down = await open_wait(yamato, 3, customer_code="?")
    rejection = Rejection(reason="not_a_colleague")
    await approval.reject(yamato.context, await _operator(yamato, "A-1003"), turned_down, rejection)
    await only(yamato, "registration_rejected")


@pytest.mark.parametrize(
    "entered",
    [
        {"customer_code": "?"},
        {"customer_phone": "0300009999"},
        {"customer_phone": "0300009999", "email": "person2@yamato.example"},
        {},
    ],
)
async def test_asvs_6_3_8_a_rejection_by_the_vendor_names_no_customer(
    yamato: Membership, entered: dict[str, Any]
) -> None:
    """A stranger who typed another company's number or phone is not told its name."""
    id = await open_wait(yamato, 2, **entered)
    rejection = Rejection(reason="not_a_colleague")
    await approval.reject(yamato.context, await _operator(yamato), id, rejection)
    (message,) = [
        one
        for one in map(SendMail.model_validate_json, await yamato.take(SendMail.NAME))
        if one.template == "registration_rejected"
    ]
    assert message.customer_id is None
    params = json.loads(yamato.opener.open(message.key_id, message.sealed_params))
    assert params["customer_name"] == ""
    assert "ヤマト" not in json.dumps(params, ensure_ascii=False)


async def test_asvs_6_3_8_the_mail_about_a_lapsed_registration_names_no_customer(
    yamato: Membership,
) -> None:
    await yamato.join()
    await open_wait(yamato, 2)
    await open_wait(yamato, 3, customer_phone="0300009999")
    await yamato.advance("14 days 1 minute")
    await approval_upkeep.lapse(yamato.context)
    mails = [mail for mail in await yamato.mails() if mail.template == "registration_lapsed"]
    assert len(mails) == 2
    assert not any("ヤマト" in json.dumps(mail.params, ensure_ascii=False) for mail in mails)


async def test_an_address_with_an_account_elsewhere_cannot_be_approved(yamato: Membership) -> None:
    """R4: approving opens no second account; the company can still reject the registration."""
    await yamato.customers(MINATO)
    owner = await yamato.join()
    id = await open_wait(yamato, 2, email="x@minato.test")
    await yamato.execute("update registrations set email_key = 'elsewhere' where id = $1", id)
    await yamato.join(customer_code="A-1003", customer_phone="0450001003", email="x@minato.test")
    await yamato.execute("update registrations set email_key = email where id = $1", id)
    assert (await _approve(yamato, owner, id)).code == "approval_decided"
    assert (await _reject(yamato, owner, id)).status == 204
