"""A handler that waits for a receipt: until a subject's version is confirmed, or the time is up."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from uuid import UUID

from shared.db import Connection, Database
from shared.messaging.listening import confirmed_channel, listen

ReadVersion = Callable[[Connection, UUID], Awaitable[int]]
"""Reads the version of a subject that its reader has confirmed."""


class Confirmations:
    """One per API process, with one listening connection for all who wait."""

    def __init__(self, *, service: str, db: Database, read_version: ReadVersion) -> None:
        self._channel = confirmed_channel(service)
        self._db = db
        self._read_version = read_version
        self._waiting: dict[UUID, set[asyncio.Event]] = defaultdict(set)

    @asynccontextmanager
    async def expect(self, subject: UUID) -> "AsyncIterator[Expectation]":
        """Register before the commit, so that no receipt comes too early to be seen."""
        event = asyncio.Event()
        self._waiting[subject].add(event)
        try:
            yield Expectation(self, subject, event)
        finally:
            self._waiting[subject].discard(event)
            if not self._waiting[subject]:
                del self._waiting[subject]

    async def listen(self, dsn: str) -> None:
        """Hear of confirmed rows, for ever. Whoever waits looks again after a lost connection."""
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
    """What `expect` gives: wait for a version once it is committed."""

    def __init__(self, owner: Confirmations, subject: UUID, event: asyncio.Event) -> None:
        self._owner = owner
        self._subject = subject
        self._event = event

    async def confirmed(self, version: int, *, seconds: float) -> bool:
        """Whether the version was confirmed in time; looks once more at the limit."""
        try:
            async with asyncio.timeout(seconds):
                while not await self._owner.reached(self._subject, version):
                    await self._event.wait()
                    self._event.clear()
        except TimeoutError:
            return await self._owner.reached(self._subject, version)
        return True
