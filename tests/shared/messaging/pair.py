"""A sender (auth) and a reader (membership) with a real broker, in one event loop.

Relay, receipts and consumer are the real ones; only Celery's threads are missing: `Post` takes
tasks from Redis as a worker would, so that a test can inspect, drop or repeat them.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar
from unittest.mock import patch

from shared.contracts.base import Message
from shared.contracts.registry import MESSAGES, QUEUES, confirm_task
from shared.db import Connection, Database, open_database
from shared.messaging.consumer import Consumer
from shared.messaging.envelope import Received
from shared.messaging.receipts import Receipts
from shared.messaging.relay import Relay
from shared.messaging.settlement import AfterReceipt
from shared.messaging.transport.broker import Publisher, celery_app
from shared.messaging.transport.threads import Thread
from tests.conftest import TestDatabase
from tests.signing import new_signing_keys, signers

KEYS = new_signing_keys()
SIGNERS = signers(KEYS)


class Note(Message):
    """From auth to membership."""

    NAME: ClassVar[str] = "membership.take_note"
    QUEUE: ClassVar[str] = "membership"
    SENDERS: ClassVar[frozenset[str]] = frozenset({"auth"})

    text: str


class Alarm(Message):
    """From auth to membership, urgent."""

    NAME: ClassVar[str] = "membership.take_alarm"
    QUEUE: ClassVar[str] = "membership.now"
    SENDERS: ClassVar[frozenset[str]] = frozenset({"auth"})

    text: str


@dataclass(frozen=True)
class Letter:
    """A Celery task as stored in Redis."""

    queue: str
    name: str
    text: str
    signature: str


class Post:
    """The broker's queues, read by a test."""

    def __init__(self, url: str) -> None:
        self._connection = celery_app("post", url).connection_for_read()
        self.channel = self._connection.default_channel
        self.channel.client.flushdb()

    def close(self) -> None:
        self._connection.release()

    def take(self) -> list[Letter]:
        """Take all tasks, urgent queues first."""
        return [letter for queue in QUEUES for letter in self._take_all(queue)]

    def lie(self, queue: str) -> int:
        """The number of tasks in a queue."""
        count: int = self.channel.queue_declare(queue).message_count
        return count

    def _take_all(self, queue: str) -> list[Letter]:
        letters = []
        while message := self.channel.basic_get(queue, no_ack=True):
            arguments = message.payload[0]
            letters.append(Letter(queue, message.headers["task"], *arguments))
        return letters


@dataclass
class Node:
    """One service's worker, without Celery."""

    service: str
    db: Database
    relay: Relay
    receipts: Receipts
    consumer: Consumer
    after: dict[type[Message], AfterReceipt]
    task: Callable[..., Any]

    async def take(self, letter: Letter) -> None:
        if letter.name == confirm_task(self.service):
            await self.consumer.take_receipt(letter.name, self.after, letter.text, letter.signature)
            return
        message = {kind.NAME: kind for kind in (Note, Alarm)}[letter.name]
        await self.consumer.take_messages(message, self.task, letter.text, letter.signature)


@dataclass
class Pair:
    """The two services, and the effects."""

    post: Post
    nodes: dict[str, Node]
    done: list[str] = field(default_factory=list)
    after: dict[type[Message], AfterReceipt] = field(default_factory=dict)

    @property
    def auth(self) -> Node:
        return self.nodes["auth"]

    @property
    def membership(self) -> Node:
        return self.nodes["membership"]

    async def remember(
        self, _context: object, connection: Connection, received: Received[Any]
    ) -> None:
        await connection.execute("select 1")
        self.done.append(received.message.text)

    async def deliver(self) -> list[Letter]:
        """Deliver the tasks that are in the broker now, which puts their receipts there."""
        letters = self.post.take()
        for letter in letters:
            await self.nodes[letter.queue.partition(".")[0]].take(letter)
        return letters

    async def until(self, reached: Callable[[], Any]) -> None:
        """Wait without delivering."""
        async with asyncio.timeout(30):
            while not await _value(reached):
                await asyncio.sleep(0.005)

    async def deliver_until(self, reached: Callable[[], Any]) -> None:
        """Deliver until a condition holds."""
        async with asyncio.timeout(30):
            while not await _value(reached):
                await self.deliver()
                await asyncio.sleep(0.01)

    async def unconfirmed(self) -> int:
        async with self.auth.db.connection() as connection:
            count: int = await connection.fetchval(
                "select count(*) from outbox where confirmed_at is null"
            )
            return count

    async def all_confirmed(self) -> bool:
        return await self.unconfirmed() == 0


async def _value(reached: Callable[[], Any]) -> Any:
    value = reached()
    return await value if asyncio.iscoroutine(value) else value


@asynccontextmanager
async def running_pair(database: TestDatabase, url: str) -> AsyncIterator[Pair]:
    """Both services with running relays and receipts."""
    async with AsyncExitStack() as stack:
        stack.enter_context(patch.dict(MESSAGES, {kind.NAME: kind for kind in (Note, Alarm)}))
        post = Post(url)
        stack.callback(post.close)
        pair = Pair(post, {})
        for service in ("auth", "membership"):
            node = await _open(stack, pair, database, service, url)
            pair.nodes[service] = node
            for work in (node.relay.run(), node.receipts.run()):
                stack.push_async_callback(_cancel, asyncio.create_task(work))
        yield pair


async def _open(
    stack: AsyncExitStack, pair: Pair, database: TestDatabase, service: str, url: str
) -> Node:
    wakes: list[Callable[[], None]] = []
    db = await stack.enter_async_context(
        open_database(
            database.dsn(service), schema=service, on_commit=lambda: [w() for w in wakes] and None
        )
    )
    app, signer = celery_app(service, url), SIGNERS[service]
    stack.callback(app.close)
    publisher, thread = Publisher(app, signer), Thread(service)
    stack.callback(thread.close)
    relay = Relay(service=service, db=db, publisher=publisher, in_thread=thread)
    wakes.append(relay.wake)
    receipts = Receipts(publisher, thread)
    consumer = Consumer(service=service, db=db, context=None, signer=signer, receipts=receipts)
    return Node(service, db, relay, receipts, consumer, pair.after, pair.remember)


async def _cancel(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
