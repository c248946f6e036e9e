"""Starts every process of a service: reads settings, configures logging, checks the schema.

A startup error is printed to stderr in sentences, and the exit code is 1.
"""

import asyncio
import faulthandler
import os
import sys
from collections.abc import Callable
from importlib.metadata import version
from typing import TypeVar

from shared import logging, schema, tracing
from shared.metrics import PROCESS, TRIAL
from shared.refusal import Refusal
from shared.settings import ServiceSettings, load

S = TypeVar("S", bound=ServiceSettings)


def run(settings_class: type[S], *, service: str, process: str, work: Callable[[S], None]) -> None:
    """Do `work` with the settings, as the process `api` or `worker` of a service.

    Raises:
        SystemExit: The process cannot start; the exit code is 1.
    """
    faulthandler.enable()  # a crash in C, or SIGABRT, leaves the stack of every thread
    try:
        settings = load(settings_class, os.environ)
        logging.configure(
            service=service,
            process=process,
            level=settings.log_level,
            form=settings.log_format,
        )
        _introduce(service, process, settings)
        asyncio.run(schema.require(service, settings.dsn))
        with tracing.running(service=service, process=process):
            work(settings)
    except Refusal as refusal:
        sys.exit(str(refusal))


def _introduce(service: str, process: str, settings: ServiceSettings) -> None:
    """Export the process's identity and its trial settings as metrics."""
    PROCESS.labels(service, process, version("zaiseki")).set(1)
    TRIAL.labels(service, "RATE_LIMITS").set(settings.rate_limits == "off")
    TRIAL.labels(service, "TRIAL_CLOCK").set(settings.trial_clock == "on")
