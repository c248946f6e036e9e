"""Log lines: JSON on stderr, readable text on a terminal, each with the id of its request.

Mail addresses and passwords in URLs are masked in every line (R8).
"""

import logging
import re
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any, Literal, cast

import asyncpg
import structlog
from structlog.types import EventDict, FilteringBoundLogger, Processor

from shared.addresses import mask_all

Form = Literal["auto", "json", "text"]

_QUIET = (
    "celery.app.trace",  # two lines for each task, none of which names a message
    "celery.pool",  # the arguments of tasks
    "celery.utils.functional",  # the source code of what it calls
    "celery.worker.strategy",
)
"""Loggers whose lines below a warning are noise, or contain messages; no level enables them."""

_BRIEF = ("asyncpg.pool",)
"""Loggers with a traceback each second while a server is down; only the error is logged."""

_IN_A_URL = re.compile(r"(?<=://)[^\s/]*@")

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The request id, 受付番号 for people; messages carry it from service to service."""


span_ids: ContextVar[Mapping[str, str]] = ContextVar("span_ids", default=MappingProxyType({}))
"""The current span, if tracing is on (shared.tracing)."""


def get_logger(name: str) -> FilteringBoundLogger:
    """A logger; call it with an event in words and its facts as keywords."""
    return cast(FilteringBoundLogger, structlog.get_logger(name))


def configure(*, service: str, process: str, level: str = "info", form: Form = "auto") -> None:
    """Send structlog, the standard library's logging and warnings to stderr in one form."""

    def add_origin(_logger: Any, _method: str, event: EventDict) -> EventDict:
        event["service"], event["process"] = service, process
        if identifier := request_id.get():
            event.setdefault("request_id", identifier)
        event.update(span_ids.get())
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
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _without_details,
                structlog.processors.format_exc_info,
                _masked,
                _renderer(form),
            ],
        )
    )
    _send_all(handler, logging.getLevelNamesMapping()[level.upper()])


def _renderer(form: Form) -> Processor:
    """A traceback for people, without local variables, which may be passwords and tokens (R8)."""
    terminal = sys.stderr.isatty()
    if form == "json" or (form == "auto" and not terminal):
        return structlog.processors.JSONRenderer()
    return structlog.dev.ConsoleRenderer(
        colors=terminal, exception_formatter=structlog.dev.plain_traceback
    )


def _send_all(handler: logging.Handler, level: int) -> None:
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_end


def _log_end(_kind: type[BaseException], error: BaseException, _trace: object) -> None:
    """Log uncaught exceptions in the same format."""
    get_logger("process").critical("the process ended", error=repr(error), exc_info=error)


def _without_details(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Remove the values that PostgreSQL repeats: `Key (email)=(taro@example.jp) already exists` in
    its details, `invalid input syntax for type uuid: "…"` in the text of a DataError.
    """
    error = event.get("exc_info")
    if error is True or isinstance(error, tuple):
        error = sys.exc_info()[1] if error is True else error[1]
    if error is not None and event.get("logger") in _BRIEF:
        event["error"] = repr(error)
        del event["exc_info"]
    seen: set[int] = set()
    while isinstance(error, BaseException) and id(error) not in seen:  # `a from b from a`
        seen.add(id(error))
        if isinstance(error, asyncpg.PostgresError):
            error.detail = None
        if isinstance(error, asyncpg.DataError):
            error.args = (str(error.args[0]).partition(":")[0],)
            error.__cause__ = error.__context__ = None  # Python's own words for it
        error = error.__cause__ or error.__context__
    return event


def _masked(_logger: Any, _method: str, event: EventDict) -> EventDict:
    return {key: _mask(value) for key, value in event.items()}


def _mask(value: object) -> object:
    """The value with all addresses and passwords masked, also in nested values."""
    if isinstance(value, str):
        return mask_all(_IN_A_URL.sub("", value)) if "@" in value else value
    if isinstance(value, bool | int | float | None):
        return value
    if isinstance(value, Mapping):
        return {str(key): _mask(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [_mask(inner) for inner in value]
    return _mask(repr(value))
