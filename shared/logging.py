"""Log lines: JSON on stderr (or readable text), each with the id of the request it belongs to."""

import logging
import sys
from contextvars import ContextVar
from typing import Any, cast

import structlog
from structlog.types import EventDict, FilteringBoundLogger, Processor

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
        [structlog.dev.ConsoleRenderer()]
        if form == "text"
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    handler.addFilter(_without_bodies)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())


def _without_bodies(record: logging.LogRecord) -> bool:
    """Celery logs the whole body of a message that it does not know; its name is enough."""
    if record.name == "celery.worker.consumer.consumer" and record.levelno >= logging.ERROR:
        record.msg, record.args, record.exc_info = "Celery refused a message", (), None
    return True
