"""Recomputes the search texts of members that were made with another edition of the rules."""

from services.membership.flows.ground.context import Context
from services.membership.storage.members import member_list

PAGE = 500
PAGES = 20
"""Of one turn: the worker's other jobs wait as long as it lasts (`shared.messaging.periodic`)."""


async def renew(context: Context) -> None:
    """Recompute them, one page per transaction, at most `PAGES` in one run.

    Locked members and those after the last page follow in the next run.
    """
    for _ in range(PAGES):
        async with context.db.transaction("renew member search") as connection:
            page = await member_list.lock_other_editions(connection, PAGE)
            await member_list.update_searched(connection, page)
        if len(page) < PAGE:
            return
