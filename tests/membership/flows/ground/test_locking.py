"""Many consumers at once: all batches lock in the same order, so they never deadlock (F19)."""

import asyncio
import json
import random
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.membership.flows.company import audit_log
from services.membership.flows.ground import locking
from services.membership.worker import TASKS
from shared.contracts.base import Message
from shared.contracts.membership import (
    Activity,
    AuditItem,
    Distrust,
    RecordActivity,
    RecordAudit,
)
from shared.crypto import new_id
from shared.messaging.consumer import Consumer, Lock, lock_nothing
from shared.messaging.envelope import Item
from shared.messaging.receipts import Receipts
from tests.membership.conftest import Membership, applicant
from tests.shared.messaging.conftest import Wire
from tests.signing import new_signing_keys, signers

SIGNERS = signers(new_signing_keys())
NOW = datetime(2026, 11, 30, tzinfo=UTC)
DEADLOCKS = "select deadlocks from pg_stat_database where datname = current_database()"


async def deliver(membership: Membership, batch: Sequence[Message], lock: Lock) -> None:
    wire = Wire()
    consumer = Consumer(
        service="membership",
        db=membership.context.db,
        context=membership.context,
        signer=SIGNERS["membership"],
        receipts=Receipts(wire, wire.in_thread),  # type: ignore[arg-type]
        lock=lock,
    )
    kind = type(batch[0])
    items = [
        Item(id=new_id(), attempt=1, sender="auth", request_id="", body=one.model_dump_json())
        for one in batch
    ]
    text, signature = SIGNERS["auth"].pack(kind.NAME, items)
    await consumer.take_messages(kind, TASKS[kind], text, signature)


def audits(customers: Sequence[UUID]) -> RecordAudit:
    return RecordAudit(items=tuple(
        AuditItem(id=new_id(), customer_id=one, at=NOW, source="staff", subject="session",
                  action="signed_in") for one in customers
    ))  # fmt: skip


def activities(members: Sequence[UUID]) -> RecordActivity:
    return RecordActivity(
        items=tuple(Activity(member_id=one, at=NOW, kind="used") for one in members)
    )


def batches(
    customers: list[UUID], members: dict[UUID, UUID], rounds: int
) -> Iterator[list[Message]]:
    """Batches of several messages with several items each, each in a different order."""
    chance = random.Random(19)

    def mixed(ids: Sequence[UUID]) -> list[list[UUID]]:
        order = chance.sample(list(ids), len(ids))
        return [order[at::5] for at in range(5)]

    for _ in range(rounds):
        yield [audits(part) for part in mixed(customers)]
        yield [activities(part) for part in mixed(list(members))]
        yield [
            Distrust(member_id=one, customer_id=members[one], at=NOW, since=NOW)
            for one in chance.sample(list(members), 5)
        ]


async def deadlocks(membership: Membership, rounds: int, lock: Lock) -> int:
    """The deadlocks that PostgreSQL counts while 8 consumers take batches at once."""
    customers = [new_id() for _ in range(20)]
    rows = await membership.fetchval("select json_object_agg(id, customer_id)::text from members")
    members = {UUID(id): UUID(customer) for id, customer in json.loads(rows).items()}
    before = await _deadlocks(membership)
    waiting = list(batches(customers, members, rounds))

    async def work() -> None:
        while waiting:
            await deliver(membership, waiting.pop(), lock)

    await asyncio.gather(*(work() for _ in range(8)))
    return await _deadlocks(membership) - before


async def _deadlocks(membership: Membership) -> int:
    """Each session reports its statistics first."""
    async with AsyncExitStack() as sessions:
        for _ in range(membership.context.db.use.limit):
            session = await sessions.enter_async_context(membership.context.db.connection())
            await session.execute("select pg_stat_force_next_flush()")
    count: int = await membership.fetchval(DEADLOCKS)
    return count


async def test_f19_consumers_that_run_at_once_never_deadlock(yamato: Membership) -> None:
    await yamato.execute("update customers set seat_limit = 50")
    for number in range(12):
        await yamato.join(**applicant(number))
    assert await deadlocks(yamato, 15, lock_nothing) > 0, "unordered they deadlock"
    assert await deadlocks(yamato, 40, locking.take) == 0
    assert (await audit_log.verify(yamato.context.db))[1] == []


def test_f19_a_message_declares_the_rows_that_it_locks() -> None:
    ids: list[Any] = sorted(new_id() for _ in range(3))
    assert audits(ids).locks().chains == set(ids)
    assert activities(ids).locks().members == set(ids)
    locks = audits(ids[:1]).locks() | activities(ids[1:]).locks() | audits(ids[2:]).locks()
    assert (locks.chains, locks.members) == ({ids[0], ids[2]}, set(ids[1:]))
