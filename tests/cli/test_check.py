"""`zaiseki check` on a healthy deployment, and with each dependency broken in turn."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
import redis
from pydantic import TypeAdapter

from cli.dependencies import message_keys
from cli.known_settings import classes
from embedded.readiness import ReadySocket
from shared.settings import ServiceSettings
from tests.deployment import Deployment
from tests.notifier.smtp_server import SmtpDouble, make_certificate, smtp_double
from tests.servers import Servers
from tests.signing import new_message_keys

Lines = dict[tuple[str, str], tuple[str, str]]
"""By service and dependency: how it was found, and the rest of the line."""

OF_ALL = {"settings", "message keys", "database", "broker", "cache"}
OF_EACH = {
    "auth": OF_ALL,
    "membership": OF_ALL | {"auth", "vendor"},
    "notifier": OF_ALL | {"auth", "mail keys", "mail server", "vendor"},
}
ALL = {(service, name) for service, names in OF_EACH.items() for name in names}

_LINE = re.compile(r"(\w+) +(\w+(?: \w+)?) +(ok|warning|failed) +\d+\.\d\d s(?:  (.*))?")


async def check(deployment: Deployment, *services: str, **more: str) -> tuple[int, Lines, str]:
    """The exit code, the findings, and the complete output."""
    done = await asyncio.to_thread(deployment.run, "cli", "check", *services, **more)
    assert "Traceback" not in done.stderr
    found = [found for line in done.stdout.splitlines() if (found := _LINE.fullmatch(line))]
    lines = {(one[1], one[2]): (one[3], one[4] or "") for one in found}
    return done.returncode, lines, done.stdout + done.stderr


def failed(lines: Lines) -> set[tuple[str, str]]:
    return {key for key, (state, _) in lines.items() if state == "failed"}


async def test_presence_checks_that_are_off_are_a_warning(deployment: Deployment) -> None:
    """R9: the command warns, and does not fail."""
    _, usual, _ = await check(deployment, "auth")
    _, lines, said = await check(deployment, "auth", PRESENCE_MODE="off")
    assert {key: state for key, (state, _) in lines.items()} == {
        **{key: state for key, (state, _) in usual.items()},
        ("auth", "presence"): "warning",
    }
    assert "a stolen password is enough" in said


@asynccontextmanager
async def auth_serving(deployment: Deployment) -> AsyncIterator[None]:
    """Auth's API, which publishes its keys."""
    ready = ReadySocket(deployment.directory / "ready")
    process = deployment.start("services.auth.app", NOTIFY_SOCKET=str(ready.path))
    try:
        await asyncio.wait_for(ready.heard(b"READY=1"), 30)
        yield
    finally:
        process.terminate()
        said = await asyncio.to_thread(process.communicate, timeout=30)
        ready.close()
    assert process.returncode == 0, said


@pytest_asyncio.fixture
async def smtp(deployment: Deployment) -> AsyncIterator[SmtpDouble]:
    async with smtp_double() as server:
        deployment.environment["SMTP_URL"] = f"smtp://127.0.0.1:{server.port}"
        yield server


@pytest_asyncio.fixture
async def healthy(deployment: Deployment, smtp: SmtpDouble) -> AsyncIterator[Deployment]:
    deployment.migrate()
    async with auth_serving(deployment):
        yield deployment


async def test_a_healthy_deployment_passes_every_check(
    healthy: Deployment, smtp: SmtpDouble
) -> None:
    code, lines, said = await check(healthy)
    assert code == 0, said
    assert lines.keys() == ALL
    assert {state for state, _ in lines.values()} == {"ok"}
    assert lines["notifier", "mail server"][1] == f"127.0.0.1:{smtp.port} (none)"
    assert lines["auth", "database"][1].startswith(f"postgresql://{healthy.role('auth')}:***@")
    begun = (b"MAIL", b"RCPT", b"DATA")
    assert not any(command.upper().startswith(begun) for command in smtp.commands)
    assert not [secret for secret in secrets_of(healthy) if secret in said]


def secrets_of(deployment: Deployment) -> list[str]:
    keys = [text for name, text in deployment.environment.items() if "_KEY" in name]
    folders = [folder for folder in keys if folder.startswith("/")]
    broker = deployment.environment["REDIS_URL"]
    secret = urlsplit(broker).password
    assert secret
    return [deployment.password, broker, secret, *set(keys) - set(folders)]


