"""One service for the tests of shared/web, with a route of each sort."""

from collections.abc import AsyncIterator, Iterator
from typing import Annotated

import pytest
import pytest_asyncio
from aiohttp import web
from pydantic import Field
from structlog.testing import capture_logs

from shared.errors import Conflict, NotFound
from shared.web.access import Access
from shared.web.rate_limit import Limit, RateLimiter
from shared.web.routing import Answer, Answers, Body, Call, NoBody, Query, Route, answer, no_content
from tests.web.site import Site, serve

KEY = bytes(range(32))


Text = Annotated[str, Field(examples=["tea"])]


class Line(Body):
    text: Text
    count: Annotated[int, Field(examples=[1])] = 1


class Note(Body):
    email: Annotated[str, Field(examples=["sato@example.jp"])]
    text: Annotated[Text, Field(max_length=10)] = ""
    lines: tuple[Line, ...] = ()


class Search(Query):
    words: Annotated[Text, Field(max_length=10)]
    most: Annotated[int, Field(ge=1, examples=[20])] = 20


class Kept(Answer):
    text: Text


class SeatsFull(Conflict):
    """A fact that shows two members and a time."""

    retry_after: float
    free: Annotated[int, Field(examples=[0])]
    note: Text


class NoteNotFound(NotFound):
    """A fact without any."""


async def keep(call: Call[Note]) -> web.Response:
    """Keep a note."""
    return answer(Kept(text=call.body.text), status=201)


async def show(_call: Call[NoBody]) -> web.Response:
    return answer(Kept(text="shown"))


async def search(call: Call[NoBody]) -> web.Response:
    query = call.query(Search)
    return answer(Kept(text=f"{query.most} of {query.words}"))


async def language(call: Call[NoBody]) -> web.Response:
    return answer(Kept(text=call.locale))


async def key(call: Call[NoBody]) -> web.Response:
    return answer(Kept(text=str(call.idempotency_key)))


async def one(call: Call[NoBody]) -> web.Response:
    return answer(Kept(text=str(call.path_id("note_id", missing=NoteNotFound))))


async def fill(_call: Call[NoBody]) -> web.Response:
    raise SeatsFull(retry_after=1.2, free=0, note="満席")


async def fail(_call: Call[NoBody]) -> web.Response:
    raise RuntimeError("the password is hunter2")


async def lose(_call: Call[NoBody]) -> web.Response:
    raise ConnectionRefusedError("10.0.0.1 port 5432")


async def whisper(call: Call[Note]) -> web.Response:
    return answer(Kept(text="dropped" if call.excess else "kept"), status=202)


async def drop(_call: Call[NoBody]) -> web.Response:
    return no_content()


LIMITS = (Limit("notes", "3/hour", "network"), Limit("notes", "2/hour", "email"))

QUIET = (Limit("quiet", "2/hour", "network", silent=True),)

KEPT: Answers = {201: Kept}
SHOWN: Answers = {200: Kept}

ROUTES = (
    Route("POST", "/notes", keep, Access.PUBLIC, Note, KEPT),
    Route("POST", "/admin/notes", keep, Access.ADMIN, Note, KEPT, LIMITS),
    Route("POST", "/operator/notes", keep, Access.PUBLIC, Note, KEPT),
    Route("POST", "/whispers", whisper, Access.PUBLIC, Note, {202: Kept}, QUIET),
    Route("GET", "/notes", show, Access.PUBLIC, answers=SHOWN),
    Route("GET", "/search", search, Access.PUBLIC, answers=SHOWN, query=Search),
    Route("GET", "/notes/{note_id}", one, Access.PUBLIC, answers=SHOWN, problems=(NoteNotFound,)),
    Route("DELETE", "/notes", drop, Access.PUBLIC),
    Route("GET", "/language", language, Access.PUBLIC, answers=SHOWN),
    Route("POST", "/key", key, Access.PUBLIC, answers=SHOWN, idempotent=True),
    Route("POST", "/full", fill, Access.PUBLIC, problems=(SeatsFull,)),
    Route("GET", "/broken", fail, Access.PUBLIC),
    Route("GET", "/lost", lose, Access.PUBLIC),
    *(Route("GET", f"/as/{one.name.lower()}", show, one, answers=SHOWN) for one in Access),
)


@pytest.fixture
def limiter(redis_url: str) -> RateLimiter:
    return RateLimiter(service="web", url=redis_url, key=KEY, enabled=True)


@pytest_asyncio.fixture
async def site(limiter: RateLimiter) -> AsyncIterator[Site]:
    async with serve(ROUTES, limiter=limiter) as running:
        yield running


@pytest.fixture
def log_lines() -> Iterator[list[dict[str, object]]]:
    """What is logged, with its facts."""
    with capture_logs() as lines:
        yield lines  # type: ignore[misc]
