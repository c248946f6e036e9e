"""Invitations and moves are judged by what their sender may do now (R3, R5, R7, R14, R17; A38)."""

from uuid import UUID

import pytest

from services.membership.domain.members.actors import Operator
from services.membership.flows.joining import move
from tests.membership.company import (
    INVITED,
    accept,
    ask,
    audited,
    invite,
    invited,
    only,
    person,
    promote,
    seats,
)
from tests.membership.conftest import Mail, Membership, somebody

DOUBLE = {"family_name": "山田", "given_name": "太郎", "phone": "09000000001"}


async def _two(membership: Membership, role: str = "owner") -> tuple[UUID, UUID]:
    """An owner, and a colleague of this role."""
    owner, other = await membership.join(), await membership.join(**somebody(2))
    await promote(membership, other, role)
    return owner, other


async def _role(membership: Membership, by: UUID, id: UUID, role: str) -> None:
    async with membership.auth():
        reply = await ask(membership, by, "PATCH", f"/company/members/{id}", {"role": role})
    assert reply.status == 200, reply.body


async def _preview(membership: Membership, token: str) -> str:
    reply = await membership.send("POST", "/invitations/preview", {"token": token})
    return str(reply.body.get("code") or reply.body["role"])


def _withdrawn(mails: list[Mail]) -> list[tuple[str, str, list[str]]]:
    found = [mail for mail in mails if mail.template == "requests_withdrawn"]
    return [(mail.to, mail.params["because"], mail.params["invited"]) for mail in found]


@pytest.mark.parametrize(
    ("sender", "invited_role", "demoted", "stays"),
    [
        ("owner", "owner", "admin", False),
        ("owner", "admin", "admin", False),
        ("owner", "staff", "admin", True),
        ("owner", "staff", "staff", False),
        ("admin", "staff", "staff", False),
        ("admin", "staff", "owner", True),
    ],
)
async def test_a_new_role_withdraws_what_it_may_not_give(
    yamato: Membership, sender: str, invited_role: str, demoted: str, stays: bool
) -> None:
    """R17, B3: and frees the seat in the same transaction."""
    owner, other = await _two(yamato, sender)
    token = await invited(yamato, other, role=invited_role)
    await _role(yamato, owner, other, demoted)
    assert (await seats(yamato, owner))["invitations"] == int(stays)
    await yamato.require_ledger()
    assert await _preview(yamato, token) == (invited_role if stays else "invitation_link_invalid")
    reply = await accept(yamato, token)
    assert reply.body.get("code") == (None if stays else "invitation_link_invalid")
    told = [("taro@yamato.example", "role_changed", [INVITED])]
    if demoted == "owner":
        return
    told += [("person2@yamato.example", "role_changed", [INVITED])]
    assert _withdrawn(await yamato.mails()) == ([] if stays else told)
    rows = await audited(yamato, "invitation")
    assert ("owner:invitation:withdrawn:role_changed" in rows) is not stays


@pytest.mark.parametrize("role", ["admin", "staff"])
async def test_the_sender_is_judged_at_use_too(yamato: Membership, role: str) -> None:
    """Whatever changed the row: preview, acceptance, resend and registering on its seat."""
    owner, other = await _two(yamato)
    token = await invited(yamato, other, role="owner")
    await promote(yamato, other, role)
    assert await _preview(yamato, token) == "invitation_link_invalid"
    assert (await accept(yamato, token)).code == "invitation_link_invalid"
    [one] = (await yamato.get("/company/invitations", owner)).body["items"]
    again = await ask(yamato, owner, "POST", f"/company/invitations/{one['id']}/resend")
    assert (again.status, again.code) == (409, "invitation_ended")
    await yamato.join(**{**somebody(99), "email": INVITED})
    given = await yamato.fetchval("select role from members where email = $1", INVITED)
    assert given == "staff", "the registration gets what any other gets"
    assert (await ask(yamato, owner, "DELETE", f"/company/invitations/{one['id']}")).status == 204


async def test_what_waits_is_judged_when_it_is_approved(yamato: Membership) -> None:
    """R4: a probable double that was invited as an owner by one who may not do that any more."""
    owner, other = await _two(yamato)
    token = await invited(yamato, other, role="owner")
    assert (await accept(yamato, token, **DOUBLE)).body == {"status": "awaiting_approval"}
    [item] = (await yamato.get("/company/approvals", owner)).body["items"]
    await promote(yamato, other, "admin")
    reply = await ask(yamato, owner, "POST", f"/company/approvals/{item['id']}/approve")
    assert (reply.status, reply.code) == (409, "approval_decided")
    assert (await seats(yamato, owner))["accounts"] == 2


async def test_what_waits_goes_with_the_senders_role(yamato: Membership) -> None:
    """B3: its seat is free at once."""
    owner, other = await _two(yamato)
    token = await invited(yamato, other, role="owner")
    await accept(yamato, token, **DOUBLE)
    await _role(yamato, owner, other, "staff")
    assert (await yamato.get("/company/approvals", owner)).body["items"] == []
    assert (await seats(yamato, owner))["invitations"] == 0
    assert (await accept(yamato, token, **DOUBLE)).code == "invitation_link_invalid"


async def test_handing_the_company_over_withdraws_what_the_former_owner_sent(
    yamato: Membership,
) -> None:
    """R17: `own_role` steps down in the same moment."""
    owner, other = await _two(yamato, "admin")
    token = await invited(yamato, owner, role="admin")
    body = {"role": "owner", "own_role": "admin"}
    async with yamato.auth():
        assert (await ask(yamato, owner, "PATCH", f"/company/members/{other}", body)).status == 200
    assert await _preview(yamato, token) == "invitation_link_invalid"


