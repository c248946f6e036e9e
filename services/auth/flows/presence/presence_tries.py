"""Counts wrong answers to presence checks, codes and numbers alike (R9, NIST SP 800-63B-4, 3.2.2).

As with wrong passwords (`failure_counter`), each answer counts as wrong before it is judged, in its
own transaction. So answers in parallel, a crash or a rollback never give more tries than answers
one after another. Each check has a count, and each member has one over all checks, which only a
passed check or a password reset clears.
"""

from services.auth.domain.accounts import Account
from services.auth.domain.presence import TRIES, TRIES_OF_A_MEMBER, Check
from services.auth.flows.ground.context import Context
from services.auth.storage import accounts, presence_checks
from shared import clock
from shared.db import Connection


async def count(context: Context, check: Check) -> int | None:
    """Count an answer as wrong, and return the number of tries that are left.

    Returns None if the answer must not be judged: the check has ended or was never mailed, or no
    try was left.
    """
    async with context.db.transaction("count presence answer") as connection:
        account = await accounts.lock(connection, check.member_id)
        current = await presence_checks.find(connection, check.id)
        if account is None or current is None or account.wrong_answers >= TRIES_OF_A_MEMBER:
            return None
        if not current.answerable(await clock.now(connection)):
            return None
        of_check = await presence_checks.add_wrong(connection, check.id)
        of_member = await accounts.add_wrong_answer(connection, check.member_id)
    return min(TRIES - of_check, TRIES_OF_A_MEMBER - of_member)


def left(account: Account, check: Check) -> int:
    """Return how many more answers may be wrong, for this check and for this member."""
    return max(0, min(TRIES - check.wrong, TRIES_OF_A_MEMBER - account.wrong_answers))


async def take_back(connection: Connection, check: Check) -> None:
    """Take back the count of a right answer to a check that is confirmed but not yet passed."""
    await presence_checks.take_back_wrong(connection, check.id)
    await accounts.take_back_wrong_answer(connection, check.member_id)
