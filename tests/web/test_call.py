"""What a handler also gets: the language, the idempotency key, the browser's name."""

import pytest

from shared.web.browser import describe
from shared.web.language import preferred
from tests.web.site import Site


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        ("", "ja"),
        ("en", "en"),
        ("en-GB,en;q=0.9,ja;q=0.8", "en"),
        ("ja,en-US;q=0.9,en;q=0.8", "ja"),
        ("ja;q=0.5, en;q=0.9", "en"),
        ("fr, en;q=0.2", "en"),
        ("fr", "ja"),
        ("*", "ja"),
        ("en;q=0", "ja"),
        ("EN", "en"),
        ("enm", "ja"),
        ("en;q=x, ja;q=0.1", "ja"),
        ("en;q=nan", "ja"),
        (";;,,;q=", "ja"),
        ("\udcff" * 100, "ja"),
    ],
)
def test_the_language_is_japanese_unless_english_is_preferred(header: str, locale: str) -> None:
    """R22; RFC 9110, section 12.5.4."""
    assert preferred(header) == locale


async def test_a_handler_sees_the_language(site: Site) -> None:
    assert (await site.get("/language")).body == {"text": "ja"}
    assert (await site.get("/language", Accept_Language="en-US,en")).body == {"text": "en"}


async def test_an_idempotency_key_is_used_unchanged(site: Site) -> None:
    assert (await site.post("/key")).body == {"text": "None"}
    assert (await site.post("/key", Idempotency_Key="k-1 !"[:3])).body == {"text": "k-1"}


@pytest.mark.parametrize("key", ["", "a b", "k" * 201, "キー"])
async def test_an_invalid_idempotency_key_is_refused(site: Site, key: str) -> None:
    reply = await site.post("/key", Idempotency_Key=key)
    assert (reply.status, reply.code) == (400, "invalid_header")


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/140.0.0.0 Safari/537.36",
            "Chrome (Windows)",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
            "Edge (Windows)",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari (iPhone)",
        ),
        (
            "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            " CriOS/140.0 Mobile/15E148 Safari/604.1",
            "Chrome (iPad)",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/18.0 Safari/605.1.15",
            "Safari (Mac)",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox (Linux)",
        ),
        (
            "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
            "Firefox (Android)",
        ),
        ("curl/8.5.0", "curl"),
        ("<script>alert(1)</script>", ""),
        ("", ""),
        ("x" * 8000 + " Chrome/1 Windows", ""),
    ],
)
def test_a_browser_is_named_from_a_list_and_never_quoted(user_agent: str, name: str) -> None:
    assert describe(user_agent) == name
