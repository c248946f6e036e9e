"""membership.distrust ends the requests of untrusted sessions, delivered late or repeatedly
(R7, R9, R10, R15; A38)."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.membership.domain.members.actors import Operator
from services.membership.flows.ground.acting import Acting
from services.membership.flows.joining import move
from services.membership.flows.members import email_change
from services.membership.flows.upkeep import approval_upkeep
from services.membership.storage.company import customers
from services.membership.worker import TASKS
from shared import clock
from shared.contracts.membership import Distrust
from shared.crypto import new_id
from shared.db import Connection
from shared.messaging.consumer import Consumer
from shared.messaging.envelope import Item
from shared.messaging.receipts import Receipts
from tests.membership.company import (
    INVITED,
    accept,
    ask,
    audited,
    invited,
    only,
    person,
    promote,
    seats,
)
from tests.membership.conftest import Mail, Membership, applicant
from tests.replies import Reply
from tests.shared.messaging.conftest import Wire
from tests.signing import new_signing_keys, signers

SIGNERS = signers(new_signing_keys())
NEW = "thief@yamato.example"
PERSONAL = "thief@docomo.ne.jp"


async def now(membership: Membership) -> datetime:
    async with membership.context.db.connection() as connection:
        return await clock.now(connection)


async def deliver(
    membership: Membership,
    member_id: UUID,
    *,
    at: datetime | None = None,
    back: timedelta | None = timedelta(days=7),
    spared: UUID | None = None,
) -> None:
    """Deliver auth's message twice, as Celery does; `back` is the time from `since` to `at`."""
    moment = at or await now(membership)
    message = Distrust(
        member_id=member_id,
        customer_id=await membership.fetchval(
            "select customer_id from members where id = $1", member_id
        ),
        at=moment,
        since=moment - back if back else moment,
        spared_session_id=spared,
    )
    wire, signer = Wire(), SIGNERS["membership"]
    consumer = Consumer(
        service="membership",
        db=membership.context.db,
        context=membership.context,
        signer=signer,
        receipts=Receipts(wire, wire.in_thread),  # type: ignore[arg-type]
    )
    item = Item(
        id=new_id(), attempt=1, sender="auth", request_id="", body=message.model_dump_json()
    )
    packed = SIGNERS["auth"].pack(Distrust.NAME, [item])
    for _ in range(2):
        await consumer.take_messages(Distrust, TASKS[Distrust], *packed)
    rows = await membership.fetchval("select count(*) from inbox where id = $1", item.id)
    assert rows == 1, "the message took effect"


async def change(membership: Membership, by: UUID, email: str = NEW, **headers: str) -> str:
    """Request another address; the token that confirms it."""
    reply = await ask(membership, by, "PUT", "/me/email", {"email": email}, **headers)
    assert reply.status == 202, reply.body
    return (await only(membership, "email_change_confirmation")).params["token"]  # type: ignore[no-any-return]


async def confirm(membership: Membership, token: str) -> Reply:
    async with membership.auth():
        return await membership.send("POST", "/me/email/confirm", {"token": token})


async def email(membership: Membership, id: UUID) -> str:
    return (await membership.get("/me", id)).body["email"]  # type: ignore[no-any-return]


def withdrawn(mails: list[Mail]) -> list[tuple[str, dict[str, Any]]]:
    found = [mail for mail in mails if mail.template == "requests_withdrawn"]
    kept = ("because", "change_of_address", "invited", "moved")
    return [(mail.to, {name: mail.params[name] for name in kept}) for mail in found]


async def test_a_pending_change_of_address_ends_and_owners_are_told(yamato: Membership) -> None:
    owner, staff = await yamato.join(), await yamato.join(**applicant(2))
    token = await change(yamato, staff)
    await deliver(yamato, staff)
    reply = await confirm(yamato, token)
    assert (reply.status, reply.code) == (422, "email_link_invalid")
    assert await email(yamato, staff) == "person2@yamato.example"
    told = {"because": "distrusted", "change_of_address": True, "invited": [], "moved": []}
    assert withdrawn(await yamato.mails()) == [
        ("taro@yamato.example", told),
        ("person2@yamato.example", told),
    ]
    assert await audited(yamato, "address") == [
        "staff:address:change_requested",
        "system:address:change_withdrawn:distrusted",
    ]
    assert await email(yamato, owner) == "taro@yamato.example"


