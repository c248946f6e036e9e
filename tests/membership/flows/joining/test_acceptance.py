"""Accepting an invitation, and registering while one is open (R3 to R5; T1, T2; A20 to A24)."""

import asyncio
from uuid import UUID

import pytest

from shared.crypto import new_id, random_token
from tests.membership.company import (
    INVITED,
    accept,
    ask,
    audited,
    invite,
    invited,
    only,
    open_wait,
    person,
    promote,
    seats,
)
from tests.membership.conftest import IMPATIENT, YAMATO, Membership, applicant

COUNTED = "select count(*) from members where state <> 'closed'"
INVITEE = {**applicant(99), "email": INVITED}


async def _role(membership: Membership, email: str = INVITED) -> str:
    return await membership.fetchval(  # type: ignore[no-any-return]
        "select role from members where email = $1", email
    )


async def test_the_preview_shows_address_role_and_company(yamato: Membership) -> None:
    owner = await yamato.join()
    token = await invited(yamato, owner, role="admin")
    reply = await yamato.send("POST", "/invitations/preview", {"token": token})
    assert reply.status == 200
    assert reply.body.pop("expires_at").endswith("Z")
    assert set(reply.body.pop("person").values()) == {""}
    assert reply.body == {
        "email": INVITED,
        "role": "admin",
        "customer_name": "株式会社ヤマト商事",
        "invited_by": "山田 太郎",
        "moves": False,
    }
    assert (await seats(yamato, owner))["invitations"] == 1


async def test_accepting_twice_gives_the_same_answer(yamato: Membership) -> None:
    """R3, R5: role and seat are the invitation's; the link alone proves the address."""
    owner = await yamato.join()
    token = await invited(yamato, owner, role="admin")
    first, second = await accept(yamato, token), await accept(yamato, token, **person(5))
    assert first.status == 200
    assert first.body["status"] == "approved"
    assert second.body == first.body
    assert len(first.body["password_token"]) == 43
    assert await _role(yamato) == "admin"
    assert await yamato.fetchval("select family_name from members where email = $1", INVITED) == (
        "社員99"
    )
    counted = await seats(yamato, owner)
    assert (counted["accounts"], counted["invitations"]) == (2, 0)
    assert await audited(yamato, "member") == [
        "visitor:member:joined:domain",
        "visitor:member:joined:invitation",
    ]
    await yamato.execute("update members set password_set_at = now()")
    assert (await accept(yamato, token)).body == {"status": "approved"}


@IMPATIENT
async def test_without_auth_the_account_is_answered_as_opening(yamato: Membership) -> None:
    token = await invited(yamato, await yamato.join())
    body = {"token": token, **person(99)}
    reply = await yamato.send("POST", "/invitations/accept", body)
    assert (reply.status, reply.body["status"]) == (202, "opening")
    await yamato.send_receipts()
    again = await yamato.send("POST", "/invitations/accept", body)
    assert (again.status, again.body) == (200, {**reply.body, "status": "approved"})


async def test_an_invitation_can_be_accepted_above_a_lowered_limit(yamato: Membership) -> None:
    """R5: it took its seat when it was sent; further invitations are refused."""
    owner = await yamato.join()
    token = await invited(yamato, owner)
    await yamato.execute("update customers set seat_limit = 1")
    assert (await invite(yamato, owner, "x@yamato.example")).code == "seats_full"
    assert (await accept(yamato, token)).body["status"] == "approved"
    assert (await seats(yamato, owner))["used"] == 2


@pytest.mark.parametrize("path", ["/invitations/accept", "/invitations/preview"])
async def test_every_invalid_link_gets_the_same_answer(yamato: Membership, path: str) -> None:
    """A22, A23: a token has no parts to change, and a lapsed one is refused before the sweep."""
    owner = await yamato.join()
    withdrawn = await invited(yamato, owner, "w@yamato.example")
    [one] = (await yamato.get("/company/invitations", owner)).body["items"]
    await ask(yamato, owner, "DELETE", f"/company/invitations/{one['id']}")
    lapsed = await invited(yamato, owner, "l@yamato.example")
    await yamato.advance("7 days")
    tokens = [withdrawn, lapsed, lapsed[:-1], random_token(), str(new_id()), "", "あ", "x" * 200]
    replies = []
    for token in tokens:
        body = {"token": token, **(person(99) if path.endswith("accept") else {})}
        replies.append(await yamato.send("POST", path, body))
        replies[-1].body.pop("request_id")
    assert {reply.status for reply in replies} == {422}
    assert all(reply.body == replies[0].body for reply in replies)
    assert replies[0].code == "invitation_link_invalid"
    assert await yamato.fetchval(COUNTED) == 1


