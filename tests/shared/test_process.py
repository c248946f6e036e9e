"""Real processes, and the startup errors with which they end."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deployment import Deployment

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = [
    f"services.{service}.{module}"
    for service in ("auth", "membership", "notifier")
    for module in ("app", "worker")
]


def started(module: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a process from its start to its end."""
    return subprocess.run(
        [sys.executable, "-m", module],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


WRONG = {
    "ORIGIN": "nowhere",
    "REDIS_URL": "http://u:secret@broker",
    "MESSAGE_KEYS": "secret",
    "MESSAGE_PUBLIC_KEYS": "auth:secret",
    "LOG_LEVEL": "loud",
    "AUTH_URL": "auth:8081",
    "MAIL_PUBLIC_KEY_FILE": "is no secret",
}
OF_ALL = """\
  LOG_LEVEL: Input should be 'debug', 'info', 'warning' or 'error'
  MESSAGE_KEYS: has to be base64
  MESSAGE_PUBLIC_KEYS: has to be base64
  ORIGIN: has to be scheme, host and port, and no more
  REDIS_URL: has to begin with redis:// or rediss:// or unix://
"""
OF_EACH = {
    "auth": (
        {
            "AUTH_DATABASE_URL": "mysql://u:secret@db/x",
            "AUTH_LISTEN": "8081",
            "AUTH_MESSAGE_KEY": "c2VjcmV0",
            "AUTH_WORKER_LISTEN": "localhost:health",
            "IDENTITY_KEYS_DIR": "tests",
            "ADDRESS_KEY_FILE": "no/such/secret",
            "PRESENCE_KEYS": "c2VjcmV0",
            "PRESENCE_MIN_GAP": "3000000",
            "SESSION_IDLE": "an hour",
        },
        """\
  ADDRESS_KEY: ADDRESS_KEY_FILE cannot be read: No such file or directory
  AUTH_DATABASE_URL: has to begin with postgresql:// or postgres://
  AUTH_LISTEN: has to be host:port, or unix:/path
  AUTH_MESSAGE_KEY: has to be base64 of 32 bytes
  AUTH_WORKER_LISTEN: has to be host:port, or unix:/path
  IDENTITY_KEYS_DIR: has to be a folder with at least one key in a file *.key
  MAIL_PUBLIC_KEY: is missing
  PRESENCE_KEYS: has to be base64 of 32 bytes
  PRESENCE_MAX_GAP: is below PRESENCE_MIN_GAP
  SESSION_IDLE: Input should be a valid integer, unable to parse string as an integer
""",
    ),
    "membership": (
        {
            "MEMBERSHIP_DATABASE_URL": "postgresql://u:secret@db:port/x",
            "MEMBERSHIP_LISTEN": "unix:x.sock",
            "OPERATORS_MAIL": "operators",
            "ACCENT_COLOR": "#ffd700",
            "PRIVACY_URL": "http://vendor.test/privacy",
        },
        """\
  ACCENT_COLOR: has a contrast of 1.25:1 on the pages' light grey (#f2f2f2), which is too low for \
text; use a darker colour, with at least 4.5:1
  AUTH_URL: has to begin with http:// or https:// or unix:/path
  CONTACT_URL: is missing, and so is CONTACT_PHONE
  FIRST_PASSWORD_KEY: is missing
  MAIL_FROM: is missing
  MAIL_PUBLIC_KEY: is missing
  MEMBERSHIP_DATABASE_URL: has to name a host, and a port only as a number
  MEMBERSHIP_LISTEN: has to be host:port, or unix:/path
  MEMBERSHIP_MESSAGE_KEY: is missing
  OPERATORS_MAIL: has to be a mail address: the local part is not ASCII or has characters that \
mail forbids
  PRIVACY_URL: has to be an address that begins with https://
  VENDOR_NAME: is missing
""",
    ),
    "notifier": (
        {
            "SMTP_URL": "smtp://u:secret@mx.example.jp",
            "MAIL_FROM": "Zaiseki",
            "MAIL_KEYS_DIR": "no/such/folder",
            "SERVICE_NAME": "x" * 41,
            "MAILS_KEPT_DAYS": "7",
        },
        """\
  AUTH_URL: has to begin with http:// or https:// or unix:/path
  CONTACT_URL: is missing, and so is CONTACT_PHONE
  MAILS_KEPT_DAYS: Input should be greater than or equal to 30
  MAIL_FROM: has to be an address, or a name and an address in angle brackets
  MAIL_KEYS_DIR: has to be a folder with at least one key in a file *.key
  NOTIFIER_DATABASE_URL: is missing
  NOTIFIER_MESSAGE_KEY: is missing
  SERVICE_NAME: String should have at most 40 characters
  SMTP_URL: would send the password in clear; use smtp+starttls:// or smtps://
  VENDOR_NAME: is missing
""",
    ),
}


@pytest.mark.parametrize("module", PROCESSES)
def test_a_process_names_all_invalid_settings_without_their_values(module: str) -> None:
    own, faults = OF_EACH[module.split(".")[1]]
    done = started(module, **WRONG, **own)
    expected = sorted((OF_ALL + faults).splitlines())
    assert done.stderr.splitlines() == ["These settings are missing or wrong:", *expected]
    assert (done.returncode, done.stdout) == (1, "")
    assert "secret" not in done.stderr


@pytest.mark.parametrize("module", PROCESSES)
def test_a_process_does_not_start_on_a_schema_that_is_too_old_or_too_new(
    module: str, deployment: Deployment
) -> None:
    service = module.split(".")[1]
    deployment.migrate()
    last = deployment.execute(f"select max(name) from {service}.migrations")
    deployment.execute(f"delete from {service}.migrations where name = '{last}'")
    done = deployment.run(module)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"The database of {service} is older than this release: run `zaiseki migrate`"
        f" (missing: {last}).\n"
    )
    later = f"{service}/9999_later"
    deployment.execute(
        f"insert into {service}.migrations (name, sha256, phase) values"
        f" ('{last}', '', 'before'), ('{later}', '', 'after')"
    )
    done = deployment.run(module)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"The database of {service} is newer than this release: start the release that it was"
        f" migrated for, or a later one (unknown here: {later}).\n"
    )


@pytest.mark.parametrize("module", ["services.auth.app", "services.notifier.worker"])
def test_a_process_without_its_database_ends_with_a_startup_error(
    module: str, deployment: Deployment
) -> None:
    done = deployment.run(module)
    assert (done.returncode, done.stdout) == (1, "")
    service = module.split(".")[1]
    assert done.stderr == (
        f"The database of {service} cannot be reached: password authentication failed for user"
        f' "{deployment.role(service)}".\n'
    )


def test_an_api_that_cannot_listen_names_the_address(deployment: Deployment) -> None:
    deployment.migrate()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        done = deployment.run("services.auth.app", AUTH_LISTEN=place)
        assert done.stderr == f"Cannot listen on {place}: Address already in use.\n"
    done = deployment.run("services.auth.app", AUTH_LISTEN="unix:/nowhere/auth.sock")
    assert done.stderr == ("Cannot listen on unix:/nowhere/auth.sock: No such file or directory.\n")
    assert (done.returncode, done.stdout) == (1, "")


def test_a_worker_that_cannot_listen_names_the_address(deployment: Deployment) -> None:
    """It has not started its other parts by then."""
    deployment.migrate()
    place = "unix:/nowhere/notifier.sock"
    done = deployment.run("services.notifier.worker", NOTIFIER_WORKER_LISTEN=place)
    assert done.stderr == f"Cannot listen on {place}: No such file or directory.\n"
    assert (done.returncode, done.stdout) == (1, "")
