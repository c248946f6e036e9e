"""Argon2id in a bounded pool (R8): when it is full, further passwords are rejected at once.

Other slow work on passwords runs there too, because the event loop is shared by all requests.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from prometheus_client import Counter, Gauge, Histogram

from services.auth.errors import HashingBusy
from shared.crypto import random_token

RETRY_SECONDS = 2

SLOTS = Gauge("zaiseki_hash_slots", "Places for passwords that are hashed or wait for it")
SLOTS_USED = Gauge("zaiseki_hash_slots_used", "Places that are taken")
REFUSED = Counter("zaiseki_hashes_refused", "Passwords rejected because no place was free")
HASH_SECONDS = Histogram("zaiseki_hash_seconds", "Seconds from asking for a hash to having it")

T = TypeVar("T")


class Hasher:
    """Hashes and verifies, `threads` at a time with at most `waiting` more.

    A missing hash takes as long as a real one, so the time does not reveal whether an account
    exists.
    """

    def __init__(
        self, *, memory_kib: int, iterations: int, parallelism: int, threads: int, waiting: int
    ) -> None:
        self._argon2 = PasswordHasher(
            time_cost=iterations, memory_cost=memory_kib, parallelism=parallelism
        )
        self._nobody = self._argon2.hash(random_token())
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="hash")
        self._room = threads + waiting
        SLOTS.set(self._room)

    @asynccontextmanager
    async def slot(self) -> "AsyncIterator[Slot]":
        """A place in the pool, before anything is counted or written.

        Raises:
            HashingBusy: There is none.
        """
        if self._room <= 0:
            REFUSED.inc()
            raise HashingBusy(retry_after=RETRY_SECONDS)
        self._room -= 1
        try:
            with SLOTS_USED.track_inprogress():
                yield Slot(self._argon2, self._pool, self._nobody)
        finally:
            self._room += 1

    def close(self) -> None:
        """Wait for the running hashes."""
        self._pool.shutdown(wait=False, cancel_futures=True)


class Slot:
    """One caller's place in the pool."""

    def __init__(self, argon2: PasswordHasher, pool: ThreadPoolExecutor, nobody: str) -> None:
        self._argon2 = argon2
        self._pool = pool
        self._nobody = nobody

    async def hash(self, password: str) -> str:
        """The PHC string of a password."""
        return await self._timed(partial(self._argon2.hash, password))

    async def verify(self, hashed: str | None, password: str) -> bool:
        """Whether the password is right; without a hash it is not, after the same time."""
        check = partial(self._verify, hashed or self._nobody, password)
        return await self._timed(check) and hashed is not None

    async def refreshed(self, hashed: str, password: str) -> str:
        """The same hash, or a new one if the parameters have changed since."""
        return await self.hash(password) if self._argon2.check_needs_rehash(hashed) else hashed

    async def run(self, work: Callable[[], T]) -> T:
        """Run work of bounded length in the pool."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    async def _timed(self, work: Callable[[], T]) -> T:
        with HASH_SECONDS.time():
            return await self.run(work)

    def _verify(self, hashed: str, password: str) -> bool:
        try:
            return self._argon2.verify(hashed, password)
        except (Argon2Error, InvalidHashError):
            return False
