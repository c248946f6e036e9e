"""The embedded run: it starts, restarts parts that end, and stops without leftovers."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.product import ROOT, Product, running

NAMES = {
    "postgres", "valkey", "caddy", "mailbox", "auth-api", "auth-worker", "membership-api",
    "membership-worker", "notifier-api", "notifier-worker",
}  # fmt: skip


def alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


async def gone(pids: list[int]) -> None:
    async with asyncio.timeout(15):
        while any(alive(pid) for pid in pids):
            await asyncio.sleep(0.05)


def refused(tmp_path: Path, **environment: str) -> str:
    """The startup error of `zaiseki up`: one sentence, without a traceback."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        others = free.getsockname()[1]
    ports = {"PORT": others, "OPERATOR_PORT": others + 1, "MAILBOX_PORT": others + 2}
    done = subprocess.run(
        [sys.executable, "-m", "cli", "up"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "STATE_DIR": str(tmp_path / "state"),
            **{name: str(port) for name, port in ports.items()},
            "SMTP_PORT": str(others + 3),
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert "Traceback" not in said
    return said


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


async def test_a_run_has_ten_parts_and_keeps_its_data_for_the_next_start(
    tmp_path: Path,
) -> None:
    state = tmp_path / "state"
    state.mkdir()
    (state / "notes.txt").write_text("a person's own")
    async with running(state) as first:
        assert {part["name"] for part in first.run["processes"]} == NAMES
        assert first.run["smtp"].startswith("smtp://")
        pids = [part["pid"] for part in first.run["processes"]]
        sessions = {os.getsid(pid) for pid in pids}
        assert os.getsid(0) not in sessions, "a signal to our group reaches only the supervisor"
        assert first.query("select count(*) from membership.customers") == "10"
        first.query("delete from membership.customers where code = 'C-3003'")
    assert not (state / "run.json").exists()
    await gone(pids)
    assert (state / "notes.txt").read_text() == "a person's own"
    secrets = [path for path in (state / "secrets").rglob("*") if path.is_file()]
    assert {oct(path.stat().st_mode & 0o777) for path in secrets} == {"0o600"}
    async with running(state) as second:
        assert second.query("select count(*) from membership.customers") == "9"


async def test_every_part_that_ends_is_restarted_and_the_terminal_shows_it(
    tmp_path: Path,
) -> None:
    async with running(tmp_path / "state") as product:
        for name in sorted(NAMES):
            await product.kill(name)
        assert {part["name"] for part in product.run["processes"]} == NAMES
        said = product.output.read_text()
        assert all(f"{name} ended" in said for name in NAMES), said
        async with asyncio.timeout(10):
            while (await product.browser().get("/api/membership/me")).status != 401:
                await asyncio.sleep(0.1)


async def test_a_killed_supervisor_leaves_no_process_and_the_next_start_works(
    tmp_path: Path,
) -> None:
    state = tmp_path / "state"
    killed = Product(state)
    await killed.start()
    pids = [part["pid"] for part in killed.run["processes"]]
    killed.send(signal.SIGKILL)
    await gone(pids)
    async with running(state) as again:
        assert again.query("select count(*) from membership.customers") == "10"


async def test_two_directories_have_two_runs_and_one_directory_has_one(tmp_path: Path) -> None:
    async with running(tmp_path / "a") as one, running(tmp_path / "b") as two:
        assert one.origin != two.origin
        for product in (one, two):
            assert (await product.browser().get("/api/auth/session")).status == 401
        assert "Another zaiseki is running in" in refused(tmp_path, STATE_DIR=str(tmp_path / "a"))


def test_a_taken_port_is_reported_with_the_process_that_uses_it(
    tmp_path: Path, taken_port: int
) -> None:
    said = refused(tmp_path, PORT=str(taken_port))
    program = Path("/proc/self/comm").read_text().strip()
    assert f"PORT {taken_port}: used by {program} (process {os.getpid()}); set PORT" in said


def test_all_invalid_settings_are_reported_together(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("http://u:secret@mx.example.jp")
    said = refused(
        tmp_path,
        PORT="x",
        RATE_LIMITS="perhaps",
        PRESENCE_MIN_GAP="-1",
        TIME_ZONE="Tokyo",
        SMTP_URL_FILE=str(tmp_path / "url"),
        DATABASE_URL_FILE=str(tmp_path / "nothing"),
        REDIS_URL="redis://broker",
        REDIS_URL_FILE=str(tmp_path / "url"),
    )
    for sentence in (
        "PORT has to be a port number",
        "RATE_LIMITS has to be on or off",
        "TIME_ZONE has to name a time zone",
        "PRESENCE_MIN_GAP has to be",
        "SMTP_URL has to begin with smtp://",
        "DATABASE_URL_FILE cannot be read: No such file",
        "REDIS_URL is given twice, by REDIS_URL_FILE too.",
    ):
        assert sentence in said, said
    assert "secret" not in said


async def test_a_database_of_a_later_release_is_refused(tmp_path: Path) -> None:
    state = tmp_path / "state"
    async with running(state) as product:
        product.query(
            "insert into membership.migrations (name, sha256, phase)"
            " values ('membership/9999_later', '', 'after')"
        )
    said = refused(tmp_path, STATE_DIR=str(state))
    assert "The database of membership is newer than this release" in said
    assert "membership/9999_later" in said


def test_a_state_directory_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    assert str(tmp_path / "state") in refused(tmp_path)


def test_a_damaged_secret_is_refused_and_not_overwritten(tmp_path: Path) -> None:
    secrets = tmp_path / "state" / "secrets"
    secrets.mkdir(parents=True, mode=0o700)
    (secrets / "message-keys").write_text("not a key")
    (secrets / "message_keys").write_text("not a key")
    refused(tmp_path)
    assert (secrets / "message_keys").read_text() == "not a key"


async def test_the_mailboxs_interface_is_mailpits(tmp_path: Path) -> None:
    async with running(tmp_path / "state") as product:
        form = {
            "customer_code": "A-1001",
            "customer_phone": "03-0000-1001",
            "family_name": "山田",
            "given_name": "太郎",
            "email": "foo.@docomo.ne.jp",
            "phone": "090-0000-0001",
        }
        sent = await product.browser().post("/api/membership/registrations", form)
        assert sent.status == 202
        mail = await product.mail("foo.@docomo.ne.jp", "メールアドレスの確認")
        assert {"ID", "MessageID", "From", "To", "Subject", "Created", "Text", "HTML"} <= set(mail)
        assert mail["To"] == [{"Name": "", "Address": "foo.@docomo.ne.jp"}]
        assert "." in mail["Created"]
        assert "/registration#token=" in mail["HTML"]
        page = await product.fetch_mailbox("/")
        assert "メールアドレスの確認" in page
        assert json.loads(await product.fetch_mailbox("/api/v1/messages?limit=1000"))["total"] == 1
