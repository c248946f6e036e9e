"""Membership's URL table. Under the gateway the prefix is /api/membership."""

from services.membership.api import (
    approvals,
    audit_log,
    company,
    invitations,
    me,
    members,
    registrations,
)
from services.membership.api.approvals import ApprovalsAnswer, RejectBody
from services.membership.api.audit_log import AuditLogAnswer, AuditQuery
from services.membership.api.company import CompanyAnswer, LedgerAnswer
from services.membership.api.invitations import (
    AcceptBody,
    InvitationAnswer,
    InvitationsAnswer,
    InvitationsBody,
    InvitedAnswer,
    SentAnswer,
    TokenBody,
)
from services.membership.api.links import CONFIRMED
from services.membership.api.me import (
    DetailsBody,
    EmailAnswer,
    EmailBody,
    EmailTokenBody,
    ExportAnswer,
    MeAnswer,
    Requested,
)
from services.membership.api.member_answers import CHANGED, MembersAnswer
from services.membership.api.members import DeleteQuery, MembersQuery, RoleBody, SuspendBody
from services.membership.api.paging import PageQuery
from services.membership.api.registrations import Accepted, ConfirmBody, RegistrationBody
from shared.web.access import Access
from shared.web.operators import HEALTH_ROUTE
from shared.web.rate_limit import Limit
from shared.web.routing import Route

REGISTER = (Limit("registration", "60/hour", "network"), Limit("registration", "5/hour", "email"))
LINK = (Limit("link", "60/minute", "network"), Limit("link", "20/minute", "token"))
ACT = (Limit("act", "120/minute", "member"),)
MAIL = (Limit("mail", "60/hour", "member"),)

ROUTES = (
    Route(
        "POST", "/registrations", registrations.request, Access.PUBLIC,
        RegistrationBody, {202: Accepted}, REGISTER,
    ),
    Route(
        "POST", "/registrations/confirm", registrations.confirm, Access.PUBLIC,
        ConfirmBody, CONFIRMED, LINK,
    ),
    Route("GET", "/me", me.show, Access.MEMBER, answers={200: MeAnswer}),
    Route("PATCH", "/me", me.update, Access.MEMBER, DetailsBody, {200: MeAnswer}, ACT),
    Route("DELETE", "/me", me.leave, Access.MEMBER_FRESH, answers=CHANGED, limits=ACT),
    Route(
        "GET", "/me/export", me.export_own, Access.MEMBER_FRESH,
        answers={200: ExportAnswer}, limits=MAIL,
    ),
    Route(
        "PUT", "/me/email", me.request_email, Access.MEMBER_FRESH, EmailBody, {202: Requested}, MAIL
    ),
    Route(
        "POST", "/me/email/confirm", me.confirm_email, Access.PUBLIC,
        EmailTokenBody, {200: EmailAnswer, 202: EmailAnswer}, LINK,
    ),
    Route("GET", "/company", company.show, Access.MEMBER, answers={200: CompanyAnswer}),
    Route(
        "GET", "/company/seats", company.show_seats, Access.ADMIN,
        answers={200: LedgerAnswer}, query=PageQuery,
    ),
    Route(
        "GET", "/company/members", members.list_all, Access.MEMBER,
        answers={200: MembersAnswer}, query=MembersQuery,
    ),
    Route(
        "POST", "/company/members/{member_id}/suspend", members.suspend, Access.ADMIN,
        SuspendBody, CHANGED, ACT,
    ),
    Route(
        "DELETE", "/company/members/{member_id}", members.delete, Access.ADMIN,
        answers=CHANGED, limits=ACT, query=DeleteQuery,
    ),
    Route(
        "PATCH", "/company/members/{member_id}", members.change_role, Access.OWNER,
        RoleBody, CHANGED, ACT,
    ),
    Route(
        "PUT", "/company/members/{member_id}/email", members.move, Access.ADMIN,
        EmailBody, {202: InvitationAnswer}, MAIL,
    ),
    Route(
        "GET", "/company/invitations", invitations.list_open, Access.ADMIN,
        answers={200: InvitationsAnswer}, query=PageQuery,
    ),
    Route(
        "POST", "/company/invitations", invitations.send, Access.ADMIN,
        InvitationsBody, {201: SentAnswer}, MAIL,
    ),
    Route(
        "POST", "/company/invitations/{invitation_id}/resend", invitations.resend, Access.ADMIN,
        answers={200: InvitationAnswer}, limits=MAIL,
    ),
    Route(
        "DELETE", "/company/invitations/{invitation_id}", invitations.withdraw, Access.ADMIN,
        limits=ACT,
    ),
    Route(
        "POST", "/invitations/preview", invitations.preview, Access.PUBLIC,
        TokenBody, {200: InvitedAnswer}, LINK,
    ),
    Route(
        "POST", "/invitations/accept", invitations.accept, Access.PUBLIC,
        AcceptBody, CONFIRMED, LINK,
    ),
    Route(
        "GET", "/company/approvals", approvals.list_all, Access.ADMIN,
        answers={200: ApprovalsAnswer},
    ),
    Route(
        "POST", "/company/approvals/{approval_id}/approve", approvals.approve, Access.ADMIN,
        limits=ACT,
    ),
    Route(
        "POST", "/company/approvals/{approval_id}/reject", approvals.reject, Access.ADMIN,
        RejectBody, limits=ACT,
    ),
    Route(
        "GET", "/company/audit-log", audit_log.show, Access.OWNER,
        answers={200: AuditLogAnswer}, query=AuditQuery,
    ),
    Route(
        "GET", "/company/audit-log/export", audit_log.export, Access.OWNER,
        answers={200: None}, limits=MAIL,
    ),
    HEALTH_ROUTE,
)  # fmt: skip
