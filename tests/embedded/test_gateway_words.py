"""The gateway's own problems have the texts of the table, in the requested language."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest

from shared.web import words
from shared.web.language import preferred
from tests.embedded.test_framing import CADDYFILE, Recorder, recorder

__all__ = ["recorder"]
ROW = re.compile(r'^\t\t"(~\^)?(ja|en) ([a-z0-9_]*)" "(.*)" "(.*)"$', re.MULTILINE)


def test_the_gateways_texts_are_those_of_the_table() -> None:
    rows = ROW.findall(CADDYFILE.read_text())
    assert len(rows) == 20
    for rest, locale, code, title, detail in rows:
        assert (bool(rest), [title, detail]) == (
            code == "",
            words.PROBLEMS[code or "other"][locale],
        )


@pytest.fixture
def gateway(recorder: Recorder) -> Recorder:
    return recorder


async def ask(gateway: Recorder, path: str, language: str, length: int = 0) -> Any:
    """The head and body of the gateway's answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
    method = "POST" if length else "GET"
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost:{gateway.port}\r\nConnection: close\r\n"
    head += f"Accept-Language: {language}\r\nContent-Length: {length}\r\n\r\n"
    writer.write(head.encode() + b"x" * length)
    async with asyncio.timeout(20):
        answer = await reader.readuntil(b"}")
    writer.close()
    head, _, body = answer.decode().partition("\r\n\r\n")
    return head, json.loads(body)


LANGUAGES = (
    "",
    "ja",
    "en",
    "de",
    "*",
    "ja,en-US;q=0.9,en;q=0.8",
    "en-US,en;q=0.9,ja;q=0.8",
    "en-GB, ja;q=0.5",
    "de-DE,de;q=0.9,en;q=0.8",
    "fr, ja-JP;q=0.9, en;q=0.8",
    "zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7,ja;q=0.6",
    "ja;q=0.5, en",
    "fr, ja, en",
    "fr, en, ja",
    "en;q=0.9, ja;q=0.8",
    "ja-JP, en-US;q=0.5",
    "EN",
    "en;q=0",
    "en;q=0, ja",
    "ja;q=0, en;q=0.1",
    "end, jam",
    '"\\',
)


async def test_r22_the_gateway_chooses_the_language_as_the_services_do(
    gateway: Recorder,
) -> None:
    for language in LANGUAGES:
        head, body = await ask(gateway, "/api/nothing", language)
        locale = preferred(language)
        assert f"Content-Language: {locale}" in head, language
        assert [body["title"], body["detail"]] == words.PROBLEMS["not_found"][locale], language
        assert (body["code"], body["status"]) == ("not_found", 404)


async def test_a_too_large_body_and_an_unavailable_service_are_problems(
    gateway: Recorder, tmp_path: Path
) -> None:
    head, body = await ask(gateway, "/api/auth/x", "en", length=70_000)
    assert (body["code"], body["detail"]) == ("gateway_413", "Send less at once.")
    (tmp_path / "service.sock").unlink()
    head, body = await ask(gateway, "/api/auth/x", "ja")
    assert (body["code"], body["title"]) == ("gateway_502", "ただいまご利用いただけません")
    assert "Content-Language: ja" in head
    assert "Retry-After: 2" in head


@pytest.mark.parametrize("away", [False, True])
async def test_a_service_that_is_not_ready_or_away_is_a_problem(
    gateway: Recorder, tmp_path: Path, *, away: bool
) -> None:
    if away:
        (tmp_path / "service.sock").unlink()
    else:
        gateway.answer = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"
    head, body = await ask(gateway, "/ready", "ja")
    assert (body["status"], body["code"]) == (503, "not_ready")
    assert [body["title"], body["detail"]] == words.PROBLEMS["not_ready"]["ja"]
    assert "Retry-After: 2" in head


def test_each_problem_of_the_gateway_has_its_texts() -> None:
    """With one argument too many a name would stand where the code is expected."""
    told = re.findall(r"import (?:problem|told) (\S+) (.*)", CADDYFILE.read_text())
    codes = {code for _, code in told if "{" not in code}
    assert codes == {"not_found", "method_not_allowed", "misdirected_request", "not_ready"}
    assert codes <= set(words.PROBLEMS)
