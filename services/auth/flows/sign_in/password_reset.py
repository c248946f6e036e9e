"""Password reset by a mailed link (R7, B17), and the link for a first password.

A request for a reset does not look up the address, so it takes the same time for every address.
"""

from dataclasses import dataclass
from datetime import datetime

from services.auth.domain.accounts import (
    FIRST_SIGN_IN_WITHIN,
    RESET_LINK_LIVES,
    RESET_LINK_SUFFICES,
    RESET_LINKS_AT_ONCE,
    RESET_MAILS_AN_HOUR,
    Account,
    Visitor,
)
from services.auth.errors import LinkInvalid
from services.auth.flows.accounts import distrust, session
from services.auth.flows.accounts.distrust import Renewed
from services.auth.flows.ground import mailing
from services.auth.flows.ground.context import Context
from services.auth.flows.presence import presence_outcome
from services.auth.flows.sign_in import failure_counter, password
from services.auth.storage import (
    accounts,
    devices,
    password_reset_links,
    presence_checks,
    presence_mails,
    sessions,
)
from shared import clock
from shared.addresses import key_of
from shared.contracts.auth import SendPasswordReset, StartPasswordReset
from shared.contracts.base import Locale
from shared.contracts.mails import PasswordReset, PasswordResetAsked
from shared.crypto import random_token, sha256
from shared.db import Connection
from shared.messaging import outbox
from shared.messaging.envelope import NotYet


@dataclass(frozen=True, slots=True)
class Preview:
    """The account whose password a link sets, and the time when the link expires."""

    account: Account
    expires_at: datetime


async def request(context: Context, email: str, *, locale: Locale, browser: str) -> None:
    """Write the request to the outbox; auth's worker processes it independently of the response."""
    message = StartPasswordReset(email=email, locale=locale, browser=browser)
    async with context.db.transaction("request password reset") as connection:
        await outbox.put(connection, message)


async def start(connection: Connection, context: Context, message: StartPasswordReset) -> None:
    """Mail a reset link to the active account with this address, in the account's language.

    The request changes nothing else, and without an active account it has no effect. Up to three
    links are valid at once. An account gets five mails an hour, and one more whenever no link is
    valid for another ten minutes. So a stranger who sends requests all day cannot keep the owner
    from getting a usable link, and causes at most eight mails an hour. Links that `send_asked`
    mailed count among the five.
    """
    account = await accounts.find_by_address(connection, key_of(message.email))
    if account is None or not account.open:
        return
    await accounts.lock(connection, account.member_id)
    links = await password_reset_links.count(connection, account.member_id, RESET_LINK_SUFFICES)
    if links.last_hour >= RESET_MAILS_AN_HOUR and links.sufficing:
        return
    now = await clock.now(connection)
    params = PasswordReset(
        name=account.name_for(account.locale),
        token=await _add_link(connection, account),
        expires_at=now + RESET_LINK_LIVES,
        requested_at=now,
        browser=message.browser,
    )
    await mailing.send(connection, context, account, params, expires_at=params.expires_at)


async def send_asked(connection: Connection, context: Context, message: SendPasswordReset) -> None:
    """Mail a reset link for which an owner or admin of the company asked (B17), to the account's
    own address. membership has counted the mail, so the limits of `start` do not apply.

    If the account is suspended or closed, this has no effect.

    Raises:
        NotYet: auth does not know the account yet.
    """
    account = await accounts.lock(connection, message.member_id)
    if account is None:
        if await accounts.is_closed(connection, message.member_id):
            return
        raise NotYet(f"account {message.member_id} is not known yet")
    if not account.open:
        return
    now = await clock.now(connection)
    params = PasswordResetAsked(
        name=account.name_for(account.locale),
        token=await _add_link(connection, account),
        expires_at=now + RESET_LINK_LIVES,
        asked_by_name=message.asked_by_name,
        asked_by_role=message.asked_by_role,
        asked_at=message.asked_at,
    )
    await mailing.send(connection, context, account, params, expires_at=params.expires_at)


async def _add_link(connection: Connection, account: Account) -> str:
    """Add a reset link to an account, and return its token."""
    token = random_token()
    await password_reset_links.add(
        connection, account.member_id, sha256(token), RESET_LINK_LIVES, keep=RESET_LINKS_AT_ONCE
    )
    return token


async def preview(context: Context, token: str) -> Preview:
    """Find the account whose password a link sets. This changes nothing: mail scanners open links.

    Raises:
        LinkInvalid: The link has ended or expired, or never existed, or the account is not active.
    """
    async with context.db.snapshot("preview password reset") as connection:
        return await _find(connection, sha256(token))


async def complete(context: Context, token: str, new_password: str, visitor: Visitor) -> Renewed:
    """Set the password that a link is for. The token returned marks the browser as known.

    All sessions of the member end, and no new session is opened. `settled` in the result says
    whether membership has already withdrawn the pending requests of these sessions. A password that
    breaks the policy does not use up the link.

    Raises:
        LinkInvalid: The link has ended or expired, or never existed, or the account is not active.
        PasswordRefused: The password breaks the policy.
        HashingBusy: Too many passwords are being hashed now.
    """
    digest = sha256(token)
    async with context.db.connection() as connection:
        account = (await _find(connection, digest)).account
    async with context.hasher.slot() as slot:
        hashed = await password.hash_new(context, slot, account, new_password, field="password")
    async with context.db.transaction("complete password reset") as connection:
        locked = await accounts.lock(connection, account.member_id)
        if locked is None or not locked.open or not await _consume(connection, digest, locked):
            raise LinkInvalid
        device = await _set(connection, context, locked, hashed, visitor)
    return Renewed(device, await distrust.settled(context, locked.member_id))


async def _find(connection: Connection, digest: bytes) -> Preview:
    """Find the account of a token, which belongs to a reset link or a link for a first password."""
    link = await password_reset_links.find(connection, digest)
    if link is not None:
        account = await accounts.find(connection, link.member_id)
    else:
        account = await accounts.find_by_first_password(connection, digest)
    if account is None or not account.open:
        raise LinkInvalid
    expires_at = link.expires_at if link else account.first_password_expires_at
    assert expires_at is not None  # the query for its token compares it with the time
    return Preview(account, expires_at)


async def _consume(connection: Connection, digest: bytes, account: Account) -> bool:
    """Use up the token of a reset link, and return whether the token was valid for the account.

    A token for a first password is only checked: storing the password uses it up. The caller has
    locked the account.
    """
    if await password_reset_links.consume(connection, digest) == account.member_id:
        return True
    first = await accounts.find_by_first_password(connection, digest)
    return first is not None and first.member_id == account.member_id


async def _set(
    connection: Connection, context: Context, account: Account, hashed: str, visitor: Visitor
) -> str:
    member_id = account.member_id
    await password.store(connection, context, account, hashed, visitor)
    ended = await sessions.end_all(connection, member_id, "password_reset")
    await distrust.after_password(connection, account, ended)
    await presence_checks.cancel_pending(connection, member_id)
    await presence_mails.clear(connection, member_id)
    await accounts.update_reset(connection, member_id, first_sign_in=FIRST_SIGN_IN_WITHIN)
    await presence_outcome.prove(connection, context, member_id)
    await devices.purge_member(connection, member_id)
    await failure_counter.forget(connection, context, account.email_key)
    return await session.remember_device(connection, member_id, visitor)


async def purge(context: Context) -> None:
    """Delete links that expired more than a day ago."""
    async with context.db.transaction("purge password reset links") as connection:
        await password_reset_links.purge(connection)
