"""One running product for the journeys, which each use people of their own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.product import Product, running


@pytest_asyncio.fixture(scope="session")
async def product(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Product]:
    """It asks for presence at every sign-in, and limits no rates."""
    state: Path = tmp_path_factory.mktemp("run") / "state"
    gaps = {f"PRESENCE_{name}_GAP": "0" for name in ("MIN", "MEAN", "MAX")}
    async with running(state, RATE_LIMITS="off", **gaps) as started:
        yield started
