"""Passwords over HTTP: set, change, reset (R7, R8)."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from shared.contracts.auth import FirstPassword, Suspension
from shared.crypto import random_token, sha256
from tests.auth.conftest import PASSWORD, Auth, Mail
from tests.replies import Reply

TARO = "taro@yamato.example"
NEW = "a quite different sentence"


async def ask(auth: Auth, email: str = TARO, **headers: str) -> list[Mail]:
    reply = await auth.browser().post("/password-reset", {"email": email}, **headers)
    assert (reply.status, reply.body) == (202, {"status": "accepted"})
    return await auth.mails()


async def reset(auth: Auth, token: str, password: str = NEW) -> int:
    body = {"token": token, "password": password}
    return (await auth.browser().post("/password-reset/confirm", body)).status


async def test_r7_a_reset_sets_the_password_and_ends_all_sessions_before_it_answers(
    auth: Auth,
) -> None:
    member = await auth.member()
    browser = auth.browser()
    await browser.sign_in(TARO)
    (mail,) = await ask(auth)
    assert (mail.template, mail.to, mail.locale) == ("password_reset", TARO, "ja")
    assert (await browser.get("/session")).status == 200, "a request changes nothing"

    await auth.activity()
    assert await reset(auth, mail.params["token"]) == 204
    assert (await browser.get("/session")).status == 401
    assert await auth.activity() == [(member.member_id, "password_set")]
    (notice,) = await auth.mails()
    assert (notice.template, notice.to) == ("password_changed", TARO)
    assert (await auth.browser().sign_in(TARO, PASSWORD)).status == 401
    assert (await auth.browser().sign_in(TARO, NEW)).body == {"next": "done"}


async def test_asvs_6_3_8_known_and_unknown_addresses_get_the_same_answer(auth: Auth) -> None:
    await auth.member()
    known = await auth.browser().post("/password-reset", {"email": TARO})
    unknown = await auth.browser().post("/password-reset", {"email": "nobody@x.example"})
    assert known.status == unknown.status
    assert known.body == unknown.body
    volatile = ("date", "x-request-id")
    assert [h for h in known.headers.items() if h[0].lower() not in volatile] == [
        h for h in unknown.headers.items() if h[0].lower() not in volatile
    ]
    assert [mail.to for mail in await auth.mails()] == [TARO]


async def test_abuse_3_a_link_works_once_even_in_two_tabs(auth: Auth) -> None:
    await auth.member()
    (mail,) = await ask(auth)
    token = mail.params["token"]
    statuses = await asyncio.gather(*(reset(auth, token) for _ in range(5)))
    assert sorted(statuses) == [204, 422, 422, 422, 422]


async def test_r7_a_fourth_link_ends_the_oldest_and_using_one_ends_all(auth: Auth) -> None:
    await auth.member()
    tokens = [(await ask(auth))[0].params["token"] for _ in range(4)]
    assert await reset(auth, tokens[0]) == 422
    assert await reset(auth, tokens[1]) == 204
    assert await reset(auth, tokens[2]) == 422
    assert await reset(auth, tokens[3]) == 422


async def preview(auth: Auth, token: str, **headers: str) -> Reply:
    return await auth.browser().post("/password-reset/preview", {"token": token}, **headers)


async def test_r7_a_preview_says_whose_password_the_link_sets_and_changes_nothing(
    auth: Auth,
) -> None:
    """A mail scanner opens links, and a password manager needs the user name."""
    await auth.member()
    (mail,) = await ask(auth)
    token = mail.params["token"]
    before = await auth.dump()
    for _ in range(2):
        shown = await preview(auth, token)
        assert (shown.status, shown.body) == (
            200,
            {
                "name": "山田 太郎",
                "email": TARO,
                "first": False,
                "min_length": 15,
                "expires_at": mail.params["expires_at"],
            },
        )
        assert "Set-Cookie" not in shown.headers
    assert await auth.dump() == before
    assert await reset(auth, token) == 204


async def test_r2_a_preview_tells_a_first_password_from_a_reset(auth: Auth) -> None:
    token, until = random_token(), datetime(2100, 1, 1, tzinfo=UTC)
    first = FirstPassword(sha256=sha256(token).hex(), expires_at=until)
    await auth.sync(first_password=first)
    shown = (await preview(auth, token)).body
    assert (shown["first"], shown["expires_at"]) == (True, "2100-01-01T00:00:00Z")
    (mail,) = await ask(auth)
    assert (await preview(auth, mail.params["token"])).body["first"] is True
    assert await reset(auth, token) == 204
    await auth.mails()
    (mail,) = await ask(auth)
    assert (await preview(auth, mail.params["token"])).body["first"] is False


async def test_r22_a_preview_writes_the_name_for_the_reader_of_the_page(auth: Auth) -> None:
    await auth.member(name="Smith John", family_name="Smith", given_name="John")
    (mail,) = await ask(auth)
    for language, name in (("ja", "Smith John"), ("en", "John Smith")):
        shown = await preview(auth, mail.params["token"], **{"Accept-Language": language})
        assert shown.body["name"] == name


async def test_every_link_that_cannot_set_a_password_has_the_same_preview(auth: Auth) -> None:
    """Used, replaced, expired, of a suspended account, changed or made up; as its use answers."""
    first = random_token()
    member = await auth.sync(
        first_password=FirstPassword(
            sha256=sha256(first).hex(), expires_at=datetime(2100, 1, 1, tzinfo=UTC)
        )
    )
    replaced, used = [(await ask(auth))[0].params["token"] for _ in range(2)]
    assert await reset(auth, used) == 204
    await auth.mails()
    (mail,) = await ask(auth)
    expired = mail.params["token"]
    await auth.advance("30 minutes 1 second")
    (mail,) = await ask(auth)
    suspended = mail.params["token"]
    assert (await preview(auth, suspended)).status == 200
    card = Suspension(reason="left", note="", since="2026-11-24T00:00:00Z")
    await auth.sync(member_id=member.member_id, version=2, state="suspended", suspension=card)
    made_up = (suspended[:-1], random_token(), "あ", "x" * 200)
    replies = []
    for token in (first, replaced, used, expired, suspended, *made_up):
        replies.append(await preview(auth, token))
        assert await reset(auth, token) == 422
    assert {(reply.status, reply.code) for reply in replies} == {(422, "link_invalid")}


async def test_abuse_44_at_most_five_reset_mails_are_sent_an_hour(auth: Auth) -> None:
    await auth.member()
    sent = [len(await ask(auth)) for _ in range(7)]
    assert sent == [1, 1, 1, 1, 1, 0, 0]
    await auth.advance("61 minutes")
    assert len(await ask(auth)) == 1


async def test_a_link_expires_after_thirty_minutes(auth: Auth) -> None:
    await auth.member()
    (mail,) = await ask(auth)
    await auth.advance("30 minutes 1 second")
    assert await reset(auth, mail.params["token"]) == 422


async def test_abuse_4_a_link_ends_with_a_suspension_a_new_address_or_a_new_password(
    auth: Auth,
) -> None:
    member = await auth.member()
    (mail,) = await ask(auth)
    await auth.sync(member_id=member.member_id, version=2, email="taro2@yamato.example")
    assert await reset(auth, mail.params["token"]) == 422

    (mail,) = await ask(auth, "taro2@yamato.example")
    card = Suspension(reason="left", note="", since="2026-11-24T00:00:00Z")
    suspended = {"member_id": member.member_id, "email": "taro2@yamato.example"}
    await auth.sync(**suspended, version=3, state="suspended", suspension=card)
    assert await reset(auth, mail.params["token"]) == 422
    assert await ask(auth, "taro2@yamato.example") == [], "no mail for a suspended account"
    await auth.sync(**suspended, version=4)
    assert await reset(auth, mail.params["token"]) == 422

    (mail,) = await ask(auth, "taro2@yamato.example")
    browser = await auth.known_browser("taro2@yamato.example")
    await browser.sign_in("taro2@yamato.example")
    change = {"current_password": PASSWORD, "new_password": NEW}
    assert (await browser.send("PUT", "/password", change)).status == 204
    assert await reset(auth, mail.params["token"]) == 422


async def test_t15_the_reset_mail_is_in_the_accounts_language(auth: Auth) -> None:
    await auth.member(locale="en")
    (mail,) = await ask(auth, **{"Accept-Language": "ja"})
    assert mail.locale == "en"


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short but fine", "password_too_short"),
        ("passwordpassword", "password_too_common"),
        ("aaaaaaaaaaaaaaaaaaaa", "password_too_common"),
        ("taro@yamato.example", "password_too_common"),
        ("株式会社ヤマト商事20262026", "password_too_common"),
        ("山田 太郎山田 太郎山田 太郎", "password_too_common"),
        ("taro-yamato-a1001-2026", "password_too_common"),
        ("\ufdfa", "password_too_short"),
        ("\ufdfa" * 7, "password_too_short"),
        ("\ufdfa" * 100, "password_too_long"),
        ("x" * 129, "password_too_long"),
    ],
)
async def test_asvs_6_2_4_a_refused_password_names_the_reason_and_keeps_the_link(
    auth: Auth, password: str, code: str
) -> None:
    await auth.member()
    (mail,) = await ask(auth)
    body = {"token": mail.params["token"], "password": password}
    reply = await auth.browser().post("/password-reset/confirm", body)
    assert (reply.status, reply.code) == (422, "password_refused")
    assert [(one["field"], one["code"]) for one in reply.body["errors"]] == [("password", code)]
    assert reply.body["min_length"] == 15
    assert await reset(auth, mail.params["token"]) == 204


@pytest.mark.parametrize(
    ("password", "status"),
    [
        ("yamato-shoji-taro", 422),
        ("yamadatarouyamada", 422),
        ("YamatoSyouzi_Tarou_2026", 422),
        ("taro rides a red bicycle", 204),
    ],
)
async def test_asvs_6_2_11_a_password_made_of_a_reading_is_refused(
    auth: Auth, password: str, status: int
) -> None:
    """Membership sends the readings; no other field here has the company's Latin name."""
    await auth.member(
        email="t@office.example", reading="ヤマダ タロウ", customer_reading="ヤマトショウジ"
    )
    (mail,) = await ask(auth, "t@office.example")
    assert await reset(auth, mail.params["token"], password) == status


