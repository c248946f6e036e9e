"""Fixtures that restore process-wide state."""

import logging
import sys
from collections.abc import Iterator

import pytest
import structlog

from tests.collector import Collector, collecting


@pytest.fixture
def own_logging() -> Iterator[None]:
    """Restore the configuration of logging after a test that changes it."""
    root = logging.getLogger()
    handlers, level, hook = root.handlers[:], root.level, sys.excepthook
    configuration = structlog.get_config()
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    sys.excepthook = hook
    structlog.configure(**configuration)


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    """A collector that receives the spans of a test."""
    with collecting() as running:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", running.endpoint)
        yield running