async def test_a_confirmed_change_that_waits_for_approval_ends(yamato: Membership) -> None:
    """R3: and it cannot be approved any more."""
    owner, staff = await yamato.join(), await yamato.join(**applicant(2))
    token = await change(yamato, staff, PERSONAL)
    assert (await confirm(yamato, token)).body == {"status": "awaiting_approval"}
    id = await yamato.fetchval("select id from email_changes where state = 'waiting'")
    await deliver(yamato, staff)
    assert (await yamato.get("/company/approvals", owner)).body["items"] == []
    reply = await ask(yamato, owner, "POST", f"/company/approvals/{id}/approve")
    assert reply.code == "approval_decided"
    assert (await confirm(yamato, token)).code == "email_link_invalid"


async def test_invitations_and_moves_sent_at_or_after_since_end(
    yamato: Membership,
) -> None:
    """R5, B3: their seats are freed; older ones stay."""
    owner, lost = await yamato.join(), await yamato.join(**applicant(2))
    before = await invited(yamato, owner, "before@yamato.example")
    await yamato.advance("3 hours")
    since = await now(yamato)
    after = await invited(yamato, owner, "after@yamato.example", role="owner")
    body = {"email": "lost.new@yamato.example"}
    await ask(yamato, owner, "PUT", f"/company/members/{lost}/email", body)
    moving = (await only(yamato, "account_move")).params["token"]
    await yamato.advance("1 hour")
    at = await now(yamato)
    await deliver(yamato, owner, at=at, back=at - since)
    for token in (after, moving):
        assert (await accept(yamato, token)).code == "invitation_link_invalid"
    assert (await seats(yamato, owner))["invitations"] == 1
    await yamato.require_ledger()
    [mail] = [one for one in await yamato.mails() if one.template == "requests_withdrawn"]
    [(to, told)] = withdrawn([mail])
    assert to == "taro@yamato.example"
    assert mail.params["about_reader"] is True, (
        "the only owner gets no 「次のメンバー」 about themselves"
    )
    assert told["invited"] == ["after@yamato.example"]
    assert told["moved"] == ["社員2 花子"]
    assert "system:invitation:withdrawn:distrusted" in await audited(yamato, "invitation")
    assert "system:address:move_withdrawn:distrusted" in await audited(yamato, "address")
    assert (await accept(yamato, before)).body["status"] == "approved"


async def test_invitations_stay_if_no_session_ended(yamato: Membership) -> None:
    """`since` equals `at` then."""
    owner = await yamato.join()
    token, link = await invited(yamato, owner), await change(yamato, owner)
    await deliver(yamato, owner, back=None)
    assert (await confirm(yamato, link)).code == "email_link_invalid"
    assert (await accept(yamato, token)).body["status"] == "approved"


async def test_requests_of_the_spared_session_stay(yamato: Membership) -> None:
    """A change of password spares only its own session."""
    owner, mine = await yamato.join(), new_id()
    session = {"Test-Session": str(mine)}
    body = {"invitations": [{"email": INVITED}]}
    await ask(yamato, owner, "POST", "/company/invitations", body, **session)
    kept = (await only(yamato, "invitation")).params["token"]
    gone = await invited(yamato, owner, "gone@yamato.example")
    link = await change(yamato, owner, "taro.new@yamato.example", **session)
    await deliver(yamato, owner, spared=mine)
    assert (await accept(yamato, gone)).code == "invitation_link_invalid"
    assert (await accept(yamato, kept)).body["status"] == "approved"
    assert (await confirm(yamato, link)).body == {"status": "changed"}


async def test_a_late_message_does_not_end_requests_of_a_later_session(yamato: Membership) -> None:
    owner = await yamato.join()
    at = await now(yamato)
    link, token = await change(yamato, owner), await invited(yamato, owner)
    await deliver(yamato, owner, at=at)
    assert (await confirm(yamato, link)).body == {"status": "changed"}
    assert (await accept(yamato, token)).body["status"] == "approved"
    assert withdrawn(await yamato.mails()) == []


@pytest.mark.parametrize("first", ["request", "message"])
async def test_a_slow_request_of_an_ended_session_has_no_effect(
    yamato: Membership, first: str
) -> None:
    """An identity is valid for 60 s and a body may take 15 s: the time of the session's
    authentication decides, whether the request is handled before the message or after it."""
    owner = await yamato.join()
    began = await now(yamato)
    at = await now(yamato)
    dead = {"Test-Authenticated": began.isoformat()}
    if first == "request":
        link = await change(yamato, owner, **dead)
        await deliver(yamato, owner, at=at)
        assert (await confirm(yamato, link)).code == "email_link_invalid"
        return
    await deliver(yamato, owner, at=at)
    for method, path, body in (
        ("PUT", "/me/email", {"email": NEW}),
        ("POST", "/company/invitations", {"invitations": [{"email": INVITED}]}),
        ("PATCH", "/me", {"phone": "09099999999"}),
    ):
        reply = await ask(yamato, owner, method, path, body, **dead)
        assert (reply.status, reply.code) == (401, "account_not_active")
    assert (await ask(yamato, owner, "PATCH", "/me", {"phone": "09099999999"})).status == 200


