"""GET /site: who runs the site, in the reader's language, for anyone and from any cache."""

from contextlib import AsyncExitStack
from typing import Any

import pytest

from tests.membership.conftest import Membership

VENDOR: dict[str, Any] = {
    "vendor_name": "株式会社ケイアイ",
    "vendor_name_en": "K.I. Corporation",
    "service_name": "ケイアイWEBサービス",
    "contact_phone": "03-1234-5678",
    "contact_url": "https://kei.example/contact",
    "contact_hours": "平日 9:00〜17:00",
    "contact_hours_en": "weekdays, 9:00 to 17:00",
    "terms_url": "https://kei.example/terms",
    "privacy_url": "https://kei.example/privacy",
    "accent_color": "#0A58CA",
    "mail_from": "ケイアイ <no-reply@kei.example>",
}
SAID = {
    "vendor_name": "株式会社ケイアイ",
    "service_name": "ケイアイWEBサービス",
    "contact_phone": "03-1234-5678",
    "contact_url": "https://kei.example/contact",
    "contact_hours": "平日 9:00〜17:00",
    "terms_url": "https://kei.example/terms",
    "privacy_url": "https://kei.example/privacy",
    "accent": "#0a58ca",
    "mail_from": "no-reply@kei.example",
}
ENGLISH = {"vendor_name": "K.I. Corporation", "contact_hours": "weekdays, 9:00 to 17:00"}


@pytest.mark.parametrize("membership", [VENDOR], indirect=True)
async def test_r22_pages_learn_who_runs_the_site_in_the_readers_language(
    membership: Membership,
) -> None:
    reply = await membership.get("/site")
    assert (reply.status, reply.body) == (200, SAID)
    reply = await membership.send("GET", "/site", **{"Accept-Language": "en-GB, ja;q=0.5"})
    assert (reply.status, reply.body) == (200, {**SAID, **ENGLISH})


async def test_what_is_not_set_is_an_empty_text(membership: Membership) -> None:
    expected = {
        "vendor_name": "株式会社ケイアイ",
        "service_name": "Zaiseki",
        "contact_phone": "03-1234-5678",
        "contact_url": "",
        "contact_hours": "",
        "terms_url": "",
        "privacy_url": "",
        "accent": "",
        "mail_from": "no-reply@zaiseki.example",
    }
    for language in ("ja", "en"):
        reply = await membership.send("GET", "/site", **{"Accept-Language": language})
        assert reply.body == expected


async def test_a_cache_may_keep_one_answer_for_each_language(membership: Membership) -> None:
    reply = await membership.get("/site")
    assert reply.headers["Cache-Control"] == "public, max-age=300"
    assert reply.headers["Vary"] == "Accept-Language"
    assert "Set-Cookie" not in reply.headers


async def test_it_needs_no_database(membership: Membership) -> None:
    """While every connection is in use, another public route has none."""
    db = membership.context.db
    async with AsyncExitStack() as held:
        for _ in range(db.use.limit):
            await held.enter_async_context(db.connection())
        assert (await membership.get("/site")).status == 200
        body = {"token": "unknown"}
        assert (await membership.send("POST", "/invitations/preview", body)).status == 503
