"""Log lines: JSON on stderr (or readable text), each with the id of the request it belongs to."""

import logging
import sys
from contextvars import ContextVar
from typing import Any, cast

import asyncpg
import structlog
from structlog.types import EventDict, FilteringBoundLogger, Processor

_CHATTY = ("celery.worker.strategy", "celery.app.trace")
"""They write two lines for each task, none of which names a message."""

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id that a person sees as 受付番号; it goes with a message from service to service."""


def get_logger(name: str) -> FilteringBoundLogger:
    """A logger; call it with an event in words and its facts as keywords."""
    return cast(FilteringBoundLogger, structlog.get_logger(name))


def configure(*, service: str, process: str, level: str = "info", form: str = "json") -> None:
    """Send structlog and the standard library's logging to stderr in one form."""

    def add_origin(_logger: Any, _method: str, event: EventDict) -> EventDict:
        event["service"], event["process"] = service, process
        if identifier := request_id.get():
            event.setdefault("request_id", identifier)
        return event

    before: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        add_origin,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *before,
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last: list[Processor] = (
        [_text_renderer()]
        if form == "text"
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _without_details,
                *last,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def _text_renderer() -> structlog.dev.ConsoleRenderer:
    """Lines for people. Its default traceback shows local variables: passwords, tokens (R8)."""
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )


def _without_details(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """PostgreSQL repeats values in its details: `Key (email)=(taro@example.jp) already exists`."""
    error = event.get("exc_info")
    if error is True or isinstance(error, tuple):
        error = sys.exc_info()[1] if error is True else error[1]
    while isinstance(error, BaseException):
        if isinstance(error, asyncpg.PostgresError):
            error.detail = None
        error = error.__cause__ or error.__context__
    return event
