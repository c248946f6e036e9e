"""The link in the notice about a requested address: the current mailbox can stop the change (R10),
or the move of the account (R7), until it has taken effect.

It needs no session, so it works for a suspended member and for one whose password a thief changed.
It only ends the request; the page recommends a password reset.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from services.membership.domain.email_changes import EmailChange
from services.membership.domain.joining.invitations import Invitation
from services.membership.domain.members.actors import VISITOR
from services.membership.errors import AddressChanged, EmailLinkInvalid
from services.membership.flows.ground.context import Context
from services.membership.flows.members import withdrawal
from services.membership.flows.members.withdrawal import Withdrawal
from services.membership.storage.company import customers
from services.membership.storage.joining import invitations
from services.membership.storage.members import email_changes, members
from shared.crypto import sha256
from shared.db import Connection

Kind = Literal["email_change", "move"]
State = Literal["pending", "ended", "done"]

_PENDING = ("unconfirmed", "open", "waiting")
_DONE = ("done", "accepted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Requested:
    """The request that the link stops: `pending` until it is `done` or `ended` without effect."""

    kind: Kind
    state: State
    requested_at: datetime


async def preview(context: Context, token: str) -> Requested:
    """The request of the link; changes nothing, so a mail scanner may open it.

    Raises:
        EmailLinkInvalid: There is no request with this token.
    """
    async with context.db.connection() as connection:
        return _requested(await _find(connection, token))


async def stop(context: Context, token: str) -> Requested:
    """End the request, unless it has ended. The customer's lock decides between this and the link
    at the new address.

    Raises:
        EmailLinkInvalid: There is no request with this token.
        AddressChanged: It has taken effect.
    """
    async with context.db.transaction("stop change of address") as connection:
        found = await _find(connection, token)
        await customers.lock(connection, found.customer_id)
        found = await _find(connection, token)
        if found.state in _DONE:
            raise AddressChanged
        if found.state in _PENDING:
            await _withdraw(connection, context, found)
        return _requested(await _find(connection, token))


async def _find(connection: Connection, token: str) -> EmailChange | Invitation:
    if not token.isascii():
        raise EmailLinkInvalid
    digest = sha256(token)
    change = await email_changes.find_by_stop_token(connection, digest)
    found = change or await invitations.find_by_stop_token(connection, digest)
    if found is None:
        raise EmailLinkInvalid
    return found


def _requested(found: EmailChange | Invitation) -> Requested:
    state: State = "done" if found.state in _DONE else "ended"
    return Requested(
        kind="email_change" if isinstance(found, EmailChange) else "move",
        state="pending" if found.state in _PENDING else state,
        requested_at=found.asked.at,
    )


async def _withdraw(
    connection: Connection, context: Context, found: EmailChange | Invitation
) -> None:
    change = found if isinstance(found, EmailChange) else None
    member = await members.find(connection, _member_id(found))
    assert member is not None
    stopped = Withdrawal(
        member=member,
        because="stopped",
        change=change,
        invitations=[found] if isinstance(found, Invitation) else [],
    )
    await withdrawal.carry_out(connection, context, stopped, actor=VISITOR)


def _member_id(found: EmailChange | Invitation) -> UUID:
    if isinstance(found, EmailChange):
        return found.member_id
    assert found.replaces is not None  # only moves have such a link
    return found.replaces
