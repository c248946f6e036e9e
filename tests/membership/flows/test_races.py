"""Invariants under concurrent requests (R4, R5, A24), and proofs that they need their guards."""

import asyncio
from uuid import UUID

import pytest

from services.membership.domain.company.customers import Customer
from services.membership.domain.company.seats import Seats
from services.membership.domain.joining.registrations import Registration
from services.membership.flows.company import seats
from services.membership.storage.company import customers
from services.membership.storage.joining import registrations
from shared.db import Connection
from tests.meeting import Meeting
from tests.membership.conftest import MINATO, Membership, applicant

ACTIVE = "select count(*) from members where state <> 'closed'"


async def _confirm_all(membership: Membership, tokens: list[str]) -> list[str]:
    async with membership.auth():
        replies = await asyncio.gather(*(membership.confirm(token) for token in tokens))
    assert {reply.status for reply in replies} <= {200, 202, 422}, [r.body for r in replies]
    return sorted(str(reply.body.get("code") or reply.body["status"]) for reply in replies)


async def _tokens_for_the_last_seat(membership: Membership) -> list[str]:
    await membership.execute("update customers set seat_limit = 2")
    await membership.join()
    return [await membership.link(**applicant(number)) for number in range(2, 8)]


async def test_only_one_of_many_gets_the_last_seat(yamato: Membership) -> None:
    """R5, T1: the customer's row is the lock."""
    tokens = await _tokens_for_the_last_seat(yamato)
    answers = await _confirm_all(yamato, tokens)
    assert answers == ["approved"] + ["awaiting_approval"] * 5
    assert await yamato.fetchval(ACTIVE) == 2


async def test_without_the_lock_the_last_seat_is_given_twice(
    yamato: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that the race above is real."""

    async def unlocked(connection: Connection, code_key: str) -> Customer | None:
        row = await connection.fetchrow(
            "select id, code, name, name_kana, phone, seat_limit from customers "
            "where code_key = $1",
            code_key,
        )
        return Customer(**row) if row else None

    async def lock_nothing(_connection: Connection, _customer_id: UUID) -> None:
        await asyncio.sleep(0)

    count, meeting = seats.count, Meeting()

    async def together(connection: Connection, customer: Customer) -> Seats:
        counted = await count(connection, customer)
        await meeting.wait()
        return counted

    tokens = await _tokens_for_the_last_seat(yamato)
    monkeypatch.setattr(customers, "lock_by_code_key", unlocked)
    monkeypatch.setattr(registrations, "lock_queue", lock_nothing)
    monkeypatch.setattr(seats, "count", together)
    await _confirm_all(yamato, tokens)
    assert await yamato.fetchval(ACTIVE) > 2


async def test_of_the_first_two_members_only_one_becomes_owner(yamato: Membership) -> None:
    tokens = [await yamato.link(**applicant(number)) for number in (1, 2)]
    assert await _confirm_all(yamato, tokens) == ["approved", "approved"]
    roles = await yamato.fetchval("select array_agg(role order by role) from members")
    assert roles == ["owner", "staff"]


async def _other_customer_of_the_domain(membership: Membership) -> dict[str, str]:
    """Details of a second customer, so that the two registrations share no customer's lock."""
    await membership.customers(MINATO.replace("minato.test", "yamato.example"))
    return {"customer_code": "A-1003", "customer_phone": "0450001003"}


async def test_two_registrations_of_one_address_open_one_account(yamato: Membership) -> None:
    """R4, also with different customers."""
    minato = await _other_customer_of_the_domain(yamato)
    tokens = [await yamato.link(), await yamato.link(**minato), await yamato.link()]
    answers = await _confirm_all(yamato, tokens)
    assert answers == ["approved", "registration_link_invalid", "registration_link_invalid"]
    assert await yamato.fetchval(ACTIVE) == 1


async def test_the_unique_index_alone_prevents_two_accounts_of_one_address(
    yamato: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds for later code as well: the index decides, not a check before it."""

    async def unlocked(connection: Connection, email_key: str, *, id: UUID) -> list[Registration]:
        rows = await connection.fetch(
            "select token_sha256 from registrations where email_key = $1", email_key
        )
        await meeting.wait()
        found = [await registrations.find_by_token(connection, row["token_sha256"]) for row in rows]
        return [one for one in found if one is not None]

    async def none_ended(_connection: Connection, _email_key: str, **_but: object) -> None:
        return None

    meeting = Meeting()
    minato = await _other_customer_of_the_domain(yamato)
    tokens = [await yamato.link(), await yamato.link(**minato)]
    monkeypatch.setattr(registrations, "lock_of_address", unlocked)
    monkeypatch.setattr(registrations, "end_others", none_ended)
    answers = await _confirm_all(yamato, tokens)
    assert answers == ["approved", "registration_link_invalid"]
    assert await yamato.fetchval(ACTIVE) == 1


async def test_the_cap_of_waiting_registrations_holds_in_parallel(yamato: Membership) -> None:
    """R1."""
    tokens = [
        await yamato.link(**applicant(number), customer_phone="0300009999") for number in range(24)
    ]
    assert await _confirm_all(yamato, tokens) == ["awaiting_approval"] * 24
    states = await yamato.fetchval("select array_agg(state) from registrations")
    assert sorted(states) == ["dropped"] * 4 + ["waiting"] * 20
