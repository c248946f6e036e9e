"""The table `members`. Whoever is closed is found by id only."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from services.membership.domain.members import Member, Person, PresenceStanding
from shared.db import Connection

_COLUMNS = """
    id, customer_id, email, email_key, family_name, given_name, family_name_kana, given_name_kana,
    phone, role, state, locale, version, state_version, confirmed_version, first_password_sha256,
    first_password_expires_at, password_set_at, last_used_at, presence_passed_at,
    cardinality(presence_missed_at) as presence_missed, created_at
"""
_PERSON = ("family_name", "given_name", "family_name_kana", "given_name_kana", "phone")


def _member(row: asyncpg.Record) -> Member:
    values = dict(row)
    return Member(
        person=Person(**{name: values.pop(name) for name in _PERSON}),
        presence=PresenceStanding(
            last_passed_at=values.pop("presence_passed_at"),
            missed_in_a_row=values.pop("presence_missed"),
        ),
        **values,
    )


async def find(connection: Connection, id: UUID) -> Member | None:
    """The member of this id, closed or not."""
    row = await connection.fetchrow(f"select {_COLUMNS} from members where id = $1", id)
    return _member(row) if row else None


async def find_by_email_key(connection: Connection, email_key: str) -> Member | None:
    """The member who has this address."""
    row = await connection.fetchrow(
        f"select {_COLUMNS} from members where email_key = $1 and state <> 'closed'", email_key
    )
    return _member(row) if row else None


async def list_of_customer(connection: Connection, customer_id: UUID) -> list[Member]:
    """Everybody who has an account of this customer, in the order in which they joined."""
    rows = await connection.fetch(
        f"""
        select {_COLUMNS} from members
        where customer_id = $1 and state <> 'closed' order by id
        """,
        customer_id,
    )
    return [_member(row) for row in rows]


async def list_page(
    connection: Connection, customer_id: UUID, *, after: UUID | None, limit: int
) -> list[Member]:
    """At most `limit` of them, from the one after `after` on."""
    rows = await connection.fetch(
        f"""
        select {_COLUMNS} from members
        where customer_id = $1 and state <> 'closed' and ($2::uuid is null or id > $2)
        order by id limit $3
        """,
        customer_id,
        after,
        limit,
    )
    return [_member(row) for row in rows]


async def count(connection: Connection, customer_id: UUID) -> int:
    """How many seats are used: a suspended account keeps its own (R5)."""
    used: int = await connection.fetchval(
        "select count(*) from members where customer_id = $1 and state <> 'closed'", customer_id
    )
    return used


async def add(connection: Connection, member: Member) -> bool:
    """Add an account, unless the address has one already (R4); whether it was added."""
    person = member.person
    added = await connection.fetchval(
        """
        insert into members (
            id, customer_id, email, email_key, family_name, given_name, family_name_kana,
            given_name_kana, phone, role, locale, first_password_sha256,
            first_password_expires_at, created_at
        ) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        on conflict (email_key) where state <> 'closed' do nothing returning id
        """,
        member.id,
        member.customer_id,
        member.email,
        member.email_key,
        person.family_name,
        person.given_name,
        person.family_name_kana,
        person.given_name_kana,
        person.phone,
        member.role,
        member.locale,
        member.first_password_sha256,
        member.first_password_expires_at,
        member.created_at,
    )
    return added is not None


async def update_version(connection: Connection, customer_ids: Sequence[UUID]) -> list[Member]:
    """Raise the version of everybody with an account of these customers, for auth to be told."""
    rows = await connection.fetch(
        f"""
        with locked as (
            select id from members where customer_id = any($1) and state <> 'closed'
            order by id for update
        )
        update members set version = version + 1 where id in (select id from locked)
        returning {_COLUMNS}
        """,
        list(customer_ids),
    )
    return [_member(row) for row in rows]


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


async def update_last_use(connection: Connection, id: UUID, at: datetime) -> None:
    """The member was there at this moment; an older one changes nothing."""
    await connection.execute(
        "update members set last_used_at = greatest(last_used_at, $2) where id = $1", id, at
    )


async def update_password_set(connection: Connection, id: UUID, at: datetime) -> None:
    """The first password was set at this moment, or earlier."""
    await connection.execute(
        "update members set password_set_at = least(password_set_at, $2) where id = $1", id, at
    )


async def update_presence_passed(connection: Connection, id: UUID, at: datetime) -> None:
    """A presence check was passed; misses from before count no more."""
    await connection.execute(
        """
        update members set
            presence_passed_at = greatest(presence_passed_at, $2),
            presence_missed_at = array(select m from unnest(presence_missed_at) as m where m > $2)
        where id = $1
        """,
        id,
        at,
    )


async def add_presence_missed(connection: Connection, id: UUID, at: datetime, *, keep: int) -> None:
    """A presence check was missed; it counts if none was passed since. The last `keep` are kept."""
    await connection.execute(
        """
        update members set presence_missed_at = (presence_missed_at || $2::timestamptz)[
            greatest(1, cardinality(presence_missed_at) + 2 - $3):]
        where id = $1 and (presence_passed_at is null or presence_passed_at < $2)
        """,
        id,
        at,
        keep,
    )
