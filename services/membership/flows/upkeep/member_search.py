"""What a search for members looks through, made anew where another edition of the rules made it."""

from services.membership.flows.ground.context import Context
from services.membership.storage.members import member_list

PAGE = 500
PAGES = 20
"""Of one turn: the worker's other jobs wait as long as it lasts (`shared.messaging.periodic`)."""


async def renew(context: Context) -> None:
    """Make it anew, a page and a transaction at a time, at most `PAGES` of them in one turn.

    A member who is locked, or beyond the last page, has their turn the next time.
    """
    for _ in range(PAGES):
        async with context.db.transaction("renew member search") as connection:
            page = await member_list.lock_other_editions(connection, PAGE)
            await member_list.update_searched(connection, page)
        if len(page) < PAGE:
            return
