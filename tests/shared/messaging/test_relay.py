"""The relay publishes committed messages in batches, and stops for queues without a reader."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from shared.contracts.auth import SyncAccount
from shared.contracts.notifier import ForgetPerson
from shared.contracts.registry import MESSAGES
from shared.crypto import new_id
from shared.db import Connection, Database
from shared.messaging import outbox, parking, relay
from shared.messaging.doorbell import Doorbell
from shared.messaging.envelope import KEY_PREFIX, LARGEST_TASK, Item
from shared.messaging.listening import channel
from shared.messaging.relay import Relay
from shared.messaging.transport import broker
from shared.messaging.transport.broker import Publisher, celery_app
from shared.messaging.transport.intake import LARGEST_ENTRY, read
from shared.messaging.transport.threads import Thread
from tests.conftest import TestDatabase
from tests.loop_clock import stopped_clock
from tests.shared.messaging.conftest import put
from tests.shared.messaging.pair import SIGNERS, Alarm, Note, Pair, Post, running_pair

SYNC = SyncAccount(member_id=new_id(), version=9, state="active", customer_id=new_id())


@pytest_asyncio.fixture
async def pair(database: TestDatabase, redis_url: str) -> AsyncIterator[Pair]:
    async with running_pair(database, redis_url) as pair:
        yield pair


@pytest.fixture
def post(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    """The broker, and relays with the messages of these tests."""
    for kind in (Note, Alarm):
        monkeypatch.setitem(MESSAGES, kind.NAME, kind)
    post = Post(redis_url)
    yield post
    post.close()


@pytest.fixture
def without_sweeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A relay that starts from now on reads its outbox only when it is woken."""
    monkeypatch.setattr(relay, "SWEEP_SECONDS", 600.0)


class Counted:
    """A database that counts the connections that were acquired and released."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.asked = self.given_back = 0

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        self.asked += 1
        async with self._db.connection() as connection:
            yield connection
        self.given_back += 1


@asynccontextmanager
async def resting_relay(db: Database | Counted, url: str) -> AsyncIterator[Relay]:
    """Auth's relay, not running."""
    thread = Thread("relay")
    publisher = Publisher(celery_app("auth", url), SIGNERS["auth"])
    yield Relay(service="auth", db=db, publisher=publisher, in_thread=thread)  # type: ignore[arg-type]
    thread.close()


async def put_notes(pair: Pair, count: int) -> None:
    async with pair.auth.db.transaction("test") as connection:
        for number in range(count):
            await outbox.put(connection, Note(text=str(number)))


async def test_p2_a_message_takes_effect_and_its_row_is_closed_and_emptied(pair: Pair) -> None:
    await put(pair.auth.db, Note(text="あ"))
    await pair.deliver_until(pair.all_confirmed)
    assert pair.done == ["あ"]
    async with pair.auth.db.connection() as connection:
        assert await connection.fetchval("select payload from outbox") is None
        assert await connection.fetchval("select attempt from outbox") == 1


@pytest.mark.usefixtures("without_sweeps")
async def test_messages_are_sent_at_the_commit_and_never_after_a_rollback(pair: Pair) -> None:
    with contextlib.suppress(ZeroDivisionError):
        async with pair.auth.db.transaction("test") as connection:
            await outbox.put(connection, Note(text="rolled back"))
            raise ZeroDivisionError
    await put(pair.auth.db, Note(text="committed"))
    await pair.deliver_until(lambda: pair.done)
    assert pair.done == ["committed"]


