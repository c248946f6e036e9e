"""Logs input that is not HTTP without its contents, which aiohttp would repeat."""

import logging

from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.log import server_logger


class _WithoutWhatWasSent(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, HttpProcessingError):
            record.msg, record.args = "what arrived is not HTTP: %s", (type(error).__name__,)
            record.exc_info = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


def logger() -> logging.Logger:
    """The server's logger, which does not log the input."""
    if not server_logger.filters:
        server_logger.addFilter(_WithoutWhatWasSent())
    return server_logger
