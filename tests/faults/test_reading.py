"""Reads take no lock and write no row, and answer while other sessions hold every lock."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from services.auth.api.routes import ROUTES as AUTH_ROUTES
from services.membership.api.routes import ROUTES as MEMBERSHIP_ROUTES
from services.membership.domain.members.actors import Operator
from services.membership.flows.company import vendor
from shared.db import Database
from shared.web.access import ANY_STAGE, MEMBER, MEMBER_FRESH, OPERATOR
from tests.auth.conftest import Auth
from tests.conftest import TestDatabase
from tests.membership.company import open_wait
from tests.membership.conftest import Membership, applicant

EXPORTS = {"/me/export", "/company/audit-log/export", "/company/member-file"}
"""Membership records that they were taken, in a transaction of its own after the reading."""

READS = [
    route.path
    for route in MEMBERSHIP_ROUTES
    if route.method == "GET" and route.access is not OPERATOR
]
OF_A_SESSION = [
    route.path
    for route in AUTH_ROUTES
    if route.method == "GET" and route.access in {ANY_STAGE, MEMBER, MEMBER_FRESH}
]
LOCKED = {
    "membership": ("customers", "members", "invitations", "registrations", "email_changes"),
    "auth": ("accounts", "sessions", "presence_checks", "devices"),
}


@asynccontextmanager
async def everything_locked(database: TestDatabase, service: str) -> AsyncIterator[None]:
    owner = await asyncpg.connect(database.owner_dsn)
    async with owner.transaction():
        for table in LOCKED[service]:
            await owner.execute(f"select from {service}.{table} for update")
        yield
    await owner.close()


@asynccontextmanager
async def writing_forbidden(db: Database) -> AsyncIterator[None]:
    """Make transactions read-only: PostgreSQL then refuses `for update` and every write."""

    async def forbid(connection: Any) -> None:
        await connection.execute("set default_transaction_read_only = on")

    holders = db._pool._holders
    for holder in holders:
        holder._setup = forbid
    yield
    for holder in holders:
        holder._setup = None


@pytest.fixture
async def company(yamato: Membership) -> tuple[Membership, UUID]:
    """A company with an open invitation, an expired one, and a waiting registration."""
    owner = await yamato.join()
    for number in (5, 6):
        sent = {"invitations": [{"email": applicant(number)["email"]}]}
        reply = await yamato.send(
            "POST", "/company/invitations", sent, **{"Test-Caller": str(owner)}
        )
        assert reply.status == 201, reply.text
    await open_wait(yamato, 7)
    await yamato.execute(
        "update invitations set expires_at = clock_now() - interval '1 second' where email = $1",
        applicant(6)["email"],
    )
    return yamato, owner


@pytest.mark.parametrize("path", READS)
async def test_a_read_takes_no_lock_and_writes_no_row(
    company: tuple[Membership, UUID], path: str
) -> None:
    membership, owner = company
    async with writing_forbidden(membership.context.db):
        reply = await membership.get(path.format(member_id=owner), owner)
    assert reply.status == (503 if path in EXPORTS else 200), reply.text


async def test_every_read_answers_while_other_sessions_hold_the_locks(
    company: tuple[Membership, UUID], database: TestDatabase
) -> None:
    membership, owner = company
    async with everything_locked(database, "membership"), asyncio.timeout(10):
        found = {
            path: (await membership.get(path.format(member_id=owner), owner)).status
            for path in READS
        }
    assert found == dict.fromkeys(READS, 200)


async def test_an_operator_looks_a_company_up_without_a_lock(
    company: tuple[Membership, UUID], database: TestDatabase
) -> None:
    membership, owner = company
    customer_id = await membership.fetchval("select customer_id from members where id = $1", owner)
    email = await membership.fetchval("select email from members where id = $1", owner)
    who, context = Operator(customer_id=customer_id), membership.context
    async with (
        everything_locked(database, "membership"),
        writing_forbidden(context.db),
        asyncio.timeout(10),
    ):
        found = await vendor.get_member(context, who, email)
    assert found.id == owner


async def test_an_expired_invitation_is_not_shown_even_before_the_sweep(
    company: tuple[Membership, UUID],
) -> None:
    membership, owner = company
    listed = (await membership.get("/company/invitations", owner)).body["items"]
    assert [one["email"] for one in listed] == [applicant(5)["email"]]
    ledger = (await membership.get("/company/seats", owner)).body["seats"]
    company_seats = (await membership.get("/company", owner)).body["seats"]
    assert ledger["invitations"] == company_seats["invitations"] == 1
    states = "select array_agg(state::text order by email) from invitations"
    assert await membership.fetchval(states) == ["open", "open"], "a read changes no state"


async def test_the_waiting_page_and_the_session_are_shown_without_a_lock(
    auth: Auth, database: TestDatabase
) -> None:
    member = await auth.member()
    active, held = auth.browser(), auth.browser()
    await active.sign_in("taro@yamato.example")
    await auth.set(member.member_id, "presence_due_at = '2020-01-01'")
    await held.sign_in("taro@yamato.example")
    async with everything_locked(database, "auth"), writing_forbidden(auth.context.db):
        assert (await held.get("/presence-check")).status == 200
        for path in OF_A_SESSION:
            assert (await active.get(path)).status == 200, path
        assert (await active.get("/forward?audience=membership&realm=member")).status == 200


async def test_saving_the_time_of_last_use_waits_for_no_lock(
    auth: Auth, database: TestDatabase
) -> None:
    await auth.member()
    browser = auth.browser()
    await browser.sign_in("taro@yamato.example")
    await auth.advance("2 minutes")
    before = await auth.fetchval("select max(last_used_at) from sessions")
    async with everything_locked(database, "auth"), asyncio.timeout(1.5):
        assert (await browser.get("/sessions")).status == 200
    assert await auth.fetchval("select max(last_used_at) from sessions") == before
    assert (await browser.get("/sessions")).status == 200
    assert await auth.fetchval("select max(last_used_at) from sessions") > before


async def test_an_expired_check_is_missed_even_before_the_sweep(auth: Auth) -> None:
    member = await auth.member()
    await auth.set(member.member_id, "presence_due_at = '2020-01-01'")
    held = auth.browser()
    await held.sign_in("taro@yamato.example")
    await auth.advance("11 minutes")
    async with writing_forbidden(auth.context.db):
        reply = await held.get("/presence-check")
    assert (reply.status, reply.code) == (401, "presence_missed")
