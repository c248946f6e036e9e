"""Copies a member's data from membership, with the state of the account (active, suspended or
closed). A newer version is applied, an older one is ignored."""

from uuid import UUID

from services.auth.storage import accounts, devices, password_reset_links, presence_checks, sessions
from shared.addresses import Address
from shared.contracts.auth import SyncAccount
from shared.contracts.notifier import SendMail
from shared.db import Connection
from shared.messaging import outbox


async def sync(connection: Connection, state: SyncAccount) -> None:
    """Apply a member's data if its version is newer than the known one, one message at a time for
    each member.

    A suspension or closure takes effect when this transaction commits: sessions, links and checks
    end (R18). After a resumption no browser is known, so each browser has to pass a presence check
    again (R9). This is also true if the resumption arrives first and the suspension is ignored as
    older.

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
    # The state can be the same again: `state_version` shows a suspension between two versions.
    has_new_state = state.state != known.state or (state.state_version or 0) > known.version
    if has_new_state:
        await _end_access(connection, state.member_id)
    if has_new_state or address.key != known.email_key:
        await password_reset_links.end_all(connection, state.member_id)


async def _end_access(connection: Connection, member_id: UUID) -> None:
    """End the member's access after a change of state: checks, sessions, known browsers.

    A resumption does this too, in case the message of the suspension did not arrive before it.
    """
    await presence_checks.cancel_pending(connection, member_id)
    await sessions.end_all(connection, member_id, "suspended")
    await devices.purge_member(connection, member_id)
    await accounts.consume_first_sign_in(connection, member_id)