async def test_accepting_while_signed_in_as_another_member_changes_nothing(
    yamato: Membership,
) -> None:
    """A21: the account belongs to the invited address."""
    owner = await yamato.join()
    token = await invited(yamato, owner)
    body = {"token": token, **person(99)}
    async with yamato.auth():
        reply = await ask(yamato, owner, "POST", "/invitations/accept", body)
    assert reply.body["status"] == "approved"
    assert (await yamato.get("/me", owner)).body["email"] == "taro@yamato.example"
    assert await _role(yamato) == "staff"


async def test_an_invitation_opens_no_second_account_for_an_address(yamato: Membership) -> None:
    """R4, A20: the person registered elsewhere before accepting."""
    await yamato.customers(YAMATO, YAMATO.replace("A-1001", "A-1002"))
    token = await invited(yamato, await yamato.join())
    await yamato.join(**INVITEE, customer_code="A-1002")
    assert (await accept(yamato, token)).code == "invitation_link_invalid"
    assert await yamato.fetchval(COUNTED) == 2


async def _double(membership: Membership) -> tuple[UUID, str, str]:
    """Invite a probable double as an admin: the owner, the token, and the approval's path."""
    owner = await membership.join()
    await membership.join(**applicant(2))
    token = await invited(membership, owner, role="admin")
    reply = await accept(membership, token, **person(2))
    assert (reply.status, reply.body) == (200, {"status": "awaiting_approval"})
    [waiting] = (await membership.get("/company/approvals", owner)).body["items"]
    assert (waiting["email"], waiting["reasons"]) == (INVITED, ["probable_double"])
    assert [one["email"] for one in waiting["doubles"]] == ["person2@yamato.example"]
    counted = await seats(membership, owner)
    assert (counted["accounts"], counted["invitations"]) == (2, 1)
    return owner, token, f"/company/approvals/{waiting['id']}"


async def test_a_probable_double_keeps_its_seat_while_it_waits_for_approval(
    yamato: Membership,
) -> None:
    """R4, R5, T2: it gets the invitation's role, although no other seat is free."""
    owner, token, path = await _double(yamato)
    await yamato.execute("update customers set seat_limit = 3")
    assert (await accept(yamato, token)).body == {"status": "awaiting_approval"}
    await yamato.advance("8 days")
    assert (await ask(yamato, owner, "POST", f"{path}/approve")).status == 204
    assert await _role(yamato) == "admin"
    assert (await accept(yamato, token)).body["status"] == "approved"
    assert (await seats(yamato, owner))["used"] == 3


async def test_rejecting_a_probable_double_frees_its_seat(yamato: Membership) -> None:
    """R4, R5: and deletes what was entered."""
    owner, token, path = await _double(yamato)
    reply = await ask(yamato, owner, "POST", f"{path}/reject", {"reason": "duplicate"})
    assert reply.status == 204
    assert (await only(yamato, "registration_rejected")).to == INVITED
    assert (await accept(yamato, token)).code == "invitation_link_invalid"
    assert (await seats(yamato, owner))["used"] == 2
    for table in ("registrations", "invitations"):
        kept = await yamato.fetchval(f"select string_agg(t::text, '') from {table} as t")
        assert INVITED not in kept


async def test_a_registration_of_an_invited_address_uses_its_seat_and_role(
    yamato: Membership,
) -> None:
    """R3, R5: the last seat is the invitation's, which also permits the personal address."""
    await yamato.execute("update customers set seat_limit = 2")
    owner = await yamato.join()
    token = await invited(yamato, owner, "hanako@docomo.ne.jp", role="admin")
    await yamato.join(**{**INVITEE, "email": "hanako@docomo.ne.jp"})
    assert await _role(yamato, "hanako@docomo.ne.jp") == "admin"
    counted = await seats(yamato, owner)
    assert (counted["accounts"], counted["invitations"]) == (2, 0)
    assert await yamato.fetchval("select state from invitations") == "accepted"
    assert (await accept(yamato, token)).code == "invitation_link_invalid"
    assert (await audited(yamato, "member"))[1:] == ["visitor:member:joined:invitation"]


