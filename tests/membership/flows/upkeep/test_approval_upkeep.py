"""Undecided registrations: daily digests, and their end after 14 days (R1, R3)."""

from typing import Any

from services.membership.flows.company import vendor
from services.membership.flows.upkeep import approval_upkeep
from shared.crypto import new_id
from tests.membership.company import ask, audited, open_wait, promote, seats
from tests.membership.conftest import OPERATORS, Mail, Membership, applicant


async def _lapse(membership: Membership) -> list[Mail]:
    await approval_upkeep.lapse(membership.context)
    return await membership.mails()


async def _digests(membership: Membership) -> list[tuple[str, str, str, Any]]:
    """Each digest's recipient, language, template and number of waiting approvals."""
    await approval_upkeep.tell_approvers(membership.context)
    await approval_upkeep.tell_operators(membership.context)
    mails = await membership.mails()
    return [(mail.to, mail.locale, mail.template, mail.params["count"]) for mail in mails]


async def test_an_undecided_registration_lapses_after_14_days_by_mail(yamato: Membership) -> None:
    """R3: in the applicant's language; no entered data is kept."""
    owner = await yamato.join()
    id = await open_wait(yamato, 2)
    await yamato.execute("update registrations set locale = 'en' where id = $1", id)
    await yamato.advance("13 days 23 hours")
    assert await _lapse(yamato) == []
    await yamato.advance("1 hour")
    [mail] = await _lapse(yamato)
    assert (mail.template, mail.to, mail.locale) == (
        "registration_lapsed",
        "person2@other.example",
        "en",
    )
    assert mail.params.keys() == {"requested_at"}, "nothing that was typed (R1)"
    assert await _lapse(yamato) == []
    row = await yamato.fetchrow(
        "select state, registrations::text as kept from registrations where id = $1", id
    )
    assert row["state"] == "lapsed"
    assert not any(word in row["kept"] for word in ("社員2", "花子", "person2", "0900000"))
    reply = await ask(yamato, owner, "POST", f"/company/approvals/{id}/approve")
    assert (reply.status, reply.code) == (409, "approval_decided")
    assert await audited(yamato, "approval") == ["system:approval:lapsed"]
    assert (await seats(yamato, owner))["used"] == 1


async def test_a_registration_that_waits_for_operators_lapses_too(yamato: Membership) -> None:
    """R1: also one without a known customer."""
    await open_wait(yamato, 2, customer_code="?")
    await open_wait(yamato, 3, customer_phone="0300009999")
    await yamato.advance("14 days")
    assert [mail.template for mail in await _lapse(yamato)] == ["registration_lapsed"] * 2


async def test_each_approver_gets_one_digest_a_day(yamato: Membership) -> None:
    """R1: to active owners and admins, each in their language."""
    await yamato.join()
    admin, staff = await yamato.join(**applicant(2)), await yamato.join(**applicant(3))
    gone = await yamato.join(**applicant(4))
    await promote(yamato, admin, "admin")
    await promote(yamato, gone, "admin")
    await yamato.suspend(gone)
    await yamato.execute("update members set locale = 'en' where id = $1", admin)
    assert await yamato.fetchval("select role from members where id = $1", staff) == "staff"
    assert await _digests(yamato) == [], "nothing waits"
    await open_wait(yamato, 5)
    assert await _digests(yamato) == [
        ("taro@yamato.example", "ja", "approvals_waiting", 1),
        ("person2@yamato.example", "en", "approvals_waiting", 1),
    ]
    await open_wait(yamato, 6)
    await yamato.advance("23 hours")
    assert await _digests(yamato) == []
    await yamato.advance("1 hour")
    assert [digest[-1] for digest in await _digests(yamato)] == [2, 2]


async def test_a_decided_registration_is_in_no_digest(yamato: Membership) -> None:
    owner = await yamato.join()
    id = await open_wait(yamato, 2)
    await ask(yamato, owner, "POST", f"/company/approvals/{id}/reject", {"reason": "other"})
    await yamato.mails()
    assert await _digests(yamato) == []


async def test_operators_get_one_digest_a_day_of_registrations_for_them(yamato: Membership) -> None:
    """R1: and the company's approvers do not."""
    await yamato.join()
    await open_wait(yamato, 2, customer_code="?")
    await open_wait(yamato, 3, customer_phone="0300009999")
    assert await _digests(yamato) == [(OPERATORS, "ja", "operator_approvals_waiting", 2)]
    assert await _digests(yamato) == []
    await yamato.advance("1 day")
    assert await _digests(yamato) == [(OPERATORS, "ja", "operator_approvals_waiting", 2)]


async def test_the_operators_digest_counts_waiting_addresses_too(yamato: Membership) -> None:
    """R3, R10: an only owner cannot approve their own address."""
    owner = await yamato.join()
    await ask(yamato, owner, "PUT", "/me/email", {"email": "taro@docomo.ne.jp"})
    token = (await yamato.mails())[0].params["token"]
    await yamato.send("POST", "/me/email/confirm", {"token": token})
    assert await _digests(yamato) == [(OPERATORS, "ja", "operator_approvals_waiting", 1)]
    await yamato.advance("14 days")
    assert await _lapse(yamato) == []
    assert await _digests(yamato) == []
    assert await audited(yamato, "approval") == ["system:approval:lapsed"]


async def test_a_registration_without_any_approver_left_waits_for_an_operator(
    yamato: Membership,
) -> None:
    """R3: until the company has an approver again, who then gets a digest the same day."""
    owner = await yamato.join()
    await open_wait(yamato, 2)
    await yamato.suspend(owner)
    assert await _digests(yamato) == [(OPERATORS, "ja", "operator_approvals_waiting", 1)]
    [one] = await vendor.list_waiting(yamato.context, new_id())
    assert (one.customer_code, one.email) == ("A-1001", "person2@other.example")
    await yamato.resume(owner)
    await yamato.mails()
    assert await vendor.list_waiting(yamato.context, new_id()) == []
    assert await _digests(yamato) == [("taro@yamato.example", "ja", "approvals_waiting", 1)]


async def test_a_digest_counts_only_what_its_recipient_may_decide(yamato: Membership) -> None:
    """R3: an admin's address waits for the owner; without another owner, for an operator."""
    owner, admin = await yamato.join(), await yamato.join(**applicant(2))
    await promote(yamato, admin, "admin")
    await ask(yamato, admin, "PUT", "/me/email", {"email": "hanako@docomo.ne.jp"})
    token = (await yamato.mails())[0].params["token"]
    await yamato.send("POST", "/me/email/confirm", {"token": token})
    assert await _digests(yamato) == [("taro@yamato.example", "ja", "approvals_waiting", 1)]
    await promote(yamato, owner, "staff")
    await promote(yamato, admin, "owner")
    await yamato.advance("1 day")
    assert await _digests(yamato) == [(OPERATORS, "ja", "operator_approvals_waiting", 1)]
    [one] = await vendor.list_waiting(yamato.context, new_id())
    assert one.email == "hanako@docomo.ne.jp"
