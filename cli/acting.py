"""The handle of the person who runs a command, and the log line of commands without audit log."""

import re
from typing import Annotated

import typer

_HANDLE = re.compile(r"[a-z0-9][a-z0-9._-]{0,31}")


def _handle(typed: str) -> str:
    handle = typed.strip().lower()
    if not _HANDLE.fullmatch(handle):
        raise typer.BadParameter(
            "A handle has 1 to 32 characters out of a-z, 0-9, '.', '_' and '-': --by sato, or"
            " ZAISEKI_BY=sato in the environment."
        )
    return handle


By = Annotated[
    str,
    typer.Option(
        "--by",
        envvar="ZAISEKI_BY",
        metavar="HANDLE",
        callback=_handle,
        help="Your handle: a short name for yourself, for the record of this command.",
    ),
]


def log(event: str, by: str, **facts: object) -> None:
    """Log an administrator's action on stderr, as JSON."""
    from shared import logging

    logging.configure(service="command", process="command", level="info")
    logging.get_logger("vendor").info(event, by=by, **facts)
