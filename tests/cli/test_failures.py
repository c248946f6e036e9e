"""No command shows a traceback, neither without a database nor on Ctrl-C at any moment."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from cli.main import LIGHT, application
from tests.deployment import Deployment
from tests.product import ROOT

ID = "018f0000-0000-7000-8000-000000000000"
CALLS = {
    "customers import": ("examples/customers.csv",),
    "domains update": ("nothing",),
    "kanji update": ("nothing",),
    "members show": ("C-1001",),
    "members suspend": ("C-1001", "a@b.example"),
    "members resume": ("C-1001", "a@b.example", "--called"),
    "members delete": ("C-1001", "a@b.example", "--called"),
    "approvals list": (),
    "approvals show": ("C-1001", ID, "--called"),
    "approvals approve": ("C-1001", ID, "--called"),
    "approvals reject": ("C-1001", ID, "--called"),
    "seats set": ("C-1001", "5"),
    "seats raise": ("C-1001", "5", "--until", "2099-01-31"),
    "audit handles": (),
    "audit verify": (),
    "audit export": ("--since", "2026-11-30"),
    "mails held": (),
    "mails release": ("--all",),
    "mails drop": (ID,),
    "restored": ("--since", "2026-11-30T11:00"),
    "clock advance": ("1h",),
    "messages parked": (),
    "messages release": ("auth", ID),
    "demo": (),
    "check": (),
    "migrate": (),
    "settings": (),
    "permissions": (),
}
"""Every command that is no process of its own, with arguments that it takes."""
NEED_NO_DATABASE = {"domains update", "kanji update", "settings", "permissions"}
NEED_A_RUN = {"demo"}
NEED_A_DATABASE = sorted(CALLS.keys() - NEED_NO_DATABASE - NEED_A_RUN)
LOOKS = 20
REFUSED, SILENT = "refused", "silent"


def names(app: typer.Typer) -> Iterator[str]:
    for one in app.registered_commands:
        yield str(one.name or getattr(one.callback, "__name__", ""))
    for group in app.registered_groups:
        assert group.typer_instance
        yield from (f"{group.name} {name}" for name in names(group.typer_instance))


def test_every_command_is_tested_here() -> None:
    assert set(names(application())) == CALLS.keys() | LIGHT.keys()


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A server that accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        yield server.getsockname()[1]


def databases(port: int) -> dict[str, str]:
    services = ("AUTH", "MEMBERSHIP", "NOTIFIER")
    urls = {
        f"{name}_DATABASE_URL": f"postgresql://u:secret@127.0.0.1:{port}/d" for name in services
    }
    return urls | {"ZAISEKI_BY": "sato"}


@pytest.mark.parametrize("name", NEED_A_DATABASE)
@pytest.mark.parametrize("away", [REFUSED, SILENT])
def test_without_a_database_a_command_prints_one_sentence_and_exits_with_1(
    deployment: Deployment, silent_port: int, name: str, away: str
) -> None:
    port = silent_port if away == SILENT else 9
    done = deployment.run("cli", *name.split(), *CALLS[name], **databases(port))
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert "Traceback" not in said
    assert "secret" not in said
    if name != "check":  # it answers with a table
        assert len(done.stderr.splitlines()) == 1, said
        assert done.stderr.rstrip().endswith("."), said
        assert "database" in done.stderr.lower(), said


def test_a_refusal_by_the_database_is_reported(deployment: Deployment) -> None:
    wrong = {
        f"{name}_DATABASE_URL": deployment.owner_dsn.replace("//", "//nobody:secret@", 1)
        if "@" not in deployment.owner_dsn
        else "postgresql://nobody:secret@" + deployment.owner_dsn.partition("@")[2]
        for name in ("AUTH", "MEMBERSHIP", "NOTIFIER")
    }
    for name in ("messages parked", "clock advance", "migrate", "approvals list"):
        done = deployment.run("cli", *name.split(), *CALLS[name], **wrong, ZAISEKI_BY="sato")
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert 'password authentication failed for user "nobody"' in done.stderr


def test_a_database_of_an_earlier_release_is_reported_in_a_sentence(deployment: Deployment) -> None:
    deployment.migrate()
    for schema in ("membership", "notifier", "auth"):
        deployment.execute(f"delete from {schema}.migrations")
        deployment.execute(f"drop table {schema}.outbox cascade")
    deployment.execute("drop table membership.handles cascade")
    for name in sorted(set(NEED_A_DATABASE) - {"check", "migrate"}):
        done = deployment.run("cli", *name.split(), *CALLS[name], ZAISEKI_BY="sato")
        assert (done.returncode, done.stdout) == (1, ""), name
        assert "is older than this release: run `zaiseki migrate`" in done.stderr, name
        assert len(done.stderr.splitlines()) == 1, name


def test_no_clock_moves_while_one_of_the_databases_is_of_an_earlier_release(
    deployment: Deployment,
) -> None:
    deployment.migrate()
    deployment.execute("delete from notifier.migrations")
    assert deployment.run("cli", "clock", "advance", "1h").returncode == 1
    assert deployment.execute("select ahead from auth.clock").strip() == "00:00:00"


def test_a_file_that_cannot_be_written_is_named(deployment: Deployment, tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"version": "1"}')
    (tmp_path / "LICENSE.md").write_text("free")
    domains = ", ".join(f'"d{number}.example"' for number in range(2000))
    (tmp_path / "domains.json").write_text(f"[{domains}]")
    target = tmp_path / "away" / "list.txt"
    done = deployment.run("cli", "domains", "update", str(tmp_path), "--target", str(target))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{target}: No such file or directory.\n"


async def interrupted(
    *command: str, environment: dict[str, str], after: float
) -> tuple[int | None, str]:
    """Send SIGINT a number of seconds after our code has begun; the exit code, and the output."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "cli", *command,
        cwd=ROOT, env={"PATH": os.environ["PATH"], **environment},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout
    async with asyncio.timeout(60):
        seen = 0  # check twice: SIGPIPE is ignored just before SIGINT gets a handler
        while process.returncode is None and seen < LOOKS:
            seen = seen + 1 if has_begun(process.pid) else 0
            await asyncio.sleep(0.001)
        await asyncio.sleep(after)
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        said = (await process.stdout.read()).decode()
        return await process.wait(), said


