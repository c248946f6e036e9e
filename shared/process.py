"""How every process of a service begins: its settings, its log lines, then its work.

A process that does not start says why on stderr, in sentences, and ends with exit code 1.
"""

import faulthandler
import sys
from collections.abc import Callable
from typing import TypeVar

from shared import logging
from shared.settings import ServiceSettings, SettingsError, load

S = TypeVar("S", bound=ServiceSettings)

_REFUSALS = (SettingsError,)
"""What whoever starts a process is told without a traceback, which would add nothing."""


def run(settings_class: type[S], *, service: str, process: str, work: Callable[[S], None]) -> None:
    """Do `work` with the settings, as the process `api` or `worker` of a service.

    Raises:
        SystemExit: It does not start; the exit code is 1.
    """
    faulthandler.enable()  # a crash in C, or SIGABRT, leaves the stack of every thread
    try:
        settings = load(settings_class)
        logging.configure(
            service=service,
            process=process,
            level=settings.log_level,
            form=settings.log_format,
        )
        work(settings)
    except _REFUSALS as refusal:
        sys.exit(str(refusal))
