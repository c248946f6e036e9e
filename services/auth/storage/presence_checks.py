"""The ledger of presence checks."""

from datetime import datetime, timedelta
from uuid import UUID

from prometheus_client import Counter

from services.auth.domain.presence import Check, Reason
from shared.commits import after_commit
from shared.db import Connection

OUTCOMES = Counter("zaiseki_presence_checks", "Presence checks by outcome", ("outcome",))
for _outcome in ("asked", "passed", "denied", "missed", "cancelled", "skipped"):
    OUTCOMES.labels(_outcome)  # exported at 0: Prometheus sees no increase from absent to 1

_COLUMNS = """
    id, member_id, customer_id, session_id, key_id, browser, known_browser, state, wrong,
    created_at, expires_at, confirmed_at
"""


def add_outcome(outcome: str, number: int = 1) -> None:
    """Count checks by their outcome once the transaction has committed."""
    after_commit(lambda: OUTCOMES.labels(outcome).inc(number))


async def add(connection: Connection, check: Check, *, reason: Reason, policy: str) -> None:
    """Add a check that is pending."""
    add_outcome("asked")
    await connection.execute(
        """
        insert into presence_checks (
            id, member_id, customer_id, session_id, key_id, browser, known_browser, state, mode,
            reason, policy
        ) values ($1, $2, $3, $4, $5, $6, $7, 'pending', 'enforced', $8, $9)
        """,
        check.id, check.member_id, check.customer_id, check.session_id, check.key_id,
        check.browser, check.known_browser, reason, policy,
    )  # fmt: skip


async def find(connection: Connection, check_id: UUID) -> Check | None:
    """A check by its id."""
    row = await connection.fetchrow(
        f"select {_COLUMNS} from presence_checks where id = $1", check_id
    )
    return Check(**row) if row else None


async def find_pending(connection: Connection, session_id: UUID) -> Check | None:
    """The check that holds a session."""
    row = await connection.fetchrow(
        f"select {_COLUMNS} from presence_checks where session_id = $1 and state = 'pending'",
        session_id,
    )
    return Check(**row) if row else None


async def list_pending(connection: Connection, member_id: UUID) -> list[Check]:
    """A member's pending checks, oldest first."""
    rows = await connection.fetch(
        f"""
        select {_COLUMNS} from presence_checks
        where member_id = $1 and state = 'pending' order by created_at, id
        """,
        member_id,
    )
    return [Check(**row) for row in rows]


async def update_expiry(connection: Connection, check_id: UUID, lives: timedelta) -> datetime:
    """The first mail is sent now: start the time to answer, and return its end."""
    expires_at: datetime = await connection.fetchval(
        """
        update presence_checks set expires_at = coalesce(expires_at, clock_now() + $2::interval)
        where id = $1 returning expires_at
        """,
        check_id,
        lives,
    )
    return expires_at


async def add_wrong(connection: Connection, check_id: UUID) -> int:
    """Count a wrong answer; how many there are."""
    wrong: int = await connection.fetchval(
        "update presence_checks set wrong = wrong + 1 where id = $1 returning wrong", check_id
    )
    return wrong


async def take_back_wrong(connection: Connection, check_id: UUID) -> None:
    """An answer that was counted turned out to be right."""
    await connection.execute(
        "update presence_checks set wrong = greatest(0, wrong - 1) where id = $1", check_id
    )


async def confirm(connection: Connection, check_id: UUID) -> None:
    """The recipient of the mail entered the number of the waiting page."""
    await connection.execute(
        """
        update presence_checks set confirmed_at = coalesce(confirmed_at, clock_now())
        where id = $1
        """,
        check_id,
    )


async def end(
    connection: Connection, check_id: UUID, state: str, *, method: str | None = None
) -> None:
    """Give a check its outcome. Denying also works after another one."""
    await connection.execute(
        """
        update presence_checks set state = $2, ended_at = clock_now(),
            method = case when $2 = 'denied' then method else $3 end
        where id = $1 and (state = 'pending' or $2 = 'denied')
        """,
        check_id,
        state,
        method,
    )
    add_outcome(state)


async def cancel_pending(connection: Connection, member_id: UUID) -> None:
    """Cancel a member's pending checks, because their sessions have ended."""
    cancelled = await connection.fetch(
        """
        update presence_checks set state = 'cancelled', ended_at = clock_now()
        where member_id = $1 and state = 'pending' returning id
        """,
        member_id,
    )
    add_outcome("cancelled", len(cancelled))


async def cancel_every(connection: Connection) -> None:
    """Cancel the pending checks of all members."""
    cancelled = await connection.fetch(
        """
        update presence_checks set state = 'cancelled', ended_at = clock_now()
        where state = 'pending' returning id
        """
    )
    add_outcome("cancelled", len(cancelled))


async def purge(connection: Connection, kept: timedelta) -> None:
    """Forget checks that ended so long ago."""
    await connection.execute(
        "delete from presence_checks where ended_at < clock_now() - $1::interval", kept
    )


async def list_overdue(connection: Connection, unmailed: timedelta) -> list[Check]:
    """Expired checks, and those that could not send a mail for too long."""
    rows = await connection.fetch(
        f"""
        select {_COLUMNS} from presence_checks
        where state = 'pending' and (
            expires_at <= clock_now()
            or (expires_at is null and created_at < clock_now() - $1::interval)
        )
        order by created_at limit 500
        """,
        unmailed,
    )
    return [Check(**row) for row in rows]
