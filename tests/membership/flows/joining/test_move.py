"""Replacing an account whose mailbox is lost: PUT /company/members/{id}/email (R7)."""

from typing import Any
from uuid import UUID

import pytest

from services.membership.domain.members.actors import Operator
from services.membership.errors import AddressInUse
from services.membership.flows.joining import invitation, move
from tests.membership.company import accept, ask, audited, invite, only, person, promote, seats
from tests.membership.conftest import MINATO, Membership, applicant
from tests.replies import Reply

NEW = "hanako.new@yamato.example"


async def _move(membership: Membership, by: UUID, id: UUID, email: str = NEW) -> Reply:
    return await ask(membership, by, "PUT", f"/company/members/{id}/email", {"email": email})


async def _moving(membership: Membership) -> tuple[UUID, UUID, str]:
    """An owner starts a move of an admin: both ids, and the token mailed to the new address."""
    owner, lost = await membership.join(), await membership.join(**applicant(2))
    await promote(membership, lost, "admin")
    assert (await _move(membership, owner, lost)).status == 202
    return owner, lost, (await only(membership, "account_move")).params["token"]


async def _emails(membership: Membership, by: UUID) -> list[str]:
    rows = (await membership.get("/company/members", by)).body["items"]
    return [row["email"] for row in rows]


async def test_both_addresses_are_told_when_a_move_is_requested(yamato: Membership) -> None:
    """R7: nothing else changes until the new one confirms; no seat is held."""
    owner, lost = await yamato.join(), await yamato.join(**applicant(2))
    reply = await _move(yamato, owner, lost)
    assert (reply.status, reply.body["replaces"]) == (202, str(lost))
    mails = {mail.template: mail for mail in await yamato.mails()}
    link, notice = mails["account_move"], mails["account_move_requested"]
    assert (link.to, notice.to) == (NEW, "person2@yamato.example")
    assert (link.params["name"], link.params["mover_name"]) == ("社員2 花子", "山田 太郎")
    token = link.params["token"]
    assert token not in str(notice.params)
    shown = await yamato.send("POST", "/invitations/preview", {"token": token})
    assert shown.body["person"]["phone"] == "09000000002"
    assert await _emails(yamato, owner) == ["taro@yamato.example", "person2@yamato.example"]
    assert (await seats(yamato, owner))["used"] == 2
    assert await audited(yamato, "address") == ["owner:address:move_started"]


async def test_the_accepted_account_takes_over_and_the_old_one_closes(
    yamato: Membership,
) -> None:
    """R7: role and seat go over in one transaction, above a lowered limit too; credentials do not,
    and the replaced account is no double of the new one (R4)."""
    owner, lost, token = await _moving(yamato)
    await invite(yamato, lost, "theirs@yamato.example")
    await yamato.execute("update customers set seat_limit = 1")
    first = await accept(yamato, token, **person(2))
    assert first.body["status"] == "approved"
    assert (await accept(yamato, token, **person(2))).body == first.body
    [new] = [row for row in await _rows(yamato, owner) if row["email"] == NEW]
    assert (new["role"], new["state"]) == ("admin", "active")
    assert UUID(new["id"]) != lost
    assert await _emails(yamato, owner) == ["taro@yamato.example", NEW]
    counted = await seats(yamato, owner)
    assert (counted["accounts"], counted["invitations"]) == (2, 1)
    closed = [one for one in yamato.told if one.member_id == lost][-1]
    assert (closed.state, closed.email, closed.first_password) == ("closed", "", None)
    assert (await yamato.get("/me", lost)).code == "account_not_active"
    assert (await only(yamato, "account_moved")).to == "person2@yamato.example"
    successor = "select successor_id from members where id = $1"
    assert await yamato.fetchval(successor, lost) == UUID(new["id"])
    sent = "select invited_by from invitations where email = 'theirs@yamato.example'"
    assert await yamato.fetchval(sent) == UUID(new["id"])
    assert (await audited(yamato, "member"))[2:] == [
        "visitor:member:joined:move",
        "visitor:member:replaced:moved",
    ]


