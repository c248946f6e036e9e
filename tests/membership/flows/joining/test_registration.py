"""Registration (R1 to R5): its mail, its link, and what a stranger can see."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest

from services.membership.flows.upkeep import retention
from tests.membership.conftest import IMPATIENT, OPERATORS, Membership, applicant, form
from tests.replies import Reply


async def test_the_first_member_becomes_owner_and_gets_a_password_token(yamato: Membership) -> None:
    """R1, R2, R3: number, phone and domain match, so the account opens by itself."""
    token = await yamato.link()
    async with yamato.auth():
        reply = await yamato.confirm(token)
    assert reply.status == 200
    assert reply.body == {"status": "approved", "password_token": reply.body["password_token"]}
    assert len(reply.body["password_token"]) == 43
    member = await yamato.fetchrow("select * from members")
    assert (member["role"], member["state"], member["version"]) == ("owner", "active", 1)
    assert member["confirmed_version"] == 1
    assert (member["email"], member["phone"]) == ("taro@yamato.example", "09000000001")


@IMPATIENT
async def test_auth_is_sent_the_complete_account(yamato: Membership) -> None:
    await yamato.confirm(await yamato.link())
    [told] = await yamato.synced()
    member = await yamato.fetchrow("select * from members")
    assert told.model_dump(exclude={"customer_id", "first_password"}) == {
        "member_id": member["id"],
        "version": 1,
        "state": "active",
        "state_version": 1,
        "customer_code": "A-1001",
        "customer_name": "株式会社ヤマト商事",
        "customer_reading": "",
        "email": "taro@yamato.example",
        "name": "山田 太郎",
        "family_name": "山田",
        "given_name": "太郎",
        "reading": "ヤマダ タロウ",
        "role": "owner",
        "locale": "ja",
        "suspension": None,
    }
    assert told.first_password is not None
    assert bytes.fromhex(told.first_password.sha256) == member["first_password_sha256"]
    week = told.first_password.expires_at - datetime.now(UTC)
    assert timedelta(days=6, hours=23) < week <= timedelta(days=7)


@IMPATIENT
async def test_without_auth_the_account_is_opening_and_a_repeat_completes_it(
    yamato: Membership,
) -> None:
    token = await yamato.link()
    first = await yamato.confirm(token)
    assert (first.status, first.body["status"]) == (202, "opening")
    await yamato.send_receipts()
    second = await yamato.confirm(token)
    assert (second.status, second.body["status"]) == (200, "approved")
    assert second.body["password_token"] == first.body["password_token"]


async def test_the_second_member_is_staff_and_owners_are_told(yamato: Membership) -> None:
    """R3: owners are told of each member who joined by the domain, operators of a first owner."""
    async with yamato.auth():
        await yamato.confirm(await yamato.link())
        [to_operators] = await yamato.mails()
        await yamato.confirm(await yamato.link(**applicant(2)))
        [to_owner] = await yamato.mails()
    assert (to_operators.template, to_operators.to) == ("first_owner_joined", OPERATORS)
    assert to_operators.params["customer_code"] == "A-1001"
    assert (to_owner.template, to_owner.to) == ("member_joined", "taro@yamato.example")
    assert to_owner.params["member_email"] == "person2@yamato.example"
    assert to_owner.params["name"] == "山田 太郎"
    roles = await yamato.fetchval("select array_agg(role order by id) from members")
    assert roles == ["owner", "staff"]


async def test_no_mail_about_a_registration_contains_what_was_typed(
    yamato: Membership,
) -> None:
    """R1, A42: to applicants, members or operators; only the confirmed address is shown."""
    typed = {
        "family_name": "当選おめでとう",
        "given_name": "evil.example",
        "family_name_kana": "トウセン",
        "given_name_kana": "オメデトウ",
        "phone": "0900000777",
    }
    async with yamato.auth():
        await yamato.confirm(await yamato.link(**typed))
        first = await yamato.mails()
        await yamato.confirm(await yamato.link(**{**applicant(2), **typed}))
        second = await yamato.mails()
    await yamato.send("POST", "/registrations", {**form(), **typed})
    strange = {**form(), **typed, "email": "new@yamato.example", "customer_code": "当選"}
    await yamato.send("POST", "/registrations", strange)
    mails = first + second + await yamato.mails()
    assert {mail.template for mail in mails} >= {
        "first_owner_joined", "registration_known", "registration_confirmation",
    }  # fmt: skip
    for mail in mails:
        said = json.dumps(mail.params, ensure_ascii=False)
        assert not [text for text in ("当選", "evil", "トウセン", "0900000777") if text in said], (
            mail
        )


async def test_an_address_with_an_account_gets_a_mail_at_the_stored_address(
    yamato: Membership,
) -> None:
    """R1, R4: letter case and width make no difference, and the account's language counts."""
    await yamato.join()
    reply = await yamato.send(
        "POST",
        "/registrations",
        {**form(), "email": "ＴＡＲＯ@Yamato.Example"},
        **{"Accept-Language": "en"},
    )
    assert (reply.status, reply.body["status"]) == (202, "accepted")
    [mail] = await yamato.mails()
    assert (mail.template, mail.to, mail.locale) == (
        "registration_known",
        "taro@yamato.example",
        "ja",
    )
    assert await yamato.fetchval("select count(*) from registrations") == 1


