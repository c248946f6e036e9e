"""Forked before the services start: the public keys, the database, each service's schema.

DATABASE_TO_CREATE is the owner's DSN if the database may have to be created, and SCHEMAS a JSON
list of `embedded.environment.Schema`.
"""

import asyncio
import json
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from embedded import keys, mail_key, message_keys
from shared.db import connect
from shared.migration import Role, migrate
from shared.refusal import Refusal


def main() -> None:
    """Prepare everything; on failure the last printed line is the reason, in one sentence."""
    secrets = Path(os.environ["SECRETS"])
    keys.write(secrets / keys.MAIL_PUBLIC_KEY, mail_key.public(secrets))
    message_keys.write_public(secrets)
    try:
        asyncio.run(_prepare_databases())
    except Refusal as refusal:
        sys.exit(f"The database could not be prepared: {refusal}")


async def _prepare_databases() -> None:
    if dsn := os.environ["DATABASE_TO_CREATE"]:
        await _create_missing_database(dsn)
    for schema in json.loads(os.environ["SCHEMAS"]):
        role = Role(schema["role"], schema["password"]) if schema["role"] else None
        await migrate(schema["service"], schema["dsn"], role=role)


async def _create_missing_database(dsn: str) -> None:
    parts = urlsplit(dsn)
    name = parts.path.removeprefix("/")
    async with connect(parts._replace(path="/postgres").geturl(), name) as connection:
        known = "select exists (select from pg_database where datname = $1)"
        if not await connection.fetchval(known, name):
            quoted = await connection.fetchval("select quote_ident($1)", name)
            await connection.execute(f"create database {quoted}")
