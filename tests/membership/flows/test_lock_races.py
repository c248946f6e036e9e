"""Requests lock shared rows in one order: the customer, registrations, members (F19)."""

import asyncio
from uuid import UUID

import asyncpg
import pytest

from services.membership.domain.members.actors import CallingMember, Operator
from services.membership.flows.joining import approval
from services.membership.flows.joining.approval import Rejection
from services.membership.flows.members import member_role, member_state
from shared.errors import Problem
from tests.conftest import TestDatabase
from tests.membership.conftest import IMPATIENT, Membership, applicant

pytestmark = IMPATIENT

WAITING = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"


async def until_waiting(connection: "asyncpg.Connection[asyncpg.Record]", number: int) -> None:
    async with asyncio.timeout(1.5):
        while await connection.fetchval(WAITING) < number:
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("decide", ["approve", "reject"])
async def test_a_decision_and_a_deletion_lock_in_the_same_order(
    yamato: Membership, database: TestDatabase, decide: str
) -> None:
    """A third transaction locks the registration until both wait; the decision came first."""
    owner, member = await yamato.join(), await yamato.join(**applicant(2))
    customer: UUID = await yamato.fetchval("select id from customers where code = 'A-1001'")
    who = CallingMember(member_id=owner)

    async def decided() -> str:
        try:
            if decide == "approve":
                await approval.approve(yamato.context, who, member)
            else:
                await approval.reject(yamato.context, who, member, Rejection(reason="other"))
        except Problem as refusal:
            return refusal.code
        return "done"

    stranger = await asyncpg.connect(
        database.dsn("membership"), server_settings={"search_path": "membership"}
    )
    transaction = stranger.transaction()
    await transaction.start()
    await stranger.execute("select from registrations where id = $1 for update", member)
    first = asyncio.create_task(decided())
    await until_waiting(stranger, 1)
    second = asyncio.create_task(
        member_state.delete(yamato.context, Operator(customer_id=customer), member)
    )
    await until_waiting(stranger, 2)
    await transaction.rollback()
    deleted = await second
    assert await first == "approval_decided"
    assert deleted.state == "closed"
    await stranger.close()


async def test_two_members_are_locked_in_the_order_of_their_ids(
    yamato: Membership, database: TestDatabase
) -> None:
    """The company is handed over while auth reports activities of both members."""
    owner, heir = await yamato.join(), await yamato.join(**applicant(2))
    low, high = sorted((owner, heir))
    stranger = await asyncpg.connect(
        database.dsn("membership"), server_settings={"search_path": "membership"}
    )
    transaction = stranger.transaction()
    await transaction.start()
    await stranger.execute("update members set last_used_at = now() where id = $1", low)
    handing = asyncio.create_task(
        member_role.change(
            yamato.context, CallingMember(member_id=owner), heir, "owner", own_role="staff"
        )
    )
    await until_waiting(stranger, 1)
    await stranger.execute("update members set last_used_at = now() where id = $1", high)
    await transaction.commit()
    assert (await handing).role == "owner"
    await stranger.close()
