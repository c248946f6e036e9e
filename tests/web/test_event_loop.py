"""The search for handlers that block the event loop finds a planted one."""

import asyncio
import json

import pytest
from aiohttp import web
from zxcvbn import zxcvbn

from shared.web.access import PUBLIC
from shared.web.rate_limit import RateLimiter
from shared.web.routing import Call, Route, no_content
from tests.hostile import LEET, Request, find_long_steps
from tests.web.conftest import KEY, Note
from tests.web.site import ORIGIN, serve


async def judge_in_the_loop(call: Call[Note]) -> web.Response:
    """Judge a password in the event loop: 2.4 s for 72 leet characters."""
    zxcvbn(call.body.email)
    return no_content()


async def judge_in_a_thread(call: Call[Note]) -> web.Response:
    await asyncio.to_thread(zxcvbn, call.body.email)
    return no_content()


async def prepare(_request: Request) -> dict[str, str]:
    return {"Origin": ORIGIN}


@pytest.mark.parametrize(
    ("handler", "found"), [(judge_in_the_loop, ["/judge: leet"]), (judge_in_a_thread, [])]
)
async def test_a_handler_that_judges_a_password_in_the_loop_is_found(
    redis_url: str, handler: object, found: list[str]
) -> None:
    limiter = RateLimiter(service="web", url=redis_url, key=KEY, enabled=False)
    route = Route("POST", "/judge", handler, PUBLIC, Note)  # type: ignore[arg-type]
    asked = [
        Request(what, "POST", "/judge", json.dumps({"email": text}).encode())
        for what, text in (("a word", "tea"), ("leet", (LEET * 3)[:72]))
    ]
    async with serve([route], limiter=limiter) as site:
        steps = await find_long_steps(asked, site.port, prepare)
    assert [step.removeprefix("POST ").partition(",")[0] for step in steps] == found
