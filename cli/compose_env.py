"""`zaiseki compose-env`: what docker-compose.yml needs, settings in .env and secrets in secrets/.

Only what is missing is made: run it again after a secret was taken away to be replaced.
"""

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from embedded import environment, keys, mail_key, message_keys, postgres
from embedded.refusal import Refused
from embedded.settings import SERVICES

SETTINGS = (
    """\
# What docker-compose.yml reads; docs/deployment.md says what each line means.
# Every setting of docs/settings.md can be added, except secrets: those are the files in secrets/.

ORIGIN=http://localhost:8080
OPERATOR_ORIGIN=http://localhost:8090
PORT=8080
OPERATOR_PORT=8090

MAIL_FROM=no-reply@vendor.test
OPERATORS_MAIL=operators@vendor.test

# In which days begin and end, where people type or read one.
TIME_ZONE=Asia/Tokyo

# Whom mails name as 弊社, what they call the service, and how customers reach you. These are a
# trial's: replace them before customers get mails.
SERVICE_NAME=Zaiseki
"""
    + "".join(f"{name}={text}\n" for name, text in environment.TRIAL_VENDOR.items())
    + """
# The public half of the newest key in secrets/mail; `make compose-env` keeps this line true.
MAIL_PUBLIC_KEY=

# For trials: Mailpit takes every mail and shows it. Without it, name a server in secrets/smtp-url.
COMPOSE_PROFILES=trial
MAILBOX_PORT=8025
MAILBOX_ORIGIN=http://localhost:8025
"""
)
SMTP_URL = "smtp://mailpit:1025"

_SECRETS = "secrets"
_PUBLIC_KEY = re.compile(r"^MAIL_PUBLIC_KEY=.*$", re.MULTILINE)


ASKED = ("VENDOR_NAME", "SERVICE_NAME", "CONTACT_PHONE", "CONTACT_URL", "CONTACT_HOURS")
"""What mails say of the vendor, and only the vendor knows."""


def main(arguments: Sequence[str]) -> int:
    """Make what is missing in a folder, this one if none is named; the exit code."""
    parser = argparse.ArgumentParser(
        prog="zaiseki compose-env",
        description="Make .env and secrets/ for docker-compose.yml, as far as they are missing.",
    )
    parser.add_argument("folder", nargs="?", default=".", type=Path, help="where (here)")
    folder = parser.parse_args(arguments).folder
    try:
        make(folder)
    except (Refused, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{folder / '.env'} and {folder / _SECRETS} are complete: docker compose up --build")
    if asked := _unanswered((folder / ".env").read_text(encoding="utf-8")):
        print(
            f"Before customers get mails, say in {folder / '.env'} who you are: {', '.join(asked)}."
        )
    return 0


def make(folder: Path) -> None:
    """Make what is missing.

    Raises:
        Refused: A secret is damaged.
        OSError: Something cannot be written.
    """
    secrets = folder / _SECRETS
    secrets.mkdir(mode=0o700, exist_ok=True)
    keys.make_missing(secrets)
    message_keys.write_public(secrets)
    for name, text in _addresses(secrets).items():
        if not (secrets / name).exists():
            keys.write(secrets / name, text)
    _let_containers_read(secrets)
    _write_settings(folder / ".env", mail_key.public(secrets))


def _addresses(secrets: Path) -> Mapping[str, str]:
    """What holds a password that both ends have to know; PostgreSQL reads its own from a key."""
    broker = keys.read_password(secrets, keys.VALKEY_PASSWORD)
    owner = keys.read_password(secrets, keys.OWNER_PASSWORD)
    roles = {
        f"{service}-database-url": _dsn(
            f"zaiseki_{service}", keys.read_password(secrets, keys.role_password(service))
        )
        for service in SERVICES
    }
    return {
        "database-url": _dsn(postgres.OWNER, owner),
        **roles,
        "redis-url": f"redis://:{broker}@valkey:6379/0",
        "valkey.conf": f"requirepass {broker}",
        "smtp-url": SMTP_URL,
    }


def _dsn(role: str, password: str) -> str:
    return f"postgresql://{role}:{password}@postgres:5432/{environment.DATABASE}"


def _let_containers_read(secrets: Path) -> None:
    """A container sees a secret with its mode here and has a user of its own; nobody else of this
    machine gets past the folder, which stays closed."""
    for path in secrets.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o444)


def _unanswered(text: str) -> list[str]:
    """Which of the vendor's settings are missing, or still a trial's."""
    lines = (line.partition("=") for line in text.splitlines() if not line.startswith("#"))
    given = {name.strip(): value.strip().strip("'\"") for name, _, value in lines}
    trial = {"SERVICE_NAME": "Zaiseki", **environment.TRIAL_VENDOR}
    return [name for name in ASKED if given.get(name, "") in ("", trial[name])]


def _write_settings(path: Path, public_key: str) -> None:
    text = path.read_text(encoding="utf-8") if path.exists() else SETTINGS
    changed = _PUBLIC_KEY.sub(f"MAIL_PUBLIC_KEY={public_key}", text)
    if changed != text:
        keys.write(path, changed.rstrip("\n"))
