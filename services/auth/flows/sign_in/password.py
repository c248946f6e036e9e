"""The password of a member: its policy, its change, and the notice after each change."""

from functools import partial

from services.auth.domain import passwords
from services.auth.domain.accounts import Account, Session, Visitor
from services.auth.errors import PasswordRefused, WrongPassword
from services.auth.flows.accounts import activity, distrust, session
from services.auth.flows.accounts.distrust import Renewed
from services.auth.flows.ground import audit, mailing
from services.auth.flows.ground.context import Context
from services.auth.flows.ground.hashing import Slot
from services.auth.flows.sign_in import current_password, failure_counter
from services.auth.storage import accounts, password_reset_links
from shared import clock
from shared.contracts.mails import PasswordChanged
from shared.db import Connection


async def hash_new(
    context: Context, slot: Slot, account: Account, typed: str, *, field: str
) -> str:
    """Check a new password against the policy, in the pool that hashes passwords, and return its
    hash.

    Raises:
        PasswordRefused: It is too short, too long, or too easy to guess for this person.
    """
    minimum = context.settings.password_min_length
    judge = partial(
        passwords.faults, typed, min_length=minimum, personal=account.personal, field=field
    )
    if faults := await slot.run(judge):
        raise PasswordRefused(errors=faults, min_length=minimum)
    return await slot.hash(passwords.normalize(typed))


async def change(
    context: Context, current: Session, old: str, new: str, visitor: Visitor
) -> Renewed:
    """Change the member's own password.

    The current session continues under the new token that is returned. All other sessions end, and
    membership withdraws their pending requests.

    Raises:
        WrongPassword: The current password is not right; it counts as at sign-in.
        PasswordRefused: The current password is right, but the new one breaks the policy.
        SessionNotFound: The session has ended in the meantime.
        TooManyWrongPasswords, HashingBusy: As at sign-in.
    """
    async with context.hasher.slot() as slot:
        verified = await current_password.verify(
            context, slot, current, old, visitor, wrong=WrongPassword
        )
        try:
            hashed = await hash_new(context, slot, verified.account, new, field="new_password")
        except PasswordRefused:
            async with context.db.transaction("take back a counted password") as connection:
                await failure_counter.take_back(connection, verified.tried)
            raise
    async with context.db.transaction("change password") as connection:
        locked = await current_password.lock(connection, verified, wrong=WrongPassword)
        await store(connection, context, locked, hashed, visitor)
        ended = await session.end_all_but(
            connection, locked.member_id, current.id, "password_changed"
        )
        await distrust.after_password(connection, locked, ended, spared=current.id)
        token = await session.renew(connection, current.id)
    return Renewed(token, await distrust.settled(context, locked.member_id))


async def store(
    connection: Connection, context: Context, account: Account, hashed: str, visitor: Visitor
) -> None:
    """Store the hash for an account that the caller has locked.

    The account's reset links end, membership is informed, and the member gets a mail.
    """
    await accounts.update_password(connection, account.member_id, hashed)
    await password_reset_links.end_all(connection, account.member_id)
    await activity.tell(connection, account.member_id, "password_set")
    await audit.record(connection, account, "password", "set", visitor)
    params = PasswordChanged(
        name=account.name_for(account.locale),
        changed_at=await clock.now(connection),
        browser=visitor.browser,
    )
    await mailing.send(connection, context, account, params)
