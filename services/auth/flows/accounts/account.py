"""Takes over what membership says of a member: newer is believed, older is ignored."""

from uuid import UUID

from services.auth.storage import accounts, devices, password_reset_links, presence_checks, sessions
from shared.addresses import Address
from shared.contracts.auth import SyncAccount
from shared.contracts.notifier import SendMail
from shared.db import Connection
from shared.messaging import outbox


async def sync(connection: Connection, state: SyncAccount) -> None:
    """Apply a member's state, if it is news; one transaction at a time for each member.

    A suspended or closed account is out at the commit: sessions, links and checks end (R18). After
    a resume no browser is known, so that each is asked for presence once more (R9). Both are so as
    well where the message of the suspension comes after that of the resume, and is ignored.

    Raises:
        NotYet: Another account still has the address.
    """
    await accounts.lock_members(connection, [state.member_id])
    known = await accounts.lock(connection, state.member_id)
    if known is not None and known.version >= state.version:
        return
    if await accounts.is_closed(connection, state.member_id):
        return
    if state.state == "closed":
        await presence_checks.cancel_pending(connection, state.member_id)
        await accounts.close(connection, state.member_id, state.version)
        await outbox.drop(connection, SendMail.NAME, subject=state.member_id)
        return
    address = Address.parse(state.email)
    await accounts.upsert(connection, state, address.key)
    if known is None:
        return
    has_new_state = state.state != known.state or (state.state_version or 0) > known.version
    if has_new_state:
        await _shut_out(connection, state.member_id)
    if has_new_state or address.key != known.email_key:
        await password_reset_links.end_all(connection, state.member_id)


async def _shut_out(connection: Connection, member_id: UUID) -> None:
    """What a suspension ends; a resume finds it ended, unless the suspension was missed."""
    await presence_checks.cancel_pending(connection, member_id)
    await sessions.end_all(connection, member_id, "suspended")
    await devices.purge_member(connection, member_id)
    await accounts.consume_first_sign_in(connection, member_id)
