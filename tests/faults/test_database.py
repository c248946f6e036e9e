"""P1, P2, P5, P6: an outage of the database parks no message and causes no 500."""

import asyncio
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from nacl.public import PrivateKey

from services.membership.api.keys import CONTEXT
from services.membership.app import make
from shared.crypto import Opener
from shared.db import open_database
from tests.conftest import TestDatabase
from tests.faults.troubles import CUT_ALL, TROUBLES, Trouble, line_to, owning
from tests.membership.conftest import (
    Membership,
    _caller_of_header,
    applicant,
    membership_settings,
)
from tests.promises import Promises
from tests.shared.messaging.conftest import Reader, reader_of
from tests.shared.messaging.test_consumer import item

HEAL_SECONDS = 5.0
named = pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.name)


async def ready(membership: Membership) -> int:
    async with membership.session.get("/health/ready") as response:
        return response.status


async def requests(membership: Membership, member: UUID) -> list[Any]:
    """A reading request, a writing one, and one of a visitor."""
    caller = {"Test-Caller": str(member)}
    return [
        await membership.send("GET", "/me", **caller),
        await membership.send("PATCH", "/me", {"locale": "en"}, **caller),
        await membership.register(email="hanako@yamato.example"),
    ]


async def served(membership: Membership, member: UUID) -> None:
    """Wait until all requests are served again, without a restart."""
    async with asyncio.timeout(HEAL_SECONDS):
        while {reply.status for reply in await requests(membership, member)} != {200, 202}:
            await asyncio.sleep(0.05)


@named
async def test_p5_during_an_outage_callers_get_503_and_are_served_afterwards(
    yamato: Membership, database: TestDatabase, trouble: Trouble
) -> None:
    member = await yamato.join()
    async with owning(database, "membership", "outbox") as owner:
        async with owner.causing(trouble):
            replies = [reply for _ in range(3) for reply in await requests(yamato, member)]
            refused = [reply for reply in replies if reply.status not in {200, 202}]
            assert refused, "the trouble has no effect"
            assert {(one.status, one.code) for one in refused} == {(503, "temporarily_unavailable")}
            assert {one.headers["Retry-After"] for one in refused} == {"2"}
            assert await ready(yamato) == 503, "not ready while it cannot write"
        await served(yamato, member)


async def test_p5_connections_cut_under_load_are_503_and_never_500(
    yamato: Membership, database: TestDatabase
) -> None:
    member = await yamato.join()
    seen: Counter[int] = Counter()
    stop = asyncio.Event()

    async def load() -> None:
        while not stop.is_set():
            seen.update(reply.status for reply in await requests(yamato, member))

    tasks = [asyncio.create_task(load()) for _ in range(6)]
    async with owning(database, "membership", "outbox") as owner:
        for _ in range(8):
            await asyncio.sleep(0.05)
            await owner.run(CUT_ALL)
    stop.set()
    await asyncio.gather(*tasks)
    assert set(seen) <= {200, 202, 503}, seen
    assert seen[503], "no request was cut"
    await served(yamato, member)


@asynccontextmanager
async def behind_a_line(
    database: TestDatabase, redis_url: str
) -> AsyncIterator[tuple[Any, Membership]]:
    """Membership with its connections through a line that can be cut."""
    private = PrivateKey.generate()
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        async with line_to(database, "membership", Path(place)) as (line, dsn):
            settings = membership_settings(database, redis_url, membership_database_url=dsn)
            async with make(settings, _caller_of_header) as app:
                server = TestServer(app)
                await server.start_server()
                async with aiohttp.ClientSession(base_url=server.make_url("/")) as session:
                    promises = await Promises.fetch(session)
                    opener = Opener([bytes(private)])
                    yield line, Membership(app[CONTEXT], server, opener, session, promises)
                line.cut_after = None
                await server.close()


async def test_p5_a_line_cut_in_the_middle_of_an_answer_is_503_and_recovers(
    yamato: Membership, database: TestDatabase, redis_url: str
) -> None:
    """asyncpg's error depends on the byte, so each request is cut at another one."""
    member = await yamato.join()
    async with behind_a_line(database, redis_url) as (line, shop):
        await served(shop, member)
        seen: Counter[int] = Counter()
        for cut_after in (*range(60), *range(60, 2400, 60)):
            line.cut_after = cut_after
            replies = await asyncio.gather(*(requests(shop, member) for _ in range(2)))
            seen.update(reply.status for few in replies for reply in few)
        assert set(seen) <= {200, 202, 503}, seen
        assert seen[503] > 20, "the line cut no request"
        line.cut_after = None
        await served(shop, member)


@named
async def test_p1_p2_no_message_is_parked_and_each_takes_effect_afterwards(
    reader: Reader, database: TestDatabase, trouble: Trouble
) -> None:
    if trouble.name == "table_of_another_release":  # this reader has only an inbox
        trouble = Trouble(
            trouble.name,
            tuple(one.replace("outbox", "inbox") for one in trouble.begin),
            tuple(one.replace("outbox", "inbox") for one in trouble.end),
        )
    items = [item(f"{number}@x.example") for number in range(3)]
    async with owning(database, "auth", "inbox") as owner:
        async with owner.causing(trouble):
            for _ in range(2):
                await reader.receive(items)
        assert (reader.confirmed, reader.failed) == ([], [])
        async with asyncio.timeout(HEAL_SECONDS):
            while len(reader.confirmed) < 3:
                await reader.receive(items)
    assert reader.failed == []
    assert await reader.effects() == 3


async def test_p1_p2_a_line_that_cuts_parks_no_message(database: TestDatabase) -> None:
    items = [item(f"{number}@x.example") for number in range(3)]
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        async with (
            line_to(database, "auth", Path(place)) as (line, dsn),
            open_database(dsn, schema="auth") as db,
        ):
            reader = reader_of(db)
            for cut_after in range(0, 1500, 30):
                line.cut_after = cut_after
                await reader.receive(items)
            assert reader.failed == []
            line.cut_after = None
            reader.wire.receipts.clear()
            async with asyncio.timeout(HEAL_SECONDS):
                while len(reader.confirmed) < 3:
                    await reader.receive(items)
            assert await reader.effects() == 3


@pytest.mark.parametrize("trouble", TROUBLES[:3], ids=lambda trouble: trouble.name)
async def test_r18_a_committed_change_is_answered_202_if_the_database_fails_then(
    yamato: Membership, database: TestDatabase, trouble: Trouble
) -> None:
    await yamato.join()
    member = await yamato.join(**applicant(7))
    first = await yamato.fetchval("select id from members where role = 'owner'")
    await yamato.execute("update members set role = 'staff' where id = $1", member)
    async with owning(database, "membership", "outbox") as owner:
        asking = asyncio.create_task(
            yamato.send(
                "POST",
                f"/company/members/{member}/suspend",
                {"reason": "other"},
                **{"Test-Caller": str(first)},
            )
        )
        async with asyncio.timeout(2):
            while await yamato.fetchval("select state from members where id = $1", member) != (
                "suspended"
            ):
                await asyncio.sleep(0.01)
        async with owner.causing(trouble):
            reply = await asking
    assert (reply.status, reply.body["state"]) == (202, "suspending")
