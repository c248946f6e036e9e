"""Undecided requests: a digest a day, and an end after 14 days (R1, R3)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from services.membership.domain.company.audit import VENDOR
from services.membership.domain.company.customers import Customer
from services.membership.domain.email_changes import EmailChange
from services.membership.domain.joining.registrations import WAITS_FOR, Registration
from services.membership.domain.members.actors import SYSTEM
from services.membership.domain.permissions import deciders
from services.membership.flows.company import seats
from services.membership.flows.ground import audit, notices
from services.membership.flows.ground.context import Context
from services.membership.storage.company import customers
from services.membership.storage.joining import approvals
from services.membership.storage.members import email_changes, members
from shared import clock
from shared.contracts.company_mails import (
    ApprovalsWaiting,
    OperatorApprovalsWaiting,
    RegistrationLapsed,
)
from shared.db import Connection
from shared.messaging.mailer import NOTICE_LIVES

DIGEST_PAUSE = timedelta(days=1)


async def lapse(context: Context) -> None:
    """End requests that were not decided in time; erase their data, and notify the applicants."""
    async with context.db.connection() as connection:
        waiting = await approvals.list_lapsed(connection, WAITS_FOR)
        changes = await email_changes.list_lapsed(connection, WAITS_FOR)
    for one in waiting:
        async with context.db.transaction("lapse registration") as connection:
            await _lapse(connection, context, one)
    for change in changes:
        async with context.db.transaction("lapse change of address") as connection:
            await _lapse_change(connection, change)


async def end_withdrawn(context: Context) -> None:
    """End pending requests of withdrawn invitations, which are already hidden; erase their data.

    A withdrawal leaves this to a job, so that it locks no registration.
    """
    async with context.db.connection() as connection:
        waiting = await approvals.list_withdrawn(connection)
    for one in waiting:
        async with context.db.transaction("end withdrawn registration") as connection:
            await _end_withdrawn(connection, one)


async def tell_approvers(context: Context) -> None:
    """One digest a day to the owners and admins of each customer, of their pending requests."""
    async with context.db.connection() as connection:
        due = await approvals.list_digests_due(connection, DIGEST_PAUSE)
    for customer_id in due:
        async with context.db.transaction("tell approvers") as connection:
            customer = await customers.lock(connection, customer_id)
            await _tell(connection, context, customer)


async def tell_operators(context: Context) -> None:
    """One digest a day to the vendor of its pending requests."""
    if not context.settings.operators_mail:
        return
    async with context.db.transaction("tell operators") as connection:
        now = await clock.now(connection)
        if _recent(await approvals.find_told(connection, VENDOR), now):
            return
        waiting = await approvals.list_of_operators(connection)
        changes = await email_changes.list_of_operators(connection)
        if not (waiting or changes):
            return
        await approvals.update_told(connection, VENDOR, now)
        digest = OperatorApprovalsWaiting(
            count=len(waiting) + len(changes), oldest_at=_oldest(waiting, changes)
        )
        await notices.write_vendor(connection, context, digest)


def _recent(told: datetime | None, now: datetime) -> bool:
    return told is not None and told > now - DIGEST_PAUSE


async def _tell(connection: Connection, context: Context, customer: Customer) -> None:
    now = await clock.now(connection)
    if _recent(await approvals.find_told(connection, customer.id), now):
        return
    waiting = await approvals.list_of_customer(connection, customer.id)
    changes = await email_changes.list_of_customer(connection, customer.id)
    for approver in deciders(await members.list_of_customer(connection, customer.id)):
        others = [one for one in changes if one.member_id != approver.id]
        if not (waiting or others):
            continue
        params = ApprovalsWaiting(
            name=approver.person.name_for(approver.locale),
            customer_name=customer.name,
            count=len(waiting) + len(others),
            oldest_at=_oldest(waiting, others),
        )
        await notices.write(connection, context, approver, params)
        await approvals.update_told(connection, customer.id, now)


def _oldest(waiting: Sequence[Registration], changes: Sequence[EmailChange]) -> datetime:
    moments = [one.since for one in waiting] + [one.since for one in changes]
    return min(moments)


async def _lapse(connection: Connection, context: Context, seen: Registration) -> None:
    if seen.customer_id is not None:
        await customers.lock(connection, seen.customer_id)
    await approvals.lock(connection, seen.id)
    waiting = await approvals.find(connection, seen.id)
    if waiting is None or waiting.state != "waiting":
        return
    now = await clock.now(connection)
    await context.mailer.send(
        connection,
        RegistrationLapsed(requested_at=waiting.since),
        to=waiting.entry.email,
        subject_id=waiting.id,
        locale=waiting.entry.locale,
        expires_at=now + NOTICE_LIVES,
    )
    await seats.give_back(connection, waiting, SYSTEM)
    await approvals.update_decided(
        connection, waiting.id, "lapsed", customer_id=waiting.customer_id
    )
    await _record(connection, waiting.customer_id or VENDOR, waiting.id)


async def _end_withdrawn(connection: Connection, seen: Registration) -> None:
    await approvals.lock(connection, seen.id)
    waiting = await approvals.find(connection, seen.id)
    if waiting is not None and waiting.state == "waiting":
        customer_id = waiting.customer_id
        await approvals.update_decided(connection, waiting.id, "ended", customer_id=customer_id)


async def _lapse_change(connection: Connection, seen: EmailChange) -> None:
    await customers.lock(connection, seen.customer_id)
    change = await email_changes.find(connection, seen.id)
    if change is not None and change.state == "waiting":
        await email_changes.end(connection, change.id, "lapsed")
        await _record(connection, change.customer_id, change.id)


async def _record(connection: Connection, customer_id: UUID, id: UUID) -> None:
    await audit.record(connection, customer_id, SYSTEM, "approval", "lapsed", target_id=id)