async def test_a_task_has_up_to_25_messages_of_one_name_urgent_ones_first(
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


async def test_a_row_with_another_services_message_is_parked_alone(
    pair: Pair,
) -> None:
    before = refused("wrong_sender"), refused("unknown_name")
    async with pair.auth.db.transaction("test") as connection:
        foreign = [
            await outbox.put(connection, ForgetPerson(subject_id=new_id())),
            await outbox.put(connection, SYNC),
        ]
        await connection.execute("update outbox set queue = 'membership'")
        unknown = await outbox.put(connection, Note(text="of the next release"))
        await connection.execute("update outbox set name = 'membership.x' where id = $1", unknown)
        await outbox.put(connection, Note(text="genuine"))
    await pair.deliver_until(lambda: pair.done)
    assert pair.done == ["genuine"]
    assert (refused("wrong_sender"), refused("unknown_name")) == (before[0] + 2, before[1] + 1)
    async with pair.auth.db.connection() as connection:
        parked = await parking.list_parked(connection)
        assert {(row.id, row.failure) for row in parked} == {(id, "wrong_sender") for id in foreign}
        waits = "select parked_at is null and due_at > now() from outbox where id = $1"
        assert await connection.fetchval(waits, unknown), "another release may know the name"


async def test_a_task_is_not_larger_than_its_reader_accepts(pair: Pair) -> None:
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


async def test_messages_lost_by_the_broker_are_sent_again(pair: Pair) -> None:
    await put_notes(pair, 3)
    await pair.until(pair.post.take)
    async with pair.auth.db.connection() as connection:
        pause = await connection.fetchval("select min(due_at - now()) from outbox")
        assert 3 < pause.total_seconds() <= 5
        await connection.execute("update outbox set due_at = now()")
    await pair.deliver_until(pair.all_confirmed)
    assert sorted(pair.done) == ["0", "1", "2"]


async def test_without_a_notification_the_sweep_finds_a_message(
    auth_db: Database, redis_url: str, database: TestDatabase, post: Post
) -> None:
    """The message is put after a read that found the outbox empty."""
    stranger = await asyncpg.connect(database.dsn("auth"), server_settings={"search_path": "auth"})
    db = Counted(auth_db)
    async with resting_relay(db, redis_url) as relay, asyncio.timeout(30):
        running = asyncio.create_task(relay.run())
        while not db.given_back:
            await asyncio.sleep(0.01)
        await outbox.put(stranger, Note(text="unheard"))
        while not post.lie("membership"):
            await asyncio.sleep(0.01)
        running.cancel()
    await stranger.close()


async def test_a_notification_wakes_the_relay_after_its_connection_was_cut(
    auth_db: Database, redis_url: str, database: TestDatabase
) -> None:
    """Each new connection wakes it too, because it may have missed a notification."""
    listeners = "from pg_stat_activity where query like 'LISTEN%' and datname = current_database()"
    owner = await asyncpg.connect(database.owner_dsn)
    async with resting_relay(auth_db, redis_url) as relay, asyncio.timeout(30):
        listening = asyncio.create_task(relay.listen(database.dsn("auth")))
        for act in (
            f"select pg_terminate_backend(pid) {listeners}",
            f"select pg_notify('{channel('auth')}', '')",
        ):
            await relay._awake.wait()
            relay._awake.clear()
            await owner.execute(act)
        await relay._awake.wait()
        listening.cancel()
    await owner.close()


async def test_the_relay_does_not_fill_a_queue_above_its_maximum(
    auth_db: Database, redis_url: str, post: Post
) -> None:
    """One read of the outbox leases the alarm and leaves the note."""
    assert broker.LONGEST_QUEUE == 10_000
    post.channel.client.lpush("membership", *["{}"] * 10_000)
    async with auth_db.transaction("test") as connection:
        await outbox.put(connection, Note(text="waits"))
        await outbox.put(connection, Alarm(text="goes"))
    async with resting_relay(auth_db, redis_url) as relay, asyncio.timeout(30):
        running = asyncio.create_task(relay.run())
        while not post.lie("membership.now"):
            await asyncio.sleep(0.01)
        assert post.lie("membership") == 10_000
        async with auth_db.connection() as connection:
            attempts = await connection.fetch("select name, attempt from outbox order by name")
        assert [tuple(row) for row in attempts] == [(Alarm.NAME, 1), (Note.NAME, 0)]

        post.channel.client.delete("membership")
        while post.lie("membership") != 1:
            await asyncio.sleep(0.01)
        running.cancel()


async def test_while_the_broker_is_away_no_row_is_leased(auth_db: Database, redis_url: str) -> None:
    away = redis_url.replace("valkey.sock", "nobody.sock")
    await put(auth_db, Note(text="patient"))
    async with resting_relay(auth_db, away) as relay, asyncio.timeout(30):
        with capture_logs() as logs:
            running = asyncio.create_task(relay.run())
            while "the outbox was not published" not in [line["event"] for line in logs]:
                await asyncio.sleep(0.01)
        async with auth_db.connection() as connection:
            assert await connection.fetchval("select attempt from outbox") == 0
        running.cancel()


async def test_notifications_within_5_ms_are_gathered(
    database: TestDatabase, auth_db: Database
) -> None:
    doorbell, db = Doorbell("auth"), Counted(auth_db)
    heard: list[str] = []
    listener = await asyncpg.connect(database.dsn("auth"))
    await listener.add_listener(channel("auth"), lambda *_: heard.append(""))
    with stopped_clock() as clock:
        ringing = asyncio.create_task(doorbell.run(db))  # type: ignore[arg-type]
        doorbell.ring()
        await clock.until(lambda: db.given_back == 1)
        for _ in range(100):
            doorbell.ring()
            await clock.settle()
        await clock.advance(0.004)
        assert db.asked == 1
        await clock.advance(0.002)
        await clock.until(lambda: db.given_back == 2)
        await clock.advance(0.006)
        assert db.asked == 2
        doorbell.ring()
        await clock.until(lambda: len(heard) == 3)
        ringing.cancel()
    await listener.close()


def test_no_header_contains_a_secret(redis_url: str) -> None:
    """By default Celery repeats the arguments in `argsrepr` for its logs."""
    app = celery_app("auth", redis_url)
    item = Item(id=new_id(), attempt=1, sender="auth", request_id="", body='"hidden"')
    Publisher(app, SIGNERS["auth"]).send("notifier", "notifier.send_mail", [item])
    with app.connection_for_read() as connection:
        message = connection.default_channel.basic_get("notifier", no_ack=True)
    assert "hidden" not in str(message.headers)
    assert "hidden" in str(message.payload)


async def test_a_stop_publishes_the_messages_that_were_just_leased(auth_db: Database) -> None:
    published: list[Item] = []
    leased, stopping = asyncio.Event(), asyncio.Event()

    class Broker:
        def lengths(self, queues: Sequence[str]) -> dict[str, int]:
            return dict.fromkeys(queues, 0)

        def send(self, queue: str, name: str, items: list[Item]) -> None:
            published.extend(items)

    async def in_thread(call: Callable[..., Any], *args: Any) -> Any:
        if call.__name__ == "send":
            leased.set()
            await stopping.wait()
        return call(*args)

    await put(auth_db, SYNC)
    relay = Relay(service="membership", db=auth_db, publisher=Broker(), in_thread=in_thread)
    run = asyncio.create_task(relay.run())
    await leased.wait()
    run.cancel()
    await asyncio.sleep(0)  # the run is cancelled
    stopping.set()
    await asyncio.wait({run})
    assert len(published) == 1
