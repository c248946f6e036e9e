"""The relay: publishes what is committed, in batches, and holds back where nobody reads."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import asyncpg
import pytest_asyncio
from prometheus_client import REGISTRY

from shared.contracts.auth import SyncAccount
from shared.contracts.notifier import ForgetPerson
from shared.crypto import new_id
from shared.db import Database
from shared.messaging import outbox, parking
from shared.messaging.doorbell import Doorbell
from shared.messaging.envelope import KEY_PREFIX, LARGEST_TASK, Item
from shared.messaging.listening import channel
from shared.messaging.relay import Relay
from shared.messaging.transport import broker
from shared.messaging.transport.broker import Publisher, celery_app
from shared.messaging.transport.intake import LARGEST_ENTRY, read
from shared.messaging.transport.threads import Thread
from tests.conftest import TestDatabase
from tests.shared.messaging.conftest import put
from tests.shared.messaging.pair import SIGNERS, Alarm, Note, Pair, running_pair

SYNC = SyncAccount(member_id=new_id(), version=9, state="active", customer_id=new_id())


@pytest_asyncio.fixture
async def pair(database: TestDatabase, redis_url: str) -> AsyncIterator[Pair]:
    async with running_pair(database, redis_url) as pair:
        yield pair


async def put_notes(pair: Pair, count: int) -> None:
    async with pair.auth.db.transaction("test") as connection:
        for number in range(count):
            await outbox.put(connection, Note(text=str(number)))


async def test_p2_a_message_has_its_effect_and_its_row_is_closed_and_emptied(pair: Pair) -> None:
    await put(pair.auth.db, Note(text="あ"))
    await pair.deliver_until(pair.all_confirmed)
    assert pair.done == ["あ"]
    async with pair.auth.db.connection() as connection:
        assert await connection.fetchval("select payload from outbox") is None
        assert await connection.fetchval("select attempt from outbox") == 1


async def test_what_is_committed_goes_at_once_and_what_is_rolled_back_never(pair: Pair) -> None:
    with contextlib.suppress(ZeroDivisionError):
        async with pair.auth.db.transaction("test") as connection:
            await outbox.put(connection, Note(text="rolled back"))
            raise ZeroDivisionError
    started = time.monotonic()
    await put(pair.auth.db, Note(text="committed"))
    await pair.deliver_until(lambda: pair.done)
    assert pair.done == ["committed"]
    assert time.monotonic() - started < 0.9, "the commit wakes the relay, not the sweep"


async def test_a_task_carries_25_messages_of_one_kind_and_urgent_ones_come_first(
    pair: Pair,
) -> None:
    async with pair.auth.db.transaction("test") as connection:
        for number in range(30):
            await outbox.put(connection, Note(text=str(number)))
            await outbox.put(connection, Alarm(text=str(number)))
    await pair.until(lambda: pair.post.lie("membership") == 2)
    letters = pair.post.take()
    signer, kinds = SIGNERS["membership"], {kind.NAME: kind for kind in (Note, Alarm)}
    sizes = [(letter.name, len(signer.unpack(kinds[letter.name], letter.text, letter.signature)))
             for letter in letters]  # fmt: skip
    assert sizes == [(Alarm.NAME, 25), (Alarm.NAME, 5), (Note.NAME, 25), (Note.NAME, 5)]


async def test_a_row_with_a_message_of_another_service_is_parked_and_the_others_go(
    pair: Pair,
) -> None:
    async with pair.auth.db.transaction("test") as connection:
        foreign = [
            await outbox.put(connection, ForgetPerson(subject_id=new_id())),
            await outbox.put(connection, SYNC),
        ]
        await connection.execute("update outbox set queue = 'membership'")
        unknown = await outbox.put(connection, Note(text="of the next release"))
        await connection.execute("update outbox set name = 'membership.x' where id = $1", unknown)
        await outbox.put(connection, Note(text="genuine"))
    before = refused("wrong_sender"), refused("unknown_name")
    await pair.deliver_until(lambda: pair.done)
    assert pair.done == ["genuine"]
    assert (refused("wrong_sender"), refused("unknown_name")) == (before[0] + 2, before[1] + 1)
    async with pair.auth.db.connection() as connection:
        parked = await parking.list_parked(connection)
        assert {(row.id, row.failure) for row in parked} == {(id, "wrong_sender") for id in foreign}
        waits = "select parked_at is null and due_at > now() from outbox where id = $1"
        assert await connection.fetchval(waits, unknown), "another release may know it"


async def test_a_task_is_no_larger_than_its_reader_takes(pair: Pair) -> None:
    async with pair.auth.db.transaction("test") as connection:
        for number in range(5):
            await outbox.put(connection, Note(text=f"{number}{chr(34) * 50_000}"))
        largest = '"' * (LARGEST_TASK // 2 - 6)
        await outbox.put(connection, Note(text=largest))
        large = await outbox.put(connection, Note(text="あ" * 100_000))
    await pair.until(lambda: pair.post.lie("membership") == 4)
    entries = pair.post.channel.client.lrange(f"{KEY_PREFIX}membership", 0, -1)
    assert max(len(entry) for entry in entries) < LARGEST_ENTRY
    assert [read(entry, "membership")["headers"]["task"] for entry in entries] == [Note.NAME] * 4
    await pair.deliver_until(lambda: len(pair.done) == 6)
    async with pair.auth.db.connection() as connection:
        assert [(one.id, one.failure) for one in await parking.list_parked(connection)] == [
            (large, "too_large")
        ]


def refused(reason: str) -> float:
    labels = {"service": "auth", "reason": reason}
    return REGISTRY.get_sample_value("zaiseki_messages_refused_total", labels) or 0


async def test_what_the_broker_loses_comes_again(pair: Pair) -> None:
    await put_notes(pair, 3)
    await pair.until(pair.post.take)
    async with pair.auth.db.connection() as connection:
        pause = await connection.fetchval("select min(due_at - now()) from outbox")
        assert 3 < pause.total_seconds() <= 5
        await connection.execute("update outbox set due_at = now()")
    await pair.deliver_until(pair.all_confirmed)
    assert sorted(pair.done) == ["0", "1", "2"]


async def test_without_a_notification_the_sweep_finds_it_within_a_second(
    pair: Pair, database: TestDatabase
) -> None:
    stranger = await asyncpg.connect(database.dsn("auth"), server_settings={"search_path": "auth"})
    await outbox.put(stranger, Note(text="unheard"))
    await stranger.close()
    await pair.deliver_until(lambda: pair.done, seconds=2)


async def test_a_notification_wakes_it_also_after_its_connection_was_cut(
    pair: Pair, database: TestDatabase
) -> None:
    listening = asyncio.create_task(pair.auth.relay.listen(database.dsn("auth")))
    owner = await asyncpg.connect(database.owner_dsn)
    listeners = "from pg_stat_activity where query like 'LISTEN%' and datname = current_database()"
    async with asyncio.timeout(20):
        while not await owner.fetchval(f"select count(*) {listeners}"):
            await asyncio.sleep(0.01)
        await owner.execute(f"select pg_terminate_backend(pid) {listeners}")
        await asyncio.sleep(0.1)
        while not await owner.fetchval(f"select count(*) {listeners}"):
            await asyncio.sleep(0.01)
    pair.auth.relay._awake.clear()
    await owner.execute("select pg_notify($1, '')", channel("auth"))
    async with asyncio.timeout(5):
        await pair.auth.relay._awake.wait()
    listening.cancel()
    await owner.close()


async def test_it_fills_no_queue_beyond_the_longest(pair: Pair) -> None:
    assert broker.LONGEST_QUEUE == 10_000
    filler = ["{}"] * 10_000
    pair.post.channel.client.lpush("membership", *filler)
    await asyncio.sleep(1.1)  # it looks at lengths once a second
    await put(pair.auth.db, Note(text="waits"))
    await put(pair.auth.db, Alarm(text="goes"))
    await pair.until(lambda: pair.post.lie("membership.now"))
    await asyncio.sleep(0.2)
    assert pair.post.lie("membership") == 10_000
    async with pair.auth.db.connection() as connection:
        attempts = await connection.fetch("select name, attempt from outbox order by name")
    assert [tuple(row) for row in attempts] == [(Alarm.NAME, 1), (Note.NAME, 0)]

    pair.post.channel.client.delete("membership")
    await pair.until(lambda: pair.post.lie("membership") == 1)


async def test_while_the_broker_is_away_nothing_is_leased(
    auth_db: Database, redis_url: str
) -> None:
    away = redis_url.replace("valkey.sock", "nobody.sock")
    thread = Thread("relay")
    publisher = Publisher(celery_app("auth", away), SIGNERS["auth"])
    relay = Relay(service="auth", db=auth_db, publisher=publisher, in_thread=thread)
    await put(auth_db, Note(text="patient"))
    running = asyncio.create_task(relay.run())
    await asyncio.sleep(0.5)
    async with auth_db.connection() as connection:
        assert await connection.fetchval("select attempt from outbox") == 0
    running.cancel()
    thread.close()


async def test_rings_are_gathered(database: TestDatabase, pair: Pair) -> None:
    doorbell = Doorbell("auth")
    heard: list[str] = []
    listener = await asyncpg.connect(database.dsn("auth"))
    await listener.add_listener(channel("auth"), lambda *_: heard.append(""))
    ringing = asyncio.create_task(doorbell.run(pair.auth.db))
    for _ in range(200):
        doorbell.ring()
        await asyncio.sleep(0.0005)
    await asyncio.sleep(0.1)
    assert 1 <= len(heard) <= 100
    heard.clear()
    doorbell.ring()
    async with asyncio.timeout(0.5):
        while not heard:
            await asyncio.sleep(0.001)
    ringing.cancel()
    await listener.close()


def test_no_secret_stands_in_a_header(redis_url: str) -> None:
    """Celery repeats arguments in `argsrepr` for its logs."""
    app = celery_app("auth", redis_url)
    item = Item(id=new_id(), attempt=1, sender="auth", request_id="", body='"hidden"')
    Publisher(app, SIGNERS["auth"]).send("notifier", "notifier.send_mail", [item])
    with app.connection_for_read() as connection:
        message = connection.default_channel.basic_get("notifier", no_ack=True)
    assert "hidden" not in str(message.headers)
    assert "hidden" in str(message.payload)


async def test_a_stop_publishes_the_messages_that_were_just_leased(auth_db: Database) -> None:
    published: list[Item] = []
    leased = asyncio.Event()

    class Broker:
        def lengths(self, queues: Sequence[str]) -> dict[str, int]:
            return dict.fromkeys(queues, 0)

        def send(self, queue: str, name: str, items: list[Item]) -> None:
            published.extend(items)

    async def in_thread(call: Callable[..., Any], *args: Any) -> Any:
        if call.__name__ == "send":
            leased.set()
            await asyncio.sleep(0.05)  # the stop comes now
        return call(*args)

    await put(auth_db, SYNC)
    relay = Relay(service="membership", db=auth_db, publisher=Broker(), in_thread=in_thread)
    run = asyncio.create_task(relay.run())
    await leased.wait()
    run.cancel()
    await asyncio.wait({run})
    assert len(published) == 1
