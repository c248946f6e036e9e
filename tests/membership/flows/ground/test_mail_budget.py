"""Mails that other people may cause to be sent to a mailbox (R1, A44): two budgets for each."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.membership.domain.company.mail_budgets import Cause, Caused
from services.membership.flows.joining import invitation, registration
from services.membership.flows.upkeep import retention
from services.membership.storage.company import caused_mails
from shared.crypto import sha256
from shared.db import Connection
from tests.meeting import Meeting
from tests.membership.company import INVITED, ask, audited, invite, promote
from tests.membership.conftest import MINATO, Mail, Membership, applicant, form
from tests.replies import Reply

STRANGER, OWNER = "192.0.2.1", "198.51.100.7"
VICTIM = "hanako@victim.example"


async def _register(membership: Membership, network: str, **entered: Any) -> None:
    headers = {"Test-Network": network}
    reply = await membership.send(
        "POST", "/registrations", form(**{"email": VICTIM, **entered}), **headers
    )
    assert (reply.status, reply.body["status"]) == (202, "accepted")
    await membership.do_own_messages()


async def _pass_minutes(membership: Membership, minutes: int) -> list[Mail]:
    """The mails of the next minutes; in each minute waiting mails are sent as far as possible."""
    for _ in range(minutes):
        await membership.advance("61 seconds")
        await registration.send_waiting(membership.context)
        await invitation.send_waiting(membership.context)
    return await membership.mails()


async def _family_names(membership: Membership, mails: list[Mail]) -> list[str]:
    """The applicants' family names, found by the mailed links: the mails carry no name."""
    query = "select family_name from registrations where token_sha256 = $1"
    return [await membership.fetchval(query, sha256(mail.params["token"])) for mail in mails]


async def _resend(membership: Membership, by: UUID) -> Reply:
    [one] = (await membership.get("/company/invitations", by)).body["items"]
    return await ask(membership, by, "POST", f"/company/invitations/{one['id']}/resend")


def _refused(reply: Reply, email: str = INVITED) -> float:
    """Seconds until the next mail is allowed, from the problem's Retry-After."""
    assert (reply.status, reply.code) == (429, "too_many_mails_to_address"), reply.body
    assert reply.body["email"] == email
    return int(reply.headers["Retry-After"])


async def test_inviting_and_withdrawing_in_turn_sends_three_mails_an_hour(
    yamato: Membership,
) -> None:
    """Without the budget 40 rounds sent 40 mails to an uninvolved person."""
    owner = await yamato.join()
    sent = refused = 0
    for _ in range(40):
        reply = await invite(yamato, owner, INVITED)
        if reply.status == 201:
            sent += 1
            [one] = reply.body["invitations"]
            await ask(yamato, owner, "DELETE", f"/company/invitations/{one['id']}")
        else:
            refused += 1
            wait = _refused(reply)
            if sent == 3:
                break
            assert 0 < wait <= 60
            await yamato.advance(f"{wait} seconds")
    assert (sent, refused) == (3, 3)
    assert len([mail for mail in await yamato.mails() if mail.to == INVITED]) == 3
    assert 3400 < wait <= 3600
    await yamato.advance(f"{wait} seconds")
    assert (await invite(yamato, owner, INVITED)).status == 201


async def test_repeated_resending_is_refused_with_the_time_to_wait(
    yamato: Membership,
) -> None:
    """Without the budget 20 in a row were sent."""
    owner = await yamato.join()
    await invite(yamato, owner, INVITED)
    replies = []
    for _ in range(20):
        replies.append((await _resend(yamato, owner)).status)
        await yamato.advance("61 seconds")
    assert replies == [429, 200, 200, *[429] * 17]
    assert len([mail for mail in await yamato.mails() if mail.to == INVITED]) == 3
    assert (await audited(yamato, "invitation")).count("owner:invitation:sent_again") == 2


