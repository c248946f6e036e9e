"""A service for the tests of shared/web, with a route of each kind."""

from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Literal

import pytest
import pytest_asyncio
from aiohttp import web
from pydantic import Field
from structlog.testing import capture_logs

from shared.errors import Conflict, NotFound
from shared.web.access import (
    ADMIN,
    ANY_STAGE,
    GATEWAY,
    MEMBER,
    MEMBER_FRESH,
    OPERATOR,
    OWNER,
    PRESENCE,
    PUBLIC,
    Access,
    Realm,
)
from shared.web.rate_limit import Limit, RateLimiter
from shared.web.routing import (
    Answer,
    Answers,
    Body,
    Call,
    NoBody,
    Query,
    Route,
    answer,
    no_content,
)
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
    """A fact with two members and a Retry-After."""

    retry_after: float
    free: Annotated[int, Field(examples=[0])]
    note: Text


class NoteNotFound(NotFound):
    """A fact without members."""


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

ACCESSES = (
    PUBLIC,
    GATEWAY,
    ANY_STAGE,
    PRESENCE,
    MEMBER,
    MEMBER_FRESH,
    ADMIN,
    Access("member", "admin", fresh=True),
    OWNER,
    OPERATOR,
    Access("operator", "support"),
    Access("operator", "manager", fresh=True),
)
SITES: dict[Realm, Literal["operators"]] = {"operator": "operators"}


def path_as(access: Access) -> str:
    """The path of a route that needs this access."""
    return "/as/" + str(access).replace(", ", "-").replace(" ", "-")


ROUTES = (
    Route("POST", "/notes", keep, PUBLIC, Note, KEPT),
    Route("POST", "/admin/notes", keep, ADMIN, Note, KEPT, LIMITS),
    Route("POST", "/operator/notes", keep, PUBLIC, Note, KEPT, site="operators"),
    Route("POST", "/whispers", whisper, PUBLIC, Note, {202: Kept}, QUIET),
    Route("GET", "/notes", show, PUBLIC, answers=SHOWN),
    Route("GET", "/search", search, PUBLIC, answers=SHOWN, query=Search),
    Route("GET", "/notes/{note_id}", one, PUBLIC, answers=SHOWN, problems=(NoteNotFound,)),
    Route("DELETE", "/notes", drop, PUBLIC),
    Route("GET", "/language", language, PUBLIC, answers=SHOWN),
    Route(
        "GET", "/cached/{note_id}", one, PUBLIC, answers=SHOWN, max_age=60, problems=(NoteNotFound,)
    ),
    Route("POST", "/key", key, PUBLIC, answers=SHOWN, idempotent=True),
    Route("POST", "/full", fill, PUBLIC, problems=(SeatsFull,)),
    Route("GET", "/broken", fail, PUBLIC),
    Route("GET", "/lost", lose, PUBLIC),
    *(
        Route("GET", path_as(one), show, one, answers=SHOWN, site=SITES.get(one.realm, "customers"))
        for one in ACCESSES
    ),
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
    """The logged events, with their fields."""
    with capture_logs() as lines:
        yield lines  # type: ignore[misc]
