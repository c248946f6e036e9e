"""Opens an account after a registration, an invitation, an approval, or a move (R3, R7).

The caller has locked the customer and decided. Confirming a link again gives the same result.
"""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from services.membership.domain.joining import first_password
from services.membership.domain.members.members import Member, Person, PresenceStanding
from services.membership.flows.company import seats
from services.membership.flows.ground import auth_sync
from services.membership.flows.ground.acting import Deed
from services.membership.flows.ground.context import Context
from services.membership.storage.members import members
from shared.contracts.base import Locale, Role
from shared.crypto import sha256
from shared.db import Connection
from shared.messaging.confirmations import Expectation

How = Literal["domain", "invitation", "approval", "move"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """The person of the new account. `id` is that of the registration or invitation."""

    id: UUID
    email: str
    email_key: str
    person: Person
    locale: Locale
    role: Role


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The result of a confirmed link; with a token, a first password can be set."""

    status: Literal["approved", "opening", "awaiting_approval"]
    password_token: str | None = None


async def open_account(
    act: Deed, newcomer: Newcomer, *, how: How, held: bool = False
) -> Member | None:
    """Open an account; `held`: on the seat of an invitation. None: the address has an account.

    An approved person gets the link for a first password by mail, once auth has the account.
    """
    token = first_password.token(act.context.settings.first_password_key, newcomer.id)
    member = Member(
        id=newcomer.id,
        customer_id=act.customer.id,
        email=newcomer.email,
        email_key=newcomer.email_key,
        person=newcomer.person,
        role=newcomer.role,
        state="active",
        locale=newcomer.locale,
        version=1,
        state_version=1,
        confirmed_version=0,
        first_password_sha256=sha256(token),
        first_password_expires_at=act.now + first_password.LIFETIME,
        password_set_at=None,
        welcomed=how == "approval",
        last_used_at=None,
        presence=PresenceStanding(last_passed_at=None, missed_in_a_row=0),
        created_at=act.now,
    )
    if not await members.add(act.connection, member):
        return None
    await seats.take(act.connection, act.customer.id, member.id, act.actor, held=held)
    await act.record("member", "joined", target_id=member.id, reason=how)
    await auth_sync.sync(act.connection, member, act.customer)
    return member


async def find_opened(
    connection: Connection, context: Context, member_id: UUID
) -> Confirmed | None:
    """The result of a link whose account is open; None if it is not, or not any more."""
    member = await members.find(connection, member_id)
    if member is None or member.state != "active":
        return None
    if member.password_set_at is not None:
        return Confirmed("approved")
    key = context.settings.first_password_key
    return Confirmed("approved", first_password.token(key, member.id))


async def settled(auth: Expectation, confirmed: Confirmed) -> Confirmed:
    """The same result once auth has the account, or after a while that it is being opened."""
    if confirmed.password_token and not await auth.confirmed(1):
        return Confirmed("opening", confirmed.password_token)
    return confirmed
