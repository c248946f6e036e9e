"""Receipts on the reader's side: reports applied and failed messages to their sender.

`settlement` handles receipts on the sender's side. Receipts do not go through an outbox: after a
lost receipt the message is delivered again, recognised by the inbox, and confirmed again.
"""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

from shared.logging import get_logger
from shared.messaging.envelope import Failure, Receipt
from shared.messaging.transport.broker import Publisher
from shared.messaging.transport.threads import Thread

log = get_logger("receipts")

LINGER_SECONDS = 0.02


class Receipts:
    """Collects receipts for 20 ms. An urgent one is sent at once, with those collected so far."""

    def __init__(self, publisher: Publisher, in_thread: Thread) -> None:
        self._publisher = publisher
        self._in_thread = in_thread
        self._pending: dict[str, Receipt] = {}
        self._some = asyncio.Event()
        self._urgent = asyncio.Event()

    def done(self, sender: str, ids: Iterable[UUID], *, urgent: bool) -> None:
        """Add messages that have been applied and committed."""
        self._add(sender, Receipt(ids=tuple(ids)), urgent=urgent)

    def failed(self, sender: str, failure: Failure) -> None:
        """Add a message that failed for a permanent reason; it may be delivered again."""
        self._add(sender, Receipt(failed=(failure,)), urgent=False)

    def _add(self, sender: str, more: Receipt, *, urgent: bool) -> None:
        old = self._pending.get(sender, Receipt())
        self._pending[sender] = Receipt(ids=old.ids + more.ids, failed=old.failed + more.failed)
        self._some.set()
        if urgent:
            self._urgent.set()

    async def run(self) -> None:
        """Send the collected receipts, without end."""
        while True:
            await self._some.wait()
            # Not `wait_for`: in Python 3.11 it swallows a cancellation that meets the wake-up.
            with suppress(TimeoutError):
                async with asyncio.timeout(LINGER_SECONDS):
                    await self._urgent.wait()
            await self.flush()

    async def flush(self) -> None:
        """Send the receipts collected so far."""
        self._some.clear()
        self._urgent.clear()
        pending, self._pending = self._pending, {}
        for sender, receipt in pending.items():
            try:
                await self._in_thread(self._publisher.send_receipt, sender, receipt)
            except Exception as error:
                log.warning("a receipt was not sent", sender=sender, error=repr(error))
