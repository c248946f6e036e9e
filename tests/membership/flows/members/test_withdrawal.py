"""Invitations and moves end when their sender loses the right to send them (R3, R5, R7, R14,
R17; A38)."""

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
from tests.membership.conftest import Mail, Membership, applicant

DOUBLE = {"family_name": "山田", "given_name": "太郎", "phone": "09000000001"}


async def _two(membership: Membership, role: str = "owner") -> tuple[UUID, UUID]:
    """An owner, and a member with this role."""
    owner, other = await membership.join(), await membership.join(**applicant(2))
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
async def test_a_new_role_withdraws_invitations_that_it_may_not_send(
    yamato: Membership, sender: str, invited_role: str, demoted: str, stays: bool
) -> None:
    """R17, B3: their seats are freed in the same transaction."""
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
async def test_the_senders_role_is_judged_at_use_too(yamato: Membership, role: str) -> None:
    """At preview, acceptance, resend and registration, even if only the row was changed."""
    owner, other = await _two(yamato)
    token = await invited(yamato, other, role="owner")
    await promote(yamato, other, role)
    assert await _preview(yamato, token) == "invitation_link_invalid"
    assert (await accept(yamato, token)).code == "invitation_link_invalid"
    [one] = (await yamato.get("/company/invitations", owner)).body["items"]
    again = await ask(yamato, owner, "POST", f"/company/invitations/{one['id']}/resend")
    assert (again.status, again.code) == (409, "invitation_ended")
    await yamato.join(**{**applicant(99), "email": INVITED})
    given = await yamato.fetchval("select role from members where email = $1", INVITED)
    assert given == "staff", "the registration is judged like any other"
    assert (await ask(yamato, owner, "DELETE", f"/company/invitations/{one['id']}")).status == 204


async def test_a_waiting_invitees_sender_is_judged_at_approval(yamato: Membership) -> None:
    """R4: a probable double, invited as an owner by a sender who is no longer an owner."""
    owner, other = await _two(yamato)
    token = await invited(yamato, other, role="owner")
    assert (await accept(yamato, token, **DOUBLE)).body == {"status": "awaiting_approval"}
    [item] = (await yamato.get("/company/approvals", owner)).body["items"]
    await promote(yamato, other, "admin")
    reply = await ask(yamato, owner, "POST", f"/company/approvals/{item['id']}/approve")
    assert (reply.status, reply.code) == (409, "approval_decided")
    assert (await seats(yamato, owner))["accounts"] == 2


async def test_a_waiting_invitation_ends_with_its_senders_role(yamato: Membership) -> None:
    """B3: its seat is freed at once."""
    owner, other = await _two(yamato)
    token = await invited(yamato, other, role="owner")
    await accept(yamato, token, **DOUBLE)
    await _role(yamato, owner, other, "staff")
    assert (await yamato.get("/company/approvals", owner)).body["items"] == []
    assert (await seats(yamato, owner))["invitations"] == 0
    assert (await accept(yamato, token, **DOUBLE)).code == "invitation_link_invalid"


async def test_a_handover_withdraws_the_former_owners_invitations(
    yamato: Membership,
) -> None:
    """R17: `own_role` gives up ownership in the same request."""
    owner, other = await _two(yamato, "admin")
    token = await invited(yamato, owner, role="admin")
    body = {"role": "owner", "own_role": "admin"}
    async with yamato.auth():
        assert (await ask(yamato, owner, "PATCH", f"/company/members/{other}", body)).status == 200
    assert await _preview(yamato, token) == "invitation_link_invalid"


@pytest.mark.parametrize("end", ["demoted", "suspended", "deleted", "row"])
async def test_a_move_ends_when_its_sender_may_not_move_the_account_any_more(
    yamato: Membership, end: str
) -> None:
    """R7."""
    owner, admin = await _two(yamato, "admin")
    lost = await yamato.join(**applicant(3))
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


async def test_resuming_a_sender_does_not_restore_withdrawn_invitations(yamato: Membership) -> None:
    """R15."""
    _, admin = await _two(yamato, "admin")
    open_, waiting = await invited(yamato, admin), "double@yamato.example"
    token = await invited(yamato, admin, waiting)
    await accept(yamato, token, **DOUBLE)
    await yamato.suspend(admin)
    await yamato.resume(admin)
    for one in (open_, token):
        assert (await accept(yamato, one, **DOUBLE)).code == "invitation_link_invalid"


async def test_invitations_of_a_moved_sender_belong_to_the_new_account(yamato: Membership) -> None:
    """R7: they are judged by its role from then on."""
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


async def test_an_operators_move_has_no_sender_to_judge(yamato: Membership) -> None:
    _, admin = await _two(yamato, "admin")
    who = Operator(customer_id=await yamato.fetchval("select id from customers"))
    await move.start(yamato.context, who, admin, "anew@other.example")
    token = (await only(yamato, "account_move")).params["token"]
    assert (await accept(yamato, token, **person(2))).body["status"] == "approved"


async def test_each_recipient_of_a_withdrawal_mail_is_told_who_it_concerns(
    yamato: Membership,
) -> None:
    """R22: members are not told of themselves as of a colleague, and names in Latin letters are
    ordered as in the recipient's language."""
    owner = await yamato.join()
    foreigner = {**applicant(2), "family_name": "Smith", "given_name": "John"}
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


async def test_a_recipient_whose_own_account_was_to_be_moved_is_not_named(
    yamato: Membership,
) -> None:
    """R7: an owner whose move an operator or a colleague had started."""
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


async def test_a_suspension_ends_requests_however_old_they_are(yamato: Membership) -> None:
    """R10, R15: changes of address too; owners are told."""
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
