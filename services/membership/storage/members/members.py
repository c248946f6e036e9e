"""The table `members`: finding and adding members. A closed one is found by id only."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from services.membership.domain.entry.text import key_edition
from services.membership.domain.members.members import Member, Person, searched
from services.membership.storage.members.member_row import TOLD_FORMAT, MemberRow
from shared.db import Connection


async def find(connection: Connection, id: UUID) -> Member | None:
    """The member of this id, closed or not."""
    row = await connection.fetchrow(f"select {MemberRow.COLUMNS} from members where id = $1", id)
    return MemberRow.read(row) if row else None


async def lock(connection: Connection, ids: Iterable[UUID]) -> None:
    """Lock several members in the order of their ids."""
    await connection.execute(
        "select from members where id = any($1) order by id for no key update", list(ids)
    )


async def find_by_email_key(connection: Connection, email_key: str) -> Member | None:
    """The member who has this address."""
    row = await connection.fetchrow(
        f"select {MemberRow.COLUMNS} from members where email_key = $1 and state <> 'closed'",
        email_key,
    )
    return MemberRow.read(row) if row else None


async def list_email_keys(
    connection: Connection, customer_id: UUID, keys: Sequence[str]
) -> set[str]:
    """Those of these addresses that members of this customer have."""
    rows = await connection.fetch(
        """
        select email_key from members
        where email_key = any($2) and customer_id = $1 and state <> 'closed'
        """,
        customer_id,
        list(keys),
    )
    return {row["email_key"] for row in rows}


async def list_of_customer(connection: Connection, customer_id: UUID) -> list[Member]:
    """All members of this customer, in the order in which they joined."""
    rows = await connection.fetch(
        f"""
        select {MemberRow.COLUMNS} from members
        where customer_id = $1 and state <> 'closed' order by id
        """,
        customer_id,
    )
    return [MemberRow.read(row) for row in rows]


async def list_concerned(connection: Connection, customer_id: UUID, person: Person) -> list[Member]:
    """The members to compare with a newcomer: owners and admins, those with the same search
    spelling of the name, and those whose spelling is of an older edition.

    Not all members, because the duration would show which codes have many (ASVS-6.3.8).
    """
    rows = await connection.fetch(
        f"""
        select {MemberRow.COLUMNS} from members
        where customer_id = $1 and state <> 'closed'
            and (role <> 'staff' or split_part(searched, ' ', 1) = $2 or searched_edition <> $3)
        order by id
        """,
        customer_id,
        searched(person, "").partition(" ")[0],
        key_edition(),
    )
    return [MemberRow.read(row) for row in rows]


async def list_names(
    connection: Connection, customer_id: UUID, ids: Sequence[UUID]
) -> dict[UUID, str]:
    """The names of a customer's members who are not closed."""
    rows = await connection.fetch(
        """
        select id, family_name || ' ' || given_name as name from members
        where customer_id = $1 and id = any($2) and state <> 'closed'
        """,
        customer_id,
        list(ids),
    )
    return {row["id"]: row["name"] for row in rows}


async def count(connection: Connection, customer_id: UUID) -> int:
    """The number of seats in use: a suspended account keeps its own (R5)."""
    used: int = await connection.fetchval(
        "select count(*) from members where customer_id = $1 and state <> 'closed'", customer_id
    )
    return used


async def count_active_owners(connection: Connection, customer_id: UUID) -> int:
    """The number of active owners; a customer keeps at least one while it has members (R12)."""
    owners: int = await connection.fetchval(
        """
        select count(*) from members
        where customer_id = $1 and role = 'owner' and state = 'active'
        """,
        customer_id,
    )
    return owners


async def add(connection: Connection, member: Member) -> bool:
    """Add an account, unless the address has one already (R4); whether it was added."""
    person = member.person
    added = await connection.fetchval(
        """
        insert into members (
            id, customer_id, email, email_key, family_name, given_name, family_name_kana,
            given_name_kana, phone, role, locale, first_password_sha256,
            first_password_expires_at, created_at, searched, searched_edition, welcomed,
            told_format, department, job_title
        ) values (
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
            $20
        )
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
        searched(person, member.email),
        key_edition(),
        member.welcomed,
        TOLD_FORMAT,
        person.department,
        person.job_title,
    )
    return added is not None