async def _rows(membership: Membership, by: UUID) -> list[dict[str, Any]]:
    return (await membership.get("/company/members", by)).body["items"]  # type: ignore[no-any-return]


async def test_the_ledger_counts_one_seat_for_both_accounts(yamato: Membership) -> None:
    """B3: never two."""
    owner, _, token = await _moving(yamato)
    await accept(yamato, token, **person(2))
    ledger = (await yamato.get("/company/seats", owner)).body["items"]
    assert [(row["kind"], row["change"]) for row in ledger[:2]] == [("freed", -1), ("taken", 1)]
    moments = await yamato.fetchval(
        "select count(distinct xmin::text) from seat_movements where id = any($1)",
        [UUID(row["id"]) for row in ledger[:2]],
    )
    assert moments == 1


@pytest.mark.parametrize("email", ["x@docomo.ne.jp", "x@other.example", "x@sub.yamato.example"])
async def test_a_company_moves_accounts_only_within_its_own_domains(
    yamato: Membership, email: str
) -> None:
    """R7: an operator may use any domain."""
    owner, lost = await yamato.join(), await yamato.join(**applicant(2))
    reply = await _move(yamato, owner, lost, email)
    assert (reply.status, reply.code) == (422, "foreign_domain")
    who = Operator(customer_id=await yamato.fetchval("select id from customers"))
    await move.start(yamato.context, who, lost, email)
    token = (await only(yamato, "account_move")).params["token"]
    preview = await yamato.send("POST", "/invitations/preview", {"token": token})
    assert (preview.body["moves"], preview.body["invited_by"]) == (True, None)
    assert (await accept(yamato, token, **person(2))).body["status"] == "approved"
    assert await _emails(yamato, owner) == ["taro@yamato.example", email]


@pytest.mark.parametrize("role", ["owner", "admin"])
async def test_only_an_operator_moves_an_owner(yamato: Membership, role: str) -> None:
    """R7, R12: the new account becomes owner at once, so the company always has one."""
    owner, other = await yamato.join(), await yamato.join(**applicant(2))
    await promote(yamato, other, role)
    reply = await _move(yamato, other, owner)
    assert (reply.status, reply.code) == (403, "owner_protected")
    who = Operator(customer_id=await yamato.fetchval("select id from customers"))
    await move.start(yamato.context, who, owner, NEW)
    await accept(yamato, (await only(yamato, "account_move")).params["token"])
    assert (await _rows(yamato, other))[-1]["role"] == "owner"


async def test_a_move_without_the_right_to_it_is_refused(yamato: Membership) -> None:
    owner, staff = await yamato.join(), await yamato.join(**applicant(2))
    assert (await _move(yamato, staff, owner)).code == "role_required"
    assert (await _move(yamato, owner, owner)).code == "own_account"
    await yamato.suspend(staff)
    assert (await _move(yamato, owner, staff)).code == "member_suspended"


async def test_an_address_of_a_member_is_refused_and_one_elsewhere_is_not_revealed(
    yamato: Membership,
) -> None:
    """R4: with an account elsewhere the answer is the usual one, and only its holder is told."""
    await yamato.customers(MINATO.replace("minato.test", "yamato.example"))
    owner, lost = await yamato.join(), await yamato.join(**applicant(2))
    await invite(yamato, owner, "invited@yamato.example")
    for email in ("taro@yamato.example", "invited@yamato.example"):
        assert (await _move(yamato, owner, lost, email)).code == "address_in_use"
    minato = {"customer_code": "A-1003", "customer_phone": "0450001003"}
    await yamato.join(**{**applicant(3), **minato})
    reply = await _move(yamato, owner, lost, "person3@yamato.example")
    assert reply.status == 202
    assert sorted(mail.template for mail in await yamato.mails()) == [
        "account_move_requested",
        "invitation_known",
    ]


