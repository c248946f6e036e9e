"""Which registrations open at once, which wait, for whom, why and how many (R1, R3, R4, R5)."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from services.membership.domain.joining.admission import Waiting
from services.membership.flows.upkeep import approval_upkeep
from services.membership.storage.joining import registrations
from shared.db import Connection
from tests.meeting import Meeting
from tests.membership.conftest import MINATO, Membership, applicant, form


async def _waits(membership: Membership, **entered: Any) -> tuple[str, list[str]]:
    """Register and confirm a mismatch; for whom the registration waits, and why."""
    reply = await membership.confirm(await membership.link(**entered))
    assert (reply.status, reply.body) == (200, {"status": "awaiting_approval"})
    row = await membership.fetchrow("select * from registrations order by confirmed_at desc")
    assert row["state"] == "waiting"
    assert (row["customer_id"] is None) == (row["reasons"] == ["unknown_customer"])
    return row["waits_for"], row["reasons"]


async def test_without_an_approver_a_registration_waits_for_an_operator(yamato: Membership) -> None:
    """R3: where the customer has no account yet, an operator decides after a call."""
    assert await _waits(yamato, email="taro@docomo.ne.jp") == ("operator", ["personal_address"])
    assert await _waits(yamato, email="taro@other.example") == ("operator", ["foreign_domain"])


@pytest.mark.parametrize(
    ("entered", "waits_for", "reasons"),
    [
        ({"customer_code": "A-9999"}, "operator", ["unknown_customer"]),
        ({"customer_phone": "0300009999"}, "operator", ["phone_mismatch"]),
        (
            {"customer_phone": "0300009999", "email": "x@gmail.com"},
            "operator",
            ["phone_mismatch", "personal_address"],
        ),
        ({"email": "x@gmail.com"}, "approver", ["personal_address"]),
        ({"email": "x@aaa.ocn.ne.jp"}, "approver", ["personal_address"]),
        ({"email": "x@other.example"}, "approver", ["foreign_domain"]),
        ({"email": "x@sub.yamato.example"}, "approver", ["foreign_domain"]),
        ({"email": "x@notyamato.example"}, "approver", ["foreign_domain"]),
    ],
)
async def test_a_registration_that_does_not_match_waits(
    yamato: Membership, entered: dict[str, str], waits_for: str, reasons: list[str]
) -> None:
    """R1, R3: with the right number and phone for an owner or admin, else for an operator."""
    await yamato.join()
    assert await _waits(yamato, **{**applicant(2), **entered}) == (waits_for, reasons)
    assert await yamato.fetchval("select count(*) from members") == 1
    assert [mail.template for mail in await yamato.mails()] == []


@pytest.mark.parametrize("gone", ["suspended", "staff"])
async def test_only_an_active_owner_or_admin_counts_as_approver(
    yamato: Membership, gone: str
) -> None:
    owner = await yamato.join()
    if gone == "suspended":
        await yamato.suspend(owner)
    else:
        await yamato.execute("update members set role = 'staff'")
    entered = {**applicant(2), "email": "x@other.example"}
    assert await _waits(yamato, **entered) == ("operator", ["foreign_domain"])


async def test_spelling_of_number_and_phone_makes_no_difference(yamato: Membership) -> None:
    await yamato.join(
        customer_code=" ａ－１００１", customer_phone="＋８１（０）３ー００００ー１００１"
    )
    assert await yamato.fetchval("select count(*) from members") == 1


async def test_a_personal_domain_never_matches_even_if_the_master_has_it(
    yamato: Membership,
) -> None:
    """R3: the list of personal domains may have grown since the import."""
    await yamato.execute("insert into customer_domains select id, 'gmail.com' from customers")
    assert await _waits(yamato, email="taro@gmail.com") == ("operator", ["personal_address"])


async def test_a_registration_waits_for_a_seat_and_suspended_accounts_keep_theirs(
    yamato: Membership,
) -> None:
    """R5."""
    await yamato.execute("update customers set seat_limit = 2")
    await yamato.join()
    second = await yamato.join(**applicant(2))
    await yamato.suspend(second)
    assert await _waits(yamato, **applicant(3)) == ("approver", ["seats_full"])
    await yamato.delete(second)
    await yamato.join(**applicant(4))


async def test_a_customer_has_ten_seats_unless_an_operator_set_another_limit(
    yamato: Membership,
) -> None:
    """R5: the eleventh registration waits."""
    for number in range(10):
        await yamato.join(**applicant(number))
    assert await _waits(yamato, **applicant(10)) == ("approver", ["seats_full"])


@pytest.mark.parametrize(
    "entered",
    [
        {"phone": "+81 90-0000-0001", "family_name_kana": "", "given_name_kana": ""},
        {"family_name_kana": "やまだ", "given_name_kana": "ﾀﾛｳ"},
        {"family_name": "山　田", "phone": "09000000001", "given_name_kana": "ベツノヒト"},
    ],
)
@pytest.mark.parametrize("state", ["active", "suspended"])
async def test_a_probable_double_always_waits(
    yamato: Membership, entered: dict[str, str], state: str
) -> None:
    """R4: same name and phone, or same name and reading; suspended accounts count."""
    first = await yamato.join()
    if state == "suspended":
        await yamato.suspend(first)
    second = {"email": "second@yamato.example", "phone": "0900000999", **entered}
    waits_for, reasons = await _waits(yamato, **second)
    assert (waits_for, reasons) == (
        "approver" if state == "active" else "operator",
        ["probable_double"],
    )


async def test_namesakes_and_members_of_other_customers_are_no_doubles(
    yamato: Membership,
) -> None:
    """R4."""
    await yamato.customers(MINATO)
    await yamato.join()
    await yamato.join(customer_code="A-1003", customer_phone="0450001003", email="taro@minato.test")
    await yamato.join(
        email="namesake@yamato.example",
        phone="0900000777",
        family_name_kana="",
        given_name_kana="",
    )
    assert await yamato.fetchval("select count(*) from members") == 3


async def _fill(membership: Membership, number: int, *, reason: str) -> None:
    """Add this many waiting registrations, each from its own network and mailbox."""
    await membership.execute(
        """
        insert into registrations (
            id, token_sha256, state, customer_code, customer_phone, family_name, given_name,
            family_name_kana, given_name_kana, email, email_key, phone, locale, expires_at,
            confirmed_at, waits_for, reasons, customer_id, mailbox, network
        )
        select uuidv7(), sha256(convert_to($2 || n, 'UTF8')), 'waiting', '', '', 'x', 'x', '', '',
            'x' || n || '@x.test', 'x' || n || '@x.test', '0900000000', 'ja', now(),
            now(), 'operator', array[$2],
            case when $2 <> 'unknown_customer' then (select id from customers) end,
            sha256(convert_to('mailbox' || n, 'UTF8')), sha256(convert_to('net' || n, 'UTF8'))
        from generate_series(1, $1::int) as n
        """,
        number,
        reason,
    )


RIGHTLY: dict[str, Any] = {"email": "anna@other.example"}
WRONG_PHONE = {"customer_phone": "0300009999"}
WRONG_CODE = {"customer_code": "?"}
WAITING = "select count(*) from registrations where state = 'waiting'"


@pytest.mark.parametrize(
    ("reason", "most", "entered"),
    [
        ("foreign_domain", 20, RIGHTLY),
        ("phone_mismatch", 20, WRONG_PHONE),
        ("unknown_customer", 200, WRONG_CODE),
    ],
)
async def test_above_the_cap_the_answer_is_the_same_and_the_registration_is_dropped(
    yamato: Membership, reason: str, most: int, entered: dict[str, str]
) -> None:
    """R1: 20 per customer that are rightly addressed, 20 that are not, 200 without a customer."""
    await _fill(yamato, most - 1, reason=reason)
    last = await yamato.link(**{**applicant(1), **entered})
    beyond = await yamato.link(**{**applicant(2), **entered, "email": "person2@other.example"})
    replies = [await yamato.confirm(token) for token in (last, beyond, beyond, last)]
    assert [(reply.status, reply.text) for reply in replies] == [(200, replies[0].text)] * 4
    assert await yamato.fetchval(WAITING) == most
    kept = await yamato.fetchrow("select * from registrations where state = 'dropped'")
    assert not any(word in str(kept) for word in ("社員", "花子", "person2", "0900000"))
    assert (kept["mailbox"], kept["network"]) == (None, None)


@pytest.mark.parametrize(
    ("reason", "entered", "waits"),
    [
        ("phone_mismatch", RIGHTLY, ("operator", ["foreign_domain"])),
        ("foreign_domain", WRONG_PHONE, ("operator", ["phone_mismatch"])),
        ("phone_mismatch", WRONG_CODE, ("operator", ["unknown_customer"])),
        ("unknown_customer", RIGHTLY, ("operator", ["foreign_domain"])),
    ],
)
async def test_wrongly_addressed_registrations_do_not_fill_the_approvers_queue(
    yamato: Membership, reason: str, entered: dict[str, str], waits: tuple[str, list[str]]
) -> None:
    """R1: 20 with a wrong phone must not cause one with the right phone to be dropped."""
    await _fill(yamato, 200 if reason == "unknown_customer" else 20, reason=reason)
    await yamato.execute("update registrations set confirmed_at = '2020-01-01'")
    assert await _waits(yamato, **{**applicant(1), **entered}) == waits


async def _enter(membership: Membership, network: str, **entered: Any) -> str:
    """Register from a network; the token of the mailed link."""
    headers = {"Test-Network": network}
    await membership.send("POST", "/registrations", form(**entered), **headers)
    [mail] = await membership.mails()
    return str(mail.params["token"])


@pytest.mark.parametrize("entered", [RIGHTLY, WRONG_PHONE, WRONG_CODE])
async def test_at_most_five_registrations_wait_from_one_network(
    yamato: Membership, entered: dict[str, Any]
) -> None:
    """R1; an IPv6 network is a /64."""
    for number in range(7):
        body = {**applicant(number), **entered, "email": f"person{number}@other.example"}
        token = await _enter(yamato, f"2001:db8:1:2:{number}::1", **body)
        assert (await yamato.confirm(token)).body == {"status": "awaiting_approval"}
    assert await yamato.fetchval(WAITING) == 5
    body = {**applicant(8), **entered, "email": "person8@other.example"}
    await yamato.confirm(await _enter(yamato, "2001:db8:1:3::1", **body))
    assert await yamato.fetchval(WAITING) == 6


async def test_at_most_one_registration_waits_from_one_mailbox(yamato: Membership) -> None:
    """R1: a plus part makes no other mailbox; after a decision the next one may wait."""
    for number, email in enumerate(("anna@other.example", "Anna+2@Other.example")):
        await yamato.confirm(await yamato.link(**{**applicant(number), "email": email}))
        await yamato.advance("61 seconds")
    assert await yamato.fetchval(WAITING) == 1
    await yamato.advance("14 days")
    await approval_upkeep.lapse(yamato.context)
    assert await yamato.fetchval(WAITING) == 0
    await yamato.confirm(await yamato.link(**{**applicant(3), "email": "anna+3@other.example"}))
    assert await yamato.fetchval(WAITING) == 1


@pytest.mark.parametrize(
    ("reason", "full", "entered"),
    [("phone_mismatch", 20, WRONG_PHONE), ("unknown_customer", 200, WRONG_CODE)],
)
async def test_a_dropped_registration_does_not_end_the_waiting_one_of_its_address(
    yamato: Membership, reason: str, full: int, entered: dict[str, str]
) -> None:
    """R1: a stranger enters the applicant's address with a wrong phone or code while the queue is
    full, and the applicant confirms that link too: their own registration still waits."""
    await _fill(yamato, full, reason=reason)
    right = {**applicant(1), **RIGHTLY}
    await yamato.confirm(await yamato.link(**right))
    waits = "select state from registrations where family_name = $1 and customer_code = 'A-1001'"
    waits += " and customer_phone = '0300001001'"
    assert await yamato.fetchval(waits, right["family_name"]) == "waiting"
    reply = await yamato.confirm(await yamato.link(**{**right, **entered}))
    assert reply.body == {"status": "awaiting_approval"}
    assert await yamato.fetchval(waits, right["family_name"]) == "waiting"


async def test_a_new_registration_replaces_the_waiting_one_of_its_address(
    yamato: Membership,
) -> None:
    """R1: the replaced one does not count toward the caps of its network and mailbox."""
    for number in range(5):
        body = {**applicant(number), "email": f"person{number}@other.example"}
        await yamato.confirm(await _enter(yamato, "2001:db8:1:2::1", **body))
    await yamato.advance("61 seconds")
    body = {**applicant(4), "email": "person4@other.example", "phone": "0900000777"}
    await yamato.confirm(await _enter(yamato, "2001:db8:1:2::1", **body))
    assert await yamato.fetchval(WAITING) == 5
    kept = "select count(*) from registrations where state = 'waiting' and phone = '0900000777'"
    assert await yamato.fetchval(kept) == 1


@pytest.mark.parametrize("entered", [RIGHTLY, WRONG_PHONE, WRONG_CODE])
async def test_asvs_6_3_8_dropping_costs_as_many_statements_as_waiting(
    yamato: Membership, monkeypatch: pytest.MonkeyPatch, entered: dict[str, Any]
) -> None:
    """Otherwise a stranger who filled one code's queue could tell whether another code exists."""
    waits = await statements(yamato, monkeypatch, **{**applicant(2), **entered})
    await _fill(yamato, 200, reason="unknown_customer")
    for reason in ("foreign_domain", "phone_mismatch"):
        await yamato.execute(
            """
            insert into registrations select (jsonb_populate_record(null::registrations,
                to_jsonb(r) || jsonb_build_object('id', uuidv7(), 'reasons', array[$1],
                    'token_sha256', null, 'customer_id', (select id from customers)))).*
            from registrations r where family_name = 'x' limit 20
            """,
            reason,
        )
    dropped = await statements(
        yamato, monkeypatch, **{**applicant(3), **entered, "email": "z@other.example"}
    )
    assert await yamato.fetchval("select count(*) from registrations where state = 'dropped'") == 1
    assert len(dropped) == len(waits)


