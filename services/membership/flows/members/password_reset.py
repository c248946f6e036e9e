"""A password reset for a colleague (B17): auth mails the link to the address that it has stored.

The person who asks never sees the link, and never sees or chooses a password (R8).
"""

from uuid import UUID

from services.membership.domain.members.actors import CallingMember
from services.membership.flows.ground import acting, mail_budget
from services.membership.flows.ground.context import Context
from shared.contracts.auth import SendPasswordReset
from shared.messaging import outbox


async def ask(context: Context, who: CallingMember, id: UUID) -> None:
    """Have a reset link mailed to a member, who is told in it who asked.

    Raises:
        AccountNotActive: The caller's account is not active, or the session has ended.
        MemberNotFound: The company has no such member.
        RoleRequired, OwnAccount, MemberSuspended: The caller may not do this to the account.
        TooManyMailsToAddress, TooManyMailsOfCompany: Not so soon, or not in this hour.
    """
    async with acting.begin(context, who, "ask for a password reset") as act:
        target = await act.member(id)
        act.require_on("send_password_reset", target)
        assert act.me is not None
        await mail_budget.charge(act, "password_reset", target.id, target.email)
        message = SendPasswordReset(
            member_id=target.id,
            asked_by_name=act.me.person.name_for(target.locale),
            asked_by_role=act.me.role,
            asked_at=act.now,
        )
        await outbox.put(act.connection, message, subject=target.id)
        await act.record("password", "reset_asked", target_id=target.id)