async def test_an_unknown_address_gets_a_mail_in_the_requested_language(
    yamato: Membership,
) -> None:
    await yamato.send("POST", "/registrations", form(), **{"Accept-Language": "en-GB,ja;q=0.5"})
    [mail] = await yamato.mails()
    assert (mail.template, mail.to, mail.locale) == (
        "registration_confirmation",
        "taro@yamato.example",
        "en",
    )
    stored = await yamato.fetchval("select encode(token_sha256, 'escape') from registrations")
    assert mail.params["token"] not in stored


async def test_a_link_works_for_24_hours(yamato: Membership) -> None:
    """A23: its age is judged at use, not by the purge."""
    token = await yamato.link()
    await yamato.advance("24 hours 1 second")
    reply = await yamato.confirm(token)
    assert (reply.status, reply.code) == (422, "registration_link_invalid")
    assert await yamato.fetchval("select count(*) from members") == 0


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "トークン"])
async def test_an_unknown_link_gets_the_same_answer_as_an_expired_one(
    yamato: Membership, token: str
) -> None:
    reply = await yamato.confirm(token)
    assert (reply.status, reply.code) == (422, "registration_link_invalid")


async def test_confirming_again_gives_the_same_token_and_changes_nothing(
    yamato: Membership,
) -> None:
    token = await yamato.link()
    async with yamato.auth():
        replies = [await yamato.confirm(token) for _ in range(3)]
    assert len({reply.text for reply in replies}) == 1
    assert await yamato.fetchval("select count(*) from members") == 1
    assert await yamato.fetchval("select max(version) from members") == 1
    assert [mail.template for mail in await yamato.mails()] == ["first_owner_joined"]


async def test_once_the_password_is_set_the_link_gives_no_token(yamato: Membership) -> None:
    token = await yamato.link()
    async with yamato.auth():
        await yamato.confirm(token)
        await yamato.execute("update members set password_set_at = clock_now()")
        reply = await yamato.confirm(token)
    assert (reply.status, reply.body) == (200, {"status": "approved"})


@pytest.mark.parametrize("state", ["suspended", "closed"])
async def test_the_link_of_a_suspended_or_deleted_account_is_invalid(
    yamato: Membership, state: str
) -> None:
    """A29, A30: a suspended account gets no password by a link."""
    token = await yamato.link()
    async with yamato.auth():
        await yamato.confirm(token)
        member = await yamato.fetchval("select id from members")
        await (yamato.suspend if state == "suspended" else yamato.delete)(member)
        reply = await yamato.confirm(token)
    assert (reply.status, reply.code) == (422, "registration_link_invalid")


async def test_confirming_one_registration_ends_the_others_of_the_address(
    yamato: Membership,
) -> None:
    wrong, right, unused = [
        await yamato.link(customer_phone=phone)
        for phone in ("0300009999", "0300001001", "0300001001")
    ]
    async with yamato.auth():
        assert (await yamato.confirm(wrong)).body == {"status": "awaiting_approval"}
        # The first one ended the others; an applicant who mistyped has to register again.
        assert (await yamato.confirm(right)).code == "registration_link_invalid"
        assert (await yamato.confirm(unused)).code == "registration_link_invalid"
        again = await yamato.link()
        assert (await yamato.confirm(again)).body["status"] == "approved"
        assert (await yamato.confirm(wrong)).code == "registration_link_invalid"
    states = await yamato.fetchval("select array_agg(state order by id) from registrations")
    assert states == ["ended", "ended", "ended", "approved"]


async def test_requests_with_one_idempotency_key_send_one_message(yamato: Membership) -> None:
    key = {"Idempotency-Key": "form-1"}
    replies = [await yamato.send("POST", "/registrations", form(), **key) for _ in range(3)]
    other = await yamato.send("POST", "/registrations", {**form(), "phone": "0900000009"}, **key)
    assert [reply.status for reply in replies] == [202, 202, 202]
    assert other.status == 202, "another stranger may have chosen the same key"
    assert len(await yamato.take("membership.start_registration")) == 2


