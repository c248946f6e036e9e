"""Roles (R17): assigned by owners; ownership is handed over in one step, so there is always one."""

from uuid import UUID

from services.membership.domain.members.members import Member
from services.membership.errors import LastOwner, OwnAccount
from services.membership.flows.ground import acting, auth_sync, notices
from services.membership.flows.ground.acting import Acting, Who
from services.membership.flows.ground.context import Context
from services.membership.flows.members import withdrawal
from services.membership.storage.members import member_states, members
from shared.contracts.base import Role


async def change(
    context: Context, who: Who, id: UUID, role: Role, *, own_role: Role | None = None
) -> Member:
    """Give a member another role. With `own_role` the caller's own role changes at the same time:
    an owner hands the company over (権限移譲).

    Raises:
        MemberNotFound: The company has no such member.
        RoleRequired, OwnerProtected, MemberSuspended, LastOwner: It is not open.
        OwnAccount: `own_role` was said, and the member is the caller.
    """
    async with context.confirmations.expect(id) as auth:
        async with acting.begin(context, who, "change role") as act:
            target = await act.member(id)
            act.require_on("change_role", target)
            if own_role is not None and act.me is not None:
                await members.lock(act.connection, [id, act.me.id])
            changed = await _change(act, target, role)
            if own_role is not None:
                await _step_down(act, target, own_role)
            if act.me is not None and not await act.has_owner():
                raise LastOwner
        return await auth_sync.settled(auth, changed)


async def _step_down(act: Acting, target: Member, own_role: Role) -> None:
    if act.me is None or act.me.id == target.id:
        raise OwnAccount
    await _change(act, act.me, own_role)


async def _change(act: Acting, target: Member, role: Role) -> Member:
    """Withdraw invitations and moves that the member may no longer send with the new role, and a
    move of the account, which was permitted for the old role."""
    if target.role == role:
        return target
    changed = await member_states.update_role(act.connection, target.id, role)
    await act.record("role", "changed", target_id=target.id, reason=f"{target.role}_to_{role}")
    await withdrawal.after_change(act, changed, "role_changed")
    await auth_sync.sync(act.connection, changed, act.customer)
    await notices.tell_role(act, changed)
    return changed