@pytest.mark.parametrize("entered", [RIGHTLY, WRONG_PHONE, WRONG_CODE])
async def test_the_caps_hold_when_many_confirm_at_once(
    yamato: Membership, entered: dict[str, Any]
) -> None:
    people = [
        {**applicant(number), **entered, "email": f"person{number}@other.example"}
        for number in range(12)
    ]
    tokens = [await _enter(yamato, "192.0.2.1", **one) for one in people]
    await asyncio.gather(*(yamato.confirm(token) for token in tokens))
    assert await yamato.fetchval(WAITING) == 5


async def test_without_the_lock_too_many_wait(
    yamato: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that the race above is real."""

    async def lock_nothing(_connection: Connection, _customer_id: UUID) -> None:
        await asyncio.sleep(0)

    count, meeting = registrations.count_waiting, Meeting(6)

    async def together(*arguments: Any, **more: Any) -> Waiting:
        counted = await count(*arguments, **more)
        await meeting.wait()
        return counted

    monkeypatch.setattr(registrations, "lock_queue", lock_nothing)
    monkeypatch.setattr(registrations, "count_waiting", together)
    tokens = [
        await _enter(yamato, "192.0.2.1", **{**applicant(number), **WRONG_CODE})
        for number in range(8)
    ]
    await asyncio.gather(*(yamato.confirm(token) for token in tokens))
    assert await yamato.fetchval(WAITING) > 5


UNKNOWN = {"customer_code": "A-9999"}
BESIDE = (
    "select pg_notify",
    "select clock_now() - now()",
    "SELECT pg_advisory_unlock_all",
    "select ahead",
    "listen",
    "LISTEN",
)
"""Statements of the process that do not belong to a confirmation."""


async def statements(
    membership: Membership, monkeypatch: pytest.MonkeyPatch, **entered: Any
) -> list[str]:
    """The statements of one confirmation, in order."""
    token = await membership.link(**entered)
    asked: list[str] = []
    with monkeypatch.context() as patch:
        for name in ("fetch", "fetchrow", "fetchval", "execute"):
            patch.setattr(asyncpg.Connection, name, _recorded(name, asked))
        reply = await membership.confirm(token)
    assert (reply.status, reply.body) == (200, {"status": "awaiting_approval"})
    return [query for query in asked if not query.startswith(BESIDE)]


def _recorded(name: str, asked: list[str]) -> Any:
    real = getattr(asyncpg.Connection, name)

    async def record(connection: asyncpg.Connection, query: str, *values: Any, **more: Any) -> Any:
        asked.append(" ".join(query.split()))
        return await real(connection, query, *values, **more)

    return record


@pytest.mark.parametrize(
    "entered",
    [
        {"customer_phone": "0300009999"},
        {"customer_phone": "0300009999", "email": "x@gmail.com"},
        {"email": "x@gmail.com"},
        {"email": "x@other.example"},
        {"family_name": "山田", "given_name": "太郎", "phone": "090-0000-0001"},
    ],
)
async def test_asvs_6_3_8_a_known_code_costs_the_same_statements_as_an_unknown_one(
    yamato: Membership, monkeypatch: pytest.MonkeyPatch, entered: dict[str, str]
) -> None:
    await yamato.join()
    known = await statements(yamato, monkeypatch, **{**applicant(2), **entered})
    domain = entered.get("email", "x@yamato.example").partition("@")[2]
    other = {**applicant(3), **entered, **UNKNOWN, "email": f"y@{domain}"}
    unknown = await statements(yamato, monkeypatch, **other)
    assert len(known) > 5
    assert known == unknown


async def test_asvs_6_3_8_a_full_company_costs_the_same_statements_as_an_unknown_code(
    yamato: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    await yamato.join()
    await yamato.execute("update customers set seat_limit = 1")
    known = await statements(yamato, monkeypatch, **applicant(2))
    unknown = await statements(yamato, monkeypatch, **{**applicant(3), **UNKNOWN})
    assert known == unknown


async def test_asvs_6_3_8_a_large_company_costs_no_more_rows_than_a_small_one(
    yamato: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With 300 members a confirmation took 27 ms, with an unknown code 12 ms."""
    await yamato.join()
    await yamato.execute(
        """
        insert into members select (jsonb_populate_record(null::members, to_jsonb(m)
            || jsonb_build_object('id', uuidv7(), 'email', n || '@y.example', 'role', 'staff',
                'email_key', n || '@y.example', 'searched', '社員' || n || ' '))).*
        from members m, generate_series(1, 300) n
        """
    )
    rows: list[int] = []
    fetch = asyncpg.Connection.fetch

    async def counted(connection: asyncpg.Connection, *query: Any, **more: Any) -> Any:
        found = await fetch(connection, *query, **more)
        rows.append(len(found))
        return found

    token = await yamato.link(**{**applicant(2), "customer_phone": "0300009999"})
    monkeypatch.setattr(asyncpg.Connection, "fetch", counted)
    assert (await yamato.confirm(token)).body == {"status": "awaiting_approval"}
    assert sum(rows) < 10
    await yamato.execute("delete from members where email like '%@y.example'")