async def test_registering_an_invited_address_still_needs_number_and_phone(
    yamato: Membership,
) -> None:
    """R1, R3: otherwise it waits like any other, and the mailed link still works."""
    owner = await yamato.join()
    token = await invited(yamato, owner)
    link = await yamato.link(**INVITEE, customer_phone="0300009999")
    assert (await yamato.confirm(link)).body == {"status": "awaiting_approval"}
    row = await yamato.fetchrow(
        "select waits_for, reasons from registrations where email = $1", INVITED
    )
    assert row == {"waits_for": "operator", "reasons": ["phone_mismatch"]}
    assert (await accept(yamato, token)).body["status"] == "approved"
    assert await yamato.fetchval("select count(*) from registrations where state = 'waiting'") == 0


async def test_an_invited_double_that_registers_keeps_the_invitations_seat(
    yamato: Membership,
) -> None:
    """R4, R5: registering once more uses the same seat."""
    owner = await yamato.join()
    await invited(yamato, owner, role="admin")
    same = {**INVITEE, "family_name": "山田", "given_name": "太郎", "phone": "09000000001"}
    for _ in range(2):
        reply = await yamato.confirm(await yamato.link(**same))
        assert reply.body == {"status": "awaiting_approval"}
        await yamato.require_ledger()
        assert (await seats(yamato, owner))["invitations"] == 1
    await yamato.join(**INVITEE)
    assert await _role(yamato) == "admin"
    assert (await yamato.get("/company/approvals", owner)).body["items"] == []


async def test_an_ended_double_frees_its_seat(yamato: Membership) -> None:
    """R5: the person joined another customer, which ended the waiting registration here."""
    owner, _, path = await _double(yamato)
    await yamato.customers(YAMATO, YAMATO.replace("A-1001", "A-1002"))
    await yamato.join(**INVITEE, customer_code="A-1002")
    assert (await ask(yamato, owner, "POST", f"{path}/approve")).code == "approval_decided"
    assert (await yamato.get("/company/invitations", owner)).body["items"] == []
    assert (await seats(yamato, owner))["used"] == 2


async def test_approving_an_applicant_who_was_invited_meanwhile_takes_one_seat(
    yamato: Membership,
) -> None:
    """R5, T2: that of the invitation, with its role."""
    owner = await yamato.join()
    id = await open_wait(yamato, 2)
    await invited(yamato, owner, "person2@other.example", role="admin")
    assert (await ask(yamato, owner, "POST", f"/company/approvals/{id}/approve")).status == 204
    assert await _role(yamato, "person2@other.example") == "admin"
    counted = await seats(yamato, owner)
    assert (counted["accounts"], counted["invitations"]) == (2, 0)


async def test_one_link_accepted_many_times_at_once_opens_one_account(yamato: Membership) -> None:
    """T1, A24."""
    token = await invited(yamato, await yamato.join())
    async with yamato.auth():
        bodies = [{"token": token, **person(number)} for number in range(20, 32)]
        replies = await asyncio.gather(
            *(yamato.send("POST", "/invitations/accept", body) for body in bodies)
        )
    assert {reply.status for reply in replies} == {200}
    assert len({reply.text for reply in replies}) == 1
    assert await yamato.fetchval(COUNTED) == 2


async def test_concurrent_acceptances_and_registrations_never_exceed_the_limit(
    yamato: Membership,
) -> None:
    """T1, T2, A24: in any order ten get a seat, and every invitee is among them."""
    owner, admin = await yamato.join(), await yamato.join(**applicant(2))
    await promote(yamato, admin, "owner")
    tokens = [await invited(yamato, owner, f"n{number}@yamato.example") for number in range(5)]
    links = [await yamato.link(**applicant(number)) for number in range(10, 18)]
    async with yamato.auth():
        accepted, *others = await asyncio.gather(
            asyncio.gather(
                *(
                    yamato.send("POST", "/invitations/accept", {"token": token, **person(n)})
                    for n, token in enumerate(tokens, 50)
                )
            ),
            *(yamato.confirm(link) for link in links),
            *(invite(yamato, by, f"{by}@yamato.example") for by in (owner, admin)),
        )
    assert {reply.body["status"] for reply in accepted} == {"approved"}
    assert {reply.status for reply in others} <= {200, 201, 409}
    counted = await seats(yamato, owner)
    assert (counted["used"], counted["free"]) == (10, 0)
