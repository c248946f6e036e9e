"""A deployment without the embedded run: a database with an owner, and settings of containers."""

import base64
import os
import secrets
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from nacl.public import PrivateKey

from shared.contracts.registry import SERVICES
from tests.servers import Servers
from tests.signing import new_message_keys

ROOT = Path(__file__).resolve().parents[1]


class Deployment:
    """The settings of three services, an empty database, and commands run with them."""

    def __init__(self, directory: Path, servers: Servers, redis_url: str) -> None:
        self._servers = servers
        self.directory = directory
        self.name = f"deployed_{secrets.token_hex(4)}"
        self.owner_dsn = servers.create_database(self.name)
        self.password = secrets.token_hex(16)
        self.environment = {
            "REDIS_URL": redis_url,
            **new_message_keys(),
            "ADDRESS_KEY": _new_key(),
            "PRESENCE_KEYS": _new_key(),
            "FIRST_PASSWORD_KEY": _new_key(),
            "AUTH_URL": f"unix:{directory / 'auth.sock'}",
            "SMTP_URL": "smtp://127.0.0.1:9",
            "MAIL_FROM": "no-reply@vendor.test",
            "VENDOR_NAME": "株式会社ケイアイ",
            "SERVICE_NAME": "ケイアイWEBサービス",
            "CONTACT_PHONE": "03-1234-5678",
            "CONTACT_URL": "https://kei.example/contact",
            "CONTACT_HOURS": "平日 9:00〜17:00",
            "STATE_DIR": str(directory / "no-run"),
            **self._keys(),
        }
        for service in SERVICES:
            name = service.upper()
            self.environment[f"{name}_DATABASE_URL"] = self.dsn(service)
            self.environment[f"{name}_LISTEN"] = f"unix:{directory / service}.sock"
            self.environment[f"{name}_WORKER_LISTEN"] = f"unix:{directory / service}-worker.sock"

    def _keys(self) -> dict[str, str]:
        private = PrivateKey.generate()
        for folder, key in (("identity", _new_key()), ("mail", _base64(bytes(private)))):
            (self.directory / folder).mkdir()
            (self.directory / folder / "1.key").write_text(key)
        return {
            "IDENTITY_KEYS_DIR": str(self.directory / "identity"),
            "MAIL_KEYS_DIR": str(self.directory / "mail"),
            "MAIL_PUBLIC_KEY": _base64(bytes(private.public_key)),
        }

    def role(self, service: str) -> str:
        """A role with this deployment's own name: roles belong to the server, not to a database."""
        return f"{service}_of_{self.name}"

    def dsn(self, service: str) -> str:
        """The DSN of a service's role."""
        parts = urlsplit(self.owner_dsn)
        place = f"{self.role(service)}:{self.password}@{parts.netloc.rpartition('@')[2]}"
        return parts._replace(netloc=place).geturl()

    def start(self, module: str, *arguments: str, **more: str) -> "subprocess.Popen[str]":
        """Start `python -m module` with the settings and changes to them; empty ones go."""
        environment = {**self.environment, **more}
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], **{k: v for k, v in environment.items() if v}},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, module: str, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """Run `python -m module` as `start` does, to its end."""
        with self.start(module, *arguments, **more) as process:
            try:
                said, complained = process.communicate(timeout=60)
            finally:
                process.kill()
        return subprocess.CompletedProcess(process.args, process.returncode, said, complained)

    def migrate(self) -> None:
        """Run the migrations, as before the first start of the services."""
        done = self.run("cli", "migrate", DATABASE_URL=self.owner_dsn)
        assert done.returncode == 0, done.stderr

    def execute(self, statement: str) -> str:
        """Run one statement as the owner; the unformatted output of psql."""
        return self._servers.execute(statement, database=self.name)

    def remove(self) -> None:
        """Drop the database and its roles."""
        self._servers.drop_database(self.name)
        for service in SERVICES:
            self._servers.execute(f'drop role if exists "{self.role(service)}"')


def _new_key() -> str:
    return _base64(secrets.token_bytes(32))


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
