"""auth.sync_account: state travels whole, so duplicates and reordering end alike."""

import itertools
from typing import Any
from uuid import UUID

import pytest

from shared.contracts.auth import Suspension
from shared.crypto import new_id
from shared.messaging.envelope import NotYet
from tests.auth.conftest import Auth, member

CARD = Suspension(reason="left", note="", since="2026-11-24T00:00:00Z")


async def state_of(auth: Auth) -> tuple[Any, ...]:
    async with auth.context.db.connection() as connection:
        rows = await connection.fetch("select version, state, email, role from accounts")
    return tuple(tuple(row) for row in rows)


@pytest.mark.parametrize("order", list(itertools.permutations((1, 2, 3, 2))))
async def test_any_order_and_any_duplicate_end_in_the_newest_state(
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


async def test_r18_closed_leaves_a_tombstone_that_nothing_revives(auth: Auth) -> None:
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


async def test_closed_before_anything_else_leaves_a_tombstone_too(auth: Auth) -> None:
    person: UUID = new_id()
    await auth.sync(member_id=person, version=2, state="closed", email="")
    await auth.sync(member_id=person, version=1)
    assert await state_of(auth) == ()


async def test_an_address_that_another_account_still_has_waits_for_its_closing(auth: Auth) -> None:
    old = await auth.sync()
    with pytest.raises(NotYet):
        await auth.sync(member_id=new_id())
    await auth.sync(member_id=old.member_id, version=2, state="closed")
    await auth.sync(member_id=new_id())
    assert len(await state_of(auth)) == 1
