"""Publishes due rows of the outbox. The lease of a row is committed before the row is published,
so a crash only delays the message until the lease ends."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import groupby

from shared import forever
from shared.contracts.registry import MESSAGES, QUEUES
from shared.db import Connection, Database
from shared.logging import get_logger
from shared.messaging import outbox, parking
from shared.messaging.envelope import BATCH, LARGEST_TASK, Item, Reason
from shared.messaging.listening import channel, listen
from shared.messaging.transport.broker import LONGEST_QUEUE, Publisher
from shared.messaging.transport.intake import refuse
from shared.messaging.transport.threads import Thread

log = get_logger("relay")

SWEEP_SECONDS = 1.0
FINISH_SECONDS = 2.0
LIMIT = 200
"""The most rows of one queue that are leased at once. After a round with at least as many rows in
total, the next round begins at once."""


class Relay:
    """Publishes the outbox of its service. Each worker process of the service has a relay, and the
    lease of a row lets only one of them publish it. The process calls `wake` after each of its
    commits."""

    def __init__(
        self, *, service: str, db: Database, publisher: Publisher, in_thread: Thread
    ) -> None:
        self._service = service
        self._db = db
        self._publisher = publisher
        self._in_thread = in_thread
        self._awake = asyncio.Event()
        self._open: Sequence[str] = ()
        self._looked_at = float("-inf")

    def wake(self) -> None:
        """Check the outbox now instead of at the next poll."""
        self._awake.set()

    async def run(self) -> None:
        """Publish without end. Rows whose publishing failed become due again."""
        while True:
            self._awake.clear()  # before the check, so that a wake-up during it is not lost
            try:
                # Rows leased at the moment of a stop would wait for the end of their lease.
                full = await forever.uncut(self._publish_due(), seconds=FINISH_SECONDS)
            except Exception as error:
                log.warning("the outbox was not published", error=repr(error))
                await asyncio.sleep(0.5)
                continue
            if not full:
                await self._sleep()

    async def listen(self, dsn: str) -> None:
        """Listen without end for notifications of this service's API processes.

        A lost notification does no harm: the next poll finds the row.
        """
        await listen(dsn, channel(self._service), heard=lambda _: self.wake(), connected=self.wake)

    async def _sleep(self) -> None:
        # Not `wait_for`: in Python 3.11 it swallows a cancellation that meets the wake-up.
        with suppress(TimeoutError):
            async with asyncio.timeout(SWEEP_SECONDS):
                await self._awake.wait()

    async def _publish_due(self) -> bool:
        async with self._db.connection() as connection:
            rows = await outbox.lease(connection, await self._open_queues(), limit=LIMIT)
            sendable = await self._park_unsendable(connection, rows)
        for queue, name, items in _batches(self._service, sendable):
            await self._in_thread(self._publisher.send, queue, name, items)
        return len(rows) >= LIMIT

    async def _park_unsendable(
        self, connection: Connection, rows: Sequence[outbox.Row]
    ) -> list[outbox.Row]:
        """Return the rows that this service may send, and park the others.

        A row with an unknown name stays due, because a process of the next release may know the
        name.
        """
        sendable = []
        for row in rows:
            reason = self._why_unsendable(row)
            if reason is None:
                sendable.append(row)
                continue
            refuse(self._service, row.name, reason, id=str(row.id))
            if reason != "unknown_name":
                await parking.park(connection, row.id, reason)
        return sendable

    def _why_unsendable(self, row: outbox.Row) -> Reason | None:
        message = MESSAGES.get(row.name)
        if message is None:
            return "unknown_name"
        if self._service not in message.SENDERS:
            return "wrong_sender"
        return "too_large" if _size(row) > LARGEST_TASK else None

    async def _open_queues(self) -> Sequence[str]:
        """Return the queues whose reader keeps up; rows of other queues are not published.

        The lengths of the queues are read at most once a second.
        """
        if self._looked_at + SWEEP_SECONDS < time.monotonic():
            lengths = await self._in_thread(self._publisher.lengths, QUEUES)
            self._open = [queue for queue in QUEUES if lengths[queue] < LONGEST_QUEUE]
            self._looked_at = time.monotonic()
        return self._open


def _batches(sender: str, rows: Sequence[outbox.Row]) -> Iterator[tuple[str, str, list[Item]]]:
    for (queue, name), group in groupby(rows, key=lambda row: (row.queue, row.name)):
        batch: list[outbox.Row] = []
        for row in group:
            full = len(batch) == BATCH or sum(map(_size, batch)) + _size(row) > LARGEST_TASK
            if batch and full:
                yield queue, name, _items(sender, batch)
                batch = []
            batch.append(row)
        yield queue, name, _items(sender, batch)


def _size(row: outbox.Row) -> int:
    return len(row.payload.encode())


def _items(sender: str, rows: Sequence[outbox.Row]) -> list[Item]:
    return [
        Item(
            id=row.id,
            attempt=row.attempt,
            sender=sender,
            request_id=row.request_id,
            traceparent=row.traceparent,
            body=row.payload,
        )
        for row in rows
    ]