@pytest.mark.parametrize("known", [False, True])
async def test_requested_changes_of_address_mail_a_stranger_three_times_an_hour(
    yamato: Membership, known: bool
) -> None:
    """Without the budget it was 60. No answer reveals whether the address has an account."""
    await yamato.customers(MINATO)
    owner = await yamato.join()
    reader = "hanako@minato.test"
    if known:
        await yamato.join(customer_code="A-1003", customer_phone="0450001003", email=reader)
    statuses = []
    for _ in range(10):
        reply = await ask(yamato, owner, "PUT", "/me/email", {"email": reader})
        statuses.append(reply.status)
        await yamato.advance("61 seconds")
    assert statuses == [202] * 3 + [429] * 7
    mails = await yamato.mails()
    assert len([mail for mail in mails if mail.to == reader]) == 3
    requested = [mail for mail in mails if mail.template == "email_change_requested"]
    assert len(requested) == 3, "a refused request changes and announces nothing"


@pytest.mark.parametrize(
    "spelling", ["NEU@yamato.example", "ｎｅｕ＠yamato.example", "neu+liste@Yamato.example"]
)
async def test_another_spelling_of_an_address_is_the_same_mailbox(
    yamato: Membership, spelling: str
) -> None:
    owner = await yamato.join()
    await invite(yamato, owner, INVITED)
    await ask(yamato, owner, "PUT", "/me/email", {"email": spelling})
    await yamato.advance("61 seconds")
    await ask(yamato, owner, "PUT", "/me/email", {"email": spelling})
    await yamato.advance("61 seconds")
    assert (await _resend(yamato, owner)).status == 429


async def test_mails_caused_by_strangers_and_by_members_have_separate_budgets(
    yamato: Membership,
) -> None:
    """Two mails of one kind are at least 60 seconds apart."""
    owner = await yamato.join()
    for _ in range(3):
        await _register(yamato, STRANGER, email=INVITED)
    assert (await invite(yamato, owner, INVITED)).status == 201
    assert (await ask(yamato, owner, "PUT", "/me/email", {"email": INVITED})).status == 202
    assert (await ask(yamato, owner, "PUT", "/me/email", {"email": INVITED})).status == 429


async def test_one_address_over_budget_refuses_the_whole_list_and_is_named(
    yamato: Membership,
) -> None:
    owner = await yamato.join()
    await ask(yamato, owner, "PUT", "/me/email", {"email": "b@yamato.example"})
    for _ in range(2):
        await yamato.advance("61 seconds")
        await ask(yamato, owner, "PUT", "/me/email", {"email": "b@yamato.example"})
    await yamato.mails()
    people = [f"{letter}@yamato.example" for letter in "abc"]
    assert 3400 < _refused(await invite(yamato, owner, *people), "b@yamato.example") <= 3600
    assert await yamato.mails() == []
    assert await yamato.fetchval("select count(*) from invitations") == 0
    assert (await invite(yamato, owner, "a@yamato.example", "c@yamato.example")).status == 201


async def test_refused_and_repeated_requests_are_not_charged(yamato: Membership) -> None:
    owner = await yamato.join()
    charged = "select count(*) from caused_mails where cause = 'member'"
    refused = await invite(yamato, owner, INVITED, "taro@yamato.example")
    assert refused.code == "already_member"
    assert await yamato.fetchval(charged) == 0
    body = {"invitations": [{"email": INVITED}]}
    key = {"Idempotency-Key": "one"}
    replies = [
        await ask(yamato, owner, "POST", "/company/invitations", body, **key) for _ in range(5)
    ]
    assert {(reply.status, reply.text) for reply in replies} == {(201, replies[0].text)}
    assert await yamato.fetchval(charged) == 1


async def _race(membership: Membership) -> list[int]:
    """Two companies invite one person at the same moment."""
    await membership.customers(MINATO)
    yamato = await membership.join()
    minato = await membership.join(
        customer_code="A-1003", customer_phone="0450001003", email="x@minato.test"
    )
    replies = await asyncio.gather(*(invite(membership, by, VICTIM) for by in (yamato, minato)))
    return sorted(reply.status for reply in replies)


async def test_two_companies_at_once_share_the_mailboxs_budget(yamato: Membership) -> None:
    assert await _race(yamato) == [201, 429]


