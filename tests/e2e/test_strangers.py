"""Limits that a stranger exhausts do not shut the account's holder out (A16, A44).

Rate limits are on; a test chooses the network of each browser.
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio

from tests.e2e.test_main_job import NEW_PASSWORD, PASSWORD, form, import_customer, register
from tests.product import Browser, Product, running, token_in

STRANGER, OWNER = "127.0.0.2", "127.0.0.3"
TARO = "taro@strangers.example"
HANAKO = "hanako@strangers.example"
OUTSIDER = "someone@elsewhere.example"


@pytest_asyncio.fixture
async def limited(tmp_path: Path) -> AsyncIterator[Product]:
    """A product with all its limits, whose clock a test can move."""
    async with running(tmp_path / "state", TRIAL_CLOCK="on") as product:
        import_customer(product, tmp_path, "S-1", "strangers.example")
        yield product


async def _advance(product: Product, interval: str) -> None:
    assert product.command("clock", "advance", interval).returncode == 0
    await asyncio.sleep(1.5)  # processes follow within a second


async def _join(product: Product) -> Browser:
    """The first owner, in a browser that is known from then on."""
    browser = product.browser(network=OWNER)
    answer = await register(product, browser, form("strangers.example", "S-1"))
    first = {"token": answer["password_token"], "password": PASSWORD}
    assert (await browser.post("/api/auth/password-reset/confirm", first)).status == 204
    assert (await browser.sign_in(TARO, PASSWORD)).body == {"next": "done"}
    return browser


async def _mails(product: Product, to: str, subject: str) -> list[dict[str, Any]]:
    """All mails of a kind to an address, once a second has passed without a new one."""
    found = [mail for mail in await product.mails(to) if subject in mail["Subject"]]
    await asyncio.sleep(1)
    again = [mail for mail in await product.mails(to) if subject in mail["Subject"]]
    return again if len(again) == len(found) else await _mails(product, to, subject)


async def test_r7_the_owner_signs_in_although_a_stranger_exhausted_all_limits(
    limited: Product,
) -> None:
    owner, stranger = await _join(limited), limited.browser(network=STRANGER)
    tries = [(await stranger.sign_in(TARO, "wrong wrong wrong")).status for _ in range(45)]
    assert tries[:10] == [401] * 10
    assert set(tries[10:]) <= {401, 429}, "a slow machine outlives some of the pauses"
    refused = await stranger.sign_in(TARO, PASSWORD)
    assert (refused.status, refused.code) == (429, "rate_limited"), "the limits are exhausted"
    assert (await owner.sign_in(TARO, PASSWORD)).body == {"next": "done"}
    neighbour = limited.browser(network=STRANGER, like=owner)
    assert (await neighbour.sign_in(TARO, PASSWORD)).body == {"next": "done"}, "known there too"

    asked = [await stranger.post("/api/auth/password-reset", {"email": TARO}) for _ in range(80)]
    assert {reply.status for reply in asked} == {202}
    assert len(await _mails(limited, TARO, "パスワード再設定")) == 5
    await _advance(limited, "31m")
    new = limited.browser(network=OWNER)
    assert (await new.post("/api/auth/password-reset", {"email": TARO})).status == 202
    mail = await limited.mail(TARO, "パスワード再設定", count=6)
    body = {"token": token_in(mail), "password": NEW_PASSWORD}
    assert (await new.post("/api/auth/password-reset/confirm", body)).status == 204
    assert (await new.sign_in(TARO, NEW_PASSWORD)).status == 200


async def test_r1_a_stranger_can_delay_a_registration_but_not_prevent_it(limited: Product) -> None:
    stranger, person = limited.browser(network=STRANGER), limited.browser(network=OWNER)
    body = form("strangers.example", "S-1", "hanako")
    for number in range(50):
        other = {**body, "family_name": f"S{number}", "customer_code": "?"}
        assert (await stranger.post("/api/membership/registrations", other)).status == 202
    assert len(await _mails(limited, HANAKO, "確認")) == 1
    assert (await person.post("/api/membership/registrations", body)).status == 202
    await _advance(limited, "2m")
    mail = await limited.mail(HANAKO, "確認", count=2)
    confirm = {"token": token_in(mail)}
    reply = await person.post("/api/membership/registrations/confirm", confirm)
    assert reply.body["status"] == "approved", "the applicant's own mail is the next"
    await _advance(limited, "2h")
    assert len(await _mails(limited, HANAKO, "確認")) == 2, "the stranger's registrations ended"


async def test_r3_inviting_and_withdrawing_sends_three_mails_and_is_refused_then(
    limited: Product,
) -> None:
    owner = await _join(limited)
    sent = 0
    for _ in range(10):
        invitation = {"invitations": [{"email": OUTSIDER}]}
        reply = await owner.post("/api/membership/company/invitations", invitation)
        if reply.status == 201:
            sent += 1
            path = f"/api/membership/company/invitations/{reply.body['invitations'][0]['id']}"
            assert (await owner.send("DELETE", path)).status == 204
            continue
        assert (reply.status, reply.code) == (429, "too_many_mails_to_address")
        assert reply.body["email"] == OUTSIDER
        wait = int(reply.headers["Retry-After"])
        if wait > 60:
            break
        await _advance(limited, f"{wait}s")
    assert sent == 3
    assert 3000 < wait <= 3600, "an hour after the first of the three"
    assert len(await _mails(limited, OUTSIDER, "")) == 3