async def test_a_new_move_replaces_the_one_before(yamato: Membership) -> None:
    """R7: also one that waits as a probable double."""
    owner, lost, first = await _moving(yamato)
    await _move(yamato, owner, lost, "second@yamato.example")
    second = (await only(yamato, "account_move")).params["token"]
    assert (await accept(yamato, first)).code == "invitation_link_invalid"
    double = {"family_name": "山田", "given_name": "太郎", "phone": "09000000001"}
    assert (await accept(yamato, second, **double)).body == {"status": "awaiting_approval"}
    await _move(yamato, owner, lost, "third@yamato.example")
    assert (await yamato.get("/company/approvals", owner)).body["items"] == []
    third = (await only(yamato, "account_move")).params["token"]
    assert (await accept(yamato, third)).body["status"] == "approved"
    assert await _emails(yamato, owner) == ["taro@yamato.example", "third@yamato.example"]


async def test_a_move_approved_as_a_double_still_replaces_the_account(yamato: Membership) -> None:
    """R4, R7: the replaced account is not listed among the doubles."""
    owner, lost, token = await _moving(yamato)
    colleague = await yamato.join(
        **{**applicant(2), "email": "namesake@yamato.example", "phone": "0900000777"}
    )
    await yamato.execute("update members set phone = '09000000002' where id = $1", colleague)
    assert (await accept(yamato, token, **person(2))).body == {"status": "awaiting_approval"}
    [item] = (await yamato.get("/company/approvals", owner)).body["items"]
    assert [one["id"] for one in item["doubles"]] == [str(colleague)]
    approved = await ask(yamato, owner, "POST", f"/company/approvals/{item['id']}/approve")
    assert approved.status == 204
    assert (await yamato.get("/me", lost)).code == "account_not_active"
    assert (await seats(yamato, owner))["used"] == 3


async def test_a_move_lapses_without_effect(yamato: Membership) -> None:
    """R7, A23: refused at use; sent again, it is the same link with a new expiry."""
    owner, lost, token = await _moving(yamato)
    [one] = (await yamato.get("/company/invitations", owner)).body["items"]
    await yamato.advance("6 days")
    again = await ask(yamato, owner, "POST", f"/company/invitations/{one['id']}/resend")
    assert again.status == 200
    assert (await only(yamato, "account_move")).params["token"] == token
    await yamato.advance("7 days")
    assert (await accept(yamato, token)).code == "invitation_link_invalid"
    await invitation.sweep(yamato.context)
    assert await _emails(yamato, owner) == ["taro@yamato.example", "person2@yamato.example"]
    assert (await seats(yamato, owner))["used"] == 2
    assert (await _move(yamato, owner, lost)).status == 202


@pytest.mark.parametrize("change", ["suspended", "deleted", "owner"])
async def test_an_old_link_does_not_undo_a_later_decision(yamato: Membership, change: str) -> None:
    """R7, R15, R18, A31: a suspended or deleted account stays so, and a new owner stays owner."""
    owner, lost, token = await _moving(yamato)
    if change == "owner":
        await ask(yamato, owner, "PATCH", f"/company/members/{lost}", {"role": "owner"})
    else:
        await (yamato.suspend if change == "suspended" else yamato.delete)(lost)
    for path in ("preview", "accept"):
        body = {"token": token, **(person(2) if path == "accept" else {})}
        reply = await yamato.send("POST", f"/invitations/{path}", body)
        assert (reply.status, reply.code) == (422, "invitation_link_invalid")
    assert NEW not in await _emails(yamato, owner)


async def test_an_operator_cannot_use_the_address_of_another_member(yamato: Membership) -> None:
    lost = await yamato.join(**applicant(2))
    who = Operator(customer_id=await yamato.fetchval("select id from customers"))
    with pytest.raises(AddressInUse):
        await move.start(yamato.context, who, lost, "person2@yamato.example")
