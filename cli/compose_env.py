"""`zaiseki compose-env`: creates .env and secrets/ for docker-compose.yml.

It creates only missing files: to replace a secret, remove its file and run it again.
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
# Settings for docker-compose.yml; docs/deployment.md explains each line.
# You can add every setting of docs/settings.md except secrets, which are the files in secrets/.

ORIGIN=http://localhost:8080
OPERATOR_ORIGIN=http://localhost:8090
PORT=8080
OPERATOR_PORT=8090

MAIL_FROM=no-reply@vendor.test
OPERATORS_MAIL=operators@vendor.test

# The time zone of the days and times that people type or read.
TIME_ZONE=Asia/Tokyo

# The company that 弊社 means, the name of the service, and how customers reach you, for mails and
# pages. These are trial values: replace them before customers get mails.
SERVICE_NAME=Zaiseki
"""
    + "".join(f"{name}={text}\n" for name, text in environment.TRIAL_VENDOR.items())
    + """
# Your terms of use and privacy policy (https), which pages link to, and the colour of their buttons
# and links (#rrggbb, dark enough for text on light grey). All three are optional.
TERMS_URL=
PRIVACY_URL=
ACCENT_COLOR=

# The public half of the newest key in secrets/mail; `make compose-env` updates this line.
MAIL_PUBLIC_KEY=

# For trials: Mailpit receives and shows every mail. Without it, put a server into secrets/smtp-url.
COMPOSE_PROFILES=trial
MAILBOX_PORT=8025
"""
)
SMTP_URL = "smtp://mailpit:1025"

_SECRETS = "secrets"
_PUBLIC_KEY = re.compile(r"^MAIL_PUBLIC_KEY=.*$", re.MULTILINE)


def main(arguments: Sequence[str]) -> int:
    """Create missing files in a folder (by default the current one), and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="zaiseki compose-env",
        description="Create .env and secrets/ for docker-compose.yml, if they are missing.",
    )
    parser.add_argument(
        "folder", nargs="?", default=".", type=Path, help="where to create them (default: here)"
    )
    folder = parser.parse_args(arguments).folder
    try:
        make(folder)
    except (Refused, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{folder / '.env'} and {folder / _SECRETS} are complete: docker compose up --build")
    if asked := _unanswered((folder / ".env").read_text(encoding="utf-8")):
        print(
            f"Before customers get mails, set in {folder / '.env'} your own values of:"
            f" {', '.join(asked)}."
        )
    return 0


def make(folder: Path) -> None:
    """Create missing files.

    Raises:
        Refused: A secret is damaged.
        OSError: A file cannot be written.
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
    """Files with a password that a server and its clients share; PostgreSQL has its own file."""
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
    """A container sees a secret with its mode on the host, and runs as a user of its own. Other
    users of the host cannot enter the folder."""
    for path in secrets.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o444)


def _unanswered(text: str) -> list[str]:
    """Return the vendor's settings that are missing or still have trial values."""
    lines = (line.partition("=") for line in text.splitlines() if not line.startswith("#"))
    return environment.unanswered(
        {name.strip(): value.strip().strip("'\"") for name, _, value in lines}
    )


def _write_settings(path: Path, public_key: str) -> None:
    text = path.read_text(encoding="utf-8") if path.exists() else SETTINGS
    changed = _PUBLIC_KEY.sub(f"MAIL_PUBLIC_KEY={public_key}", text)
    if changed != text:
        keys.write(path, changed.rstrip("\n"))
