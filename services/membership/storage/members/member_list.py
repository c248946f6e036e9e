"""The table `members` for the company's list: filtered, ordered, page by page."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from services.membership.domain.entry.text import key_edition
from services.membership.domain.members.member_list import (
    Department,
    Filter,
    MemberOrder,
    Position,
)
from services.membership.domain.members.members import Member, State, searched
from services.membership.storage.members.member_row import MemberRow
from shared.contracts.base import Role
from shared.db import Connection

_KEYS: Mapping[MemberOrder, tuple[str, str, str]] = {
    "joined": ("''", ">", "asc"),
    "name": (
        "coalesce(nullif(family_name_kana || given_name_kana, ''), family_name || given_name)",
        ">",
        "asc",
    ),
    "last_used": ("coalesce(to_char(last_used_at, 'YYYY-MM-DD HH24:MI:SS.US'), '')", "<", "desc"),
}
"""The sort key of an order as text; the comparison for the next page; the direction."""


async def list_page(
    connection: Connection,
    customer_id: UUID,
    filter: Filter,
    *,
    order: MemberOrder,
    after: Position | None,
    limit: int,
) -> list[tuple[Position, Member]]:
    """At most `limit` members after `after`, with their positions."""
    key, compares, direction = _KEYS[order]
    rows = await connection.fetch(
        f"""
        select {MemberRow.COLUMNS}, {key} as key from members
        where customer_id = $1 and {_MATCHES}
            and ($6::uuid is null or (({key}) collate "C", id) {compares} ($7::text, $6))
        order by ({key}) collate "C" {direction}, id {direction} limit $8
        """,
        customer_id,
        *_parameters(filter),
        after.id if after else None,
        after.key if after else "",
        limit,
    )
    return [_placed(dict(row)) for row in rows]


async def count(connection: Connection, customer_id: UUID, filter: Filter) -> int:
    """The number of matching members."""
    found: int = await connection.fetchval(
        f"select count(*) from members where customer_id = $1 and {_MATCHES}",
        customer_id,
        *_parameters(filter),
    )
    return found


async def list_departments(connection: Connection, customer_id: UUID) -> list[Department]:
    """The departments of a customer's members, in the order of their names."""
    rows = await connection.fetch(
        """
        select department as name, count(*) as members from members
        where customer_id = $1 and state <> 'closed' and department <> ''
        group by department order by department collate "C"
        """,
        customer_id,
    )
    return [Department(**row) for row in rows]


_MATCHES = """
    state <> 'closed' and searched like $2 and ($3::text is null or state = $3)
    and ($4 = '' or department = $4) and ($5::text is null or role = $5)
"""


async def lock_other_editions(connection: Connection, most: int) -> list[Member]:
    """Members whose `searched` is of another edition, locked; skips rows locked by others."""
    rows = await connection.fetch(
        f"""
        select {MemberRow.COLUMNS} from members
        where (searched_edition < $1 or searched_edition > $1) and state <> 'closed'
        order by id limit $2 for no key update skip locked
        """,
        key_edition(),
        most,
    )
    return [MemberRow.read(row) for row in rows]


async def update_searched(connection: Connection, page: Sequence[Member]) -> None:
    """Write search texts; auth does not need them, so no version is raised."""
    await connection.execute(
        """
        update members set searched = new.searched, searched_edition = $3
        from unnest($1::uuid[], $2::text[]) as new (id, searched) where members.id = new.id
        """,
        [member.id for member in page],
        [searched(member.person, member.email) for member in page],
        key_edition(),
    )


def _parameters(filter: Filter) -> tuple[str, State | None, str, Role | None]:
    escaped = filter.text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{escaped}%", filter.state, filter.department, filter.role


def _placed(row: dict[str, object]) -> tuple[Position, Member]:
    key = row.pop("key")
    member = MemberRow.read(row)
    return Position(str(key), member.id), member
