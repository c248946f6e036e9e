"""membership.distrust: sent when ended sessions may have been a thief's (R7, R9; A38)."""

import asyncio
import base64
import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from services.auth.flows.sign_in import identity
from shared.contracts.membership import Distrust
from tests.auth.conftest import PASSWORD, Auth, Browser
from tests.replies import Reply

TARO = "taro@yamato.example"
NEW = "a quite different sentence"


async def _signed_in(auth: Auth) -> tuple[Browser, UUID]:
    browser = await auth.known_browser()
    assert (await browser.sign_in(TARO)).body == {"next": "done"}
    return browser, UUID((await browser.get("/session")).body["id"])


async def _reset(auth: Auth) -> Reply:
    await auth.browser().post("/password-reset", {"email": TARO})
    token = next(mail for mail in await auth.mails() if mail.template == "password_reset")
    body = {"token": token.params["token"], "password": NEW}
    return await auth.browser().post("/password-reset/confirm", body)


async def _change(browser: Browser) -> Reply:
    body = {"current_password": PASSWORD, "new_password": NEW}
    return await browser.send("PUT", "/password", body)


async def _denied(auth: Auth, member_id: UUID) -> Reply:
    """A sign-in is held for a presence check and denied from the mail."""
    await auth.set(member_id, "presence_due_at = '2020-01-01'")
    assert (await auth.browser().sign_in(TARO)).body == {"next": "presence_check"}
    mail = next(mail for mail in await auth.mails() if mail.template == "presence_check")
    deny = {"token": mail.params["token"]}
    return await auth.browser().post("/presence-check/deny", deny)


async def _begun(auth: Auth, session_id: UUID) -> object:
    return await auth.fetchval("select created_at from sessions where id = $1", session_id)


async def test_a_reset_distrusts_since_the_oldest_session_that_it_ended(auth: Auth) -> None:
    member = await auth.member()
    _, oldest = await _signed_in(auth)
    await auth.advance("2 hours")
    await _signed_in(auth)
    assert (await _reset(auth)).status == 204
    [sent] = auth.distrusts
    assert (sent.member_id, sent.customer_id) == (member.member_id, member.customer_id)
    assert sent.since == await _begun(auth, oldest)
    assert sent.at - sent.since >= timedelta(hours=2)
    assert sent.spared_session_id is None


async def test_a_reset_that_ended_no_session_distrusts_from_its_own_moment(auth: Auth) -> None:
    await auth.member()
    assert (await _reset(auth)).status == 204
    [sent] = auth.distrusts
    assert sent.since == sent.at


async def test_a_change_of_password_spares_its_own_session(auth: Auth) -> None:
    await auth.member()
    _, other = await _signed_in(auth)
    await auth.advance("1 hour")
    browser, own = await _signed_in(auth)
    assert (await _change(browser)).status == 204
    [sent] = auth.distrusts
    assert (sent.since, sent.spared_session_id) == (await _begun(auth, other), own)
    assert (await browser.get("/session")).status == 200


async def test_a_denial_distrusts_the_last_seven_days(auth: Auth) -> None:
    """R9: regardless of the sessions. A second denial sends no message."""
    member = await auth.member()
    assert (await _denied(auth, member.member_id)).status == 204
    [sent] = auth.distrusts
    assert sent.at - sent.since == timedelta(days=7)
    assert sent.spared_session_id is None


async def test_a_first_password_sends_no_distrust(auth: Auth) -> None:
    """There was no session before it."""
    await auth.member()
    assert auth.distrusts == []
    waiting = await auth.fetchval("select count(*) from outbox where name = $1", Distrust.NAME)
    assert waiting == 0


@pytest.mark.parametrize("auth", [{"receipt_wait_seconds": 0}], indirect=True)
@pytest.mark.parametrize("act", ["reset", "change", "deny"])
async def test_without_a_receipt_the_answer_is_202_withdrawing(auth: Auth, act: str) -> None:
    """Auth has completed its part; the browser keeps its new session or device."""
    member = await auth.member()
    browser, _ = await _signed_in(auth)
    async with auth.membership_away():
        if act == "reset":
            reply = await _reset(auth)
        else:
            reply = await (_change(browser) if act == "change" else _denied(auth, member.member_id))
        assert (reply.status, reply.body) == (202, {"status": "withdrawing"})
    expected = 200 if act == "change" else 401
    assert (await browser.get("/session")).status == expected
    if act != "deny":
        assert (await auth.browser().sign_in(TARO, NEW)).status == 200


@pytest.mark.parametrize("auth", [{"receipt_wait_seconds": 8}], indirect=True)
async def test_the_answer_waits_for_the_receipt_and_no_longer(auth: Auth) -> None:
    """The receipt ends the wait, not its limit."""
    await auth.member()
    async with asyncio.timeout(8):
        assert (await _reset(auth)).status == 204


async def test_the_identity_has_the_time_of_authentication_in_microseconds(
    auth: Auth,
) -> None:
    """A session that begins in the second of a distrust must not count as distrusted."""
    await auth.member()
    browser, id = await _signed_in(auth)
    at = await auth.fetchval("select authenticated_at from sessions where id = $1", id)
    token = await identity.sign(
        auth.context, browser.cookies["session_8080"], audience="membership", realm="member"
    )
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    assert datetime.fromtimestamp(claims["auth_time"], UTC) == at
