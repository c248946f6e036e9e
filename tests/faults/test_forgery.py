"""Forged entries in Redis, against a real worker: without effect, logged and counted."""

import asyncio
import base64
import gzip
import json
import pickle
import uuid
from collections.abc import Callable, Iterator
from typing import Any, get_args

import pytest

from shared.crypto import new_id
from shared.db import Database
from shared.messaging import outbox
from shared.messaging.envelope import Failure, Item, Reason, Receipt, Signer
from shared.messaging.transport.broker import Publisher, celery_app
from shared.settings import load
from tests.conftest import TestDatabase
from tests.faults.fleet import SERVICES, Broker, Fleet, fleet
from tests.faults.parcels import TABLES, ParcelSettings, RecordParcel
from tests.servers import Servers
from tests.signing import new_signing_keys, signers

NAME, QUEUE = RecordParcel.NAME, RecordParcel.QUEUE
KEY_OF_QUEUE = f"zaiseki:{QUEUE}"
MARK = "written-by-a-stranger"


class World:
    """The workers, and an attacker who can write to their broker."""

    def __init__(self, broker: Broker, workers: Fleet) -> None:
        self.workers = workers
        self.redis = broker.client()
        self.app = celery_app("auth", broker.url)
        settings = {
            service: load(
                ParcelSettings, {**workers.keys, "SERVICE": service, "REDIS_URL": broker.url}
            )
            for service in SERVICES
        }
        self.genuine = Signer.of("auth", settings["auth"])
        self.membership = Signer.of("membership", settings["membership"])
        self.forger = signers(new_signing_keys())["auth"]

    def _signer(self, service: str) -> Signer:
        environment = {**self.workers.keys, "SERVICE": service, "REDIS_URL": "redis://x"}
        return Signer.of(service, load(ParcelSettings, environment))

    def send(self, *arguments: Any, name: str = NAME, queue: str = QUEUE) -> None:
        self.app.send_task(name, args=arguments, queue=queue)

    def entry(self, **change: Any) -> dict[str, Any]:
        """The entry that kombu would push for a genuine message, with parts replaced."""
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
        """Wait until a rejected message with this reason is logged and counted."""
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


def signed_by_another_service(world: World) -> None:
    """A signature of the reader itself, and one that claims to be the sender's."""
    text, signature = world.membership.pack(NAME, [parcel(5)])
    world.send(text, signature)
    world.send(*world.membership.pack(NAME, [parcel(5, sender="membership")]))


def under_another_name(world: World) -> None:
    text, signature = world.membership.pack(NAME, [parcel(5)])
    for claimed in ("auth:", "", "nobody:", "auth", ":", "auth:auth:"):
        world.send(text, claimed + signature.partition(":")[2])


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


def nested(depth: int) -> str:
    return "[" * depth + MARK + "]" * depth


def nested_entry(world: World) -> None:
    world.push(nested(50_000).encode())


def nested_body(world: World) -> None:
    world.push(world.entry(body=in_base64(nested(50_000))))


def nested_headers(world: World) -> None:
    entry = json.dumps(world.entry(headers={"task": NAME, "eta": "NESTED"}))
    world.push(entry.replace('"NESTED"', nested(50_000)).encode())


def nested_text(world: World) -> None:
    world.send(*world.forger.sign(NAME, nested(50_000)))


def compressed(world: World) -> None:
    """300 kB of gzip that unpack to 300 MB of zeros."""
    body = base64.b64encode(gzip.compress(bytes(300_000_000))).decode()
    for kind in ("application/x-gzip", "gzip", "zlib", "bzip2", "lzma", "zstd", 5, None):
        headers = {"task": NAME, "id": "1", "compression": kind}
        world.push(world.entry(body=body, headers=headers))


def compressed_in_the_encoding(world: World) -> None:
    world.push(world.entry(body=in_base64("[]"), **{"content-encoding": "gzip"}))


def oversized(world: World) -> None:
    world.push(world.entry(body=in_base64(MARK + " " * 3_000_000)))


