"""The mail of an invitation: with its link, or for an address with an account elsewhere, only a
notice (R4).
"""

from services.membership.domain.joining import invitations as domain
from services.membership.domain.joining.invitations import Invitation
from services.membership.flows.ground.acting import Acting
from services.membership.storage.members import members
from shared.contracts.address_mails import AccountMove
from shared.contracts.company_mails import Invitation as InvitationMail
from shared.contracts.company_mails import InvitationKnown
from shared.contracts.mails import MailParams


async def send(act: Acting, invitation: Invitation) -> None:
    """Send it in its recipient's language."""
    known = await members.find_by_email_key(act.connection, invitation.email_key)
    if known is not None:
        await act.context.mailer.send(
            act.connection,
            InvitationKnown(
                name=known.person.name_for(known.locale),
                customer_name=act.customer.name,
                invited_at=act.now,
            ),
            to=known.email,
            subject_id=known.id,
            locale=known.locale,
            expires_at=invitation.expires_at,
        )
        return
    await act.context.mailer.send(
        act.connection,
        await _link(act, invitation),
        to=invitation.email,
        subject_id=invitation.id,
        customer_id=act.customer.id,
        locale=invitation.locale,
        expires_at=invitation.expires_at,
    )


async def _link(act: Acting, invitation: Invitation) -> MailParams:
    token = domain.token(act.context.settings.first_password_key, invitation.id)
    sender = act.me.person.name_for(invitation.locale) if act.me else ""
    if invitation.replaces is not None:
        moved = await act.member(invitation.replaces)
        return AccountMove(
            name=moved.person.name_for(invitation.locale),
            customer_name=act.customer.name,
            mover_name=sender,
            token=token,
            expires_at=invitation.expires_at,
        )
    return InvitationMail(
        customer_name=act.customer.name,
        inviter_name=sender,
        role=invitation.role,
        token=token,
        expires_at=invitation.expires_at,
    )