async def test_a_script_gets_the_findings_as_json(deployment: Deployment) -> None:
    """A failed check included (the role does not exist yet), and the same in every language."""
    japanese = {"LC_ALL": "ja_JP.UTF-8"}
    done = await asyncio.to_thread(deployment.run, "cli", "check", "auth", "--json", **japanese)
    assert done.returncode == 1
    found = {one.pop("dependency"): one for one in json.loads(done.stdout)}
    assert found.keys() == OF_EACH["auth"]
    assert found["database"].keys() == {"service", "state", "seconds", "text"}
    assert (found["database"]["service"], found["database"]["state"]) == ("auth", "failed")
    assert "password authentication failed" in found["database"]["text"]
    assert "Start it, or correct AUTH_DATABASE_URL." in found["database"]["text"]
    told = await asyncio.to_thread(deployment.run, "cli", "check", "auth", **japanese)
    [line] = [one for one in told.stdout.splitlines() if " データベース " in one]
    assert " 異常 " in line
    assert "AUTH_DATABASE_URL を直してください。" in line
    assert not [secret for secret in secrets_of(deployment) if secret in done.stdout]


@pytest.mark.parametrize("service", ["membership", "notifier"])
async def test_missing_details_of_the_vendor_are_a_warning(
    healthy: Deployment, service: str
) -> None:
    """The values of a trial count as missing; without a name and a contact no process starts."""
    code, lines, said = await check(
        healthy,
        service,
        SERVICE_NAME="",
        VENDOR_NAME_EN="Trial Sample Trading",
        CONTACT_HOURS="",
        CONTACT_PHONE="03-0000-0000",
    )
    assert code == 0, said
    state, text = lines[service, "vendor"]
    assert state == "warning"
    assert "SERVICE_NAME, VENDOR_NAME_EN, CONTACT_PHONE, CONTACT_HOURS are not set" in text
    code, _, said = await check(healthy, service, VENDOR_NAME="", CONTACT_PHONE="", CONTACT_URL="")
    assert code == 1
    assert "VENDOR_NAME: is missing" in said
    assert "CONTACT_URL: is missing, and so is CONTACT_PHONE" in said


async def test_a_service_can_be_checked_alone(healthy: Deployment) -> None:
    code, lines, _ = await check(healthy, "membership")
    assert code == 0
    assert lines.keys() == {("membership", name) for name in OF_EACH["membership"]}


@pytest.mark.parametrize(
    ("more", "broken", "sentence"),
    [
        (
            {"AUTH_DATABASE_URL": "postgresql://u:secret@/x?host=/nowhere"},
            {("auth", "database")},
            "The database of auth cannot be reached: ",
        ),
        (
            {"BROKER_URL": "unix://:secret@/nowhere/valkey.sock"},
            {("auth", "broker"), ("membership", "broker"), ("notifier", "broker")},
            "unix://:***@/nowhere/valkey.sock cannot be used: ",
        ),
        (
            {"CACHE_URL": "redis://u:secret@127.0.0.1:9/0"},
            {("auth", "cache"), ("membership", "cache"), ("notifier", "cache")},
            "redis://u:***@127.0.0.1:9/0 cannot be used: ",
        ),
        (
            {"AUTH_URL": "http://127.0.0.1:9"},
            {("membership", "auth"), ("notifier", "auth")},
            "http://127.0.0.1:9 returns no keys: ",
        ),
        (
            {"SMTP_URL": "smtp://user:secret@127.0.0.1:9"},
            {("notifier", "mail server")},
            "127.0.0.1:9 (none): ",
        ),
        (
            {"MAIL_PUBLIC_KEY": "CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="},
            {("notifier", "mail keys")},
            "has no private key for MAIL_PUBLIC_KEY",
        ),
    ],
)
async def test_a_broken_dependency_is_named_and_the_others_are_checked(
    healthy: Deployment, more: dict[str, str], broken: set[tuple[str, str]], sentence: str
) -> None:
    code, lines, said = await check(healthy, **more)
    assert code == 1
    assert failed(lines) == broken, said
    assert lines.keys() == ALL
    for key in broken:
        assert sentence in lines[key][1]
    assert "secret" not in said