def yaml_and_others(world: World) -> None:
    for kind in ("application/x-yaml", "application/x-msgpack", "application/data", "text/plain",
                 "application/JSON", "", None, 1, [], {}):  # fmt: skip
        world.push(world.entry(**{"content-type": kind}))


def other_encodings(world: World) -> None:
    for kind in ("utf-16", "binary", "utf-7", "idna", "rot13", "zlib_codec", MARK, None, 1, []):
        world.push(world.entry(**{"content-encoding": kind}))


def other_codecs(world: World) -> None:
    for kind in ("utf-8", "gzip", MARK, None, 1, []):
        properties = {**world.entry()["properties"], "body_encoding": kind}
        world.push(world.entry(properties=properties))


def protocol_1(world: World) -> None:
    text, signature = world.forger.pack(NAME, [parcel(10)])
    body = {"task": NAME, "id": "1", "args": [text, signature], "kwargs": {}, "eta": None}
    for headers in ({}, {"task": None}, {"task": []}, {"task": {}}, {"task": 1}, [], MARK, 7):
        world.push(world.entry(body=in_base64(json.dumps(body)), headers=headers))


def protocol_1_and_2(world: World) -> None:
    """Celery's hybrid: a body with `args` and `callbacks`, and a header with the task."""
    text, signature = world.genuine.pack(NAME, [parcel(11)])
    body = {"task": NAME, "id": "1", "args": [text, signature], "kwargs": {},
            "callbacks": [calling(world)], "errbacks": [calling(world)]}  # fmt: skip
    world.push(world.entry(body=in_base64(json.dumps(body))))


def huge_numbers(world: World) -> None:
    for number in ("9" * 5_000, "1e999999", "-1e999999", "NaN", "Infinity"):
        world.push(world.entry(body=in_base64(f"[[{number}, {number}], {{}}, {{}}]")))


def no_strings(world: World) -> None:
    for arguments in ("[[1, 2], {}, {}]", "[[], {}, {}]", "[[null, null], {}, {}]", "{}", "7", "[]",
                      '[["a", "b"], {"c": 1}, {}]', '[["a", "b"], [], {}]', '"abc"', "[1, 2, 3]",
                      '[["a", "b", "c"], {}, {}]', '[["a", "b"], {}]'):  # fmt: skip
        world.push(world.entry(body=in_base64(arguments)))


def no_utf_8(world: World) -> None:
    world.push(world.entry(body=base64.b64encode(b'[["\xff\xfe", "b"], {}, {}]').decode()))


def with_a_name_of_half_a_character(world: World) -> None:
    world.push(world.entry(headers={"task": "\ud800"}))


def of_celery(world: World) -> None:
    for name in ("celery.chord", "celery.group", "celery.chain", "celery.map", "celery.starmap",
                 "celery.chunks", "celery.backend_cleanup", "celery.accumulate",
                 "celery.chord_unlock", "membership.worker.run", "__main__", ""):  # fmt: skip
        world.push(world.entry(headers={"task": name, "id": "1"}))


def in_base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def calling(world: World) -> dict[str, Any]:
    """Celery's `signature`: a task to publish when another one has ended."""
    arguments = list(world.genuine.pack(NAME, [parcel(12)]))
    return {"task": NAME, "args": arguments, "kwargs": {}, "options": {"queue": "auth"},
            "subtask_type": None, "immutable": True}  # fmt: skip


