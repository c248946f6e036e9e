"""What a search for members looks through, made anew where another edition of the rules made it."""

from services.membership.flows.context import Context
from services.membership.storage import member_list

PAGE = 500


async def renew(context: Context) -> None:
    """Make it anew, a page and a transaction at a time, until none is left but what is locked.

    Who is changed meanwhile gets the present edition by that, or has their turn the next time.
    """
    while True:
        async with context.db.transaction() as connection:
            page = await member_list.lock_other_editions(connection, PAGE)
            await member_list.update_searched(connection, page)
        if len(page) < PAGE:
            return
