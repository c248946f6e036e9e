"""Notices to members about actions on their account, each in the member's own language."""

from datetime import datetime

from services.membership.domain.company.audit import VENDOR
from services.membership.domain.members.members import Member
from services.membership.flows.ground.acting import Acting, Deed
from services.membership.flows.ground.context import Context
from shared import clock
from shared.contracts.company_mails import AccountDeleted, AccountResumed, RoleChanged
from shared.contracts.mails import MailParams
from shared.db import Connection
from shared.messaging.mailer import NOTICE_LIVES


async def tell_deleted(act: Acting, member: Member) -> None:
    """The farewell (R11, R14)."""
    params = AccountDeleted(
        name=member.person.name_for(member.locale),
        customer_name=act.customer.name,
        deleted_at=act.now,
        by_self=act.me is not None and act.me.id == member.id,
    )
    await tell(act, member, params)


async def tell_resumed(act: Acting, member: Member) -> None:
    """The account is open again (R15)."""
    params = AccountResumed(
        name=member.person.name_for(member.locale),
        customer_name=act.customer.name,
        resumed_at=act.now,
    )
    await tell(act, member, params)


async def tell_role(act: Acting, member: Member) -> None:
    """A new role, and who assigned it (R17); operators are not named."""
    params = RoleChanged(
        name=member.person.name_for(member.locale),
        customer_name=act.customer.name,
        role=member.role,
        changed_by_name=act.me.person.name_for(member.locale) if act.me else "",
        changed_at=act.now,
    )
    await tell(act, member, params)


async def tell(act: Deed, member: Member, params: MailParams) -> None:
    """Mail a member of the action's company."""
    await write(act.connection, act.context, member, params)


async def write(
    connection: Connection,
    context: Context,
    member: Member,
    params: MailParams,
    *,
    expires_at: datetime | None = None,
) -> None:
    """A mail to a member, at the stored address and in the member's own language (T15).

    It ends with what it carries, or without `expires_at` a notice.
    """
    await context.mailer.send(
        connection,
        params,
        to=member.email,
        subject_id=member.id,
        customer_id=member.customer_id,
        locale=member.locale,
        expires_at=expires_at or await clock.now(connection) + NOTICE_LIVES,
    )


async def write_vendor(
    connection: Connection,
    context: Context,
    params: MailParams,
    *,
    about: Member | None = None,
    expires_at: datetime | None = None,
) -> None:
    """A notice to the vendor, if an address is configured; `about` is its subject."""
    if context.settings.operators_mail:
        await context.mailer.send(
            connection,
            params,
            to=context.settings.operators_mail,
            subject_id=about.id if about else VENDOR,
            customer_id=about.customer_id if about else None,
            locale="ja",
            expires_at=expires_at or await clock.now(connection) + NOTICE_LIVES,
        )
