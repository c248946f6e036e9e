"""A member's export of their data in membership."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.membership.domain.company.audit import Link
from services.membership.domain.members.actors import CallingMember
from services.membership.flows.ground import acting, audit
from services.membership.flows.ground.context import Context
from services.membership.flows.members import own_account
from services.membership.flows.members.own_account import OwnAccount
from services.membership.storage.company import audit_log


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """The member's account, and the audit entries by and about them."""

    account: OwnAccount
    deeds: Sequence[Link]


async def take(context: Context, who: CallingMember) -> Export:
    """All of it; the export is recorded in the audit log.

    Raises:
        AccountNotActive: The account is suspended or closed.
    """
    async with acting.look(context, who, "read export") as act:
        assert act.me is not None
        account = await own_account.describe(act, act.me)
        deeds = await audit_log.list_of_person(act.connection, act.customer.id, act.me.id)
    async with context.db.transaction("record export") as connection:
        await audit.record(
            connection, act.customer.id, act.actor, "account", "exported", target_id=act.me.id
        )
    return Export(account=account, deeds=deeds)