async def test_expired_registrations_are_purged_unless_they_wait(yamato: Membership) -> None:
    await yamato.link(**applicant(1))
    await yamato.confirm(await yamato.link(customer_phone="0300009999"))
    await yamato.join(**applicant(2))
    await yamato.advance("25 hours")
    await retention.purge(yamato.context)
    states = await yamato.fetchval("select array_agg(state) from registrations")
    assert states == ["waiting"]


async def test_an_address_is_free_again_once_its_account_is_closed(yamato: Membership) -> None:
    await yamato.delete(await yamato.join())
    await yamato.join()
    assert await yamato.fetchval("select array_agg(role order by id) from members") == [
        "owner",
        "owner",
    ]


async def test_confirming_twice_in_parallel_opens_one_account(yamato: Membership) -> None:
    """R4, P2."""
    token = await yamato.link()
    async with yamato.auth():
        replies = await asyncio.gather(*(yamato.confirm(token) for _ in range(5)))
    assert {(reply.status, reply.text) for reply in replies} == {(200, replies[0].text)}
    assert await yamato.fetchval("select count(*) from members") == 1


async def _preview(membership: Membership, token: str) -> Reply:
    return await membership.send("POST", "/registrations/preview", {"token": token})


async def test_opening_the_link_shows_what_was_entered_and_changes_nothing(
    yamato: Membership,
) -> None:
    """R2: a mail scanner opens links; only the button of the page confirms."""
    token = await yamato.link()
    rows = "select (select string_agg(r::text, '') from registrations as r) || count(*) from outbox"
    before = await yamato.fetchval(rows)
    expires_at = await yamato.fetchval("select expires_at from registrations")
    for _ in range(2):
        reply = await _preview(yamato, token)
        assert datetime.fromisoformat(reply.body.pop("expires_at")) == expires_at
        assert (reply.status, reply.body) == (
            200,
            {
                "state": "pending",
                "family_name": "山田",
                "given_name": "太郎",
                "email": "taro@yamato.example",
            },
        )
    assert await yamato.fetchval(rows) == before
    async with yamato.auth():
        assert (await yamato.confirm(token)).body["status"] == "approved"


@pytest.mark.parametrize(
    "entered",
    [
        {},
        {"customer_code": "A-9999"},
        {"customer_phone": "0300009999"},
        {"email": "taro@docomo.ne.jp"},
    ],
)
async def test_no_preview_says_whether_the_customer_is_known(
    yamato: Membership, entered: dict[str, str]
) -> None:
    """R1: neither before the link was used nor afterwards."""
    token = await yamato.link(**entered)
    before = (await _preview(yamato, token)).body
    async with yamato.auth():
        assert (await yamato.confirm(token)).status == 200
    after = (await _preview(yamato, token)).body
    assert after == {"state": "confirmed", "expires_at": before["expires_at"]}
    assert before.keys() == {"state", "family_name", "given_name", "email", "expires_at"}
    assert before["email"] == form(**entered)["email"]


async def test_a_preview_hides_that_a_confirmed_registration_was_dropped(
    yamato: Membership,
) -> None:
    """R1: which queue is full."""
    tokens = [await yamato.link(**{**applicant(n), "customer_code": "?"}) for n in range(2)]
    await yamato.confirm(tokens[0])
    await yamato.confirm(tokens[1])
    await yamato.execute("update registrations set state = 'dropped' where email like 'person1%'")
    replies = [(await _preview(yamato, token)).body for token in tokens]
    assert [reply.keys() for reply in replies] == [{"state", "expires_at"}] * 2
    assert {reply["state"] for reply in replies} == {"confirmed"}


async def test_a_link_that_cannot_be_confirmed_has_no_preview(yamato: Membership) -> None:
    """A22, A23: replaced, of an address that has an account since, expired, deleted, unknown."""
    replaced = await yamato.link(customer_phone="0300009999")
    taken = await yamato.link(**applicant(2))
    joined = await yamato.link()
    async with yamato.auth():
        assert (await yamato.confirm(joined)).body["status"] == "approved"
    await yamato.execute("update members set email_key = 'person2@yamato.example'")
    assert (await _preview(yamato, joined)).body["state"] == "confirmed"
    await yamato.suspend(await yamato.fetchval("select id from members"))
    lapsing = await yamato.link(**applicant(3))
    tokens = [replaced, taken, joined, lapsing[:-1], "", "x", "A" * 43, "トークン"]
    assert (await _preview(yamato, lapsing)).status == 200
    replies = [await _preview(yamato, token) for token in tokens]
    assert [(await yamato.confirm(token)).code for token in tokens] == [
        "registration_link_invalid"
    ] * len(tokens)
    await yamato.advance("24 hours 1 second")
    replies.append(await _preview(yamato, lapsing))
    for reply in replies:
        reply.body.pop("request_id")
    assert {(reply.status, reply.code) for reply in replies} == {(422, "registration_link_invalid")}
    assert all(reply.body == replies[0].body for reply in replies)