@pytest.mark.parametrize("path", ["/me", "/company", "/company/members", "/company/seats"])
async def test_a_slow_request_of_an_ended_session_reads_no_data(
    yamato: Membership, path: str
) -> None:
    """R18: above all no names and addresses of colleagues."""
    owner = await yamato.join()
    dead = {"Test-Authenticated": (await now(yamato)).isoformat()}
    assert (await ask(yamato, owner, "GET", path, **dead)).status == 200
    await deliver(yamato, owner, at=await now(yamato))
    reply = await ask(yamato, owner, "GET", path, **dead)
    assert (reply.status, reply.code) == (401, "account_not_active")
    assert (await ask(yamato, owner, "GET", path)).status == 200, "a later session"


async def test_rows_without_a_session_are_judged_by_their_creation_time(yamato: Membership) -> None:
    """They are older than the column of the session."""
    owner = await yamato.join()
    link, token = await change(yamato, owner), await invited(yamato, owner)
    for table in ("email_changes", "invitations"):
        await yamato.execute(f"update {table} set session_id = null, session_at = null")
    await deliver(yamato, owner)
    assert (await confirm(yamato, link)).code == "email_link_invalid"
    assert (await accept(yamato, token)).code == "invitation_link_invalid"


async def test_an_accepted_invitation_that_waits_ends(yamato: Membership) -> None:
    """R4, B3: it is not shown, cannot be decided on, and its entered details are deleted."""
    owner, admin = await yamato.join(), await yamato.join(**applicant(2))
    await promote(yamato, admin, "admin")
    token = await invited(yamato, admin)
    double = {"family_name": "山田", "given_name": "太郎", "phone": "09000000001"}
    assert (await accept(yamato, token, **double)).body == {"status": "awaiting_approval"}
    [item] = (await yamato.get("/company/approvals", owner)).body["items"]
    await deliver(yamato, admin)
    assert (await yamato.get("/company/approvals", owner)).body["items"] == []
    for act, body in (("approve", None), ("reject", {"reason": "other"})):
        reply = await ask(yamato, owner, "POST", f"/company/approvals/{item['id']}/{act}", body)
        assert (reply.status, reply.code) == (409, "approval_decided")
    assert (await seats(yamato, owner))["invitations"] == 0
    assert (await accept(yamato, token, **double)).code == "invitation_link_invalid"
    await approval_upkeep.end_withdrawn(yamato.context)
    row = await yamato.fetchrow("select state, family_name, email from registrations where id = $1",
                                UUID(item["id"]))  # fmt: skip
    assert row == {"state": "ended", "family_name": "", "email": ""}


async def test_requests_of_operators_stay(yamato: Membership) -> None:
    """They have no session that could be distrusted."""
    owner = await yamato.join()
    who = Operator(customer_id=await yamato.fetchval("select id from customers"))
    await move.start(yamato.context, who, owner, "anew@other.example")
    token = (await only(yamato, "account_move")).params["token"]
    await deliver(yamato, owner)
    assert (await accept(yamato, token, **person(1))).body["status"] == "approved"


async def test_of_a_confirmation_and_a_distrust_at_once_the_first_commit_wins(
    yamato: Membership,
) -> None:
    """The customer's lock decides: the change is never both withdrawn and carried out."""
    owner = await yamato.join()
    token = await change(yamato, owner)
    await asyncio.gather(confirm(yamato, token), deliver(yamato, owner))
    state = await yamato.fetchval("select state from email_changes")
    assert (await email(yamato, owner) == NEW) == (state == "done")
    assert state in ("done", "ended")


async def test_without_the_lock_a_withdrawn_change_is_carried_out(
    yamato: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that the race above is real: a confirmation that read the row continues afterwards."""
    owner = await yamato.join()
    token = await change(yamato, owner)
    reached, go_on = asyncio.Event(), asyncio.Event()
    carry_out = email_change.carry_out

    async def slowly(act: Acting, change: Any) -> Any:
        reached.set()
        await go_on.wait()
        return await carry_out(act, change)

    async def unlocked(connection: Connection, id: UUID) -> Any:
        return await customers.get(connection, id)

    monkeypatch.setattr(email_change, "carry_out", slowly)
    monkeypatch.setattr(customers, "lock", unlocked)
    confirming = asyncio.create_task(confirm(yamato, token))
    await reached.wait()
    await deliver(yamato, owner)
    go_on.set()
    await confirming
    assert withdrawn(await yamato.mails()) != []
    assert await email(yamato, owner) == NEW