@pytest.mark.parametrize(
    "password", ["漢字だけで十五文字の合言葉です。", "🙂" * 3 + " twelve more", NEW]
)
async def test_asvs_6_2_5_a_password_may_consist_of_any_characters(
    auth: Auth, password: str
) -> None:
    await auth.member(password=password)
    assert (await auth.browser().sign_in(TARO, password)).body == {"next": "done"}


async def test_asvs_6_2_2_a_change_needs_the_current_password_and_counts_wrong_ones(
    auth: Auth,
) -> None:
    await auth.member()
    browser, other = auth.browser(), await auth.known_browser()
    await browser.sign_in(TARO)
    await other.sign_in(TARO)
    before = browser.cookies["session_8080"]
    wrong = {"current_password": "wrong wrong wrong", "new_password": NEW}
    reply = await browser.send("PUT", "/password", wrong)
    assert (reply.status, reply.code) == (422, "wrong_password")
    assert await auth.fetchval("select sum(wrong) from failures") == 1

    right = {"current_password": PASSWORD, "new_password": NEW}
    assert (await browser.send("PUT", "/password", right)).status == 204
    assert browser.cookies["session_8080"] != before
    assert (await browser.get("/session")).status == 200
    assert (await other.get("/session")).status == 401, "ASVS-7.4.3"
    assert [mail.template for mail in await auth.mails()] == ["password_changed"]


