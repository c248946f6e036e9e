"""Celery's own log lines: in our format, or suppressed."""

import warnings

from celery.apps import worker
from celery.exceptions import CPendingDeprecationWarning, SecurityWarning
from celery.signals import setup_logging, worker_ready

from shared.logging import get_logger

log = get_logger("celery")


def take_over() -> None:
    """Once per process, before the worker is made."""
    setup_logging.connect(_leave_alone, weak=False)
    worker_ready.connect(_hush, weak=False)
    warnings.filterwarnings("ignore", category=SecurityWarning)  # it accepts JSON only, root or not
    worker.safe_say = _say


def _leave_alone(**_: object) -> None:
    """Celery does not configure logging if this signal has a receiver."""


def _hush(**_: object) -> None:
    """Hide Celery's warning after each lost connection, with its traceback.

    Only now, because Celery enables all its warnings when it starts.
    """
    warnings.filterwarnings("ignore", category=CPendingDeprecationWarning)


def _say(text: object, *_: object) -> None:
    """Suppress Celery's message on stdout that it stops."""
    log.info(str(text))
