"""What Celery says of itself: in log lines like ours, or not at all."""

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
    """Celery leaves logging alone where this signal has a receiver."""


def _hush(**_: object) -> None:
    """At each lost connection it asks for a setting that would log a traceback each time.

    Only now, because Celery has every warning of its own shown when it starts.
    """
    warnings.filterwarnings("ignore", category=CPendingDeprecationWarning)


def _say(text: object, *_: object) -> None:
    """It writes on stdout that it stops."""
    log.info(str(text))
