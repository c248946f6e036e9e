"""Actions after a commit, and repeating work that was aborted before any commit."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

import asyncpg

TRIES = 3

Conflict = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)
"""PostgreSQL aborted one of several transactions; it may succeed when tried again."""

Acts = list[Callable[[], None]]
T = TypeVar("T")


@dataclass(slots=True)
class _Work:
    """The progress of one try of `again_after_conflict`."""

    committed: bool = False


_work: ContextVar[_Work | None] = ContextVar("work", default=None)
_acts: ContextVar[Acts | None] = ContextVar("acts", default=None)


def after_commit(act: Callable[[], None]) -> None:
    """Call a function, such as raising a counter, once the current transaction has committed.

    After a rollback it is not called. Outside of a transaction it is called at once.
    """
    acts = _acts.get()
    if acts is None:
        act()
    else:
        acts.append(act)


async def again_after_conflict(act: Callable[[], Awaitable[T]]) -> T:
    """Repeat work, at most twice, if a conflict ended it before it committed anything.

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
    """Collects the functions given to `after_commit` in the block, for `committed`."""
    acts: Acts = []
    token = _acts.set(acts)
    try:
        yield acts
    finally:
        _acts.reset(token)


def committed(acts: Acts) -> None:
    """A transaction has committed, so the work is not repeated from here on."""
    if work := _work.get():
        work.committed = True
    for act in acts:
        act()
