"""A password may be rehashed during a sign-in, but not replaced.

Each test holds the account's lock, so that the request has checked the password and waits.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest
from argon2 import PasswordHasher

from services.auth.storage import accounts
from shared.db import Connection
from tests.auth.conftest import PASSWORD, Auth
from tests.replies import Reply

TARO = "taro@yamato.example"
OLD = PasswordHasher(time_cost=1, memory_cost=32, parallelism=1)
"""As the parameters were before."""


@asynccontextmanager
async def meeting(auth: Auth, member: UUID, *requests: Awaitable[Reply]) -> AsyncIterator[Any]:
    """Requests that have checked the password and wait while the block changes the account."""
    async with auth.context.db.transaction("test") as connection:
        await accounts.lock(connection, member)
        tasks = [asyncio.ensure_future(request) for request in requests]
        async with asyncio.timeout(1.5):
            while await waiting(auth) < len(requests):
                await asyncio.sleep(0.01)
        yield connection, tasks


async def waiting(auth: Auth) -> int:
    count: int = await auth.fetchval(
        "select count(*) from pg_stat_activity "
        "where wait_event_type = 'Lock' and datname = current_database()"
    )
    return count


async def rehash(connection: Connection, member: UUID) -> None:
    await accounts.update_hash(connection, member, OLD.hash(PASSWORD))


async def set_another(connection: Connection, member: UUID) -> None:
    await accounts.update_password(connection, member, OLD.hash("another horse, another staple"))


async def test_concurrent_sign_ins_that_rehash_the_password_all_succeed(auth: Auth) -> None:
    member = (await auth.member()).member_id
    async with auth.context.db.transaction("test") as connection:
        await rehash(connection, member)
    requests = [auth.browser().sign_in(TARO) for _ in range(3)]
    async with meeting(auth, member, *requests) as (_, tasks):
        pass
    assert [(await task).status for task in tasks] == [200, 200, 200]
    stored = await auth.fetchval("select password_hash from accounts")
    assert "m=64" in stored, "stored with the newer parameters"


@pytest.mark.parametrize(
    ("method", "path", "body", "right"),
    [
        ("POST", "/sign-in", {"email": TARO, "password": PASSWORD}, 200),
        ("POST", "/session/step-up", {"password": PASSWORD}, 200),
        (
            "PUT",
            "/password",
            {"current_password": PASSWORD, "new_password": "seven wet otters in Nagoya"},
            204,
        ),
    ],
    ids=["sign_in", "step_up", "change"],
)
async def test_a_rehashed_password_is_accepted_and_a_replaced_one_is_refused(
    auth: Auth, method: str, path: str, body: dict[str, str], right: int
) -> None:
    member = (await auth.member()).member_id
    browser = auth.browser()
    await browser.sign_in(TARO)
    async with meeting(auth, member, browser.send(method, path, body)) as (connection, [task]):
        await rehash(connection, member)
    assert (await task).status == right

    async with auth.context.db.transaction("test") as connection:
        await rehash(connection, member)
    async with meeting(auth, member, browser.send(method, path, body)) as (connection, [task]):
        await set_another(connection, member)
    reply = await task
    assert reply.status in {401, 422}
    assert reply.code in {"invalid_credentials", "wrong_password"}
