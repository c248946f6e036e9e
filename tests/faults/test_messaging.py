"""The main proof (P1, P2): each message takes effect exactly once when processes are killed.

Two real workers take thousands of messages while they are killed with -9 at random moments and the
broker is emptied, killed and started again. LONG=1 gives the long run.
"""

import asyncio
import os
import random
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from shared.contracts.base import Message
from shared.db import Database
from shared.messaging import outbox
from tests.conftest import TestDatabase
from tests.faults.fleet import SERVICES, Broker, Fleet, fleet
from tests.faults.parcels import TABLES, HurryParcel, RecordParcel, StartParcel
from tests.servers import Servers

LONG = os.environ.get("LONG") == "1"
PARCELS = 20_000 if LONG else 2_000
ROUNDS = 12 if LONG else 1
DRAIN_SECONDS = 120 if LONG else 60
AT_ONCE = 25

FAULTS = (
    *("kill auth", "kill auth", "kill membership", "kill membership", "freeze membership"),
    *("flush", "flush", "broker", "cut"),
)


@dataclass(frozen=True)
class World:
    """The parts that can be disturbed."""

    servers: Servers
    broker: Broker
    workers: Fleet


@pytest.fixture
def world(
    servers: Servers, database: TestDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    name = database.owner_dsn.partition("?")[0].rpartition("/")[2]
    servers.execute(TABLES, database=name)
    with fleet(tmp_path_factory.mktemp("fleet"), database) as (broker, workers):
        yield World(servers, broker, workers)


def messages_of(parcel: int) -> tuple[Message, ...]:
    return StartParcel(parcel=parcel), RecordParcel(parcel=parcel), HurryParcel(parcel=parcel)


async def send_all(db: Database, parcels: int, pause: float) -> None:
    """Commit three messages for each parcel, some parcels in one transaction."""
    for first in range(0, parcels, AT_ONCE):
        async with db.transaction("test") as connection:
            for parcel in range(first, min(first + AT_ONCE, parcels)):
                for message in messages_of(parcel):
                    await outbox.put(connection, message)
        await asyncio.sleep(pause)


async def disturb(world: World, chance: random.Random) -> Counter[str]:
    """Cause every fault, in a random order; the faults, in that order."""
    done: Counter[str] = Counter()
    for _ in range(ROUNDS):
        for fault in chance.sample(FAULTS, len(FAULTS)):
            await asyncio.sleep(chance.uniform(0.1, 0.6))
            await inflict(world, *fault.split())
            done[fault] += 1
    return done


async def inflict(world: World, verb: str, service: str = "") -> None:
    match verb:
        case "kill":
            await asyncio.to_thread(world.workers.kill, service)
            world.workers.start(service)
        case "freeze":  # tasks that Redis hands to a frozen process are lost with it
            world.workers.send(service, signal.SIGSTOP)
            await asyncio.sleep(0.2)
            await inflict(world, "kill", service)
        case "flush":
            world.broker.flush()
        case "broker":
            world.broker.kill()
            await asyncio.sleep(0.5)
            world.broker.start()
        case "cut":
            world.servers.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where usename = 'zaiseki_membership'"
            )


async def unconfirmed(db: Database) -> int:
    async with db.connection() as connection:
        count: int = await connection.fetchval(
            "select count(*) from outbox where confirmed_at is null or payload is not null"
        )
        return count


async def drained(db: Database) -> None:
    async with asyncio.timeout(DRAIN_SECONDS):
        while await unconfirmed(db):
            await asyncio.sleep(0.1)


async def effects(db: Database, statement: str) -> Counter[tuple[object, ...]]:
    async with db.connection() as connection:
        return Counter(tuple(row) for row in await connection.fetch(statement))


async def test_p1_p2_each_message_takes_effect_exactly_once(
    world: World, auth_db: Database, membership_db: Database
) -> None:
    workers = world.workers
    for service in SERVICES:
        workers.start(service)
    seed = random.SystemRandom().getrandbits(32)
    sending = asyncio.create_task(send_all(auth_db, PARCELS, pause=0.08))
    done = await disturb(world, random.Random(seed))
    await sending
    await drained(auth_db)

    each = {(parcel,): 1 for parcel in range(PARCELS)}
    kinds = ("direct", "hurry", "started")
    expected = {(parcel, kind): 1 for parcel in range(PARCELS) for kind in kinds}
    assert await effects(auth_db, "select parcel from started") == each, seed
    recorded = await effects(membership_db, "select parcel, kind from recorded")
    assert recorded == expected, seed
    receipted = await effects(auth_db, "select parcel from receipted")
    assert receipted == dict.fromkeys(each, 2), "one for each of two messages"
    assert sum(done.values()) == ROUNDS * len(FAULTS)

    for service in SERVICES:
        workers.kill(service, signal.SIGTERM)
        assert world.broker.password not in workers.text(service)


@pytest.mark.parametrize("naive", [True, False], ids=["naive", "with_receipts"])
async def test_p1_an_outbox_without_receipts_loses_messages_and_this_one_does_not(
    world: World, auth_db: Database, membership_db: Database, naive: bool
) -> None:
    world.workers.start("auth", naive=naive)
    async with auth_db.transaction("test") as connection:
        for parcel in range(200):
            await outbox.put(connection, RecordParcel(parcel=parcel))
    async with asyncio.timeout(10):
        while await effects(auth_db, "select attempt from outbox") != {(1,): 200}:
            await asyncio.sleep(0.05)
    await asyncio.sleep(0.3)
    world.broker.flush()  # while the reader is down and its queue holds all messages
    world.workers.start("membership")
    await drained(auth_db)
    await asyncio.sleep(0.2)
    recorded = await effects(membership_db, "select parcel, kind from recorded")
    assert recorded == ({} if naive else {(parcel, "direct"): 1 for parcel in range(200)})
