"""The language of a command's output: the terminal's, and English for scripts."""

import locale
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_to_scripts: ContextVar[bool] = ContextVar("to_scripts", default=False)


@contextmanager
def speaking(*, to_scripts: bool) -> Iterator[None]:
    """In this block, use English for scripts, regardless of the terminal's language."""
    before = _to_scripts.set(to_scripts)
    try:
        yield
    finally:
        _to_scripts.reset(before)


def say(japanese: str, english: str) -> str:
    """The text in the terminal's language: Japanese if the locale is Japanese, else English."""
    language = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)),
        locale.getlocale()[0] or "",
    )
    return japanese if language.lower().startswith("ja") and not _to_scripts.get() else english
