"""Who acts by a command of the vendor, as the command's own log line keeps it."""

from typing import Annotated

import typer

By = Annotated[str, typer.Option("--by", metavar="HANDLE", help="Who you are.")]


def log(event: str, by: str, **facts: object) -> None:
    """Write down on stderr, as JSON, who did what."""
    from shared import logging

    logging.configure(service="command", process="command", level="info")
    logging.get_logger("vendor").info(event, by=by, **facts)