@pytest.mark.parametrize("end", ["demoted", "suspended", "deleted", "row"])
async def test_a_move_ends_with_its_senders_power(yamato: Membership, end: str) -> None:
    """R7: whoever may not move this account any more lets nobody in for it."""
    owner, admin = await _two(yamato, "admin")
    lost = await yamato.join(**somebody(3))
    body = {"email": "lost.new@yamato.example"}
    await ask(yamato, admin, "PUT", f"/company/members/{lost}/email", body)
    token = (await only(yamato, "account_move")).params["token"]
    if end == "demoted":
        await _role(yamato, owner, admin, "staff")
    elif end == "row":
        await promote(yamato, admin, "staff")
    else:
        await (yamato.suspend if end == "suspended" else yamato.delete)(admin)
    assert await _preview(yamato, token) == "invitation_link_invalid"
    assert (await accept(yamato, token, **person(3))).code == "invitation_link_invalid"
    assert (await yamato.get("/me", lost)).status == 200


async def test_a_resumed_sender_brings_nothing_back(yamato: Membership) -> None:
    """R15."""
    _, admin = await _two(yamato, "admin")
    open_, waiting = await invited(yamato, admin), "double@yamato.example"
    token = await invited(yamato, admin, waiting)
    await accept(yamato, token, **DOUBLE)
    await yamato.suspend(admin)
    await yamato.resume(admin)
    for one in (open_, token):
        assert (await accept(yamato, one, **DOUBLE)).code == "invitation_link_invalid"


async def test_a_moved_sender_goes_on_as_the_new_account(yamato: Membership) -> None:
    """R7: what they sent is the new account's, and is judged by its role from then on."""
    owner, admin = await _two(yamato, "admin")
    theirs = await invited(yamato, admin)
    body = {"email": "admin.new@yamato.example"}
    await ask(yamato, owner, "PUT", f"/company/members/{admin}/email", body)
    moving = (await only(yamato, "account_move")).params["token"]
    assert (await accept(yamato, moving, **person(2))).body["status"] == "approved"
    assert await _preview(yamato, theirs) == "staff"
    new = await yamato.fetchval("select successor_id from members where id = $1", admin)
    await _role(yamato, owner, new, "staff")
    assert await _preview(yamato, theirs) == "invitation_link_invalid"


async def test_the_vendors_move_has_no_sender_to_judge(yamato: Membership) -> None:
    _, admin = await _two(yamato, "admin")
    who = Operator(customer_id=await yamato.fetchval("select id from customers"))
    await move.start(yamato.context, who, admin, "anew@other.example")
    token = (await only(yamato, "account_move")).params["token"]
    assert (await accept(yamato, token, **person(2))).body["status"] == "approved"


async def test_each_reader_of_a_withdrawal_is_told_who_it_is_about(yamato: Membership) -> None:
    """R22: the member is not told of themselves as of a colleague, and a name in Latin letters
    stands as the reader's language writes it."""
    owner = await yamato.join()
    foreigner = {**somebody(2), "family_name": "Smith", "given_name": "John"}
    other = await yamato.join(**foreigner)
    await _role(yamato, owner, other, "owner")
    await ask(yamato, other, "PATCH", "/me", {"locale": "en"})
    await invited(yamato, other, role="owner")
    await yamato.mails()
    await _role(yamato, owner, other, "staff")
    mails = [one for one in await yamato.mails() if one.template == "requests_withdrawn"]
    told = {mail.to: mail.params for mail in mails}
    assert told["taro@yamato.example"]["member_name"] == "Smith John"
    assert told["taro@yamato.example"]["about_reader"] is False
    assert told["person2@yamato.example"]["name"] == "John Smith"
    assert told["person2@yamato.example"]["about_reader"] is True


async def test_the_reader_whose_own_account_was_to_be_moved_is_not_listed_by_name(
    yamato: Membership,
) -> None:
    """R7: an owner whose move the vendor's staff or a colleague had begun."""
    owner, admin = await _two(yamato, "admin")
    body = {"email": "person2.new@yamato.example"}
    reply = await ask(yamato, owner, "PUT", f"/company/members/{admin}/email", body)
    assert reply.status in (200, 202), reply.body
    await _role(yamato, owner, admin, "owner")
    mails = [one for one in await yamato.mails() if one.template == "requests_withdrawn"]
    told = {mail.to: mail.params for mail in mails}
    assert told["taro@yamato.example"]["moved"] == ["社員2 花子"]
    assert told["taro@yamato.example"]["move_of_reader"] is False
    assert told["person2@yamato.example"]["moved"] == []
    assert told["person2@yamato.example"]["move_of_reader"] is True


async def test_a_suspension_ends_what_was_asked_for_however_long_ago(yamato: Membership) -> None:
    """R10, R15: a change of address too, and owners are told."""
    owner, admin = await _two(yamato, "admin")
    await invite(yamato, admin, "long@yamato.example")
    await ask(yamato, admin, "PUT", "/me/email", {"email": "admin.new@yamato.example"})
    link = (await only(yamato, "email_change_confirmation")).params["token"]
    await yamato.suspend(admin)
    await yamato.resume(admin)
    async with yamato.auth():
        reply = await yamato.send("POST", "/me/email/confirm", {"token": link})
    assert (reply.status, reply.code) == (422, "email_link_invalid")
    [mail] = [one for one in await yamato.mails() if one.template == "requests_withdrawn"]
    assert (mail.to, mail.params["because"]) == ("taro@yamato.example", "suspended")
    assert (mail.params["change_of_address"], mail.params["invited"]) == (
        True,
        ["long@yamato.example"],
    )
    assert (await seats(yamato, owner))["invitations"] == 0
