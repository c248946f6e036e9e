"""R5, B3, A24, T1, T2: 200 attempts to take seats at once end exactly at the limit."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from services.membership.domain.company.customers import Customer
from services.membership.domain.company.seats import Seats
from services.membership.domain.joining import invitations
from services.membership.domain.members.actors import CallingMember, Operator
from services.membership.domain.members.members import Person, SuspensionCard
from services.membership.flows.company import seat_limit, seats
from services.membership.flows.joining import acceptance, approval, invitation
from services.membership.flows.joining.invitation import Batch, Invitee
from services.membership.flows.members import member_state
from services.membership.storage.company import customers
from services.membership.storage.joining import registrations
from shared.db import Connection
from shared.errors import Problem
from shared.temporary import is_temporary
from tests.meeting import Meeting
from tests.membership.conftest import IMPATIENT, Membership, applicant, form

pytestmark = IMPATIENT

LIMIT = 30
USED = """
    select (select count(*) from members where state <> 'closed')
        + (select count(*) from invitations where state in ('open', 'waiting') and replaces is null)
"""


async def outcome_of(attempt: Awaitable[Any]) -> str:
    """The outcome of an attempt: a problem's code, done, or later after a lock timeout."""
    try:
        await attempt
    except Problem as refusal:
        return refusal.code
    except Exception as error:
        if not is_temporary(error):
            raise
        return "later"
    return "done"


async def attempts(membership: Membership, owner: UUID) -> list[Callable[[], Awaitable[Any]]]:
    """50 registrations, 80 invitations, 30 approvals, and some 40 other actions."""
    who, context = CallingMember(member_id=owner), membership.context
    customer = await membership.fetchval("select id from customers")
    vendor = Operator(customer_id=customer)
    tokens = [await membership.link(**applicant(number)) for number in range(100, 150)]
    waiting = []
    for number in range(200, 215):
        token = await membership.link(**applicant(number) | {"email": f"p{number}@gmail.com"})
        await membership.confirm(token)
    rows = "select array_agg(id) from registrations where state = 'waiting'"
    waiting = await membership.fetchval(rows)
    staff = await membership.fetchval("select array_agg(id) from members where role = 'staff'")
    open_links = [await invited(membership, owner, number) for number in range(300, 305)]

    async def suspend_and_resume(id: UUID) -> None:
        await member_state.suspend(context, vendor, id, SuspensionCard(reason="other"))
        await member_state.resume(context, vendor, id)

    def invite(number: int) -> Awaitable[Any]:
        invitee = Invitee(email=f"i{number}@yamato.example", role="staff", locale="ja")
        return invitation.send(context, who, Batch(invitees=(invitee,)), key=None)

    return [
        *(lambda token=token: membership.confirm(token) for token in tokens),
        *(lambda number=number: invite(number) for number in range(80)),
        *(lambda one=one: approval.approve(context, who, one) for one in waiting * 2),
        *(lambda one=one: suspend_and_resume(one) for one in staff * 2),
        *(lambda link=link: acceptance.accept(context, *link) for link in open_links * 2),
        *(lambda: seat_limit.change(context, vendor, LIMIT - 5) for _ in range(10)),
        *(lambda: seat_limit.change(context, vendor, LIMIT) for _ in range(12)),
    ]


async def invited(membership: Membership, owner: UUID, number: int) -> tuple[str, Any]:
    """An open invitation: its token, and the details of the person who will accept it."""
    invitee = Invitee(email=f"open{number}@yamato.example", role="staff", locale="ja")
    who = CallingMember(member_id=owner)
    [sent] = await invitation.send(membership.context, who, Batch(invitees=(invitee,)), key=None)
    token = invitations.token(membership.context.settings.first_password_key, sent.id)
    entered = form(**applicant(number))
    names = ("family_name", "given_name", "family_name_kana", "given_name_kana", "phone")
    return token, Person(**{name: entered[name] for name in names})


