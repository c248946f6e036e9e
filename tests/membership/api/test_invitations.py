"""/company/invitations: sent, refused, sent again, withdrawn; each holds a seat (R3, R5)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.membership.flows.joining import invitation
from shared.crypto import new_id
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
from tests.membership.conftest import MINATO, Membership, applicant

BATCH = {
    "invitations": [
        {"email": "Hanako@Yamato.example", "role": "admin", "locale": "en"},
        {"email": "jiro@docomo.ne.jp"},
    ]
}


async def _open(membership: Membership, by: UUID) -> list[dict[str, Any]]:
    return (await membership.get("/company/invitations", by)).body["items"]  # type: ignore[no-any-return]


async def test_several_invitations_are_sent_at_once_with_role_and_language(
    yamato: Membership,
) -> None:
    """R3, R5: a personal address too, because an invitation is a permission."""
    owner = await yamato.join()
    reply = await ask(yamato, owner, "POST", "/company/invitations", BATCH)
    assert reply.status == 201
    assert await _open(yamato, owner) == reply.body["invitations"]
    first, second = reply.body["invitations"]
    moments = [first.pop(name) for name in ("created_at", "sent_at", "expires_at")]
    created, sent, expires = map(datetime.fromisoformat, moments)
    assert (sent, expires) == (created, created + timedelta(days=7))
    assert first.pop("id") != second["id"]
    assert first == {
        "email": "Hanako@yamato.example",
        "role": "admin",
        "locale": "en",
        "state": "open",
        "family_name": "",
        "given_name": "",
        "family_name_kana": "",
        "given_name_kana": "",
        "department": "",
        "job_title": "",
        "replaces": None,
        "invited_by": str(owner),
    }
    assert (second["email"], second["role"], second["locale"]) == (
        "jiro@docomo.ne.jp",
        "staff",
        "ja",
    )
    mails = await yamato.mails()
    assert [(mail.to, mail.locale, mail.template) for mail in mails] == [
        ("Hanako@yamato.example", "en", "invitation"),
        ("jiro@docomo.ne.jp", "ja", "invitation"),
    ]
    mails[0].params.pop("token")
    assert mails[0].params == {
        "customer_name": "株式会社ヤマト商事",
        "inviter_name": "山田 太郎",
        "role": "admin",
        "expires_at": moments[2],
    }
    assert await seats(yamato, owner) == {
        "used": 3,
        "limit": 10,
        "free": 7,
        "accounts": 1,
        "invitations": 2,
    }
    assert await audited(yamato, "invitation") == [
        "owner:invitation:sent:admin",
        "owner:invitation:sent:staff",
    ]


async def test_one_refused_address_refuses_the_whole_list(yamato: Membership) -> None:
    """R5: the second address belongs to a member, so the first is not invited either."""
    owner = await yamato.join()
    reply = await invite(yamato, owner, INVITED, "TARO@yamato.example")
    assert (reply.status, reply.code) == (409, "already_member")
    assert reply.body["email"] == "TARO@yamato.example"
    assert await _open(yamato, owner) == []
    assert await yamato.mails() == []
    assert await audited(yamato, "invitation") == []


async def test_more_invitations_than_free_seats_are_refused(yamato: Membership) -> None:
    """R5: the answer says how many seats are free."""
    await yamato.execute("update customers set seat_limit = 3")
    owner = await yamato.join()
    reply = await invite(yamato, owner, *(f"n{number}@yamato.example" for number in range(3)))
    assert (reply.status, reply.code, reply.body["free"]) == (409, "seats_full", 2)
    assert (await invite(yamato, owner, "n0@yamato.example", "n1@yamato.example")).status == 201


async def test_an_address_is_invited_only_once(yamato: Membership) -> None:
    owner = await yamato.join()
    await invite(yamato, owner, INVITED)
    again = await invite(yamato, owner, INVITED.upper())
    assert (again.status, again.code) == (409, "already_invited")
    twice = await invite(yamato, owner, "a@yamato.example", "A@yamato.example")
    assert (twice.status, twice.code) == (409, "already_invited")
    assert twice.body["email"] == "A@yamato.example"
    assert len(await _open(yamato, owner)) == 1


async def test_an_invitee_who_waits_as_a_probable_double_is_not_invited_again(
    yamato: Membership,
) -> None:
    """R4: the invitation was accepted and still holds its seat."""
    owner = await yamato.join()
    await yamato.join(**applicant(2))
    assert (await accept(yamato, await invited(yamato, owner), **person(2))).status == 200
    again = await invite(yamato, owner, INVITED)
    assert (again.status, again.code) == (409, "already_invited")


@pytest.mark.parametrize(
    ("role", "asked", "status"),
    [
        ("admin", "staff", 201),
        ("admin", "admin", 403),
        ("admin", "owner", 403),
        ("owner", "owner", 201),
        ("staff", "staff", 403),
    ],
)
async def test_who_may_invite_to_which_role(
    yamato: Membership, role: str, asked: str, status: int
) -> None:
    """R17: only owners give a role."""
    await yamato.join()
    second = await yamato.join(**applicant(2))
    await promote(yamato, second, role)
    assert (await invite(yamato, second, INVITED, role=asked)).status == status


async def test_staff_neither_see_nor_change_invitations(yamato: Membership) -> None:
    owner, staff = await yamato.join(), await yamato.join(**applicant(2))
    await invite(yamato, owner, INVITED)
    [one] = await _open(yamato, owner)
    path = f"/company/invitations/{one['id']}"
    for method, asked in (("GET", "/company/invitations"), ("DELETE", path)):
        assert (await ask(yamato, staff, method, asked)).code == "role_required"
    assert (await ask(yamato, staff, "POST", f"{path}/resend")).code == "role_required"


async def test_an_invitation_lapses_after_seven_days(yamato: Membership) -> None:
    """R5, A23, T2: its seat is free, and the ledger records it."""
    owner = await yamato.join()
    await invite(yamato, owner, INVITED)
    await yamato.advance("6 days 23 hours")
    await invitation.sweep(yamato.context)
    assert (await seats(yamato, owner))["invitations"] == 1
    await yamato.advance("1 hour")
    await invitation.sweep(yamato.context)
    await yamato.require_ledger()
    assert (await seats(yamato, owner))["used"] == 1
    ledger = (await yamato.get("/company/seats", owner)).body["items"]
    assert [(row["kind"], row["change"], row["used"]) for row in ledger] == [
        ("lapsed", -1, 1),
        ("held", 1, 2),
        ("taken", 1, 1),
    ]
    assert [(row["subject_name"], row["actor_name"], row["by_vendor"]) for row in ledger] == [
        (INVITED, None, False),
        (INVITED, "山田 太郎", False),
        ("山田 太郎", None, False),
    ]
    assert (await invite(yamato, owner, INVITED)).status == 201


async def test_a_lapsed_invitation_holds_no_seat_even_before_the_sweep(yamato: Membership) -> None:
    """A23, T2."""
    await yamato.execute("update customers set seat_limit = 2")
    owner = await yamato.join()
    await invite(yamato, owner, INVITED)
    await yamato.advance("7 days")
    assert (await invite(yamato, owner, INVITED)).status == 201


async def test_an_invitation_is_sent_again_with_the_same_link_and_a_new_expiry(
    yamato: Membership,
) -> None:
    """T3: even where no other seat is free."""
    await yamato.execute("update customers set seat_limit = 2")
    owner = await yamato.join()
    token = await invited(yamato, owner)
    [one] = await _open(yamato, owner)
    await yamato.advance("5 days")
    reply = await ask(yamato, owner, "POST", f"/company/invitations/{one['id']}/resend")
    assert (reply.status, reply.body["id"], reply.body["state"]) == (200, one["id"], "open")
    sent = datetime.fromisoformat(reply.body["sent_at"])
    assert sent - datetime.fromisoformat(one["sent_at"]) >= timedelta(days=5)
    assert datetime.fromisoformat(reply.body["expires_at"]) == sent + timedelta(days=7)
    mail = await only(yamato, "invitation")
    assert (mail.params["token"], mail.params["expires_at"]) == (token, reply.body["expires_at"])
    await yamato.advance("6 days")
    assert (await accept(yamato, token)).body["status"] == "approved"
    assert await audited(yamato, "invitation") == [
        "owner:invitation:sent:staff",
        "owner:invitation:sent_again",
    ]


async def test_a_withdrawn_invitation_frees_its_seat_and_its_link_is_invalid(
    yamato: Membership,
) -> None:
    """R5."""
    owner = await yamato.join()
    token = await invited(yamato, owner)
    [one] = await _open(yamato, owner)
    path = f"/company/invitations/{one['id']}"
    assert (await ask(yamato, owner, "DELETE", path)).status == 204
    assert (await accept(yamato, token)).code == "invitation_link_invalid"
    assert await _open(yamato, owner) == []
    assert (await seats(yamato, owner))["used"] == 1
    for method, asked in (("DELETE", path), ("POST", f"{path}/resend")):
        assert (await ask(yamato, owner, method, asked)).code == "invitation_ended"


async def test_an_unknown_invitation_is_not_found(yamato: Membership) -> None:
    """A26: nor is another company's, and the attempt is recorded."""
    await yamato.customers(MINATO)
    owner = await yamato.join()
    other = await yamato.join(
        customer_code="A-1003", customer_phone="0450001003", email="taro@minato.test"
    )
    await invite(yamato, owner, INVITED)
    [one] = await _open(yamato, owner)
    for id in (one["id"], new_id(), "x"):
        reply = await ask(yamato, other, "DELETE", f"/company/invitations/{id}")
        assert (reply.status, reply.code) == (404, "invitation_not_found")
    assert (await audited(yamato, "invitation"))[1:] == ["owner:invitation:denied"]


