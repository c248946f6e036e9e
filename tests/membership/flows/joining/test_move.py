"""Making an account anew whose mailbox is lost: PUT /company/members/{id}/email (R7)."""

from typing import Any
from uuid import UUID

import pytest

from services.membership.domain.members.actors import Operator
from services.membership.errors import AddressInUse
from services.membership.flows.joining import invitation, move
from tests.membership.company import accept, ask, audited, invite, only, person, promote, seats
from tests.membership.conftest import MINATO, Membership, somebody
from tests.replies import Reply

NEW = "hanako.new@yamato.example"


async def _move(membership: Membership, by: UUID, id: UUID, email: str = NEW) -> Reply:
    return await ask(membership, by, "PUT", f"/company/members/{id}/email", {"email": email})


async def _moving(membership: Membership) -> tuple[UUID, UUID, str]:
    """An owner moves an admin: the two, and the new address's token."""
    owner, lost = await membership.join(), await membership.join(**somebody(2))
    await promote(membership, lost, "admin")
    assert (await _move(membership, owner, lost)).status == 202
    return owner, lost, (await only(membership, "account_move")).params["token"]


async def _emails(membership: Membership, by: UUID) -> list[str]:
    rows = (await membership.get("/company/members", by)).body["items"]
    return [row["email"] for row in rows]


async def test_both_addresses_are_told_when_it_is_asked_for(yamato: Membership) -> None:
    """R7: and until the new one confirms nothing else changes; no seat is held."""
    owner, lost = await yamato.join(), await yamato.join(**somebody(2))
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


async def test_accepted_the_new_account_takes_over_and_the_old_one_closes(
    yamato: Membership,
) -> None:
    """R7: role and seat go over in one transaction, above a lowered limit too; no credential does,
    and the account that is replaced is no double of the new one (R4)."""
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


async def test_the_ledger_counts_one_seat_for_both(yamato: Membership) -> None:
    """B3: at no moment two."""
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
async def test_only_within_the_companys_domains(yamato: Membership, email: str) -> None:
    """R7: an operator may anywhere."""
    owner, lost = await yamato.join(), await yamato.join(**somebody(2))
    reply = await _move(yamato, owner, lost, email)
    assert (reply.status, reply.code) == (422, "foreign_domain")
    who = Operator(customer_id=await yamato.fetchval("select id from customers"))
    await move.start(yamato.context, who, lost, email)
    token = (await only(yamato, "account_move")).params["token"]
    assert (await accept(yamato, token, **person(2))).body["status"] == "approved"
    assert await _emails(yamato, owner) == ["taro@yamato.example", email]


@pytest.mark.parametrize("role", ["owner", "admin"])
async def test_an_owner_is_moved_by_an_operator_alone(yamato: Membership, role: str) -> None:
    """R7, R12: the new account is the owner, so that the company has one at every moment."""
    owner, other = await yamato.join(), await yamato.join(**somebody(2))
    await promote(yamato, other, role)
    reply = await _move(yamato, other, owner)
    assert (reply.status, reply.code) == (403, "owner_protected")
    who = Operator(customer_id=await yamato.fetchval("select id from customers"))
    await move.start(yamato.context, who, owner, NEW)
    await accept(yamato, (await only(yamato, "account_move")).params["token"])
    assert (await _rows(yamato, other))[-1]["role"] == "owner"


async def test_who_may_not_move_whom(yamato: Membership) -> None:
    owner, staff = await yamato.join(), await yamato.join(**somebody(2))
    assert (await _move(yamato, staff, owner)).code == "role_required"
    assert (await _move(yamato, owner, owner)).code == "own_account"
    await yamato.suspend(staff)
    assert (await _move(yamato, owner, staff)).code == "member_suspended"


async def test_an_address_that_is_taken_here_or_has_an_account_elsewhere(
    yamato: Membership,
) -> None:
    """R4: elsewhere the answer is as ever, and only its holder is told."""
    await yamato.customers(MINATO.replace("minato.test", "yamato.example"))
    owner, lost = await yamato.join(), await yamato.join(**somebody(2))
    await invite(yamato, owner, "invited@yamato.example")
    for email in ("taro@yamato.example", "invited@yamato.example"):
        assert (await _move(yamato, owner, lost, email)).code == "address_in_use"
    minato = {"customer_code": "A-1003", "customer_phone": "0450001003"}
    await yamato.join(**{**somebody(3), **minato})
    reply = await _move(yamato, owner, lost, "person3@yamato.example")
    assert reply.status == 202
    assert sorted(mail.template for mail in await yamato.mails()) == [
        "account_move_requested",
        "invitation_known",
    ]


async def test_only_the_last_one_counts(yamato: Membership) -> None:
    """R7: also where the first one waits as a probable double."""
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


async def test_permitted_as_a_double_it_still_replaces(yamato: Membership) -> None:
    """R4, R7: the account that is replaced is not among the doubles."""
    owner, lost, token = await _moving(yamato)
    colleague = await yamato.join(
        **{**somebody(2), "email": "namesake@yamato.example", "phone": "0900000777"}
    )
    await yamato.execute("update members set phone = '09000000002' where id = $1", colleague)
    assert (await accept(yamato, token, **person(2))).body == {"status": "awaiting_approval"}
    [item] = (await yamato.get("/company/approvals", owner)).body["items"]
    assert [one["id"] for one in item["doubles"]] == [str(colleague)]
    approved = await ask(yamato, owner, "POST", f"/company/approvals/{item['id']}/approve")
    assert approved.status == 204
    assert (await yamato.get("/me", lost)).code == "account_not_active"
    assert (await seats(yamato, owner))["used"] == 3


async def test_it_lapses_without_effect(yamato: Membership) -> None:
    """R7, A23: refused at use; sent again it is the same link with a new date."""
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
async def test_no_old_link_undoes_what_was_decided_since(yamato: Membership, change: str) -> None:
    """R7, R15, R18, A31: an account that was suspended, deleted, or became an owner's stays so."""
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


async def test_an_operator_does_not_take_an_address_of_the_company(yamato: Membership) -> None:
    lost = await yamato.join(**somebody(2))
    who = Operator(customer_id=await yamato.fetchval("select id from customers"))
    with pytest.raises(AddressInUse):
        await move.start(yamato.context, who, lost, "person2@yamato.example")
