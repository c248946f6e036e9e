"""Lets a handler wait for a receipt until a subject's version is confirmed, or a time limit."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from uuid import UUID

from shared.db import Connection, Database
from shared.logging import get_logger
from shared.messaging.listening import confirmed_channel, listen
from shared.temporary import cancelled_within, is_temporary

log = get_logger("confirmations")

LAST_LOOK_SECONDS = 1.0

ReadVersion = Callable[[Connection, UUID], Awaitable[int]]
"""Reads the version of a subject that its reader has confirmed."""


class Confirmations:
    """One per API process, with one listening connection for all waiting requests."""

    def __init__(
        self, *, service: str, db: Database, read_version: ReadVersion, seconds: float
    ) -> None:
        """`seconds` is how long a handler waits that does not say otherwise."""
        self._channel = confirmed_channel(service)
        self._db = db
        self._read_version = read_version
        self._seconds = seconds
        self._waiting: dict[UUID, set[asyncio.Event]] = defaultdict(set)

    @asynccontextmanager
    async def expect(
        self, subject: UUID, *, seconds: float | None = None
    ) -> "AsyncIterator[Expectation]":
        """Register for the receipts about a subject.

        An early receipt is not missed, because `confirmed` reads the state before it waits.
        `seconds` is how long to wait, if not as long as usual.
        """
        event = asyncio.Event()
        self._waiting[subject].add(event)
        try:
            yield Expectation(
                self, subject, event, seconds=self._seconds if seconds is None else seconds
            )
        finally:
            self._waiting[subject].discard(event)
            if not self._waiting[subject]:
                del self._waiting[subject]

    async def listen(self, dsn: str) -> None:
        """Listen for confirmed rows, without end. After a lost connection, waiters check again."""
        await listen(dsn, self._channel, heard=self._wake, connected=self._wake_all)

    def _wake(self, subject: str) -> None:
        for event in self._waiting.get(UUID(subject), ()):
            event.set()

    def _wake_all(self) -> None:
        for events in self._waiting.values():
            for event in events:
                event.set()

    async def reached(self, subject: UUID, version: int) -> bool:
        """Whether this version or a later one is confirmed now."""
        async with self._db.connection() as connection:
            return await self._read_version(connection, subject) >= version


class Expectation:
    """The result of `expect`: waits for a version once it is committed."""

    def __init__(
        self, owner: Confirmations, subject: UUID, event: asyncio.Event, *, seconds: float
    ) -> None:
        self._owner = owner
        self._subject = subject
        self._event = event
        self._seconds = seconds

    async def confirmed(self, version: int) -> bool:
        """Whether the version is known to be confirmed in time; checks once more at the limit.

        The change is already committed, so an error of the database is never raised: it counts as
        "not known".
        """
        try:
            async with asyncio.timeout(self._seconds):
                while not await self._reached(version):
                    await self._event.wait()
                    self._event.clear()
        except TimeoutError:
            return await self._look_once_more(version)
        return True

    async def _look_once_more(self, version: int) -> bool:
        try:
            async with asyncio.timeout(LAST_LOOK_SECONDS):
                return await self._reached(version)
        except TimeoutError:
            return False

    async def _reached(self, version: int) -> bool:
        try:
            with cancelled_within():
                return await self._owner.reached(self._subject, version)
        except Exception as error:
            if not is_temporary(error):
                raise
            log.warning("a receipt was not looked for", error=repr(error))
            return False