async def test_all_invalid_settings_are_named_and_other_services_are_checked(
    healthy: Deployment,
) -> None:
    code, lines, said = await check(healthy, SMTP_URL="secret", MAIL_KEYS_DIR="/nowhere")
    assert code == 1
    assert lines.keys() == ALL - {("notifier", name) for name in OF_EACH["notifier"]} | {
        ("notifier", "settings")
    }
    assert failed(lines) == {("notifier", "settings")}
    assert "\n    MAIL_KEYS_DIR: has to be a folder" in said
    assert "\n    SMTP_URL: has to begin with smtp://" in said
    assert "secret" not in said


async def test_a_schema_that_was_not_migrated_is_reported(
    deployment: Deployment, smtp: SmtpDouble
) -> None:
    deployment.migrate()
    deployment.execute("drop schema membership cascade")
    code, lines, _ = await check(deployment, "membership")
    assert code == 1
    assert "run `zaiseki migrate`" in lines["membership", "database"][1]


async def test_a_broker_that_may_drop_messages_is_a_warning(
    healthy: Deployment, servers: Servers
) -> None:
    with redis.Redis.from_url(servers.redis_url()) as client:
        client.config_set("maxmemory-policy", "allkeys-lru")
        try:
            code, lines, _ = await check(healthy, "auth")
        finally:
            client.config_set("maxmemory-policy", "noeviction")
    assert code == 0
    assert lines["auth", "broker"][0] == "warning"
    assert "maxmemory-policy allkeys-lru" in lines["auth", "broker"][1]
    assert lines["auth", "cache"][0] == "ok"


async def test_a_mail_server_passes_only_with_the_configured_protection(
    deployment: Deployment, tmp_path: Path
) -> None:
    deployment.migrate()
    offered, _ = make_certificate(tmp_path, "localhost")
    trusted = {"SSL_CERT_FILE": str(tmp_path / "localhost.pem")}
    async with (
        smtp_double() as plain,
        smtp_double(tls=offered, wrapped=True, password="right") as wrapped,
    ):
        tries = {
            f"smtp+starttls://127.0.0.1:{plain.port}": {},
            f"smtps://u:right@localhost:{wrapped.port}": trusted,
            f"smtps://u:secret@localhost:{wrapped.port}": trusted,
            f"smtps://u:right@localhost:{wrapped.port}?": {},
        }
        found = []
        for url, more in tries.items():
            _, lines, said = await check(deployment, "notifier", SMTP_URL=url, **more)
            assert "secret" not in said
            found.append(lines["notifier", "mail server"])
    assert [state for state, _ in found] == ["failed", "ok", "failed", "failed"]
    assert "STARTTLS" in found[0][1]
    assert "uthentication" in found[2][1]
    assert "CERTIFICATE_VERIFY_FAILED" in found[3][1]


async def test_without_a_run_and_settings_the_command_says_what_to_set(
    deployment: Deployment,
) -> None:
    names = [f"{name}_DATABASE_URL" for name in ("AUTH", "MEMBERSHIP", "NOTIFIER")]
    code, lines, said = await check(deployment, **dict.fromkeys(names, ""))
    assert (code, lines) == (1, {})
    assert said.startswith("Nothing runs in ")
    assert said.endswith(f"or set {', '.join(names)}.\n")


def test_a_key_that_another_service_does_not_know_is_named() -> None:
    """Each service has its own environment, of which a rotation of the keys forgot one."""

    def service(name: str, keys: dict[str, str]) -> ServiceSettings:
        fields = classes()[name].model_fields
        names = ("message_public_keys", f"{name}_message_key")
        read = {one: TypeAdapter(fields[one].rebuild_annotation()) for one in names}
        given = {one: read[one].validate_python(keys[one.upper()]) for one in names}
        return classes()[name].model_construct(**given)

    old, new = new_message_keys(), new_message_keys()
    environments = {
        "auth": service("auth", new),
        "membership": service("membership", new),
        "notifier": service("notifier", old),
    }
    found = {name: message_keys(name, one, environments) for name, one in environments.items()}
    assert {name: one.state for name, one in found.items()} == dict.fromkeys(environments, "failed")
    assert found["auth"].text.startswith("notifier would reject its messages")
    assert found["notifier"].text.startswith("auth and membership would reject its messages")
    del environments["notifier"]
    assert message_keys("auth", environments["auth"], environments).state == "ok"
