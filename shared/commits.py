"""What hangs on a commit: what is done after it, and what may be tried again without one."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

import asyncpg

TRIES = 3

Conflict = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)
"""PostgreSQL ended one of several transactions; the same one may go well when tried again."""

Acts = list[Callable[[], None]]
T = TypeVar("T")


@dataclass(slots=True)
class _Work:
    """What was done so far in one try of `again_after_conflict`."""

    committed: bool = False


_work: ContextVar[_Work | None] = ContextVar("work", default=None)
_acts: ContextVar[Acts | None] = ContextVar("acts", default=None)


def after_commit(act: Callable[[], None]) -> None:
    """Do something, such as raising a counter, once the transaction under way has committed.

    A rollback drops it. Outside of a transaction it is done at once.
    """
    acts = _acts.get()
    if acts is None:
        act()
    else:
        acts.append(act)


async def again_after_conflict(act: Callable[[], Awaitable[T]]) -> T:
    """Do something again, at most twice, where a conflict ended it before anything was committed.

    Raises:
        asyncpg.DeadlockDetectedError: Something had been committed, or the third try failed too.
        asyncpg.SerializationError: The same.
    """
    for left in reversed(range(TRIES)):
        work = _Work()
        token = _work.set(work)
        try:
            return await act()
        except Conflict:
            if work.committed or not left:
                raise
        finally:
            _work.reset(token)
    raise AssertionError("a try has returned or raised")


@contextmanager
def collecting() -> Iterator[Acts]:
    """What `after_commit` is given in the block; for a transaction to pass to `committed`."""
    acts: Acts = []
    token = _acts.set(acts)
    try:
        yield acts
    finally:
        _acts.reset(token)


def committed(acts: Acts) -> None:
    """A transaction has committed: nothing is tried again from here on."""
    if work := _work.get():
        work.committed = True
    for act in acts:
        act()
