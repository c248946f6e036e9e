"""The product's logs: one id from the answer to SMTP, and no secret, wherever it was typed."""

import asyncio
import base64
import os
import re
import signal
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any

import pytest

from tests.collector import Collector
from tests.e2e.test_main_job import form, import_customer, join
from tests.product import PROCESSES, Product, code_in, running, token_in

ADDRESS = re.compile(r"[^\s\"'<>(),;:]+@[\w-]+\.(?:example|test)\b")
MASKED = re.compile(r".\*\*\*@.+")
Steps = list[tuple[str, ...]]


def steps(lines: list[dict[str, Any]]) -> Steps:
    """The steps of a request: service and process, the event, and its subject."""
    return [
        (
            f"{line['service']} {line['process']}",
            line["event"],
            str(line.get("path") or line.get("template") or line.get("name")),
        )
        for line in lines
    ]


async def test_one_request_id_leads_from_the_answer_to_the_smtp_log_line(
    product: Product, tmp_path: Path
) -> None:
    import_customer(product, tmp_path, "L-1", "one.example")
    body = form("one.example", "L-1")
    await join(product, body)
    reply = await product.browser().post("/api/auth/password-reset", {"email": body["email"]})
    lines = await product.lines_of(reply.headers["X-Request-Id"], until="mail")
    assert steps(lines) == [
        ("auth api", "request", "/password-reset"),
        ("auth worker", "a message took effect", "auth.start_password_reset"),
        ("notifier worker", "a message took effect", "notifier.send_mail"),
        ("notifier worker", "mail", "password_reset"),
    ]
    mail = await product.mail(body["email"], "パスワード再設定")
    told = {key: lines[-1][key] for key in ("to", "outcome", "code", "answer")}
    assert told == {
        "to": "t***@one.example",
        "outcome": "accepted",
        "code": 250,
        "answer": f"2.0.0 stored as {mail['ID']}",
    }


async def test_one_id_crosses_all_three_services(product: Product, tmp_path: Path) -> None:
    """A confirmed registration: membership sends messages to auth and to notifier."""
    import_customer(product, tmp_path, "L-2", "three.example")
    browser, body = product.browser(), form("three.example", "L-2")
    await browser.post("/api/membership/registrations", body)
    token = token_in(await product.mail(body["email"], "メールアドレスの確認"))
    reply = await browser.post("/api/membership/registrations/confirm", {"token": token})
    lines = await product.lines_of(reply.headers["X-Request-Id"], until="mail")
    assert sorted(steps(lines)) == [
        ("auth api", "request", "/forward"),
        ("auth worker", "a message took effect", "auth.sync_account"),
        ("membership api", "request", "/registrations/confirm"),
        ("notifier worker", "a message took effect", "notifier.send_mail"),
        ("notifier worker", "mail", "first_owner_joined"),
    ]


async def test_the_request_number_of_a_problem_finds_the_log_line(product: Product) -> None:
    """受付番号 in problem+json: of a service, and of the gateway without a service."""
    browser = product.browser()
    await browser.post("/api/auth/sign-in", {"email": "x@y.example", "password": "no"})
    for method, path, status, where in (
        ("GET", "/api/membership/me", 401, "membership"),
        ("POST", "/api/auth/sign-in", 422, "auth"),
        ("GET", "/api/auth/nothing", 404, "auth"),
        ("GET", "/api/auth/metrics", 404, "gateway"),
        ("GET", "/api/nothing", 404, "gateway"),
        ("GET", "/assets/nothing.js", 404, "gateway"),
        ("PUT", "/", 405, "gateway"),
        ("BREW", "/api/auth/session", 405, "gateway"),
    ):
        reply = await browser.send(method, path, {} if method == "POST" else None)
        id = reply.body["request_id"]
        assert (reply.status, reply.headers["X-Request-Id"]) == (status, id), path
        until = "handled request" if where == "gateway" else "request"
        lines = [line for line in await product.lines_of(id, until=until) if "status" in line]
        assert (lines[-1]["service"], lines[-1]["status"]) == (where, status), path


async def test_an_unavailable_service_is_logged_under_the_problems_request_number(
    tmp_path: Path,
) -> None:
    async with running(tmp_path / "state") as product:
        browser = product.browser()
        pid = product.pid("membership-api")
        spawner = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        os.kill(spawner, signal.SIGSTOP)  # no part is restarted
        os.kill(pid, signal.SIGKILL)
        reply = await browser.get("/api/membership/me")
        os.kill(spawner, signal.SIGCONT)
        assert (reply.status, reply.code) == (503, "gateway_502")
        (line,) = [
            line
            for line in await product.lines_of(reply.body["request_id"], until="handled request")
            if line["service"] == "gateway"
        ]
        assert "membership.sock" in line["error"]


