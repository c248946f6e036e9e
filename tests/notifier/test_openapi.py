"""Notifier's answers match its OpenAPI document, and no request blocks its event loop."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from services.auth.domain.identity import Signer
from services.notifier.app import application
from services.notifier.settings import NotifierSettings
from shared.web.identity import HEADER
from tests.conftest import TestDatabase, new_key
from tests.hostile import Request, find_long_steps, requests
from tests.openapi.contradictions import Sessions, contradictions
from tests.openapi.documents import document
from tests.signing import message_settings

SIGNER = Signer([bytes(32)])


@pytest_asyncio.fixture
async def notifier(
    database: TestDatabase, redis_url: str, tmp_path: Path
) -> AsyncIterator[TestServer]:
    """Notifier's API, and an auth that serves keys."""
    (tmp_path / "1.key").write_text(new_key())

    async def keys(_request: web.Request) -> web.Response:
        return web.json_response(SIGNER.public())

    auth = web.Application()
    auth.router.add_get("/.well-known/jwks.json", keys)
    async with TestServer(auth) as auth_server:
        settings = NotifierSettings(
            redis_url=redis_url,
            **message_settings("notifier"),
            notifier_database_url=database.dsn("notifier"),
            auth_url=str(auth_server.make_url("")),
            smtp_url="smtp://localhost",
            mail_from="no-reply@zaiseki.example",
            vendor_name="株式会社ケイアイ",
            contact_phone="03-1234-5678",
            mail_keys_dir=tmp_path,
        )
        async with application(settings) as app, TestServer(app) as server:
            yield server


async def test_every_answer_matches_the_document(notifier: TestServer, tmp_path: Path) -> None:
    identity = SIGNER.sign(None, audience="notifier", now=datetime.now(UTC))
    found = await contradictions(
        notifier.make_url(""),
        document("notifier"),
        sessions=Sessions("cookie", "session", ()),
        headers={HEADER: identity, "Origin": "http://localhost:8090"},
        folder=tmp_path,
    )
    assert found == ""


async def test_the_document_is_served_to_every_caller_with_an_identity(
    notifier: TestServer,
) -> None:
    identity = SIGNER.sign(None, audience="notifier", now=datetime.now(UTC))
    async with aiohttp.ClientSession(notifier.make_url("/")) as session:
        async with session.get("/openapi.json") as response:
            assert (response.status, (await response.json())["code"]) == (401, "identity_required")
        async with session.get("/openapi.json", headers={HEADER: identity}) as response:
            assert await response.json() == document("notifier")


async def test_no_hostile_input_blocks_the_loop_for_50_ms(notifier: TestServer) -> None:
    async def prepare(_request: Request) -> dict[str, str]:
        identity = SIGNER.sign(None, audience="notifier", now=datetime.now(UTC))
        return {HEADER: identity, "Origin": "http://localhost:8090"}

    assert notifier.port is not None
    assert await find_long_steps(requests("notifier"), notifier.port, prepare) == []
