"""What somebody writes into Redis by hand, against a real worker: no effect, logged, counted."""

import asyncio
import base64
import json
import pickle
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from shared.crypto import new_id
from shared.db import Database
from shared.messaging import outbox
from shared.messaging.broker import Publisher, celery_app
from shared.messaging.envelope import Failure, Item, Receipt, Signer
from tests.conftest import TestDatabase
from tests.faults.fleet import SERVICES, Broker, Fleet, fleet
from tests.faults.parcels import TABLES, RecordParcel
from tests.servers import Servers

NAME, QUEUE = RecordParcel.NAME, RecordParcel.QUEUE
KEY_OF_QUEUE = f"zaiseki:{QUEUE}"
MARK = "written-by-a-stranger"


class World:
    """The workers, and a stranger who can write to their broker."""

    def __init__(self, broker: Broker, workers: Fleet) -> None:
        self.workers = workers
        self.redis = broker.client()
        self.app = celery_app("auth", broker.url)
        self.genuine = Signer([base64.b64decode(workers.key)])
        self.forger = Signer([b"f" * 32])

    def send(self, *arguments: Any, name: str = NAME, queue: str = QUEUE) -> None:
        self.app.send_task(name, args=arguments, queue=queue)

    def entry(self, **change: Any) -> dict[str, Any]:
        """What kombu would push for a genuine message, with something else in its place."""
        text, signature = self.genuine.pack(NAME, [parcel(99)])
        body = json.dumps([[text, signature], {}, {}]).encode()
        task = {"lang": "py", "task": NAME, "id": str(uuid.uuid4()), "root_id": None}
        fields = {
            "body": base64.b64encode(body).decode(),
            "content-encoding": "utf-8",
            "content-type": "application/json",
            "headers": {**task, "argsrepr": "", "kwargsrepr": ""},
            "properties": {
                "body_encoding": "base64",
                "delivery_tag": str(uuid.uuid4()),
                "delivery_info": {"exchange": "", "routing_key": QUEUE},
                "correlation_id": task["id"],
            },
        }
        return {**fields, **change}

    def push(self, entry: object) -> None:
        self.redis.lpush(KEY_OF_QUEUE, entry if isinstance(entry, bytes) else json.dumps(entry))

    async def refused(self, reason: str) -> None:
        """Wait until a refusal for this reason is logged and counted."""
        counted = f'reason="{reason}",service="membership"'
        async with asyncio.timeout(10):
            while reason not in self.reasons() or counted not in self.workers.metrics("membership"):
                await asyncio.sleep(0.05)

    def reasons(self) -> list[str]:
        log = self.workers.log("membership")
        return [line["reason"] for line in log if line["event"] == "a message was refused"]


def parcel(number: int, **change: Any) -> Item:
    body = RecordParcel(parcel=number, kind=MARK).model_dump_json()
    fields = {"id": new_id(), "attempt": 1, "sender": "auth", "request_id": "", "body": body}
    return Item.model_validate({**fields, **change})


