"""Department and job title of a colleague (部署・役職, B15), set by owners and admins."""

from dataclasses import replace
from uuid import UUID

from services.membership.domain.members.members import Member
from services.membership.flows.ground import acting, auth_sync
from services.membership.flows.ground.acting import Who
from services.membership.flows.ground.context import Context
from services.membership.storage.members import member_states


async def change(
    context: Context, who: Who, id: UUID, *, department: str | None, job_title: str | None
) -> Member:
    """Set a member's department and job title; None leaves one unchanged.

    Raises:
        AccountNotActive: The caller's account is not active, or the session has ended.
        MemberNotFound: The company has no such member.
        RoleRequired, OwnerProtected: The caller may not edit this account's details.
    """
    async with acting.begin(context, who, "change member details") as act:
        target = await act.member(id)
        act.require_on("edit_details", target)
        said = {"department": department, "job_title": job_title}
        changes = {name: text for name, text in said.items() if text is not None}
        person = replace(target.person, **changes)
        if person != target.person:
            target = await member_states.update_person(
                act.connection, target, person, locale=target.locale
            )
            await act.record("member", "details_changed", target_id=id)
            await auth_sync.sync(act.connection, target, act.customer)
        return target