async def test_inviting_an_address_with_an_account_elsewhere_gets_the_same_answer(
    yamato: Membership,
) -> None:
    """R4, T15: the stored address gets a mail in the account's own language."""
    await yamato.customers(MINATO)
    owner = await yamato.join()
    elsewhere = await yamato.join(
        customer_code="A-1003", customer_phone="0450001003", email="Jiro@minato.test"
    )
    await yamato.execute("update members set locale = 'en' where id = $1", elsewhere)
    free = await invite(yamato, owner, "frei@minato.test", locale="ja")
    taken = await invite(yamato, owner, "jiro@minato.test", locale="ja")
    [shown_free], [shown_taken] = free.body["invitations"], taken.body["invitations"]
    assert (free.status, taken.status) == (201, 201)
    assert shown_free.keys() == shown_taken.keys()
    assert shown_taken["email"] == "jiro@minato.test"
    mails = await yamato.mails()
    assert [(mail.template, mail.to, mail.locale) for mail in mails] == [
        ("invitation", "frei@minato.test", "ja"),
        ("invitation_known", "Jiro@minato.test", "en"),
    ]
    assert mails[1].params.keys() == {"name", "customer_name", "invited_at"}
    path = f"/company/invitations/{shown_taken['id']}/resend"
    await yamato.advance("61 seconds")
    assert (await ask(yamato, owner, "POST", path)).status == 200
    assert (await only(yamato, "invitation_known")).to == "Jiro@minato.test"


@pytest.mark.parametrize("end", ["suspend", "delete"])
async def test_a_suspended_or_deleted_members_invitations_end(yamato: Membership, end: str) -> None:
    """R14."""
    owner, admin = await yamato.join(), await yamato.join(**applicant(2))
    await promote(yamato, admin, "admin")
    theirs, ours = await invited(yamato, admin), await invited(yamato, owner, "o@yamato.example")
    await (yamato.suspend if end == "suspend" else yamato.delete)(admin)
    assert [one["email"] for one in await _open(yamato, owner)] == ["o@yamato.example"]
    assert (await accept(yamato, theirs)).code == "invitation_link_invalid"
    assert (await accept(yamato, ours)).body["status"] == "approved"
    assert "operator:invitation:withdrawn:inviter_gone" in await audited(yamato, "invitation")


async def test_a_repeated_request_invites_once(yamato: Membership) -> None:
    owner = await yamato.join()
    key = {"Idempotency-Key": "k"}
    first, second = [
        await ask(yamato, owner, "POST", "/company/invitations", BATCH, **key) for _ in range(2)
    ]
    assert (first.status, first.body) == (second.status, second.body)
    assert len(await yamato.mails()) == 2
