"""A database of version 0.1.0: its schema, its roles, and a row in every table.

The schema is made by the migrations of 0.1.0, whose digests in tests/releases.json prove that
they are unchanged; the rows are in the SQL files beside this one.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
from argon2 import PasswordHasher

from shared.contracts.registry import SERVICES
from shared.crypto import Sealer, new_id, random_token, sha256
from shared.schema import migrations
from tests.deployment import Deployment
from tests.releases import released

VERSION = "0.1.0"
PASSWORD = "correct horse battery staple"
JIRO = "01932000-0000-7000-8000-000000000003"
CUSTOMER = "01932000-0000-7000-8000-00000000000c"
HANAKO = "01932000-0000-7000-8000-000000000001"

_FOLDER = Path(__file__).parent
_AHEAD = datetime.now(UTC) + timedelta(days=5)


@dataclass(frozen=True)
class Tokens:
    """The tokens of people: of a session, and of links in mails."""

    session: str = field(default_factory=random_token)
    reset: str = field(default_factory=random_token)
    first_password: str = field(default_factory=random_token)
    registration: str = field(default_factory=random_token)


async def build(deployment: Deployment, sealer: Sealer) -> Tokens:
    """Make the roles, the schemas and the rows; the tokens of the people in them."""
    tokens = Tokens()
    connection = await asyncpg.connect(deployment.owner_dsn)
    try:
        for service in SERVICES:
            role = deployment.role(service)
            await connection.execute(f"create role {role} login password '{deployment.password}'")
            await _make_schema(connection, service, role)
        values = _values(tokens, sealer)
        for service in SERVICES:
            await connection.execute(f"set search_path = {service}")
            await connection.execute(_filled((_FOLDER / f"{service}.sql").read_text(), values))
    finally:
        await connection.close()
    return tokens


async def _make_schema(
    connection: "asyncpg.Connection[asyncpg.Record]", service: str, role: str
) -> None:
    """Run the migrations as `shared.migration` of 0.1.0 did, without phases."""
    await connection.execute(
        f"""
        create schema {service};
        set search_path = {service};
        grant usage on schema {service} to {role};
        alter default privileges in schema {service}
            grant select, insert, update, delete on tables to {role};
        create table migrations (
            name text primary key, sha256 text not null, ran_at timestamptz not null default now()
        );
        grant select on migrations to {role};
        """
    )
    for migration in migrations(service):
        if migration.name in released()[VERSION]:
            await connection.execute(migration.sql)
            await connection.execute(
                "insert into migrations (name, sha256) values ($1, $2)",
                migration.name,
                migration.sha256,
            )


def _values(tokens: Tokens, sealer: Sealer) -> dict[str, str]:
    """The values of the files' placeholders, as SQL."""
    changed = {"name": "髙橋 花子", "changed_at": "2026-11-24T04:05:00Z", "browser": "Chrome"}
    known = {"name": "山田 太郎", "requested_at": "2026-11-24T04:05:00Z"}
    mail = {
        "template": "registration_known", "subject_id": HANAKO, "customer_id": None,
        "to": "taro@first.example", "locale": "ja", "expires_at": _AHEAD.isoformat(),
        "key_id": sealer.key_id, "sealed_params": sealer.seal(json.dumps(known).encode()),
    }  # fmt: skip
    account = {
        "member_id": JIRO, "version": 1, "state": "active", "customer_id": CUSTOMER,
        "customer_code": "F-1", "customer_name": "株式会社最初", "email": "jiro@first.example",
        "name": "佐藤 次郎", "role": "staff", "locale": "en", "suspension": None,
        "first_password": {
            "sha256": sha256(tokens.first_password).hex(), "expires_at": _AHEAD.isoformat(),
        },
    }  # fmt: skip
    return {
        "password_hash": _text(PasswordHasher(1, 32, 1).hash(PASSWORD)),
        "session_sha256": _digest(tokens.session),
        "reset_sha256": _digest(tokens.reset),
        "first_password_sha256": _digest(tokens.first_password),
        "registration_sha256": _digest(tokens.registration),
        "repeated_id": _text(str(new_id())),
        "mail_id": _text(str(new_id())),
        "key_id": _text(sealer.key_id),
        "sealed": _text(sealer.seal(json.dumps(changed).encode())),
        "send_mail": _text(json.dumps(mail)),
        "sync_account": _text(json.dumps(account)),
    }


def _digest(token: str) -> str:
    return f"'\\x{sha256(token).hex()}'"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _filled(sql: str, values: dict[str, str]) -> str:
    """Fill longer names first, because one may be the beginning of another."""
    for name in sorted(values, key=len, reverse=True):
        sql = sql.replace(f":{name}", values[name])
    return sql
