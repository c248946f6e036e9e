"""Running products for the journeys; each journey uses its own people."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.collector import Collector, collecting
from tests.product import ASKED_AT_EVERY_SIGN_IN, Product, running


@pytest_asyncio.fixture(scope="session")
async def product(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Product]:
    """A product with a presence check at every sign-in and without rate limits."""
    state: Path = tmp_path_factory.mktemp("run") / "state"
    async with running(state, RATE_LIMITS="off", **ASKED_AT_EVERY_SIGN_IN) as started:
        yield started


@pytest_asyncio.fixture(scope="session")
async def traced(
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[tuple[Product, Collector]]:
    """The same with spans and with the most detailed logs, and the collector of its spans."""
    state: Path = tmp_path_factory.mktemp("traced") / "state"
    with collecting() as collector:
        wanted = {
            "OTEL_EXPORTER_OTLP_ENDPOINT": collector.endpoint,
            "OTEL_BSP_SCHEDULE_DELAY": "100",
            "LOG_LEVEL": "debug",
            "RATE_LIMITS": "off",
        }
        async with running(state, **wanted, **ASKED_AT_EVERY_SIGN_IN) as started:
            yield started, collector
