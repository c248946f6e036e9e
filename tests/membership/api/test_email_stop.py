"""The link in the notice to the present address: POST /me/email/preview and /me/email/stop (R7,
R10)."""

from uuid import UUID

import pytest

from shared.crypto import random_token
from tests.membership.company import accept, ask, audited, only, person
from tests.membership.conftest import Mail, Membership, applicant
from tests.replies import Reply

NEW = "taro.new@yamato.example"


async def _requested(membership: Membership, by: UUID, email: str = NEW) -> dict[str, Mail]:
    """The mails of a change of address, by template."""
    assert (await ask(membership, by, "PUT", "/me/email", {"email": email})).status == 202
    return {mail.template: mail for mail in await membership.mails()}


async def _stop(membership: Membership, token: str, act: str = "stop") -> Reply:
    return await membership.send("POST", f"/me/email/{act}", {"token": token})


async def _confirm(membership: Membership, token: str) -> Reply:
    async with membership.auth():
        return await membership.send("POST", "/me/email/confirm", {"token": token})


async def test_opening_the_stop_link_changes_nothing_and_stopping_ends_the_change(
    yamato: Membership,
) -> None:
    """R10: no session is needed; the link at the new address is invalid, and owners are told."""
    me = await yamato.join()
    mails = await _requested(yamato, me)
    token = mails["email_change_requested"].params["token"]
    link = mails["email_change_confirmation"].params["token"]
    for _ in range(2):
        shown = await _stop(yamato, token, "preview")
        assert (shown.status, shown.body["kind"], shown.body["state"]) == (
            200,
            "email_change",
            "pending",
        )
    for _ in range(2):
        stopped = await _stop(yamato, token)
        assert (stopped.status, stopped.body["state"]) == (200, "ended")
    assert (await _stop(yamato, token, "preview")).body["state"] == "ended"
    assert (await _confirm(yamato, link)).code == "email_link_invalid"
    told = await only(yamato, "requests_withdrawn")
    assert (told.to, told.params["because"]) == ("taro@yamato.example", "stopped")
    assert (await audited(yamato, "address"))[1:] == ["visitor:address:change_withdrawn:stopped"]


async def test_a_change_that_took_effect_cannot_be_stopped(yamato: Membership) -> None:
    me = await yamato.join()
    mails = await _requested(yamato, me)
    token = mails["email_change_requested"].params["token"]
    await _confirm(yamato, mails["email_change_confirmation"].params["token"])
    assert (await _stop(yamato, token, "preview")).body["state"] == "done"
    reply = await _stop(yamato, token)
    assert (reply.status, reply.code) == (409, "address_changed")
    assert (await yamato.get("/me", me)).body["email"] == NEW


async def test_a_change_that_waits_for_approval_can_be_stopped(yamato: Membership) -> None:
    """R3: the link to the old mailbox works longer than the 24 hours of the new one's."""
    owner, staff = await yamato.join(), await yamato.join(**applicant(2))
    mails = await _requested(yamato, staff, "thief@docomo.ne.jp")
    await _confirm(yamato, mails["email_change_confirmation"].params["token"])
    await yamato.advance("3 days")
    stopped = await _stop(yamato, mails["email_change_requested"].params["token"])
    assert stopped.body["state"] == "ended"
    assert (await yamato.get("/company/approvals", owner)).body["items"] == []


async def test_the_stop_link_works_for_a_suspended_member(yamato: Membership) -> None:
    await yamato.join()
    staff = await yamato.join(**applicant(2))
    token = (await _requested(yamato, staff))["email_change_requested"].params["token"]
    await yamato.suspend(staff)
    assert (await _stop(yamato, token, "preview")).body["state"] == "ended"
    assert (await _stop(yamato, token)).body["state"] == "ended"


async def test_an_address_in_use_looks_like_a_free_one(yamato: Membership) -> None:
    """R4: neither the link nor the answer reveals that the address is in use."""
    me = await yamato.join()
    await yamato.join(**applicant(2))
    mails = await _requested(yamato, me, "person2@yamato.example")
    assert "email_change_confirmation" not in mails
    token = mails["email_change_requested"].params["token"]
    assert (await _stop(yamato, token, "preview")).body["state"] == "pending"
    assert (await _stop(yamato, token)).body["state"] == "ended"
    kept = await yamato.fetchval("select count(*) from email_changes where email <> ''")
    assert kept == 0


@pytest.mark.parametrize("when", ["open", "waiting", "done"])
async def test_a_move_can_be_stopped_from_the_old_mailbox(yamato: Membership, when: str) -> None:
    """R7: the mailbox may not be lost at all, and the move an attempt to take the account."""
    owner, lost = await yamato.join(), await yamato.join(**applicant(2))
    body = {"email": "lost.new@yamato.example"}
    await ask(yamato, owner, "PUT", f"/company/members/{lost}/email", body)
    mails = {mail.template: mail for mail in await yamato.mails()}
    link = mails["account_move"].params["token"]
    token = mails["account_move_requested"].params["token"]
    double = {"family_name": "山田", "given_name": "太郎", "phone": "09000000001"}
    if when != "open":
        await accept(yamato, link, **(double if when == "waiting" else person(2)))
    shown = (await _stop(yamato, token, "preview")).body
    assert (shown["kind"], shown["state"]) == ("move", "done" if when == "done" else "pending")
    reply = await _stop(yamato, token)
    if when == "done":
        assert reply.code == "address_changed"
        return
    assert reply.body["state"] == "ended"
    assert (await accept(yamato, link, **person(2))).code == "invitation_link_invalid"
    assert (await yamato.get("/company/approvals", owner)).body["items"] == []
    assert (await yamato.get("/me", lost)).status == 200


@pytest.mark.parametrize("act", ["preview", "stop"])
async def test_a_token_that_is_no_stop_link_is_refused(yamato: Membership, act: str) -> None:
    """The token that confirms the change too."""
    me = await yamato.join()
    link = (await _requested(yamato, me))["email_change_confirmation"].params["token"]
    for token in (random_token(), link, "ü"):
        reply = await _stop(yamato, token, act)
        assert (reply.status, reply.code) == (422, "email_link_invalid")
    assert (await _confirm(yamato, link)).status == 200
