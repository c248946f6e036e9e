"""The table `members`: changes of an account, each with a new version for auth.

Called only under the customer's lock, except for auth's confirmations.
"""

from collections.abc import Sequence
from uuid import UUID

import asyncpg

from services.membership.domain.entry.text import key_edition
from services.membership.domain.members.members import Member, Person, SuspensionCard, searched
from services.membership.domain.members.trust import Distrust
from services.membership.storage.members.member_row import TOLD_FORMAT, MemberRow
from shared.contracts.base import Role
from shared.db import Connection


async def update_suspended(
    connection: Connection, id: UUID, card: SuspensionCard, *, by: UUID | None
) -> Member:
    """Suspend an account, with its card."""
    return await _change(
        connection,
        """
        state = 'suspended', state_version = version + 1, suspended_at = clock_now(),
        suspended_by = $2, suspension_reason = $3, suspension_until = $4, note_for_member = $5,
        note_for_company = $6, note_for_vendor = $7, suspension_reminded_at = null
        """,
        id,
        by,
        card.reason,
        card.until,
        card.for_member,
        card.for_company,
        card.for_vendor,
    )


async def update_resumed(connection: Connection, id: UUID) -> Member:
    """Resume an account, and delete the card."""
    return await _change(
        connection, f"state = 'active', state_version = version + 1, {_NO_CARD}", id
    )


async def close(connection: Connection, id: UUID, *, successor_id: UUID | None) -> Member:
    """Close an account permanently, and erase the personal data at once (R11)."""
    return await _change(
        connection,
        f"""
        state = 'closed', state_version = version + 1, closed_at = clock_now(), successor_id = $2,
        email = '', email_key = '', family_name = '', given_name = '', family_name_kana = '',
        given_name_kana = '', phone = '', department = '', job_title = '', searched = '',
        searched_edition = '', welcomed = false, last_used_at = null, presence_passed_at = null,
        presence_missed_at = '{{}}', {_NO_CARD}
        """,
        id,
        successor_id,
    )


async def update_distrusted(connection: Connection, id: UUID, distrust: Distrust) -> None:
    """Store the time of the distrust of the member's sessions; the latest one counts."""
    await connection.execute(
        """
        update members set distrusted_at = $2, spared_session_id = $3
        where id = $1 and (distrusted_at is null or distrusted_at < $2)
        """,
        id,
        distrust.at,
        distrust.spared,
    )


async def update_role(connection: Connection, id: UUID, role: Role) -> Member:
    """Give an account another role."""
    return await _change(connection, "role = $2, changed_version = version + 1", id, role)


async def update_address(
    connection: Connection, member: Member, email: str, key: str
) -> Member | None:
    """Give an account another address. None: another account has it, despite an earlier check."""
    try:
        async with connection.transaction():
            return await _change(
                connection,
                """
                email = $2, email_key = $3, searched = $4, searched_edition = $5,
                changed_version = version + 1
                """,
                member.id,
                email,
                key,
                searched(member.person, email),
                key_edition(),
            )
    except asyncpg.UniqueViolationError:
        return None


async def update_person(
    connection: Connection, member: Member, person: Person, *, locale: str
) -> Member:
    """Change a member's details (R10, B15)."""
    return await _change(
        connection,
        """
        family_name = $2, given_name = $3, family_name_kana = $4, given_name_kana = $5, phone = $6,
        department = $7, job_title = $8, locale = $9, searched = $10, searched_edition = $11
        """,
        member.id,
        person.family_name,
        person.given_name,
        person.family_name_kana,
        person.given_name_kana,
        person.phone,
        person.department,
        person.job_title,
        locale,
        searched(person, member.email),
        key_edition(),
    )


async def _change(connection: Connection, changes: str, id: UUID, *values: object) -> Member:
    row = await connection.fetchrow(
        f"""
        update members set {changes}, version = version + 1, told_format = {TOLD_FORMAT}
        where id = $1 returning {MemberRow.COLUMNS}
        """,
        id,
        *values,
    )
    assert row is not None
    return MemberRow.read(row)


_NO_CARD = """
    suspended_at = null, suspended_by = null, suspension_reason = null, suspension_until = null,
    suspension_reminded_at = null, note_for_member = '', note_for_company = '', note_for_vendor = ''
"""


async def list_due_cards(connection: Connection) -> list[UUID]:
    """Suspended members whose card's date has passed, without a reminder so far."""
    rows = await connection.fetch(
        """
        select id from members where state = 'suspended' and suspension_reminded_at is null
            and suspension_until <= clock_now() order by suspension_until limit 500
        """
    )
    return [row["id"] for row in rows]


async def take_due_card(connection: Connection, id: UUID) -> Member | None:
    """Such a member, if the reminder was not sent yet; marks it as sent."""
    row = await connection.fetchrow(
        f"""
        update members set suspension_reminded_at = clock_now()
        where id = $1 and state = 'suspended' and suspension_reminded_at is null
            and suspension_until <= clock_now() returning {MemberRow.COLUMNS}
        """,
        id,
    )
    return MemberRow.read(row) if row else None


async def take_welcome(connection: Connection, id: UUID) -> Member | None:
    """The approved member, if the mail was not sent yet; marks it as sent."""
    row = await connection.fetchrow(
        f"""
        update members set welcomed = false
        where id = $1 and welcomed and state = 'active' returning {MemberRow.COLUMNS}
        """,
        id,
    )
    return MemberRow.read(row) if row else None


async def update_version(connection: Connection, customer_ids: Sequence[UUID]) -> list[Member]:
    """Raise the version of all members of these customers, for sending them to auth."""
    rows = await connection.fetch(
        f"""
        with locked as (
            select id from members where customer_id = any($1) and state <> 'closed'
            order by id for update
        )
        update members set version = version + 1, told_format = {TOLD_FORMAT}
        where id in (select id from locked) returning {MemberRow.COLUMNS}
        """,
        list(customer_ids),
    )
    return [MemberRow.read(row) for row in rows]


async def list_told_before(connection: Connection, most: int) -> list[Member]:
    """Members whose state was sent to auth in an older format, the oldest first."""
    rows = await connection.fetch(
        f"""
        select {MemberRow.COLUMNS} from members
        where told_format < $1 and state <> 'closed' order by id limit $2
        """,
        TOLD_FORMAT,
        most,
    )
    return [MemberRow.read(row) for row in rows]


async def update_told(connection: Connection, ids: Sequence[UUID]) -> list[Member]:
    """Raise the version of those for whom this still holds, for sending them to auth."""
    rows = await connection.fetch(
        f"""
        update members set version = version + 1, told_format = $2
        where id = any($1) and told_format < $2 and state <> 'closed'
        returning {MemberRow.COLUMNS}
        """,
        list(ids),
        TOLD_FORMAT,
    )
    return [MemberRow.read(row) for row in rows]


async def update_confirmed_version(connection: Connection, id: UUID, version: int) -> None:
    """Auth has this version; receipts may come in any order."""
    await connection.execute(
        """
        update members set confirmed_version = greatest(confirmed_version, $2) where id = $1
        """,
        id,
        version,
    )


async def get_confirmed_version(connection: Connection, id: UUID) -> int:
    """The latest version that auth has; 0 for none."""
    version: int | None = await connection.fetchval(
        "select confirmed_version from members where id = $1", id
    )
    return version or 0