async def test_every_line_of_a_service_is_json_even_during_outages(tmp_path: Path) -> None:
    """Lines of Celery, asyncpg and kombu during outages and at the end included."""
    async with running(tmp_path / "state") as product:
        for part in ("valkey", "postgres", "notifier-worker", "auth-api"):
            await product.kill(part)
        browser, forgotten = product.browser(), {"email": "a@b.example"}
        async with asyncio.timeout(30):
            while (await browser.post("/api/auth/password-reset", forgotten)).status != 202:
                await asyncio.sleep(0.1)
    for process in PROCESSES:
        service, name = process.split("-")
        lines = product.lines(process)
        assert all((line["service"], line["process"]) == (service, name) for line in lines)
        assert all({"timestamp", "level", "event"} <= set(line) for line in lines), process
    said = {line["event"] for line in product.lines(*PROCESSES)}
    assert "worker: Warm shutdown (MainProcess)" in said
    assert any("Cannot connect to redis+socket://" in event for event in said)
    assert [event for event in said if "Warning" in event] == []


async def test_level_and_format_apply_to_every_process(tmp_path: Path) -> None:
    async with running(tmp_path / "state", LOG_LEVEL="error", LOG_FORMAT="text") as product:
        await product.browser().post("/api/auth/password-reset", {"email": "a@b.example"})
        await product.kill("valkey")
        async with asyncio.timeout(30):
            while "Cannot connect to redis" not in product.logs():
                await asyncio.sleep(0.1)
    for process in PROCESSES:
        lines = (product.state / "logs" / f"{process}.log").read_text().splitlines()
        assert not any(line.startswith("{") for line in lines)
        begun = [line for line in lines if re.match(r"\d{4}-\d\d-\d\dT", line)]
        assert all(re.search(r"\[(error|critical)\s*\]", line) for line in begun), begun


CANARY = "zq7Canary"
"""Stands in everything below that is a secret, or is typed where one does not belong."""

WRONG_PLACES = [
    # A method, a path, a query, a header, a cookie, a body: each well-formed, and malformed.
    "GET /api/auth/password-reset/{0}?token={0} HTTP/1.1\r\n{1}Cookie: s={0}\r\nUser-Agent: {0}\r\n"
    "Authorization: Bearer {0}\r\nIdempotency-Key: {0}\r\nX-Request-Id: {0}-{0}\r\n"
    "Traceparent: 00-{0}-{0}-01\r\nBaggage: a={0}\r\nZaiseki-Identity: {0}.{0}.{0}\r\n\r\n",
    "{0} /api/auth/session HTTP/1.1\r\n{1}\r\n",
    "GET /api/auth/session HTTP/1.1\r\n{1}User-Agent: a\rSet-Cookie: {0}\r\n\r\n",
    "GET /api/auth/session HTTP/1.1\r\n{1}User-Agent: a\0{0}\r\n\r\n",
    "GET /api/auth/session HTTP/1.1\r\n{1}{0} {0}\r\n\r\n",
    "GET /api/membership/me/{0} HTTP/1.1\r\n{1}Cookie: {2}\r\n\r\n",
    "POST /api/auth/sign-in HTTP/1.1\r\n{1}Content-Type: application/{0}\r\n"
    "Content-Length: 2\r\n\r\n{{}}",
    "POST /api/auth/sign-in HTTP/1.1\r\n{1}Content-Type: application/json\r\n"
    'Content-Length: 28\r\n\r\n{{"password": "{0}", x}}',
    "POST /api/auth/sign-in HTTP/1.1\r\n{1}Content-Type: application/json\r\n"
    "Transfer-Encoding: chunked\r\n\r\n{0}\r\n",
    "{0}\r\n\r\n",
]


async def type_it_everywhere(product: Product) -> None:
    """Through the gateway, and past it, as an attacker inside of the network could."""
    host = product.origin.removeprefix("http://")
    head = f"Host: {host}\r\nOrigin: {product.origin}\r\nConnection: close\r\n"
    for text in WRONG_PLACES:
        request = text.format(CANARY, head, CANARY * 3000).encode()
        await _send(asyncio.open_connection(*host.split(":")), request)
        for service in ("auth", "membership"):
            socket = product.state / "sockets" / f"{service}.sock"
            within = request.replace(f"/api/{service}".encode(), b"")
            await _send(asyncio.open_unix_connection(socket), within)


async def _send(connecting: Any, request: bytes) -> None:
    reader, writer = await connecting
    writer.write(request)
    async with asyncio.timeout(20):
        await reader.read()
    writer.close()


