"""A change of one's own address: PUT /me/email and its link (R10, R3, R4)."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from shared.crypto import random_token
from tests.membership.company import ask, audited, invite, only, promote, seats
from tests.membership.conftest import IMPATIENT, MINATO, Mail, Membership, applicant
from tests.replies import Reply

NEW = "Taro.New@yamato.example"
PERSONAL = "taro@docomo.ne.jp"


async def _request(membership: Membership, by: UUID, email: str = NEW) -> Reply:
    return await ask(membership, by, "PUT", "/me/email", {"email": email})


async def _link(membership: Membership, by: UUID, email: str = NEW) -> str:
    await _request(membership, by, email)
    return (await only(membership, "email_change_confirmation")).params["token"]  # type: ignore[no-any-return]


async def _confirm(membership: Membership, token: str) -> Reply:
    async with membership.auth():
        return await membership.send("POST", "/me/email/confirm", {"token": token})


async def _waits(membership: Membership, by: UUID) -> str:
    """Request a personal address and confirm it; the path of the approval that now waits."""
    reply = await _confirm(membership, await _link(membership, by, PERSONAL))
    assert (reply.status, reply.body) == (200, {"status": "awaiting_approval"})
    id = await membership.fetchval("select id from email_changes where state = 'waiting'")
    return f"/company/approvals/{id}"


async def _email(membership: Membership, id: UUID) -> str:
    return (await membership.get("/me", id)).body["email"]  # type: ignore[no-any-return]


def _sent(mails: list[Mail]) -> list[tuple[str, str, str]]:
    return sorted((mail.template, mail.to, mail.locale) for mail in mails)


async def test_a_change_is_confirmed_at_the_new_address_and_announced_at_the_old(
    yamato: Membership,
) -> None:
    """R10: nothing changes before the link is used; used again, it gives the same answer."""
    me = await yamato.join()
    reply = await _request(yamato, me)
    assert (reply.status, reply.body) == (202, {"status": "requested"})
    mails = {mail.template: mail for mail in await yamato.mails()}
    notice, link = mails["email_change_requested"], mails["email_change_confirmation"]
    assert (notice.to, link.to) == ("taro@yamato.example", NEW)
    assert notice.params["new_email"] == "T***@yamato.example"
    assert await _email(yamato, me) == "taro@yamato.example"
    for _ in range(2):
        done = await _confirm(yamato, link.params["token"])
        assert (done.status, done.body) == (200, {"status": "changed"})
    assert await _email(yamato, me) == NEW
    assert [(one.member_id, one.email) for one in yamato.told][-1] == (me, NEW)
    assert _sent(await yamato.mails()) == [
        ("email_changed", NEW, "ja"),
        ("email_changed", "taro@yamato.example", "ja"),
    ]
    assert await audited(yamato, "address") == [
        "owner:address:change_requested",
        "owner:address:changed",
    ]


@IMPATIENT
async def test_the_change_is_answered_as_pending_until_auth_confirms_it(yamato: Membership) -> None:
    me = await yamato.join()
    token = await _link(yamato, me)
    for _ in range(2):
        reply = await yamato.send("POST", "/me/email/confirm", {"token": token})
        assert (reply.status, reply.body) == (202, {"status": "changing"})
    assert (await yamato.get("/me", me)).body["state"] == "changing"
    await yamato.send_receipts()
    assert (await _confirm(yamato, token)).body == {"status": "changed"}


async def test_members_may_change_the_spelling_of_their_address(yamato: Membership) -> None:
    """R4: letter case makes no other address, so its holder may use it."""
    me = await yamato.join()
    token = await _link(yamato, me, "TARO@yamato.example")
    assert (await _confirm(yamato, token)).body == {"status": "changed"}
    assert await _email(yamato, me) == "TARO@yamato.example"


async def test_the_answer_is_the_same_for_free_and_used_addresses(yamato: Membership) -> None:
    """R1, R4, T15: the holder of the address is told at the stored one, in their language."""
    await yamato.customers(MINATO)
    me, colleague = await yamato.join(), await yamato.join(**applicant(2))
    await yamato.join(customer_code="A-1003", customer_phone="0450001003", email="Jo@minato.test")
    await yamato.execute("update members set locale = 'en' where id <> $1", me)
    emails = [NEW, "taro@yamato.example", "person2@yamato.example", "jo@minato.test", PERSONAL]
    replies = [await _request(yamato, me, email) for email in emails]
    assert {(reply.status, reply.text) for reply in replies} == {(202, '{"status":"requested"}')}
    mails = await yamato.mails()
    assert _sent(mails) == [
        ("email_change_confirmation", NEW, "ja"),
        ("email_change_confirmation", PERSONAL, "ja"),
        *[("email_change_requested", "taro@yamato.example", "ja")] * 5,
        ("email_in_use", "Jo@minato.test", "en"),
        ("email_in_use", "person2@yamato.example", "en"),
    ]
    in_use = [mail for mail in mails if mail.template == "email_in_use"]
    assert in_use[0].params.keys() == {"name", "requested_at"}
    assert in_use[0].subject_id == colleague


@pytest.mark.parametrize("second", ["other@yamato.example", "person2@yamato.example"])
async def test_a_second_request_ends_the_first(yamato: Membership, second: str) -> None:
    """R1: even if the second address has an account; otherwise the first link would reveal it."""
    me = await yamato.join()
    await yamato.join(**applicant(2))
    first = await _link(yamato, me)
    await _request(yamato, me, second)
    assert (await _confirm(yamato, first)).code == "email_link_invalid"


async def test_every_invalid_link_gets_the_same_answer(yamato: Membership) -> None:
    """A23, A29: expired, unknown, or of a suspended or deleted member."""
    me, other = await yamato.join(), await yamato.join(**applicant(2))
    suspended = await _link(yamato, other, "neu@yamato.example")
    await yamato.suspend(other)
    expired = await _link(yamato, me)
    replies = [await _confirm(yamato, suspended)]
    await yamato.advance("24 hours")
    replies += [await _confirm(yamato, token) for token in (expired, random_token(), "", "あ")]
    for reply in replies:
        reply.body.pop("request_id")
    assert {(reply.status, reply.code) for reply in replies} == {(422, "email_link_invalid")}
    assert all(reply.body == replies[0].body for reply in replies)


async def test_a_personal_address_needs_another_approvers_permission(yamato: Membership) -> None:
    """R3, R10: the requester sees the approval and cannot decide on it; approved, it changes."""
    owner, admin = await yamato.join(), await yamato.join(**applicant(2))
    await promote(yamato, admin, "admin")
    path = await _waits(yamato, admin)
    shown = {}
    for by in (owner, admin):
        [item] = (await yamato.get("/company/approvals", by)).body["items"]
        shown[by] = item
        assert (item["kind"], item["email"]) == ("email_change", PERSONAL)
        assert item["current_email"] == "person2@yamato.example"
        assert (item["reasons"], item["doubles"]) == (["personal_address"], [])
    assert (shown[owner]["mine"], shown[admin]["mine"]) == (False, True)
    own = await ask(yamato, admin, "POST", f"{path}/approve")
    assert (own.status, own.code) == (409, "own_account")
    assert await _email(yamato, admin) == "person2@yamato.example"
    await yamato.mails()
    assert (await ask(yamato, owner, "POST", f"{path}/approve")).status == 204
    assert await _email(yamato, admin) == PERSONAL
    assert _sent(await yamato.mails()) == [
        ("email_changed", "person2@yamato.example", "ja"),
        ("email_changed", PERSONAL, "ja"),
    ]
    assert (await ask(yamato, owner, "POST", f"{path}/approve")).code == "approval_decided"
    assert (await audited(yamato, "address"))[1:] == [
        "admin:address:change_waits",
        "owner:address:change_approved",
        "owner:address:changed",
    ]


async def test_a_rejection_is_mailed_to_the_present_address(yamato: Membership) -> None:
    """R3: and the requested address is deleted."""
    owner, admin = await yamato.join(), await yamato.join(**applicant(2))
    await promote(yamato, admin, "admin")
    path = await _waits(yamato, admin)
    rejection = {"reason": "not_permitted", "note": "会社のものを"}
    assert (await ask(yamato, owner, "POST", f"{path}/reject", rejection)).status == 204
    mail = await only(yamato, "email_change_rejected")
    assert mail.to == "person2@yamato.example"
    assert (mail.params["reason"], mail.params["note"]) == ("not_permitted", "会社のものを")
    assert await _email(yamato, admin) == "person2@yamato.example"
    kept = await yamato.fetchval("select string_agg(c::text, '') from email_changes as c")
    assert PERSONAL not in kept


async def test_the_only_approvers_own_change_waits_for_an_operator(yamato: Membership) -> None:
    """R3: members cannot approve their own address."""
    owner = await yamato.join()
    await _waits(yamato, owner)
    assert await yamato.fetchval("select waits_for from email_changes") == "operator"
    assert (await yamato.get("/company/approvals", owner)).body["items"] == []


async def test_a_waiting_change_cannot_be_approved_once_the_address_has_an_account(
    yamato: Membership,
) -> None:
    """R4."""
    await yamato.customers(MINATO)
    owner, admin = await yamato.join(), await yamato.join(**applicant(2))
    await promote(yamato, admin, "admin")
    path = await _waits(yamato, admin)
    await yamato.execute("update members set email_key = $2 where id = $1", owner, PERSONAL)
    assert (await ask(yamato, owner, "POST", f"{path}/approve")).code == "approval_decided"
    assert await _email(yamato, admin) == "person2@yamato.example"


@pytest.mark.parametrize("code", ["A-1001", "A-1003"])
async def test_of_two_members_who_want_one_address_only_one_gets_it(
    yamato: Membership, code: str
) -> None:
    """R4: in parallel too, in one company or two; the other is refused."""
    await yamato.customers(MINATO.replace("minato.test", "yamato.example"))
    other: dict[str, Any] = applicant(2)
    if code == "A-1003":
        other |= {"customer_code": code, "customer_phone": "0450001003"}
    both = [await yamato.join(), await yamato.join(**other)]
    tokens = [await _link(yamato, both[0])]
    await yamato.advance("61 seconds")
    tokens.append(await _link(yamato, both[1]))
    replies = await asyncio.gather(*(_confirm(yamato, token) for token in tokens))
    assert sorted(reply.status for reply in replies) == [200, 422]
    assert {reply.code for reply in replies if reply.status == 422} == {"email_link_invalid"}
    assert sorted([await _email(yamato, one) for one in both])[0] == NEW


async def test_a_change_ends_the_invitation_of_its_address(yamato: Membership) -> None:
    """R5: it cannot be accepted any more, so it holds no seat."""
    me = await yamato.join()
    await invite(yamato, me, NEW)
    await _confirm(yamato, await _link(yamato, me))
    assert (await seats(yamato, me))["used"] == 1
    assert (await audited(yamato, "invitation"))[1:] == ["owner:invitation:withdrawn:address_taken"]


async def _preview(membership: Membership, token: str, language: str = "ja") -> Reply:
    return await membership.send(
        "POST", "/me/email/confirm/preview", {"token": token}, **{"Accept-Language": language}
    )


async def test_opening_the_link_shows_the_change_and_changes_nothing(yamato: Membership) -> None:
    """R10: a mail scanner opens links; only the button of the page confirms."""
    me = await yamato.join()
    token = await _link(yamato, me)
    rows = "select (select string_agg(c::text, '') from email_changes as c) || count(*) from outbox"
    before = await yamato.fetchval(rows)
    expires_at = await yamato.fetchval("select expires_at from email_changes")
    for _ in range(2):
        reply = await _preview(yamato, token)
        assert datetime.fromisoformat(reply.body.pop("expires_at")) == expires_at
        assert (reply.status, reply.body) == (
            200,
            {"state": "pending", "name": "山田 太郎", "email": NEW},
        )
    assert await yamato.fetchval(rows) == before
    assert await _email(yamato, me) == "taro@yamato.example"
    assert (await _confirm(yamato, token)).body == {"status": "changed"}
    used = (await _preview(yamato, token)).body
    assert used.keys() == {"state", "expires_at"}
    assert used["state"] == "confirmed"


async def test_a_preview_writes_the_name_for_the_reader_of_the_page(yamato: Membership) -> None:
    """R22."""
    me = await yamato.join(family_name="Smith", given_name="John")
    token = await _link(yamato, me)
    names = [(await _preview(yamato, token, language)).body["name"] for language in ("ja", "en")]
    assert names == ["Smith John", "John Smith"]


async def test_the_preview_of_a_change_that_waits_says_only_that_it_was_confirmed(
    yamato: Membership,
) -> None:
    """R3."""
    me = await yamato.join()
    token = await _link(yamato, me, PERSONAL)
    assert (await _preview(yamato, token)).body["email"] == PERSONAL
    await _confirm(yamato, token)
    assert (await _preview(yamato, token)).body["state"] == "confirmed"


async def test_a_change_in_the_spelling_of_the_own_address_has_a_preview(
    yamato: Membership,
) -> None:
    """R4: its holder may use it."""
    token = await _link(yamato, await yamato.join(), "TARO@yamato.example")
    assert (await _preview(yamato, token)).body["email"] == "TARO@yamato.example"


async def test_a_link_that_cannot_be_confirmed_has_no_preview(yamato: Membership) -> None:
    """A23, A29: of a suspended member, replaced, stopped, of an address that has an account since,
    expired, or unknown."""
    me, other = await yamato.join(), await yamato.join(**applicant(2))
    suspended = await _link(yamato, other, "neu@yamato.example")
    assert (await _preview(yamato, suspended)).status == 200
    await yamato.suspend(other)
    replaced = await _link(yamato, me, "erst@yamato.example")
    await _request(yamato, me, "person3@yamato.example")
    mails = {mail.template: mail for mail in await yamato.mails()}
    taken = mails["email_change_confirmation"].params["token"]
    stop = mails["email_change_requested"].params["token"]
    assert (await _preview(yamato, taken)).status == 200
    await yamato.join(**applicant(3))
    tokens = [suspended, replaced, taken, stop, random_token(), "", "あ"]
    replies = [await _preview(yamato, token) for token in tokens]
    assert [(await _confirm(yamato, token)).code for token in tokens] == [
        "email_link_invalid"
    ] * len(tokens)
    expired = await _link(yamato, me)
    await yamato.advance("24 hours")
    replies.append(await _preview(yamato, expired))
    for reply in replies:
        reply.body.pop("request_id")
    assert {(reply.status, reply.code) for reply in replies} == {(422, "email_link_invalid")}
    assert all(reply.body == replies[0].body for reply in replies)


async def _pending(membership: Membership, by: UUID) -> Any:
    return (await membership.get("/me", by)).body["email_change"]


@pytest.mark.parametrize("email", [NEW, "person2@yamato.example"])
async def test_the_account_shows_a_change_until_it_ends(yamato: Membership, email: str) -> None:
    """R10, R1: even one that cannot take effect, because another account has the address."""
    me, other = await yamato.join(), await yamato.join(**applicant(2))
    assert await _pending(yamato, me) is None
    await _request(yamato, me, email)
    pending = await _pending(yamato, me)
    ends_at = datetime.fromisoformat(pending.pop("ends_at"))
    assert pending == {"state": "unconfirmed", "email": email}
    assert ends_at == await yamato.fetchval("select expires_at from email_changes")
    assert await _pending(yamato, other) is None
    await yamato.advance("24 hours")
    assert await _pending(yamato, me) is None


async def test_the_account_shows_that_a_change_waits_for_approval(yamato: Membership) -> None:
    """R3, R10."""
    me = await yamato.join()
    await _waits(yamato, me)
    pending = await _pending(yamato, me)
    confirmed_at = await yamato.fetchval("select confirmed_at from email_changes")
    assert datetime.fromisoformat(pending.pop("ends_at")) == confirmed_at + timedelta(days=14)
    assert pending == {"state": "waiting", "email": PERSONAL}


async def test_its_member_withdraws_a_change_in_every_state(yamato: Membership) -> None:
    """R10: its links do nothing afterwards, and its approval is gone."""
    me, approver = await yamato.join(), await yamato.join(**applicant(2))
    await promote(yamato, approver, "admin")
    token = await _link(yamato, me)
    for _ in range(2):
        reply = await ask(yamato, me, "DELETE", "/me/email")
        assert (reply.status, reply.text) == (204, "")
    assert await _pending(yamato, me) is None
    assert (await _confirm(yamato, token)).code == "email_link_invalid"
    approval = await _waits(yamato, me)
    assert (await ask(yamato, me, "DELETE", "/me/email")).status == 204
    assert (await ask(yamato, approver, "POST", f"{approval}/approve")).code == "approval_decided"
    assert await _email(yamato, me) == "taro@yamato.example"
    assert (await audited(yamato, "address")).count("owner:address:change_withdrawn") == 2
    assert await yamato.fetchval("select count(*) from email_changes where email <> ''") == 0
