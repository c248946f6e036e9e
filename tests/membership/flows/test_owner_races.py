"""R12 under races: a company keeps an active owner when its owners act at the same moment."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from services.membership.domain.members.actors import CallingMember
from services.membership.domain.members.members import SuspensionCard
from services.membership.flows.ground import acting
from services.membership.flows.members import member_role, member_state
from services.membership.storage.company import customers
from shared.db import Connection
from shared.errors import Problem
from tests.membership.conftest import IMPATIENT, Membership, applicant

pytestmark = IMPATIENT

CARD = SuspensionCard(reason="other")
OWNERS = "select count(*) from members where role = 'owner' and state = 'active'"


async def two_owners(membership: Membership) -> tuple[UUID, UUID]:
    one, other = await membership.join(), await membership.join(**applicant(2))
    await membership.execute("update members set role = 'owner'")
    return one, other


async def both_at_once(membership: Membership, one: UUID, other: UUID) -> list[str]:
    """Each owner suspends the other; the answers that they got."""

    async def suspend(who: UUID, whom: UUID) -> str:
        try:
            await member_state.suspend(membership.context, CallingMember(member_id=who), whom, CARD)
        except Problem as refusal:
            return refusal.code
        return "done"

    return sorted(await asyncio.gather(suspend(one, other), suspend(other, one)))


async def test_t6_of_two_owners_who_suspend_each_other_at_once_one_stays_active(
    yamato: Membership,
) -> None:
    one, other = await two_owners(yamato)
    assert await both_at_once(yamato, one, other) == ["account_not_active", "done"]
    assert await yamato.fetchval(OWNERS) == 1


async def test_without_the_lock_no_active_owner_would_be_left(
    yamato: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that the race above is real."""
    one, other = await two_owners(yamato)
    enter, get = acting._enter, customers.get
    arrived: list[int] = []
    both = asyncio.Event()

    async def unlocked(connection: Connection, id: UUID) -> object:
        return await get(connection, id)

    async def together(*arguments: Any) -> object:
        entered = await enter(*arguments)
        arrived.append(1)
        if len(arrived) == 2:
            both.set()
        await both.wait()
        return entered

    monkeypatch.setattr(customers, "lock", unlocked)
    monkeypatch.setattr(acting, "_enter", together)
    assert await both_at_once(yamato, one, other) == ["done", "done"]
    assert await yamato.fetchval(OWNERS) == 0


async def test_of_two_owners_who_leave_or_step_down_at_once_one_stays(yamato: Membership) -> None:
    one, other = await two_owners(yamato)

    async def leave() -> str:
        try:
            await member_state.leave(yamato.context, CallingMember(member_id=one))
        except Problem as refusal:
            return refusal.code
        return "done"

    async def step_down() -> str:
        who = CallingMember(member_id=other)
        try:
            await member_role.change(yamato.context, who, other, "staff")
        except Problem as refusal:
            return refusal.code
        return "done"

    assert sorted(await asyncio.gather(leave(), step_down())) == ["done", "last_owner"]
    assert await yamato.fetchval(OWNERS) == 1