@pytest.fixture
def world(
    servers: Servers, database: TestDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    name = database.owner_dsn.partition("?")[0].rpartition("/")[2]
    servers.execute(TABLES, database=name)
    with fleet(tmp_path_factory.mktemp("fleet"), database) as (broker, workers):
        for service in SERVICES:
            workers.start(service)
        world = World(broker, workers)
        yield world
        world.redis.close()


async def recorded(db: Database) -> list[int]:
    async with db.connection() as connection:
        return [row["parcel"] for row in await connection.fetch("select parcel from recorded")]


async def until_recorded(db: Database, parcels: list[int]) -> None:
    async with asyncio.timeout(10):
        while await recorded(db) != parcels:
            await asyncio.sleep(0.05)


def forged(world: World) -> None:
    world.send(*world.forger.pack(NAME, [parcel(1)]))


def changed(world: World) -> None:
    text, signature = world.genuine.pack(NAME, [parcel(2)])
    world.send(text.replace('\\"parcel\\":2', '\\"parcel\\":3'), signature)


def of_another_name(world: World) -> None:
    world.send(*world.genuine.pack("membership.hurry_parcel", [parcel(4)]))


def of_another_sender(world: World) -> None:
    world.send(*world.genuine.pack(NAME, [parcel(5, sender="notifier")]))


def no_text(world: World) -> None:
    world.send({"id": MARK}, 5)


def no_unicode(world: World) -> None:
    world.send(f"\ud800{MARK}", "\udfff")


def no_arguments(world: World) -> None:
    world.send()


def too_many_arguments(world: World) -> None:
    world.send(*world.genuine.pack(NAME, [parcel(6)]), MARK)


def of_no_task(world: World) -> None:
    world.send(*world.genuine.pack(NAME, [parcel(7)]), name="membership.drop_parcel")


def no_json_in_the_body(world: World) -> None:
    world.push(world.entry(body=base64.b64encode(MARK.encode()).decode()))


def no_base64_in_the_body(world: World) -> None:
    world.push(world.entry(body=f"{MARK}§"))


def no_headers(world: World) -> None:
    world.push(world.entry(headers=None))


def empty_headers(world: World) -> None:
    world.push(world.entry(headers={}))


def no_properties(world: World) -> None:
    world.push(world.entry(properties={}))


def no_kombu(world: World) -> None:
    world.push([MARK])


def garbage(world: World) -> None:
    world.push(b"\x80\x04" + MARK.encode())


class _Weapon:
    """Would leave a file behind if somebody unpickled it."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str, str]]:
        return open, (self.path, "w")


def pickled(world: World) -> None:
    weapon = pickle.dumps([[_Weapon(str(world.workers.directory / "unpickled"))], {}, {}])
    body = base64.b64encode(weapon).decode()
    kind = {"content-type": "application/x-python-serialize", "content-encoding": "binary"}
    world.push(world.entry(body=body, **kind))


FORGERIES = (
    (forged, "bad_signature"),
    (changed, "bad_signature"),
    (of_another_name, "bad_signature"),
    (of_another_sender, "wrong_sender"),
    (no_text, "malformed"),
    (no_unicode, "bad_signature"),
    (no_arguments, "malformed"),
    (too_many_arguments, "malformed"),
    (of_no_task, "unknown_name"),
    (no_json_in_the_body, "malformed"),
    (no_base64_in_the_body, "garbage"),
    (no_headers, "malformed"),
    (empty_headers, "malformed"),
    (no_properties, "garbage"),
    (no_kombu, "garbage"),
    (garbage, "garbage"),
    (pickled, "malformed"),
)


async def test_a46_what_a_stranger_writes_has_no_effect(
    world: World, membership_db: Database
) -> None:
    for count, (write, reason) in enumerate(FORGERIES, start=1):
        write(world)
        for _ in range(100):
            if len(world.reasons()) >= count:
                break
            await asyncio.sleep(0.03)
        assert world.workers.is_alive("membership"), write.__name__
        assert world.reasons()[count - 1 :] == [reason], (
            write.__name__,
            world.workers.log("membership")[-1],
        )
    for reason in ("bad_signature", "malformed", "unknown_name", "garbage"):
        await world.refused(reason)
    world.send(*world.genuine.pack(NAME, [parcel(50)]))
    await until_recorded(membership_db, [50])
    assert not (world.workers.directory / "unpickled").exists()
    assert MARK not in world.workers.text("membership"), "what was refused stands in no log"


async def test_a46_a_replay_has_no_effect(world: World, membership_db: Database) -> None:
    arguments = world.genuine.pack(NAME, [parcel(1)])
    for _ in range(30):
        world.send(*arguments)
    world.send(*world.genuine.pack(NAME, [parcel(2)]))
    await until_recorded(membership_db, [1, 2])
    async with asyncio.timeout(5):
        while "zaiseki_messages_repeated_total{" not in world.workers.metrics("membership"):
            await asyncio.sleep(0.05)


async def test_a46_a_receipt_that_is_forged_or_replayed_closes_nothing(
    world: World, auth_db: Database
) -> None:
    async with auth_db.transaction() as connection:
        id = await outbox.put(connection, RecordParcel(parcel=1))
        await connection.execute("update outbox set due_at = now() + interval '1 hour'")
    strange = Receipt(ids=(new_id(),), failed=(Failure(id=id, attempt=7, code="x"),))
    Publisher(world.app, world.genuine).send_receipt("auth", strange)
    forger = Publisher(world.app, world.forger)
    forger.send_receipt("auth", Receipt(ids=(id,)))
    forger.send_receipt("auth", Receipt(failed=(Failure(id=id, attempt=0, code="x"),)))
    async with asyncio.timeout(5):
        while str(world.workers.log("auth")).count("bad_signature") < 2:
            await asyncio.sleep(0.05)
    await asyncio.sleep(0.2)
    async with auth_db.connection() as connection:
        row = await connection.fetchrow("select confirmed_at, failures from outbox")
        assert tuple(row) == (None, 0)
        assert await connection.fetchval("select count(*) from receipted") == 0


async def test_a_row_whose_reader_does_not_know_the_name_is_not_lost(
    world: World, auth_db: Database, membership_db: Database
) -> None:
    """A worker discards what it does not know: without a receipt the row comes again."""
    async with auth_db.transaction() as connection:
        await outbox.put(connection, RecordParcel(parcel=8))
        await connection.execute("update outbox set name = 'membership.record_parcel_v2'")
    await world.refused("unknown_name")
    async with auth_db.connection() as connection:
        row = await connection.fetchrow("select attempt, confirmed_at, payload is null from outbox")
        assert tuple(row) == (1, None, False)
        # The reader's next release knows it.
        await connection.execute("update outbox set name = $1, due_at = now()", NAME)
    await until_recorded(membership_db, [8])