async def test_a_wrong_current_password_counts_before_the_new_one_is_judged(auth: Auth) -> None:
    await auth.member()
    browser = auth.browser()
    await browser.sign_in(TARO)
    wrong = {"current_password": "wrong wrong wrong", "new_password": "short"}
    assert (await browser.send("PUT", "/password", wrong)).code == "wrong_password"
    assert await auth.fetchval("select sum(wrong) from failures") == 1

    refused = {"current_password": PASSWORD, "new_password": "short"}
    reply = await browser.send("PUT", "/password", refused)
    assert (reply.status, reply.code) == (422, "password_refused")
    assert reply.body["errors"] == [
        {
            "field": "new_password",
            "code": "password_too_short",
            "detail": "パスワードは15文字以上にしてください。",
            "limit": 15,
        }
    ]
    assert await auth.fetchval("select sum(wrong) from failures") == 1, "the right one adds none"


async def test_new_passwords_are_judged_in_the_hash_pool_which_sheds_load(auth: Auth) -> None:
    await auth.member()
    browser = auth.browser()
    await browser.sign_in(TARO)
    (mail,) = await ask(auth)
    async with auth.full_hash_pool():
        change = {"current_password": PASSWORD, "new_password": "short"}
        assert (await browser.send("PUT", "/password", change)).code == "hashing_busy"
        body = {"token": mail.params["token"], "password": "short"}
        reply = await auth.browser().post("/password-reset/confirm", body)
        assert reply.code == "hashing_busy"
        body["token"] = "unknown"
        reply = await auth.browser().post("/password-reset/confirm", body)
        assert reply.code == "link_invalid", "an invalid link takes no place in the pool"