def has_begun(pid: int) -> bool:
    """Whether Python has started and our code has replaced its handler of SIGINT."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return True
    ignored, caught = (
        int(status.split(f"{word}:\t")[1].split()[0], 16) for word in ("SigIgn", "SigCgt")
    )
    return bool(ignored >> (signal.SIGPIPE - 1) & 1) and not caught >> (signal.SIGINT - 1) & 1


@pytest.mark.parametrize("name", sorted(CALLS))
async def test_ctrl_c_ends_a_command_without_a_traceback(
    deployment: Deployment, silent_port: int, name: str
) -> None:
    environment = deployment.environment | databases(silent_port)
    for moment in (0.0, 0.5):
        code, said = await interrupted(
            *name.split(), *CALLS[name], environment=environment, after=moment
        )
        assert "Traceback" not in said
        assert "KeyboardInterrupt" not in said
        assert code in (-signal.SIGINT, 0, 1), said


@pytest.mark.parametrize("moment", [0.0, 0.1, 0.3, 0.7, 1.5, 2.5])
async def test_ctrl_c_while_the_run_starts_shows_no_traceback_and_leaves_no_process(
    tmp_path: Path, moment: float
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        first = free.getsockname()[1]
    names = ("PORT", "OPERATOR_PORT", "MAILBOX_PORT", "SMTP_PORT")
    ports = {name: str(first + number) for number, name in enumerate(names)}
    environment = {**ports, "STATE_DIR": str(tmp_path / "state")}
    code, said = await interrupted("up", environment=environment, after=moment)
    assert "Traceback" not in said
    assert code in (-signal.SIGINT, 0), said
    assert str(tmp_path).encode() not in b"".join(
        path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()
    )
