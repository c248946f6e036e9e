"""Invites the people of a file (B16): all of them or none. A check lists every error before."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from uuid import UUID

from services.membership.domain.joining.invitations import Invitation
from services.membership.domain.members.members import Person
from services.membership.domain.permissions import INVITED_ROLES
from services.membership.domain.table_file import invitation_rows
from services.membership.domain.table_file.invitation_rows import Checked, InvitationRow
from services.membership.domain.table_file.table_file import Fault, FaultyFile
from services.membership.flows.company import seats
from services.membership.flows.ground import acting, mail_budget
from services.membership.flows.ground.acting import Acting, Who
from services.membership.flows.ground.context import Context
from services.membership.flows.joining import invitation
from services.membership.flows.joining.invitation import Batch, Invitee
from services.membership.storage.joining import invitations
from services.membership.storage.members import members
from shared.contracts.base import Locale
from shared.idempotency import once

_ROUTE = "POST /company/invitation-file"
_MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a file would do: the people to invite, the errors, the headers of columns that are left
    out, the free seats, and how many of the mails would be sent at once; the others would wait for
    the company's budget."""

    rows: Sequence[InvitationRow]
    faults: Sequence[Fault]
    left_out: Sequence[str]
    free_seats: int
    mails_now: int


async def require_permission(context: Context, who: Who) -> None:
    """Check that the caller may invite, for the template of a file.

    Raises:
        RoleRequired: The caller may not invite.
        AccountNotActive: The caller's account is not active, or the session has ended.
    """
    async with acting.look(context, who, "show template of invitations") as act:
        act.require("invite")


async def check(context: Context, who: Who, data: bytes) -> Report:
    """Check a file without inviting.

    Raises:
        RoleRequired: The caller may not invite.
    """
    checked = invitation_rows.check(data)
    async with acting.look(context, who, "check file of invitations") as act:
        act.require("invite")
        faults = [*checked.faults, *await _faults(act, checked.rows)]
        faulty = {fault.cell.row for fault in faults}
        rows = [row for row in checked.rows if row.email_cell.row not in faulty]
        return Report(
            rows=rows,
            faults=sorted(faults, key=lambda fault: (fault.cell.row, fault.cell.letter)),
            left_out=checked.left_out,
            free_seats=(await seats.count(act.connection, act.customer)).free,
            mails_now=min(len(rows), await mail_budget.room(act)),
        )


async def send(
    context: Context, who: Who, data: bytes, *, locale: Locale, key: str | None
) -> list[Invitation]:
    """Invite all people in the file; a repeated request returns the invitations of the first one.

    Raises:
        FaultyFile: Some cells have errors; all of them are listed, and no person is invited.
        RoleRequired: The caller may not invite.
        SeatsFull: There are not enough free seats; `free` says how many.
        AlreadyMember, AlreadyInvited, TooManyMailsToAddress: Another request was faster.
        IdempotencyKeyReused: The key was used with another file.
        IdempotencyKeyBusy: The first request with this key has not ended yet.
    """
    checked = invitation_rows.check(data)
    if checked.faults:
        raise FaultyFile(checked.faults)
    batch = Batch(invitees=tuple(_invitee(row, locale) for row in checked.rows))
    async with acting.begin(context, who, "invite from file") as act:
        act.require("invite")
        batch_id = await once(
            act.connection,
            caller=act.actor.id,
            route=_ROUTE,
            key=key,
            body=batch,
            make=lambda: _send(act, checked, batch),
        )
        return await invitations.list_of_batch(act.connection, batch_id)


async def _send(act: Acting, checked: Checked, batch: Batch) -> UUID:
    await seats.sweep(act.connection, act.customer.id)
    if faults := await _faults(act, checked.rows):
        raise FaultyFile(faults)
    return await invitation.send_all(act, batch.invitees)


def _invitee(row: InvitationRow, locale: Locale) -> Invitee:
    person = Person(
        family_name=row.family_name,
        given_name=row.given_name,
        family_name_kana=row.family_name_kana,
        given_name_kana=row.given_name_kana,
        phone="",
        department=row.department,
        job_title=row.job_title,
    )
    return Invitee(email=row.email, role=row.role, locale=row.locale or locale, person=person)


async def _faults(act: Acting, rows: Sequence[InvitationRow]) -> list[Fault]:
    """The rows that cannot be invited now, although their cells are well-formed."""
    allowed = INVITED_ROLES.get(act.judge.party, frozenset())
    keys = [row.email_key for row in rows]
    joined = await members.list_email_keys(act.connection, act.customer.id, keys)
    invited = await invitations.list_held_keys(act.connection, act.customer.id, keys)
    waits = await mail_budget.list_waits(act, "invitation", [row.email for row in rows])
    faults = []
    for row in rows:
        if row.role not in allowed:
            faults.append(Fault(row.role_cell, "role_not_allowed"))
        if row.email_key in joined:
            faults.append(Fault(row.email_cell, "already_member", row.email))
        elif row.email_key in invited:
            faults.append(Fault(row.email_cell, "already_invited", row.email))
        elif wait := waits[row.email]:
            minutes = ceil(wait / _MINUTE)
            faults.append(Fault(row.email_cell, "too_many_mails", row.email, limit=minutes))
    return faults