async def test_the_first_password_is_set_once_and_its_token_is_ignored_afterwards(
    auth: Auth,
) -> None:
    token = random_token()
    first = FirstPassword(
        sha256=sha256(token).hex(), expires_at=datetime.now(UTC) + timedelta(days=1)
    )
    member = await auth.sync(first_password=first)
    assert (await auth.browser().sign_in(TARO, "anything at all")).status == 401
    assert await reset(auth, token) == 204
    assert await reset(auth, token, PASSWORD) == 422
    await auth.sync(member_id=member.member_id, version=2, first_password=first)
    assert await reset(auth, token, PASSWORD) == 422, "version 2 contains the token again"
    assert (await auth.browser().sign_in(TARO, NEW)).body == {"next": "done"}


async def test_r7_a_reset_works_for_an_account_without_a_password(auth: Auth) -> None:
    await auth.member(password=None)
    (mail,) = await ask(auth)
    assert await reset(auth, mail.params["token"]) == 204
    assert (await auth.browser().sign_in(TARO, NEW)).status == 200


async def test_a_reset_reopens_an_address_closed_by_a_hundred_wrong_passwords(auth: Auth) -> None:
    await auth.member()
    await auth.browser().sign_in(TARO, "wrong wrong wrong")
    await auth.set_failures(100)
    assert (await auth.browser().sign_in(TARO)).code == "sign_in_closed"
    (mail,) = await ask(auth)
    assert await reset(auth, mail.params["token"]) == 204
    assert (await auth.browser().sign_in(TARO, NEW)).status == 200


async def test_r8_the_database_stores_argon2id_hashes_and_no_token(auth: Auth) -> None:
    await auth.member()
    browser = auth.browser()
    await browser.sign_in(TARO)
    (mail,) = await ask(auth)
    assert (await auth.fetchval("select password_hash from accounts")).startswith("$argon2id$")
    dump = await auth.dump()
    secrets = [mail.params["token"], PASSWORD, *browser.cookies.values()]
    assert [secret for secret in secrets if secret in dump] == []