class _Weapon:
    """An object that creates a file when it is unpickled."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str, str]]:
        return open, (self.path, "w")


def pickled(world: World) -> None:
    weapon = pickle.dumps([[_Weapon(str(world.workers.directory / "unpickled"))], {}, {}])
    body = base64.b64encode(weapon).decode()
    kind = {"content-type": "application/x-python-serialize", "content-encoding": "binary"}
    world.push(world.entry(body=body, **kind))


FORGERIES: tuple[tuple[Callable[[World], None], Reason, int], ...] = (
    (nested_entry, "garbage", 1),
    (nested_body, "malformed", 1),
    (nested_headers, "garbage", 1),
    (nested_text, "bad_signature", 1),
    (compressed, "malformed", 8),
    (compressed_in_the_encoding, "malformed", 1),
    (oversized, "too_large", 1),
    (yaml_and_others, "malformed", 10),
    (other_encodings, "malformed", 10),
    (other_codecs, "garbage", 6),
    (protocol_1, "malformed", 8),
    (protocol_1_and_2, "malformed", 1),
    (huge_numbers, "malformed", 5),
    (no_strings, "malformed", 12),
    (no_utf_8, "malformed", 1),
    (with_a_name_of_half_a_character, "unknown_name", 1),
    (of_celery, "unknown_name", 12),
    (forged, "bad_signature", 1),
    (changed, "bad_signature", 1),
    (of_another_name, "bad_signature", 1),
    (of_another_sender, "wrong_sender", 1),
    (signed_by_another_service, "wrong_sender", 2),
    (under_another_name, "bad_signature", 6),
    (no_text, "malformed", 1),
    (no_unicode, "bad_signature", 1),
    (no_arguments, "malformed", 1),
    (too_many_arguments, "malformed", 1),
    (of_no_task, "unknown_name", 1),
    (no_json_in_the_body, "malformed", 1),
    (no_base64_in_the_body, "garbage", 1),
    (no_headers, "malformed", 1),
    (empty_headers, "malformed", 1),
    (no_properties, "garbage", 1),
    (no_kombu, "garbage", 1),
    (garbage, "garbage", 1),
    (pickled, "malformed", 1),
)


async def test_a46_f36_forged_entries_have_no_effect(world: World, membership_db: Database) -> None:
    seen = 0
    for write, reason, count in FORGERIES:
        write(world)
        for _ in range(100):
            if len(world.reasons()) >= seen + count:
                break
            await asyncio.sleep(0.03)
        assert world.workers.is_alive("membership"), write.__name__
        assert world.reasons()[seen:] == [reason] * count, (
            write.__name__,
            world.workers.log("membership")[-1],
        )
        seen += count
    for reason in get_args(Reason):
        if reason != "too_old":
            await world.refused(reason)
    world.send(*world.genuine.pack(NAME, [parcel(50)]))
    await until_recorded(membership_db, [50])
    assert not (world.workers.directory / "unpickled").exists()
    assert MARK not in world.workers.text("membership"), "no log repeats a rejected message"
    assert world.workers.memory("membership") < 400 * 2**20, "nothing was unpacked"


async def test_a46_f36_headers_around_a_genuine_text_have_no_effect(
    world: World, membership_db: Database
) -> None:
    """A replayed task with times, retries, callbacks and more in its headers and body."""
    text, signature = world.genuine.pack(NAME, [parcel(1)])
    call = calling(world)
    embed = {"callbacks": [call], "errbacks": [call], "chain": [call], "chord": call}
    headers = {
        "task": NAME, "id": "../x", "lang": "py", "eta": "2999-01-01T00:00:00", "retries": 10**9,
        "expires": "1999-01-01T00:00:00", "shadow": MARK, "timelimit": [0, 0], "group": "g",
        "root_id": 7, "parent_id": {}, "ignore_result": False, "stamps": {"a": 1},
        "stamped_headers": ["a"], "replaced_task_nesting": 9, "argsrepr": MARK, "redelivered": True,
    }  # fmt: skip
    properties = {
        "body_encoding": "base64", "delivery_tag": "the-same", "priority": 9, "reply_to": "auth",
        "correlation_id": MARK, "delivery_info": {"exchange": "x", "routing_key": "auth"},
    }  # fmt: skip
    body = in_base64(json.dumps([[text, signature], {}, embed]))
    for _ in range(3):
        world.push(world.entry(body=body, headers=headers, properties=properties))
    for step in ("3", "6", "9"):
        world.redis.lpush(f"{KEY_OF_QUEUE}\x06\x16{step}", json.dumps(world.entry(body=body)))
    await until_recorded(membership_db, [1])
    async with asyncio.timeout(5):
        while str(world.workers.log("membership")).count("was repeated") < 5:
            await asyncio.sleep(0.05)
    assert world.redis.keys("zaiseki:auth*") == [], "no callback was published"
    assert world.redis.keys("*unacked*") == []
    assert MARK not in world.workers.text("membership")


async def test_keys_of_another_type_are_deleted_and_do_not_end_a_worker(
    world: World, membership_db: Database
) -> None:
    forged = json.dumps([{"headers": 1}, "", QUEUE])
    world.redis.hset("zaiseki:unacked", mapping={"1": forged, "2": nested(50_000), "3": b"\xff"})
    world.redis.zadd("zaiseki:unacked_index", {"1": 1, "2": 2, "3": 3, b"\xfe": 4})
    world.redis.hset("zaiseki:_kombu.binding.membership", "a", "b")
    queues = (KEY_OF_QUEUE, "zaiseki:membership.now", f"{KEY_OF_QUEUE}\x06\x163")
    for number, key in enumerate(queues, start=1):
        world.redis.set(key, MARK)
        async with asyncio.timeout(10):
            while world.redis.exists(key):
                await asyncio.sleep(0.05)
        world.send(*world.genuine.pack(NAME, [parcel(number)]))
        await until_recorded(membership_db, list(range(1, number + 1)))
    world.workers.kill("membership")
    world.redis.hset(KEY_OF_QUEUE, "a", "b")
    world.workers.start("membership")
    world.send(*world.genuine.pack(NAME, [parcel(4)]))
    await until_recorded(membership_db, [1, 2, 3, 4])
    texts = world.workers.text("membership") + world.workers.text("auth")
    assert texts.count('"reason": "garbage"') >= 4
    assert MARK not in texts


async def test_a46_a_replay_has_no_effect(world: World, membership_db: Database) -> None:
    arguments = world.genuine.pack(NAME, [parcel(1)])
    for _ in range(30):
        world.send(*arguments)
    world.send(*world.genuine.pack(NAME, [parcel(2)]))
    await until_recorded(membership_db, [1, 2])
    async with asyncio.timeout(5):
        while "zaiseki_messages_repeated_total{" not in world.workers.metrics("membership"):
            await asyncio.sleep(0.05)


async def test_a46_a_forged_or_replayed_receipt_closes_no_row(
    world: World, auth_db: Database
) -> None:
    async with auth_db.transaction("test") as connection:
        id = await outbox.put(connection, RecordParcel(parcel=1))
        await connection.execute("update outbox set due_at = now() + interval '1 hour'")
    strange = Receipt(ids=(new_id(),), failed=(Failure(id=id, attempt=7, code="x"),))
    Publisher(world.app, world.membership).send_receipt("auth", strange)
    own = Publisher(world.app, world.genuine)  # the row's own sender, and another reader
    own.send_receipt("auth", Receipt(ids=(id,)))
    forger = Publisher(world.app, world.forger)
    forger.send_receipt("auth", Receipt(ids=(id,)))
    forger.send_receipt("auth", Receipt(failed=(Failure(id=id, attempt=0, code="x"),)))
    said = ("bad_signature", "wrong_sender")
    async with asyncio.timeout(5):
        while [world.workers.text("auth").count(reason) for reason in said] != [2, 1]:
            await asyncio.sleep(0.05)
    await asyncio.sleep(0.2)
    async with auth_db.connection() as connection:
        row = await connection.fetchrow("select confirmed_at, failures from outbox")
        assert tuple(row) == (None, 0)
        assert await connection.fetchval("select count(*) from receipted") == 0


async def test_a_message_that_its_reader_does_not_know_is_not_lost(
    world: World, auth_db: Database, membership_db: Database
) -> None:
    """A worker discards an unknown task: without a receipt the message is sent again."""
    async with auth_db.transaction("test") as connection:
        await outbox.put(connection, RecordParcel(parcel=8))
        await connection.execute("update outbox set name = 'membership.record_parcel_v2'")
    await world.refused("unknown_name")
    async with auth_db.connection() as connection:
        row = await connection.fetchrow("select attempt, confirmed_at, payload is null from outbox")
        assert tuple(row) == (1, None, False)
        # The reader's next release knows it.
        await connection.execute("update outbox set name = $1, due_at = now()", NAME)
    await until_recorded(membership_db, [8])
