"""Who opens by itself, who waits for whom and why, and how many wait at most (R1, R3, R4, R5)."""

from typing import Any

import pytest

from tests.membership.conftest import MINATO, Membership, somebody


async def _waits(membership: Membership, **entered: Any) -> tuple[str, list[str]]:
    """Register and confirm something that does not fit; for whom it waits, and why."""
    reply = await membership.confirm(await membership.link(**entered))
    assert (reply.status, reply.body) == (200, {"status": "awaiting_approval"})
    row = await membership.fetchrow("select * from registrations order by confirmed_at desc")
    assert row["state"] == "waiting"
    assert (row["customer_id"] is None) == (row["reasons"] == ["unknown_customer"])
    return row["waits_for"], row["reasons"]


async def test_without_an_approver_everything_waits_for_an_operator(yamato: Membership) -> None:
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
async def test_what_does_not_fit_waits(
    yamato: Membership, entered: dict[str, str], waits_for: str, reasons: list[str]
) -> None:
    """R1, R3: number and phone were right: for an owner or admin; else for an operator."""
    await yamato.join()
    assert await _waits(yamato, **{**somebody(2), **entered}) == (waits_for, reasons)
    assert await yamato.fetchval("select count(*) from members") == 1
    assert [mail.template for mail in await yamato.mails()] == []


@pytest.mark.parametrize("gone", ["suspended", "staff"])
async def test_only_an_active_owner_or_admin_approves(yamato: Membership, gone: str) -> None:
    owner = await yamato.join()
    if gone == "suspended":
        await yamato.suspend(owner)
    else:
        await yamato.execute("update members set role = 'staff'")
    entered = {**somebody(2), "email": "x@other.example"}
    assert await _waits(yamato, **entered) == ("operator", ["foreign_domain"])


async def test_spelling_of_number_and_phone_makes_no_difference(yamato: Membership) -> None:
    await yamato.join(
        customer_code=" ａ－１００１", customer_phone="＋８１（０）３ー００００ー１００１"
    )
    assert await yamato.fetchval("select count(*) from members") == 1


async def test_a_personal_domain_never_fits_even_if_the_master_has_it(
    yamato: Membership,
) -> None:
    """R3: the list of personal domains may have grown since the import."""
    await yamato.execute("insert into customer_domains select id, 'gmail.com' from customers")
    assert await _waits(yamato, email="taro@gmail.com") == ("operator", ["personal_address"])


async def test_full_seats_wait_and_a_suspended_account_keeps_its_own(
    yamato: Membership,
) -> None:
    """R5."""
    await yamato.execute("update customers set seat_limit = 2")
    await yamato.join()
    second = await yamato.join(**somebody(2))
    await yamato.suspend(second)
    assert await _waits(yamato, **somebody(3)) == ("approver", ["seats_full"])
    await yamato.delete(second)
    await yamato.join(**somebody(4))


async def test_ten_accounts_unless_operators_say_otherwise(yamato: Membership) -> None:
    """R5: the eleventh waits."""
    for number in range(10):
        await yamato.join(**somebody(number))
    assert await _waits(yamato, **somebody(10)) == ("approver", ["seats_full"])


@pytest.mark.parametrize(
    "entered",
    [
        {"phone": "+81 90-0000-0001", "family_name_kana": "", "given_name_kana": ""},
        {"family_name_kana": "やまだ", "given_name_kana": "ﾀﾛｳ"},
        {"family_name": "山　田", "phone": "09000000001", "given_name_kana": "ベツノヒト"},
    ],
)
@pytest.mark.parametrize("state", ["active", "suspended"])
async def test_a_probable_double_never_opens_by_itself(
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


async def test_namesakes_are_no_doubles_and_other_customers_hold_nothing_back(
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


async def _fill(membership: Membership, number: int, *, with_customer: bool) -> None:
    """So many wait already."""
    await membership.execute(
        """
        insert into registrations (
            id, token_sha256, state, customer_code, customer_phone, family_name, given_name,
            family_name_kana, given_name_kana, email, email_key, phone, locale, expires_at,
            confirmed_at, waits_for, reasons, customer_id
        )
        select uuidv7(), sha256(n::text::bytea), 'waiting', '', '', 'x', 'x', '', '',
            'x' || n || '@x.test', 'x' || n || '@x.test', '0900000000', 'ja', now(),
            now(), 'operator', '{}', case when $2 then (select id from customers) end
        from generate_series(1, $1::int) as n
        """,
        number,
        with_customer,
    )


@pytest.mark.parametrize(
    ("with_customer", "most", "entered"),
    [(True, 20, {"customer_phone": "0300009999"}), (False, 200, {"customer_code": "?"})],
)
async def test_beyond_the_cap_the_answer_is_the_same_and_nothing_is_kept(
    yamato: Membership, with_customer: bool, most: int, entered: dict[str, str]
) -> None:
    """R1: at most 20 wait per customer and 200 without one."""
    await _fill(yamato, most - 1, with_customer=with_customer)
    last = await yamato.link(**somebody(1), **entered)
    beyond = await yamato.link(**somebody(2), **entered)
    replies = [await yamato.confirm(token) for token in (last, beyond, beyond, last)]
    assert [(reply.status, reply.text) for reply in replies] == [(200, replies[0].text)] * 4
    waiting = "select count(*) from registrations where state = 'waiting'"
    assert await yamato.fetchval(waiting) == most
    kept = await yamato.fetchval(
        "select array_agg(registrations::text) from registrations where state = 'dropped'"
    )
    assert len(kept) == 1
    assert not any(word in kept[0] for word in ("社員", "花子", "person2", "0900000"))


async def test_the_two_caps_are_apart(yamato: Membership) -> None:
    await _fill(yamato, 20, with_customer=True)
    assert await _waits(yamato, **somebody(1), customer_code="?") == (
        "operator",
        ["unknown_customer"],
    )
