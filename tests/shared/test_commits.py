"""Actions after a commit, and transactions that are not repeated once committed."""

import asyncio
from contextlib import suppress
from functools import partial

import asyncpg
import pytest

from shared.commits import after_commit, again_after_conflict
from shared.db import Connection, Database
from tests.shared.test_db import counted


async def test_actions_after_the_commit_are_dropped_by_a_rollback(auth_db: Database) -> None:
    done: list[str] = []
    async with auth_db.transaction("test"):
        after_commit(lambda: done.append("committed"))
        async with auth_db.transaction("inner"):
            after_commit(lambda: done.append("inner"))
        assert done == ["inner"]
    with suppress(ZeroDivisionError):
        async with auth_db.transaction("test"):
            after_commit(lambda: done.append("rolled back"))
            raise ZeroDivisionError
    after_commit(lambda: done.append("outside"))
    assert done == ["inner", "committed", "outside"]


async def lock_both(db: Database, keys: tuple[int, int], reached: list[asyncio.Event]) -> None:
    """Lock two keys in turn; at the first attempt wait until both sides hold their first."""
    async with db.transaction("lock both") as connection:
        await _lock(connection, keys[0])
        reached[keys[0]].set()
        await reached[keys[1]].wait()
        await _lock(connection, keys[1])


async def _lock(connection: Connection, key: int) -> None:
    await connection.execute("select pg_advisory_xact_lock($1)", key)


async def test_a_transaction_that_lost_a_deadlock_is_repeated(auth_db: Database) -> None:
    """Without the repetition PostgreSQL fails one of the two."""
    reached = [asyncio.Event(), asyncio.Event()]
    both = (lock_both(auth_db, keys, reached) for keys in ((0, 1), (1, 0)))
    before = counted("zaiseki_transactions_conflicted_total", "lock both")
    results = await asyncio.gather(*both, return_exceptions=True)
    assert [type(one) for one in results if one] == [asyncpg.DeadlockDetectedError]
    assert counted("zaiseki_transactions_conflicted_total", "lock both") == before + 1
    reached = [asyncio.Event(), asyncio.Event()]
    tries = (partial(lock_both, auth_db, keys, reached) for keys in ((0, 1), (1, 0)))
    assert await asyncio.gather(*(again_after_conflict(one) for one in tries)) == [None, None]


@pytest.mark.parametrize(("commits", "tries"), [(False, 3), (True, 1)])
async def test_a_failure_after_the_commit_is_not_repeated(
    auth_db: Database, commits: bool, tries: int
) -> None:
    done: list[int] = []

    async def act() -> None:
        done.append(1)
        if commits:
            async with auth_db.transaction("commit first"):
                pass
        async with auth_db.transaction("conflict"):
            raise asyncpg.SerializationError

    with pytest.raises(asyncpg.SerializationError):
        await again_after_conflict(act)
    assert len(done) == tries
