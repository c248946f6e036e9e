"""auth.sync_account carries the whole state, so duplicates and reordering make no difference."""

import asyncio
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest

from services.auth.flows.accounts import account
from services.auth.storage import accounts
from shared.contracts.auth import Suspension, SyncAccount
from shared.crypto import new_id
from shared.messaging.envelope import NotYet
from tests.auth.conftest import Auth, member

CARD = Suspension(reason="left", note="", since="2026-11-24T00:00:00Z")


async def state_of(auth: Auth) -> tuple[Any, ...]:
    async with auth.context.db.connection() as connection:
        rows = await connection.fetch("select version, state, email, role from accounts")
    return tuple(tuple(row) for row in rows)


@pytest.mark.parametrize("order", list(itertools.permutations((1, 2, 3, 2))))
async def test_any_order_with_any_duplicates_ends_in_the_newest_state(
    auth: Auth, order: tuple[int, ...]
) -> None:
    person = new_id()
    states: dict[int, dict[str, Any]] = {
        1: {"role": "staff"},
        2: {"role": "admin", "state": "suspended", "suspension": CARD},
        3: {"role": "owner", "email": "new@yamato.example"},
    }
    for version in order:
        await auth.sync(member_id=person, version=version, **states[version])
    assert await state_of(auth) == ((3, "active", "new@yamato.example", "owner"),)


async def test_r18_a_closed_account_leaves_a_tombstone_that_no_message_revives(auth: Auth) -> None:
    known = await auth.member()
    browser = auth.browser()
    await browser.sign_in(known.email)
    closed = {"member_id": known.member_id, "customer_id": known.customer_id}
    for version, state in ((5, "closed"), (4, "active"), (6, "active"), (5, "closed")):
        text = {**member(), **closed, "version": version, "state": state}
        await auth.sync(**text)
    assert await state_of(auth) == ()
    assert (await browser.get("/session")).status == 401
    assert await auth.fetchval("select version from closed_accounts") == 5
    assert "taro@yamato" not in await auth.dump(("outbox",))


async def test_a_closing_that_arrives_first_leaves_a_tombstone_too(auth: Auth) -> None:
    person: UUID = new_id()
    await auth.sync(member_id=person, version=2, state="closed", email="")
    await auth.sync(member_id=person, version=1)
    assert await state_of(auth) == ()


async def test_an_account_waits_until_its_address_is_free(auth: Auth) -> None:
    old = await auth.sync()
    with pytest.raises(NotYet):
        await auth.sync(member_id=new_id())
    await auth.sync(member_id=old.member_id, version=2, state="closed")
    await auth.sync(member_id=new_id())
    assert len(await state_of(auth)) == 1


@contextmanager
def unguarded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Without the lock of the member: a row lock finds no row to lock before there is one."""

    async def lock_members(*_: Any) -> None:
        """Take no lock."""

    with monkeypatch.context() as patched:
        patched.setattr(accounts, "lock_members", lock_members)
        yield


WAITING = "select count(*) from pg_locks where not granted"


async def apply_at_once(auth: Auth, first: dict[str, Any], second: dict[str, Any]) -> None:
    """Apply two states of one member; the second one waits for the first one, or comes before."""
    person = new_id()
    one, other = (SyncAccount(**member(member_id=person, **state)) for state in (first, second))

    async def apply_second() -> None:
        async with auth.context.db.transaction("test") as connection:
            await account.sync(connection, other)

    async with auth.context.db.transaction("test") as connection:
        await account.sync(connection, one)
        late = asyncio.create_task(apply_second())
        async with asyncio.timeout(10):
            while not late.done() and not await auth.fetchval(WAITING):
                await asyncio.sleep(0.01)
    await late


NEWER: dict[str, Any] = {"version": 2, "role": "admin"}
CLOSED: dict[str, Any] = {"version": 2, "state": "closed", "email": ""}
OLDER: dict[str, Any] = {"version": 1, "role": "staff"}


async def test_f18_an_older_state_applied_concurrently_does_not_win(
    auth: Auth, monkeypatch: pytest.MonkeyPatch
) -> None:
    await apply_at_once(auth, NEWER, OLDER)
    assert await state_of(auth) == ((2, "active", "taro@yamato.example", "admin"),)
    await auth.fetchval("delete from accounts")
    await apply_at_once(auth, OLDER, NEWER)
    assert await state_of(auth) == ((2, "active", "taro@yamato.example", "admin"),)
    await auth.fetchval("delete from accounts")
    with unguarded(monkeypatch):
        await apply_at_once(auth, NEWER, OLDER)
    assert (await state_of(auth))[0][0] == 1, "without the lock the older state wins"


async def test_f18_an_account_does_not_outlive_its_tombstone(
    auth: Auth, monkeypatch: pytest.MonkeyPatch
) -> None:
    await apply_at_once(auth, CLOSED, OLDER)
    assert await state_of(auth) == ()
    await apply_at_once(auth, OLDER, CLOSED)
    assert await state_of(auth) == ()
    assert await auth.fetchval("select count(*) from closed_accounts") == 2
    with unguarded(monkeypatch):
        await apply_at_once(auth, CLOSED, OLDER)
    assert len(await state_of(auth)) == 1, "without the lock the account exists after its end"


async def test_a_message_without_parts_of_a_name_leaves_the_stored_ones(auth: Auth) -> None:
    """The previous release sends no such fields; auth keeps those that it has."""
    told = {"family_name": "山田", "given_name": "太郎", "reading": "ヤマダ タロウ"}
    first = await auth.sync(**told, customer_reading="ヤマトショウジ")
    await auth.sync(member_id=first.member_id, version=2, role="staff")
    row = "select array[family_name, given_name, reading, customer_reading, role] from accounts"
    assert await auth.fetchval(row) == ["山田", "太郎", "ヤマダ タロウ", "ヤマトショウジ", "staff"]
    await auth.sync(member_id=first.member_id, version=3, given_name="次郎", reading="")
    assert await auth.fetchval(row) == ["山田", "次郎", "", "ヤマトショウジ", "owner"]


@pytest.mark.parametrize("order", [(3, 2), (3, 2, 3), (2, 3)])
async def test_r9_r18_a_suspension_that_arrives_after_the_resume_ends_sessions(
    auth: Auth, order: tuple[int, ...]
) -> None:
    """Auth's worker is killed while it handles the suspension; the resume arrives first."""
    known = await auth.member()
    browser, waiting = await auth.known_browser(), auth.browser()
    assert (await browser.sign_in(known.email)).body == {"next": "done"}
    assert (await waiting.sign_in(known.email)).body == {"next": "presence_check"}
    states: dict[int, dict[str, Any]] = {
        2: {"state": "suspended", "suspension": CARD, "state_version": 2},
        3: {"state": "active", "state_version": 3},
    }
    for version in order:
        await auth.sync(member_id=known.member_id, version=version, **states[version])
    for each in (browser, waiting):
        assert (await each.get("/session")).status == 401
    assert await auth.fetchval("select state from presence_checks") == "cancelled"
    assert (await browser.sign_in(known.email)).body == {"next": "presence_check"}, "not known"


async def test_a_newer_version_of_an_active_account_ends_no_session(auth: Auth) -> None:
    known = await auth.member(version=5)
    browser = await auth.known_browser()
    await browser.sign_in(known.email)
    more = {"member_id": known.member_id, "role": "admin", "state_version": 4}
    await auth.sync(version=7, **more)
    assert (await browser.get("/session")).body["role"] == "admin"
