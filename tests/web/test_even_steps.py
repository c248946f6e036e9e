"""ASVS 6.3.8: a route whose duration could reveal other accounts answers at even steps."""

import asyncio
import random
from collections.abc import AsyncIterator
from functools import partial
from time import monotonic

import pytest
import pytest_asyncio
from aiohttp import web

from shared.web.access import PUBLIC
from shared.web.even_steps import STEP, rest_of_step
from shared.web.rate_limit import RateLimiter
from shared.web.routing import Call, NoBody, Route, no_content
from tests.web.conftest import NoteNotFound
from tests.web.site import Site, serve


async def find(_call: Call[NoBody]) -> web.Response:
    return no_content()


async def work(_call: Call[NoBody]) -> web.Response:
    await asyncio.sleep(STEP / 2)
    return no_content()


async def miss(_call: Call[NoBody]) -> web.Response:
    raise NoteNotFound


row = partial(Route, "POST", access=PUBLIC)
ROUTES = (
    row("/find", find, even=True),
    row("/work", work, even=True),
    row("/miss", miss, even=True, problems=(NoteNotFound,)),
)


@pytest_asyncio.fixture
async def evenly(limiter: RateLimiter) -> AsyncIterator[Site]:
    async with serve(ROUTES, limiter=limiter) as running:
        yield running


@pytest.mark.parametrize(("path", "status"), [("/find", 204), ("/work", 204), ("/miss", 404)])
async def test_no_answer_leaves_before_the_first_step(evenly: Site, path: str, status: int) -> None:
    """After work of no duration, of some, and work that ends in a problem."""
    began = monotonic()
    assert (await evenly.post(path, "")).status == status
    assert monotonic() - began >= STEP


def test_an_answer_of_any_duration_leaves_at_a_multiple_of_the_step() -> None:
    for _ in range(1000):
        elapsed = random.uniform(0, 10 * STEP)
        left = elapsed + rest_of_step(elapsed)
        assert 0 <= rest_of_step(elapsed) < STEP
        assert left / STEP == pytest.approx(round(left / STEP))