async def test_r8_no_log_and_no_span_contains_a_secret_wherever_it_was_typed(
    traced: tuple[Product, Collector], tmp_path: Path
) -> None:
    """ASVS 16.2.5, 16.4.1, at the most detailed level."""
    product, collector = traced
    import_customer(product, tmp_path, "L-3", "canary.example")
    body, password = form("canary.example", "L-3"), f"{CANARY} is quite a long one"
    browser = await join(product, body, password)
    await browser.post("/api/auth/password-reset", {"email": body["email"]})
    mail = await product.mail(body["email"], "パスワード再設定")
    for path, field in (
        ("/api/auth/password-reset/confirm", {"token": CANARY, "password": CANARY * 20}),
        ("/api/auth/sign-in", {"email": f"{CANARY}@canary.example", "password": CANARY}),
        ("/api/auth/sign-in", {"email": CANARY, "password": CANARY, CANARY: CANARY}),
        ("/api/auth/sign-in", {"email": body["email"], "password": [CANARY]}),
        ("/api/auth/presence-check/answer", {"code": CANARY}),
        ("/api/auth/presence-check/confirm", {"token": CANARY, "number": CANARY}),
        ("/api/membership/registrations/confirm", {"token": CANARY}),
        ("/api/membership/registrations", {**body, "customer_code": CANARY, "phone": CANARY}),
    ):
        await browser.post(path, field, **{"User-Agent": CANARY, "Accept-Language": CANARY})
    await type_it_everywhere(product)
    with product.redis() as client:
        client.lpush("zaiseki:auth", f"{CANARY} is no message", f'{{"body": "{CANARY}"}}')
    again = f"('{CANARY}', '', '', '')"
    with pytest.raises(CalledProcessError):  # PostgreSQL's error repeats the key
        product.query(f"insert into auth.idempotency_keys values {again}, {again}")
    for part in ("membership-api", "postgres"):
        await product.kill(part)
        async with asyncio.timeout(30):
            while (await browser.post("/api/membership/registrations", body)).status != 202:
                await asyncio.sleep(0.1)

    secrets = [CANARY, *browser.cookies, token_in(mail)]
    secrets += [token_in(await product.mail(body["email"], "メールアドレスの確認"))]
    secrets += [code_in(await product.mail(body["email"], "在席確認"))]
    secrets += keys_of(product)
    assert len(secrets) >= 15
    places = {
        "logs": product.logs(),
        "terminal": product.output.read_text(),
        "spans": b"\n".join(collector.bodies).decode("latin-1"),
    }
    found = [(place, secret) for place, text in places.items() for secret in _in(text, secrets)]
    assert found == []
    addresses = {place: set(ADDRESS.findall(text)) for place, text in places.items()}
    assert addresses["terminal"] == addresses["spans"] == set()
    assert "t***@canary.example" in addresses["logs"]
    assert [one for one in addresses["logs"] if not MASKED.fullmatch(one)] == []
    levels = {line["level"] for line in product.lines(*PROCESSES)}
    assert {"debug", "info", "warning"} <= levels, "the search finds what is there"


def keys_of(product: Product) -> list[str]:
    """The keys and passwords that the run generated."""
    files = [path for path in (product.state / "secrets").rglob("*") if path.is_file()]
    public = (product.state / "secrets" / "mail-public-key").read_text().strip()
    texts = [path.read_text().strip() for path in files]
    keys = [text for text in texts if text != public]
    return keys + [base64.b64decode(key).hex() for key in keys if key.endswith("=")]


def _in(text: str, secrets: list[str]) -> list[str]:
    """Six digits occur by chance inside of ids and times."""
    return [
        secret
        for secret in secrets
        if re.search(rf"(?<![0-9A-Fa-f.-]){re.escape(secret)}(?![0-9a-f-])", text)
    ]


@pytest.mark.parametrize("wrong", ["PORT", "RATE_LIMITS", "PRESENCE_MIN_GAP", "OPERATORS_MAIL"])
async def test_a_secret_in_a_wrong_setting_is_not_repeated(tmp_path: Path, wrong: str) -> None:
    urls = {
        "DATABASE_URL": f"postgresql://u:{CANARY}/x@db/x",
        "AUTH_DATABASE_URL": f"postgresql://u@db:{CANARY}/x",
        "REDIS_URL": f"redis://:a#{CANARY}@redis/0",
        "SMTP_URL": f"http://u:{CANARY}@smtp",
    }
    product = Product(tmp_path / "state", {**urls, wrong: CANARY})
    with pytest.raises(AssertionError, match="It did not start"):
        await product.start()
    said = product.output.read_text()
    assert CANARY not in said
    assert all(f"zaiseki: {name} " in said for name in (*urls, wrong))
