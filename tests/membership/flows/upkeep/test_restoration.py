"""After a restore mailed links end, and lost entries are found in exported files (R15)."""

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest

from services.membership.domain.company.audit import VENDOR
from services.membership.domain.company.lost_entries import UnreadableLine, read
from services.membership.domain.members.actors import Operator
from services.membership.domain.members.members import SuspensionCard
from services.membership.flows.company import vendor
from services.membership.flows.members import member_state
from services.membership.flows.upkeep import restoration
from tests.membership.conftest import Membership, applicant

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


async def _forget_entries(yamato: Membership, number: int) -> None:
    """Cut the chain to an earlier end, as a restore does."""
    async with yamato.context.db.transaction("test") as connection:
        await connection.execute(
            "update audit_heads set number = $1, hash = (select hash from audit_log l where"
            " l.customer_id = audit_heads.customer_id and l.number = $1)",
            number,
        )


async def _suspended(yamato: Membership) -> tuple[UUID, UUID, list[str]]:
    """A customer, its suspended second member, and all entries as exported lines."""
    await yamato.join()
    await yamato.join(**applicant(2))
    customer: UUID = await yamato.fetchval("select id from customers")
    target: UUID = await yamato.fetchval("select id from members order by id desc limit 1")
    operator = Operator(customer_id=customer, basis="")
    await member_state.suspend(yamato.context, operator, target, SuspensionCard(reason="left"))
    return customer, target, await restoration.export(yamato.context.db, LONG_AGO)


async def test_no_entry_is_reported_lost_where_the_database_has_all(yamato: Membership) -> None:
    _, _, lines = await _suspended(yamato)
    found = await restoration.report(yamato.context.db, lines)
    assert (found.lost, found.again) == ([], [])


async def test_a_suspension_since_the_backup_is_reported_as_to_be_repeated(
    yamato: Membership,
) -> None:
    customer, target, lines = await _suspended(yamato)
    await _forget_entries(yamato, 2)
    found = await restoration.report(yamato.context.db, ["a line of another log", *lines])
    [lost] = found.lost
    assert (lost.customer_id, lost.unknown, lost.continues) == (customer, [], True)
    [again] = found.again
    assert (again.link.entry.action, again.link.entry.target_id) == ("suspended", target)
    assert again.target is not None
    assert "***@" in again.target


async def test_reading_actions_are_not_reported_as_to_be_repeated(yamato: Membership) -> None:
    customer, _, _ = await _suspended(yamato)
    staff = await vendor.identify(yamato.context, "sato")
    who = Operator(customer_id=customer, id=staff, basis="after_call")
    await vendor.list_members(yamato.context, who)
    await vendor.call_back(yamato.context, who)
    await vendor.reveal_members(yamato.context, who, "login_help")
    lines = await restoration.export(yamato.context.db, LONG_AGO)
    assert any("members_listed" in line for line in lines)
    await _forget_entries(yamato, 2)
    found = await restoration.report(yamato.context.db, lines)
    assert [one.link.entry.action for one in found.again] == ["suspended"]


async def test_a_logged_head_reveals_entries_that_are_in_no_file(
    yamato: Membership,
) -> None:
    customer, _, lines = await _suspended(yamato)
    await _forget_entries(yamato, 2)
    head = {"event": "audit head", "chain": str(customer), "number": 5, "hash": "00"}
    of_vendor = {"event": "audit head", "chain": "vendor", "number": 1, "hash": "00"}
    logged = [f"membership-worker-1  | {json.dumps(head)}", json.dumps(of_vendor)]
    found = await restoration.report(yamato.context.db, [*lines, *logged])
    assert {one.customer_id: one.unknown for one in found.lost} == {customer: [4, 5], VENDOR: [1]}


async def test_entries_that_do_not_continue_the_restored_chain_are_marked(
    yamato: Membership,
) -> None:
    _, _, lines = await _suspended(yamato)
    await _forget_entries(yamato, 2)
    forged = lines[-1].replace('"left"', '"other"')
    found = await restoration.report(yamato.context.db, [forged])
    assert [one.continues for one in found.lost] == [False]


@pytest.mark.parametrize("damage", ['"number": "x"', '"number": 3, "at": "never"'])
def test_a_damaged_entry_is_refused_with_its_line_number(damage: str) -> None:
    entry = f'{{"customer_id": "{VENDOR}", "hash": "00", {damage}}}'
    with pytest.raises(UnreadableLine, match="line 2 is not an entry"):
        read(["{}", entry])


async def test_mailed_links_end_after_a_restore(yamato: Membership) -> None:
    await yamato.join()
    async with yamato.context.db.transaction("test") as connection:
        await connection.execute("update members set password_set_at = null, welcomed = false")
    assert await restoration.end_links(yamato.context.db) == 1
    assert await restoration.end_links(yamato.context.db) == 0