async def all_at_once(membership: Membership) -> list[str]:
    await membership.execute(f"update customers set seat_limit = {LIMIT}")
    owner = await membership.join()
    for number in range(1, 5):
        await membership.join(**applicant(number))
    wanted = await attempts(membership, owner)
    assert len(wanted) >= 200
    random.shuffle(wanted)
    gate = asyncio.Semaphore(40)  # as many as a pool of 8 serves in time

    async def one(attempt: Callable[[], Awaitable[Any]]) -> str:
        async with gate:
            return await outcome_of(attempt())

    return list(await asyncio.gather(*(one(attempt) for attempt in wanted)))


async def test_r5_200_attempts_to_take_seats_at_once_end_at_the_limit(yamato: Membership) -> None:
    """After each test the fixture compares the ledger with the rows."""
    outcomes = await all_at_once(yamato)
    customer = await yamato.fetchval("select id from customers")
    await seat_limit.change(yamato.context, Operator(customer_id=customer), LIMIT)
    used = await yamato.fetchval(USED)
    assert used <= LIMIT
    owner = await yamato.fetchval("select id from members where role = 'owner'")
    who = CallingMember(member_id=owner)
    for number in range(used, LIMIT + 1):
        invitee = Invitee(email=f"last{number}@yamato.example", role="staff", locale="ja")
        last = await outcome_of(
            invitation.send(yamato.context, who, Batch(invitees=(invitee,)), key=None)
        )
    assert last == "seats_full"
    assert await yamato.fetchval(USED) == LIMIT, "exactly"
    assert outcomes.count("seats_full") > 10, outcomes


async def two_of(
    membership: Membership, owner: UUID, way: str
) -> tuple[Callable[[], Awaitable[Any]], ...]:
    """Two attempts of one kind that each take a seat."""
    who = CallingMember(member_id=owner)
    if way == "confirm":
        tokens = [await membership.link(**applicant(number)) for number in (2, 3)]
        return tuple(lambda token=token: membership.confirm(token) for token in tokens)
    if way == "invite":

        def invite(number: int) -> Awaitable[Any]:
            invitee = Invitee(email=f"i{number}@yamato.example", role="staff", locale="ja")
            batch = Batch(invitees=(invitee,))
            return invitation.send(membership.context, who, batch, key=None)

        return tuple(lambda number=number: invite(number) for number in (2, 3))
    for number in (2, 3):
        entered = applicant(number) | {"email": f"p{number}@gmail.com"}
        await membership.confirm(await membership.link(**entered))
    rows = "select array_agg(id) from registrations where state = 'waiting'"
    return tuple(
        lambda one=one: approval.approve(membership.context, who, one)
        for one in await membership.fetchval(rows)
    )


@pytest.mark.parametrize("way", ["confirm", "invite", "approve"])
@pytest.mark.parametrize("locked", [True, False])
async def test_r5_only_the_lock_keeps_two_attempts_from_the_last_seat(
    yamato: Membership, monkeypatch: pytest.MonkeyPatch, way: str, locked: bool
) -> None:
    """Proves that the race above is real: without the lock both take the seat."""
    owner = await yamato.join()
    attempts = await two_of(yamato, owner, way)
    limit = await yamato.fetchval(USED) + 1
    await yamato.execute(f"update customers set seat_limit = {limit}")
    get, count, meeting = customers.get, seats.count, Meeting()

    async def unlocked(connection: Connection, id: UUID) -> Customer:
        return await get(connection, id)

    async def unlocked_by_code(connection: Connection, code_key: str) -> Customer:
        by_code = "select id from customers where code_key = $1"
        return await get(connection, await connection.fetchval(by_code, code_key))

    async def together(connection: Connection, customer: Customer) -> Seats:
        counted = await count(connection, customer)
        await meeting.wait()
        return counted

    if not locked:
        monkeypatch.setattr(customers, "lock", unlocked)
        monkeypatch.setattr(customers, "lock_by_code_key", unlocked_by_code)
        monkeypatch.setattr(registrations, "lock_queue", unlocked)
        monkeypatch.setattr(seats, "count", together)
    await asyncio.gather(*(outcome_of(attempt()) for attempt in attempts))
    assert await yamato.fetchval(USED) == (limit if locked else limit + 1)
