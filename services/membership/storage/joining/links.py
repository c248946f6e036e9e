"""Mailed links of registrations, invitations, changes of address and first passwords."""

from shared.db import Connection

_TABLES = {
    "registrations": "state = 'unconfirmed'",
    "invitations": "state = 'open'",
    "email_changes": "state = 'unconfirmed'",
}


async def update_expired(connection: Connection) -> int:
    """End every mailed link, and return how many; jobs then end the requests behind them.

    Links for first passwords that were not mailed yet stay.
    """
    ended = 0
    for table, open_ in _TABLES.items():
        rows = await connection.fetch(
            f"""
            update {table} set expires_at = clock_now()
            where {open_} and expires_at > clock_now() returning id
            """
        )
        ended += len(rows)
    rows = await connection.fetch(
        """
        update members set first_password_expires_at = clock_now()
        where password_set_at is null and not welcomed and state <> 'closed'
            and first_password_expires_at > clock_now()
        returning id
        """
    )
    return ended + len(rows)
