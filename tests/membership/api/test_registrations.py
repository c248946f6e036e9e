"""POST /registrations over HTTP: the same answer for all, stable error codes (R1, R2, A17)."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.membership.conftest import Membership, applicant, form


async def test_known_and_unknown_addresses_get_the_same_answer(yamato: Membership) -> None:
    """R1, A17: status, headers and body."""
    await yamato.join()
    replies = [
        await yamato.register(),
        await yamato.register(**applicant(2)),
        await yamato.register(customer_code="?", customer_phone="0000000000"),
        await yamato.register(email="taro@docomo.ne.jp"),
    ]
    assert {reply.status for reply in replies} == {202}
    for reply in replies:
        left = datetime.fromisoformat(reply.body.pop("expires_at")) - datetime.now(UTC)
        assert timedelta(hours=23, minutes=58) < left <= timedelta(hours=24)
        assert reply.body == {"status": "accepted"}
    assert len({len(reply.text) for reply in replies}) == 1
    changing = ("date", "x-request-id")
    headers = {
        tuple(
            (name, value) for name, value in reply.headers.items() if name.lower() not in changing
        )
        for reply in replies
    }
    assert len(headers) == 1


async def test_the_handler_only_sends_a_message_and_looks_up_no_account(yamato: Membership) -> None:
    """R1: a request leaves one message to membership itself."""
    await yamato.register()
    assert await yamato.fetchval("select array_agg(name) from outbox") == [
        "membership.start_registration"
    ]
    assert await yamato.fetchval("select count(*) from registrations") == 0


async def test_entered_values_are_normalized(yamato: Membership) -> None:
    await yamato.register(
        customer_code="ａ－１００１ ",
        customer_phone="＋８１ ３ ００００ １００１",
        family_name=" 髙﨑　",
        family_name_kana="たかさき",
        given_name_kana="ﾀﾛｳ",
        email="Taro.@Docomo.NE.jp",
        phone="（０９０）００００−０００１",
    )
    [payload] = await yamato.take("membership.start_registration")
    message = json.loads(payload)
    assert len(bytes.fromhex(message.pop("network"))) == 32, "a keyed hash"
    assert message == {
        "customer_code": "ａ－１００１",
        "customer_phone": "0300001001",
        "family_name": "髙﨑",
        "given_name": "太郎",
        "family_name_kana": "タカサキ",
        "given_name_kana": "タロウ",
        "email": "Taro.@docomo.ne.jp",
        "phone": "09000000001",
        "department": "",
        "job_title": "",
        "locale": "ja",
    }


async def test_readings_are_optional(yamato: Membership) -> None:
    entered = form()
    del entered["family_name_kana"], entered["given_name_kana"]
    assert (await yamato.send("POST", "/registrations", entered)).status == 202
    assert (await yamato.register(family_name_kana="", given_name_kana=" ")).status == 202


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("customer_code", "　", "empty"),
        ("customer_code", "x" * 51, "too_long"),
        ("customer_phone", "12345", "invalid_phone"),
        ("family_name", "", "empty"),
        ("family_name", " ", "empty"),
        ("family_name", "あ" * 51, "too_long"),
        ("given_name", "太郎\r\nBcc: x@y.example", "control_character"),
        ("given_name_kana", "タ\u001bロウ", "control_character"),
        ("email", "taro", "invalid_address"),
        ("email", "たろう@yamato.example", "invalid_address"),
        ("email", "a@b.test, c@d.test", "invalid_address"),
        ("email", "a@b.test\r\nRCPT TO:<c@d.test>", "invalid_address"),
        ("phone", "090-0000-00", "invalid_phone"),
        ("phone", 9000000001, "not_text"),
        ("role", "owner", "unknown_field"),
    ],
)
async def test_an_invalid_value_is_refused_with_its_code(
    yamato: Membership, field: str, value: Any, code: str
) -> None:
    """A42: a value that could become a header or a second recipient is refused here already."""
    reply = await yamato.register(**{field: value})
    assert (reply.status, reply.code) == (422, "invalid_request")
    assert [(one["field"], one["code"]) for one in reply.body["errors"]] == [(field, code)]
    assert "value" not in reply.body
    assert await yamato.fetchval("select count(*) from outbox") == 0


async def test_every_missing_field_is_named(yamato: Membership) -> None:
    reply = await yamato.send("POST", "/registrations", {})
    assert [fault["field"] for fault in reply.body["errors"]] == [
        "customer_code",
        "customer_phone",
        "family_name",
        "given_name",
        "email",
        "phone",
    ]


@pytest.mark.parametrize("email", ["mıke@yamato.example", "\u212aen@yamato.example"])
async def test_addresses_that_look_alike_are_normalized_or_refused(
    yamato: Membership, email: str
) -> None:
    """A18: NFKC, then only ASCII; the Kelvin sign becomes a K, a dotless ı is refused."""
    reply = await yamato.register(email=email)
    if reply.status == 202:
        [mail] = await yamato.mails()
        assert mail.to == "Ken@yamato.example"
    else:
        assert [(one["field"], one["code"]) for one in reply.body["errors"]] == [
            ("email", "invalid_address")
        ]


async def test_a_page_of_another_site_is_refused(yamato: Membership) -> None:
    reply = await yamato.send("POST", "/registrations", form(), Origin="https://evil.example")
    assert (reply.status, reply.code) == (403, "cross_origin")


async def test_a_malformed_confirmation_is_refused(yamato: Membership) -> None:
    reply = await yamato.send("POST", "/registrations/confirm", {"token": 1})
    assert (reply.status, reply.code) == (422, "invalid_request")
    reply = await yamato.send("POST", "/registrations/confirm", {"token": "x" * 201})
    assert (reply.status, reply.code) == (422, "invalid_request")
