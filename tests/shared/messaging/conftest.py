"""Two services in one event loop: a sender's outbox, a reader's inbox, without a broker."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

import pytest

from shared.contracts.auth import StartPasswordReset
from shared.contracts.base import Message
from shared.db import Connection, Database
from shared.messaging import outbox
from shared.messaging.consumer import Consumer, Task
from shared.messaging.envelope import Item, Receipt, Received, Signer
from shared.messaging.receipts import Receipts
from tests.signing import new_signing_keys, signers

SIGNERS = signers(new_signing_keys())


class Reset(StartPasswordReset):
    """Auth's message to itself, which membership may send too in these tests."""

    SENDERS: ClassVar[frozenset[str]] = frozenset({"auth", "membership"})


class Wire:
    """Collects the messages that would be published."""

    def __init__(self) -> None:
        self.receipts: list[tuple[str, Receipt]] = []

    def send_receipt(self, sender: str, receipt: Receipt) -> None:
        self.receipts.append((sender, receipt))

    async def in_thread(self, call: Any, *arguments: Any) -> Any:
        return call(*arguments)


@dataclass
class Reader:
    """A service that reads messages: its consumer, and the effects."""

    db: Database
    consumer: Consumer
    receipts: Receipts
    wire: Wire
    signer: Signer
    done: list[str] = field(default_factory=list)

    async def receive(self, items: list[Item], task: Task | None = None) -> None:
        text, signature = SIGNERS[items[0].sender].pack(Reset.NAME, items)
        await self.consumer.take_messages(Reset, task or self.remember, text, signature)
        await self.receipts.flush()

    async def remember(
        self, _context: object, connection: Connection, received: Received[Any]
    ) -> None:
        await connection.execute("insert into closed_accounts values (gen_random_uuid(), 1)")
        self.done.append(received.message.email)

    async def effects(self) -> int:
        async with self.db.connection() as connection:
            count: int = await connection.fetchval("select count(*) from closed_accounts")
            return count

    @property
    def confirmed(self) -> list[Any]:
        return [id for _, receipt in self.wire.receipts for id in receipt.ids]

    @property
    def failed(self) -> list[tuple[Any, str]]:
        return [(f.id, f.code) for _, receipt in self.wire.receipts for f in receipt.failed]


@pytest.fixture
def reader(auth_db: Database) -> Reader:
    return reader_of(auth_db)


def reader_of(db: Database) -> Reader:
    """Auth as a reader, with this pool."""
    wire, signer = Wire(), SIGNERS["auth"]
    receipts = Receipts(wire, wire.in_thread)  # type: ignore[arg-type]
    consumer = Consumer(service="auth", db=db, context=None, signer=signer, receipts=receipts)
    return Reader(db, consumer, receipts, wire, signer)


def reset_for(email: str) -> Message:
    return Reset(email=email, locale="ja", browser="")


async def put(db: Database, message: Message, **more: Any) -> Any:
    async with db.transaction("test") as connection:
        return await outbox.put(connection, message, **more)
