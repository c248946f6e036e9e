"""Decides whether a failure is temporary, for messages, requests, jobs and commands.

A failure is permanent only if its cause is known: the input does not validate, it breaks a rule or
a constraint, or our code has a bug. All other work is repeated
(docs/decisions/0019-permanent-only-if-the-cause-is-known.md).
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import asyncpg

from shared.errors import Problem, Unavailable

_AT_FAULT_CLASSES = frozenset({"21", "22", "23", "42", "44", "54", "P0"})
"""Classes of SQLSTATE (PostgreSQL manual, appendix A) caused by values or our SQL: too many rows,
data, constraints, syntax, check options, limits of a row or an index, our own triggers."""

_STATES_OF_THE_SCHEMA = frozenset({"42501", "42703", "42704", "42883", "42P01"})
"""Codes of these classes that a migration or a grant resolves: no privilege; no column, object,
function or table of this name."""

_OUR_CODE: tuple[type[BaseException], ...] = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NameError,
    RuntimeError,
    TypeError,
    ValueError,  # also validation errors
)
_OUR_PACKAGES = frozenset({"cli", "embedded", "services", "shared"})

_BELOW_OUR_CODE = frozenset({"asyncio", "asyncpg", "concurrent", "threading", "uvloop"})
"""Packages whose own failures come from a broken connection, a shutdown or missing resources."""


def is_temporary(error: BaseException) -> bool:
    """Whether the failure is temporary, so that the work may be repeated."""
    if isinstance(error, Problem):
        return isinstance(error, Unavailable)
    if isinstance(error, asyncpg.PostgresError):
        state: str = error.sqlstate or ""
        return state[:2] not in _AT_FAULT_CLASSES or state in _STATES_OF_THE_SCHEMA
    if isinstance(error, asyncpg.InterfaceError | asyncpg.InternalClientError | Interrupted):
        return True
    ours = isinstance(error, _OUR_CODE) or _package(type(error).__module__) in _OUR_PACKAGES
    return not ours or _raised_below_our_code(error)


class Interrupted(Exception):
    """The awaited work was cancelled, but the waiting task was not."""


@contextmanager
def cancelled_within() -> Iterator[None]:
    """Turn a cancellation that is not meant for this task into an ordinary failure.

    When a connection or a shared task ends, it may cancel the future that a task awaits. Without
    this, the CancelledError would pass every `except Exception`, and a request would get no answer.

    Raises:
        Interrupted: The block was cancelled, this task was not.
    """
    task = asyncio.current_task()
    cancelling = task.cancelling() if task else 0
    try:
        yield
    except asyncio.CancelledError as error:
        if task and task.cancelling() > cancelling:
            raise
        raise Interrupted from error


def _raised_below_our_code(error: BaseException) -> bool:
    frame: FrameType | None = None
    trace = error.__traceback__
    while trace is not None:
        frame, trace = trace.tb_frame, trace.tb_next
    return frame is not None and _package(frame.f_globals.get("__name__", "")) in _BELOW_OUR_CODE


def _package(module: str) -> str:
    return module.partition(".")[0]
