"""The audit log's table: an entry for each change, never updated, any manipulation detected.

The tests manipulate it as an intruder with a superuser's rights would, with triggers disabled.
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest
import pytest_asyncio
import structlog

from services.membership.domain.company.audit import VENDOR, Entry, Head, link_of
from services.membership.domain.members.actors import SYSTEM, Operator
from services.membership.domain.members.members import SuspensionCard
from services.membership.flows.company import audit_log
from services.membership.flows.ground import audit
from services.membership.flows.members import member_state
from services.membership.storage.company import audit_log as storage
from shared.crypto import new_id
from tests.conftest import TestDatabase
from tests.membership.conftest import Membership, applicant

if TYPE_CHECKING:
    Superuser = asyncpg.Connection[asyncpg.Record]


@pytest_asyncio.fixture
async def superuser(database: TestDatabase) -> AsyncIterator["Superuser"]:
    """A connection with all rights, on which no trigger fires."""
    connection = await asyncpg.connect(
        database.owner_dsn,
        server_settings={"search_path": "membership", "session_replication_role": "replica"},
    )
    yield connection
    await connection.close()


@pytest_asyncio.fixture
async def chain(yamato: Membership) -> UUID:
    """A customer with four entries."""
    await yamato.join()
    for number in (2, 3, 4):
        await yamato.join(**applicant(number))
    customer_id: UUID = await yamato.fetchval("select id from customers")
    return customer_id


async def breaks(membership: Membership) -> list[tuple[int, str]]:
    """The number of each broken entry, and what is wrong with it."""
    _, found = await audit_log.verify(membership.context.db)
    return [(one.number, one.what) for one in found]


async def test_an_untouched_chain_has_no_break(yamato: Membership, chain: UUID) -> None:
    assert await audit_log.verify(yamato.context.db) == (4, [])


@pytest.mark.parametrize(
    "column",
    ["id", "at", "source", "subject", "action", "actor_id", "target_id", "reason", "network",
     "browser", "request_id", "hash"],
)  # fmt: skip
async def test_a_change_of_any_column_is_detected(
    yamato: Membership, chain: UUID, superuser: "Superuser", column: str
) -> None:
    other = {
        "id": "gen_random_uuid()",
        "actor_id": "gen_random_uuid()",
        "target_id": "gen_random_uuid()",
        "at": "at + interval '1 microsecond'",
        "hash": "sha256('')",
    }.get(column, "'owner'")
    before = await superuser.fetchval(f"select {column} from audit_log where number = 2")
    await superuser.execute(f"update audit_log set {column} = {other} where number = 2")
    found = await breaks(yamato)
    assert found[0] == (2, "changed")
    assert len(found) == (2 if column == "hash" else 1)
    await superuser.execute(f"update audit_log set {column} = $1 where number = 2", before)
    assert await breaks(yamato) == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("delete from audit_log where number = 2", [(2, "missing")]),
        ("delete from audit_log where number = 1", [(1, "missing")]),
        ("delete from audit_log where number > 2", [(4, "not_the_end")]),
        ("delete from audit_log", [(4, "not_the_end")]),
        ("delete from audit_heads", [(0, "no_head")]),
        (
            "update audit_log set number = number + 10 where number in (2, 3);"
            "update audit_log set number = 15 - number where number > 10",
            [(2, "changed"), (3, "changed"), (4, "changed")],
        ),
        (
            "insert into audit_log select customer_id, 5, gen_random_uuid(), at, source, subject,"
            " action, actor_id, target_id, reason, network, browser, request_id, hash"
            " from audit_log where number = 4",
            [(5, "changed"), (4, "not_the_end")],
        ),
        ("update audit_heads set number = 3", [(3, "not_the_end")]),
    ],
)
async def test_missing_reordered_inserted_and_cut_off_rows_are_detected(
    yamato: Membership,
    chain: UUID,
    superuser: "Superuser",
    planted: str,
    found: list[tuple[int, str]],
) -> None:
    await superuser.execute(planted)
    assert await breaks(yamato) == found


async def test_an_inserted_row_with_a_correct_hash_is_detected(
    yamato: Membership, chain: UUID, superuser: "Superuser"
) -> None:
    """An intruder who can compute the hash would also have to change the end of the chain."""
    head = Head(**await superuser.fetchrow("select number, hash from audit_heads") or {})
    forged = Entry(
        customer_id=chain, id=new_id(), at=datetime.now(UTC), source="owner", subject="seats",
        action="limit_changed", actor_id=None, target_id=None, reason="99", network="",
        browser="", request_id="",
    )  # fmt: skip
    await storage.add(superuser, head, forged)
    await superuser.execute("update audit_heads set number = $1, hash = $2", head.number, head.hash)
    assert link_of(head, forged).number == 5
    assert await breaks(yamato) == [(4, "not_the_end")]


async def test_an_entry_added_during_verification_is_no_break(
    yamato: Membership, chain: UUID, superuser: "Superuser"
) -> None:
    """Verification reads one snapshot: here the head first, and the rows much later."""
    async with superuser.transaction():
        await superuser.execute("lock table audit_log in access exclusive mode")
        verifying = asyncio.create_task(audit_log.verify(yamato.context.db))
        while not await superuser.fetchval("select count(*) from pg_locks where not granted"):
            await asyncio.sleep(0.01)
        await audit.record(superuser, chain, SYSTEM, "seats", "raise_lapsed")
    assert await verifying == (4, [])
    assert await audit_log.verify(yamato.context.db) == (5, [])


REFUSING = """
create function fail() returns trigger language plpgsql as $$ begin raise 'planted'; end $$;
grant execute on function fail to public;
create trigger planted before insert on {} for each row execute function fail()
"""


@pytest.mark.parametrize("table", ["audit_log", "outbox"])
async def test_p7_a_change_and_its_entry_are_written_together_or_not_at_all(
    yamato: Membership, chain: UUID, superuser: "Superuser", table: str
) -> None:
    """Whether writing the entry fails or writing the message."""
    staff = await yamato.fetchval("select id from members where role = 'staff' limit 1")
    before = await kept(superuser)
    await superuser.execute(REFUSING.format(table))
    who = Operator(customer_id=chain)
    for act in (
        member_state.suspend(yamato.context, who, staff, SuspensionCard(reason="left")),
        member_state.delete(yamato.context, who, staff),
    ):
        with pytest.raises(asyncpg.RaiseError):
            await act
    assert await kept(superuser) == before
    await superuser.execute(f"drop trigger planted on {table}")
    await yamato.suspend(staff)
    assert await kept(superuser) != before
    assert await breaks(yamato) == []


async def kept(superuser: "Superuser") -> list[str]:
    """All rows about members, seats and actions."""
    rows = await superuser.fetch(
        """
        select t::text from members as t union all select t::text from seat_movements as t
        union all select t::text from audit_log as t union all select t::text from audit_heads as t
        union all select id::text from outbox order by 1
        """
    )
    return [row[0] for row in rows]


@pytest.mark.parametrize(
    "statement",
    ["update audit_log set reason = 'x'", "delete from audit_log", "truncate audit_log"],
)
async def test_the_services_role_cannot_change_or_delete_entries(
    yamato: Membership, chain: UUID, statement: str
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="permission denied"):
        await yamato.execute(statement)
    assert await breaks(yamato) == []


async def test_parallel_entries_form_one_chain(yamato: Membership, chain: UUID) -> None:
    async def record(number: int) -> None:
        async with yamato.context.db.transaction("test") as connection:
            await audit.record(
                connection, chain, SYSTEM, "seats", "limit_changed", reason=str(number)
            )
            await audit.record(
                connection, VENDOR, SYSTEM, "seats", "limit_changed", reason=str(number)
            )

    await asyncio.gather(*(record(number) for number in range(30)))
    assert await audit_log.verify(yamato.context.db) == (4 + 60, [])


async def test_the_heads_are_logged_outside_of_the_database(
    yamato: Membership, chain: UUID
) -> None:
    """The logged head of the day before reveals a chain that was rewritten completely."""
    async with yamato.context.db.transaction("test") as connection:
        await audit.record(connection, VENDOR, SYSTEM, "seats", "limit_changed")
    with structlog.testing.capture_logs() as lines:
        await audit_log.log_heads(yamato.context)
    hashes = await yamato.fetchval("select array_agg(encode(hash, 'hex')) from audit_heads")
    assert [(line["chain"], line["number"]) for line in lines] == [("vendor", 1), (str(chain), 4)]
    assert {line["hash"] for line in lines} == set(hashes)
