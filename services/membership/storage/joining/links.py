"""Links that people hold of registrations, invitations, changes of address and first passwords."""

from shared.db import Connection

_TABLES = {
    "registrations": "state = 'unconfirmed'",
    "invitations": "state = 'open'",
    "email_changes": "state = 'unconfirmed'",
}


async def update_expired(connection: Connection) -> int:
    """End every link that was mailed; jobs then lapse what is behind them. How many ended.

    The first password of a member who is still to be welcomed was not mailed yet, and stays.
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