async def test_without_the_mailboxs_lock_both_mails_are_sent(
    yamato: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that the race above is real."""

    async def lock_nothing(_connection: Connection, _mailbox: bytes, _cause: Cause) -> None:
        await asyncio.sleep(0)

    listed, meeting = caused_mails.list_of_mailbox, Meeting()

    async def together(connection: Connection, mailbox: bytes, cause: Cause) -> list[Caused]:
        found = await listed(connection, mailbox, cause)
        if cause == "member":
            await meeting.wait()
        return found

    monkeypatch.setattr(caused_mails, "lock", lock_nothing)
    monkeypatch.setattr(caused_mails, "list_of_mailbox", together)
    assert await _race(yamato) == [201, 201]


async def test_fifty_requests_at_once_send_one_mail(yamato: Membership) -> None:
    owner = await yamato.join()
    await invite(yamato, owner, INVITED)
    await yamato.advance("61 seconds")
    replies = await asyncio.gather(*(_resend(yamato, owner) for _ in range(50)))
    assert sorted(reply.status for reply in replies) == [200, *[429] * 49]
    assert len([mail for mail in await yamato.mails() if mail.to == INVITED]) == 2


async def _spend(membership: Membership, number: int) -> None:
    """Charge the company with this many mails to other people, sent at this moment."""
    await membership.execute(
        """
        insert into caused_mails (id, mailbox, cause, kind, subject_id, customer_id, sent_at)
        select uuidv7(), sha256(n::text::bytea), 'member', 'invitation', uuidv7(), customers.id,
            clock_now()
        from generate_series(1, $1::int) as n, customers
        """,
        number,
    )


async def test_invitations_above_the_companys_hourly_budget_wait(
    yamato: Membership,
) -> None:
    """The budget: max(60, 2 x seats) an hour. A link's lifetime begins when it is sent."""
    owner = await yamato.join()
    await _spend(yamato, 59)
    reply = await invite(yamato, owner, *(f"{letter}@yamato.example" for letter in "abc"))
    assert reply.status == 201
    assert [mail.to for mail in await yamato.mails()] == ["a@yamato.example"]
    full = await ask(
        yamato, owner, "POST", f"/company/invitations/{reply.body['invitations'][1]['id']}/resend"
    )
    assert (full.status, full.code) == (429, "too_many_mails_of_company")
    assert 3500 < int(full.headers["Retry-After"]) <= 3600

    third = reply.body["invitations"][2]
    await ask(yamato, owner, "DELETE", f"/company/invitations/{third['id']}")
    assert await _pass_minutes(yamato, 30) == []
    mails = await _pass_minutes(yamato, 35)
    assert [mail.to for mail in mails] == ["b@yamato.example"], "the third was withdrawn"
    now = await yamato.fetchval("select clock_now()")
    lives = await yamato.fetchval(
        "select expires_at from invitations where email = 'b@yamato.example'"
    )
    assert lives > now + timedelta(days=6, hours=23)
    assert await yamato.fetchval("select count(*) from caused_mails where sent_at is null") == 0


@pytest.mark.parametrize("end", ["suspended", "deleted", "withdrawn", "joined"])
async def test_a_waiting_mail_of_an_ended_invitation_blocks_no_other_company(
    yamato: Membership, end: str
) -> None:
    """Otherwise a suspended sender's mail would wait for a week, and no company could invite the
    person in that time."""
    await yamato.customers(MINATO)
    owner, admin = await yamato.join(), await yamato.join(**applicant(2))
    await promote(yamato, admin, "admin")
    await _spend(yamato, 60)
    reply = await invite(yamato, admin, INVITED)
    assert (reply.status, await yamato.mails()) == (201, [])
    if end == "suspended":
        await yamato.suspend(admin)
    elif end == "deleted":
        await yamato.delete(admin)
    elif end == "withdrawn":
        [one] = reply.body["invitations"]
        await ask(yamato, owner, "DELETE", f"/company/invitations/{one['id']}")
    else:
        await yamato.join(**{**applicant(3), "email": INVITED})
    await invitation.send_waiting(yamato.context)
    assert await yamato.fetchval("select count(*) from caused_mails where sent_at is null") == 0
    await yamato.advance("61 minutes")
    await yamato.mails()
    other = await yamato.join(
        customer_code="A-1003", customer_phone="0450001003", email="x@minato.test"
    )
    assert (await invite(yamato, other, INVITED)).status == 201
    await invitation.send_waiting(yamato.context)
    assert len([mail for mail in await yamato.mails() if mail.to == INVITED]) == 1


async def test_a_company_over_its_budget_delays_no_other_company(yamato: Membership) -> None:
    """More than the hundred oldest waiting mails are considered, because none of those may go."""
    await yamato.customers(MINATO)
    owner = await yamato.join()
    other = await yamato.join(
        customer_code="A-1003", customer_phone="0450001003", email="x@minato.test"
    )
    await yamato.execute("update customers set seat_limit = 120")
    await _spend(yamato, 240)
    for page in range(3):
        people = [f"n{number}@yamato.example" for number in range(page * 35, page * 35 + 35)]
        assert (await invite(yamato, owner, *people)).status == 201
    assert (await invite(yamato, other, "neu@minato.test")).status == 201
    spent = "delete from caused_mails where sent_at is not null and customer_id = (%s)"
    await yamato.execute(spent % "select id from customers where code = 'A-1003'")
    await yamato.mails()
    await invitation.send_waiting(yamato.context)
    assert [mail.to for mail in await yamato.mails()] == ["neu@minato.test"]


async def test_a_list_with_two_spellings_of_one_mailbox_is_refused(yamato: Membership) -> None:
    """Otherwise three spellings of one mailbox would get three mails at once."""
    owner = await yamato.join()
    people = ["neu+1@yamato.example", "a@yamato.example", "ＮＥＵ+2@yamato.example"]
    reply = await invite(yamato, owner, *people)
    assert (reply.status, reply.code) == (429, "too_many_mails_to_address")
    assert reply.body["email"].startswith(("neu+1", "NEU+2"))
    assert await yamato.mails() == []
    assert (await invite(yamato, owner, *people[:2])).status == 201
    await yamato.advance("61 seconds")
    assert (await invite(yamato, owner, people[2])).status == 201


async def test_more_seats_allow_more_mails(yamato: Membership) -> None:
    owner = await yamato.join()
    await yamato.execute("update customers set seat_limit = 40")
    await _spend(yamato, 78)
    await invite(yamato, owner, "a@yamato.example", "b@yamato.example", "c@yamato.example")
    assert len(await yamato.mails()) == 2


async def test_notices_are_sent_in_spite_of_an_exhausted_budget(yamato: Membership) -> None:
    """A member is told of changes to their account however many mails others have caused."""
    owner = await yamato.join()
    second = await yamato.join(**applicant(2))
    await promote(yamato, owner, "owner")
    for number in range(3):
        await ask(yamato, owner, "PUT", "/me/email", {"email": "person2@yamato.example"})
        await yamato.advance(f"{61 + number} seconds")
    await yamato.mails()
    for role in ("admin", "staff", "admin", "staff"):
        async with yamato.auth():
            path = f"/company/members/{second}"
            assert (await ask(yamato, owner, "PATCH", path, {"role": role})).status == 200
    told = [mail for mail in await yamato.mails() if mail.template == "role_changed"]
    assert len(told) == 4


async def test_a_stranger_can_delay_a_registration_but_not_prevent_it(yamato: Membership) -> None:
    """Fifty of a stranger's mails wait; the applicant's own, from another network, is the next."""
    for number in range(50):
        await _register(yamato, STRANGER, family_name=f"S{number}")
    assert await _family_names(yamato, await yamato.mails()) == ["S0"]
    assert await _family_names(yamato, await _pass_minutes(yamato, 10)) == ["S1", "S2"]
    await _register(yamato, OWNER, family_name="本人")
    assert await _pass_minutes(yamato, 45) == []
    [own, *others] = await _pass_minutes(yamato, 10)
    assert await _family_names(yamato, [own]) == ["本人"]
    assert len(others) <= 2

    lives = "select expires_at - clock_now() from registrations where family_name = '本人'"
    assert await yamato.fetchval(lives) > timedelta(hours=23, minutes=49), "since it was sent"
    reply = await yamato.confirm(own.params["token"])
    assert reply.body == {"status": "awaiting_approval"}
    kept = await yamato.fetchval("select count(*) from registrations where state = 'unsent'")
    assert kept == 0, "the address's other registrations ended"
    assert await _pass_minutes(yamato, 120) == []


async def test_networks_take_turns_however_many_registrations_one_sends(yamato: Membership) -> None:
    for network in ("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"):
        for _ in range(3):
            await _register(yamato, network, family_name=network)
    await _register(yamato, "192.0.2.5", family_name="192.0.2.5")
    mails = await yamato.mails() + await _pass_minutes(yamato, 250)
    served = [name[-1] for name in await _family_names(yamato, mails)]
    assert served[:5] == ["1", "2", "3", "4", "5"]
    assert sorted(served[5:9]) == ["1", "2", "3", "4"]
    assert len(served) == 13


async def test_fifty_registrations_at_once_send_three_mails_an_hour(yamato: Membership) -> None:
    form_of = [form(email=VICTIM, family_name=f"S{number}") for number in range(50)]
    payloads = []
    for number, body in enumerate(form_of):
        headers = {"Test-Network": f"192.0.2.{number}"}
        await yamato.send("POST", "/registrations", body, **headers)
    payloads = await yamato.take("membership.start_registration")
    await asyncio.gather(*(yamato.do(payload) for payload in payloads))
    assert len(await yamato.mails()) <= 1
    for _ in range(5):
        await asyncio.gather(*(registration.send_waiting(yamato.context) for _ in range(10)))
        await yamato.advance("10 minutes")
    assert len(await yamato.mails()) <= 3
    sent = "select count(*) from caused_mails where sent_at is not null"
    assert await yamato.fetchval(sent) <= 3


async def test_a_network_has_at_most_twenty_mails_waiting_for_a_mailbox(yamato: Membership) -> None:
    """More get the same answer and leave no row; other networks' mails still wait."""
    for _ in range(30):
        await _register(yamato, STRANGER)
    waiting = "select count(*) from caused_mails where sent_at is null"
    assert await yamato.fetchval(waiting) == 20
    await _register(yamato, OWNER)
    assert await yamato.fetchval(waiting) == 21
    assert await yamato.fetchval("select count(*) from registrations") == 22


async def test_an_address_with_an_account_gets_three_notices_an_hour(yamato: Membership) -> None:
    await yamato.join()
    await yamato.advance("2 hours")
    for _ in range(10):
        await _register(yamato, STRANGER, email="Taro+x@yamato.example")
        await _register(yamato, STRANGER, email="taro@yamato.example")
    mails = await yamato.mails() + await _pass_minutes(yamato, 50)
    assert len(mails) == 3
    assert {mail.template for mail in mails} == {"registration_confirmation", "registration_known"}


async def test_waiting_mails_hold_no_address_and_no_link(yamato: Membership) -> None:
    """ASVS 16.2.5: the budgets store mailboxes and networks as keyed hashes only."""
    for _ in range(5):
        await _register(yamato, STRANGER)
    rows = await yamato.fetchval("select string_agg(c::text, '\n') from caused_mails c")
    assert not any(word in rows for word in ("hanako", "victim", STRANGER))
    assert await yamato.fetchval("select count(*) from registrations where state = 'unsent'") == 4
    unsent = "select count(token_sha256) from registrations where state = 'unsent'"
    assert await yamato.fetchval(unsent) == 0
    outbox = await yamato.fetchval("select string_agg(payload, '\n') from outbox")
    assert STRANGER not in outbox


async def test_charges_are_purged_when_no_budget_needs_them(yamato: Membership) -> None:
    owner = await yamato.join()
    await invite(yamato, owner, INVITED)
    for _ in range(3):
        await _register(yamato, STRANGER)
    rows = "select count(*) from caused_mails"
    await yamato.advance("61 minutes")
    await retention.purge(yamato.context)
    assert await yamato.fetchval(rows) == 3, "the one sent decides whose turn is next"
    await _pass_minutes(yamato, 3)
    await yamato.advance("61 minutes")
    await retention.purge(yamato.context)
    assert await yamato.fetchval(rows) == 0


async def test_a_mail_that_waited_for_a_week_is_deleted_with_its_registration(
    yamato: Membership,
) -> None:
    for _ in range(2):
        await _register(yamato, STRANGER)
    await yamato.advance("7 days 1 second")
    await retention.purge(yamato.context)
    assert await yamato.fetchval("select count(*) from caused_mails where sent_at is null") == 0
    assert await yamato.fetchval("select count(*) from registrations") == 0


async def test_the_same_form_from_another_network_repeats_a_request(yamato: Membership) -> None:
    """A phone that leaves the Wi-Fi repeats the request with its Idempotency-Key."""
    for network in (OWNER, STRANGER):
        headers = {"Test-Network": network, "Idempotency-Key": "mine"}
        reply = await yamato.send("POST", "/registrations", form(), **headers)
        assert reply.status == 202
    assert len(await yamato.mails()) == 1
    assert await yamato.fetchval("select count(*) from caused_mails") == 1
