"""A restore from a backup, and `zaiseki restored`: accesses that ended since then end again."""

import gzip
import json
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from embedded import binaries
from shared.contracts.registry import SERVICES
from tests.deployment import Deployment
from tests.e2e.test_main_job import PASSWORD, form, import_customer, join
from tests.product import ASKED_AT_EVERY_SIGN_IN, Browser, Product, running, token_in

HANAKO, TARO = "hanako@restore.example", "taro@restore.example"


def _postgres(program: str, *arguments: str) -> None:
    subprocess.run([binaries.postgres(program), *arguments], env={"PATH": os.defpath}, check=True)


def _restore(deployment: Deployment, dump: Path) -> None:
    _postgres(
        "pg_restore", "--clean", "--if-exists", "--single-transaction",
        "-d", deployment.owner_dsn, str(dump),
    )  # fmt: skip


async def _is_alive(product: Product, browser: Browser) -> bool:
    """Whether a browser's cookie is a session in this run, which has another port."""
    port = product.origin.rpartition(":")[2]
    answers = [
        await product.browser().get("/api/auth/session", Cookie=f"session_{port}={value}")
        for value in browser.cookies
        if value
    ]
    return any(answer.status == 200 for answer in answers)


async def _reset_link(product: Product, email: str) -> str:
    await product.browser().post("/api/auth/password-reset", {"email": email})
    return token_in(await product.mail(email, "パスワード再設定"))


async def test_r7_r8_r15_after_a_restore_no_ended_access_works_again(
    deployment: Deployment, tmp_path: Path
) -> None:
    databases = {f"{name.upper()}_DATABASE_URL": deployment.dsn(name) for name in SERVICES}
    settings = {"DATABASE_URL": deployment.owner_dsn, **databases, **ASKED_AT_EVERY_SIGN_IN}
    settings["RATE_LIMITS"] = "off"
    state, dump, kept = tmp_path / "state", tmp_path / "dump", tmp_path / "audit.jsonl"
    async with running(state, **settings) as product:
        import_customer(product, tmp_path, "R-1", "restore.example")
        owner = await join(product, form("restore.example", "R-1", "hanako"))
        leaver = await join(product, form("restore.example", "R-1", "taro"))
        link = await _reset_link(product, HANAKO)
        since = datetime.now(UTC).isoformat()
        _postgres("pg_dump", "-Fc", "-f", str(dump), deployment.owner_dsn)

        members = (await owner.get("/api/membership/company/members")).body["items"]
        [taro] = [one["id"] for one in members if one["email"] == TARO]
        left = await owner.post(
            f"/api/membership/company/members/{taro}/suspend", {"reason": "left"}
        )
        assert left.status in (200, 202), left.text
        assert (await leaver.get("/api/auth/session")).status == 401
        body = {"token": link, "password": "an entirely different sentence"}
        assert (
            await product.browser().post("/api/auth/password-reset/confirm", body)
        ).status == 204
        assert (await owner.get("/api/auth/session")).status == 401, "a reset ends others"
        done = product.command("audit", "export", "--since", since)
        assert done.returncode == 0, done.stderr
        kept.write_text(done.stdout)

    _restore(deployment, dump)
    async with running(state, **settings) as product:
        assert await _is_alive(product, leaver), "the restore alone revives the session"
    _restore(deployment, dump)
    stopped = Product(state, settings)
    told = stopped.command("restored", "--since", since, "--by", "sato", "--log", str(kept))
    assert told.returncode == 0, told.stderr
    assert "2 accounts require a password reset" in told.stdout
    at, row = told.stdout.splitlines()[-2:]
    assert at.split() == ["AT", "CUSTOMER", "ACT", "TARGET", "REASON", "BY"]
    assert "R-1       account suspended  t***@restore.example  left the company  owner" in row
    scripts = stopped.command(
        "restored", "--since", since, "--by", "s", "--log", str(kept), "--json"
    )
    again = json.loads(scripts.stdout)
    assert again["accounts"] == 2
    assert [list(one.values())[1:] for one in again["again"]] == [
        ["R-1", "member:suspended", "t***@restore.example", "left", "owner"]
    ]

    async with running(state, **settings) as product:
        assert not await _is_alive(product, leaver)
        assert not await _is_alive(product, owner)
        reply = await product.browser().sign_in(TARO, PASSWORD)
        assert reply.body == {"next": "password_reset"}, "the old password gives no session"
        reply = await product.browser().post("/api/auth/password-reset/confirm", body)
        assert reply.status >= 400, "the link used since the backup is invalid"
        assert product.command("audit", "verify").returncode == 0


async def test_invalid_arguments_are_reported_and_hold_no_mail(
    deployment: Deployment, tmp_path: Path
) -> None:
    deployment.migrate()
    damaged = tmp_path / "audit.jsonl"
    damaged.write_text('{"customer_id": "x", "number": 1, "hash": "00"}\n')
    packed, other = tmp_path / "worker.log.gz", tmp_path / "web.log"
    packed.write_bytes(gzip.compress(damaged.read_bytes(), mtime=0))
    other.write_text('{"event": "a request"}\n')
    now = "2026-01-01T09:00"
    for arguments, sentence in (
        (("--since", now), "--by"),
        (("--since", "yesterday", "--by", "sato"), "is no time"),
        (("--since", "2999-01-01", "--by", "sato"), "is still to come"),
        (("--since", now, "--by", "sato", "--log", "/nowhere"), "cannot be read"),
        (("--since", now, "--by", "sato", "--log", str(damaged)), "line 1 is not an entry"),
        (("--since", now, "--by", "sato", "--log", str(packed)), "is compressed"),
        (("--since", now, "--by", "sato", "--log", str(other)), "contain no audit entries"),
    ):
        done = deployment.run("cli", "restored", *arguments)
        assert done.returncode != 0
        assert sentence in done.stderr, done.stderr
    held = "select count(*) from notifier.mail_hold"
    assert deployment.execute(held) == "0"
    done = deployment.run("cli", "restored", "--since", now, "--by", "sato")
    assert "Without --log, actions since the backup are unknown" in done.stdout, done.stderr
    assert deployment.execute(held) == "1"
