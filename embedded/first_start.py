"""Forked at a first start: imports the sample customers, for whom people can then register."""

import asyncio
import os
import sys
from pathlib import Path

from services.membership.domain.table_file.table_file import FaultyFile
from services.membership.flows.company import customer_import
from services.membership.resources import open_own_database
from shared.temporary import is_temporary

SAMPLE = Path(__file__).resolve().parent.parent / "examples" / "customers.csv"


def main() -> None:
    """Import the sample customers; on failure the last printed line is the reason."""
    try:
        asyncio.run(_import())
    except Exception as error:
        if not (isinstance(error, FaultyFile) or is_temporary(error)):
            raise
        sys.exit(f"{SAMPLE.name} was not imported: {error or type(error).__name__}")


async def _import() -> None:
    rows = customer_import.check(SAMPLE.read_bytes())
    async with open_own_database(os.environ["MEMBERSHIP_DATABASE_URL"]) as db:
        await customer_import.carry_out(db, rows)
