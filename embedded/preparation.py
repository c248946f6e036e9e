"""Forked before the services start: the public mail key, the database, each service's schema.

DATABASE_OWNER_URL is the owner's, and CREATE_DATABASE says `yes` where it may be made first.
PREPARED_SERVICES maps the services whose schemas it makes to their roles' passwords, OWN_DATABASES
the others to a DSN of their own, both in JSON.
"""

import asyncio
import base64
import json
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
from nacl.bindings import crypto_scalarmult_base

from embedded import keys
from shared import migration


def main() -> None:
    """Prepare everything; on failure the last line that is printed says why, in one sentence."""
    _publish_mail_key(Path(os.environ["SECRETS"]))
    try:
        asyncio.run(_prepare_databases())
    except (OSError, TimeoutError, asyncpg.PostgresError, migration.MigrationError) as error:
        sys.exit(f"The database could not be prepared: {error or type(error).__name__}")


def _publish_mail_key(folder: Path) -> None:
    """Write the public half of the newest mail key: what senders seal for (X25519)."""
    private = base64.b64decode(keys.newest(folder / keys.MAIL_KEYS))
    public = base64.b64encode(crypto_scalarmult_base(private)).decode("ascii")
    keys.write(folder / keys.MAIL_PUBLIC_KEY, public)


async def _prepare_databases() -> None:
    prepared = json.loads(os.environ["PREPARED_SERVICES"])
    if prepared:
        await _prepare_as_owner(os.environ["DATABASE_OWNER_URL"], prepared)
    for service, dsn in json.loads(os.environ["OWN_DATABASES"]).items():
        await migration.migrate_own(service, dsn)


async def _prepare_as_owner(dsn: str, passwords: dict[str, str]) -> None:
    try:
        await migration.prepare(dsn, passwords)
    except asyncpg.InvalidCatalogNameError:
        if os.environ["CREATE_DATABASE"] != "yes":
            raise
        await _create_database(dsn)
        await migration.prepare(dsn, passwords)


async def _create_database(dsn: str) -> None:
    parts = urlsplit(dsn)
    connection = await asyncpg.connect(parts._replace(path="/postgres").geturl(), timeout=5)
    try:
        name = await connection.fetchval("select quote_ident($1)", parts.path.removeprefix("/"))
        await connection.execute(f"create database {name}")
    finally:
        await connection.close()
