"""Membership's URL table. Under the gateway the prefix is /api/membership."""

from services.membership.api import (
    approvals,
    audit_log,
    company,
    email_stop,
    invitation_file,
    invitations,
    me,
    member_file,
    members,
    registrations,
    site,
)
from services.membership.api.approvals import ApprovalsAnswer, RejectBody
from services.membership.api.audit_log import AuditLogAnswer, AuditQuery
from services.membership.api.company import CompanyAnswer, LedgerAnswer
from services.membership.api.email_stop import StopAnswer
from services.membership.api.invitation_file import CheckedFileAnswer, InvitationFileBody
from services.membership.api.invitations import (
    AcceptBody,
    InvitationAnswer,
    InvitationsAnswer,
    InvitationsBody,
    InvitedAnswer,
    SentAnswer,
)
from services.membership.api.links import CONFIRMED, ConfirmedAnswer, TokenBody
from services.membership.api.me import (
    DetailsBody,
    EmailAnswer,
    EmailBody,
    EmailLinkAnswer,
    ExportAnswer,
    MeAnswer,
    Requested,
)
from services.membership.api.member_answers import (
    CHANGED,
    DepartmentsAnswer,
    DetailsAnswer,
    MemberAnswer,
    MembersAnswer,
)
from services.membership.api.members import (
    DeleteQuery,
    FilterQuery,
    MemberDetailsBody,
    MembersQuery,
    RoleBody,
    SuspendBody,
)
from services.membership.api.paging import PageQuery
from services.membership.api.registrations import Accepted, EnteredAnswer, RegistrationBody
from services.membership.api.site import SiteAnswer
from services.membership.errors import (
    AccountNotActive,
    AddressChanged,
    AddressInUse,
    AlreadyInvited,
    AlreadyMember,
    AlreadySuspended,
    ApprovalDecided,
    ApprovalNotFound,
    EmailLinkInvalid,
    ForeignDomain,
    InvalidCursor,
    InvitationEnded,
    InvitationFileFaulty,
    InvitationLinkInvalid,
    InvitationNotFound,
    LastOwner,
    MemberNotFound,
    MemberSuspended,
    OwnAccount,
    OwnerProtected,
    RegistrationLinkInvalid,
    SeatsFull,
    SuccessorInvalid,
    TooManyMailsOfCompany,
    TooManyMailsToAddress,
)
from shared.web.access import ADMIN, MEMBER, MEMBER_FRESH, OWNER, PUBLIC
from shared.web.operators import HEALTH_ROUTE
from shared.web.rate_limit import Limit
from shared.web.routing import Route

# An office of 300 people may be one network; what goes to one mailbox is capped where it is mailed.
REGISTER = (Limit("registration", "300/hour", "network", silent=True),)
LINK = (Limit("link", "600/minute", "network"),)
ACT = (Limit("act", "120/minute", "member"),)
MAIL = (Limit("mail", "60/hour", "member"),)

SITE_SECONDS = 300

SPENT = (TooManyMailsToAddress, TooManyMailsOfCompany)
INSIDE = (AccountNotActive,)
ON_MEMBER_DETAILS = (*INSIDE, MemberNotFound, OwnerProtected)
ON_RESET = (*INSIDE, MemberNotFound, OwnAccount, MemberSuspended)
ON_MEMBER = (*INSIDE, MemberNotFound, OwnAccount, OwnerProtected)
RACED = (AlreadyMember, AlreadyInvited, TooManyMailsToAddress)
ON_INVITATION = (*INSIDE, InvitationNotFound, InvitationEnded)
DECIDING = (*INSIDE, ApprovalNotFound, ApprovalDecided, OwnAccount)

ROUTES = (
    Route(
        "GET", "/site", site.show, PUBLIC, answers={200: SiteAnswer}, max_age=SITE_SECONDS,
    ),
    Route(
        "POST", "/registrations", registrations.request, PUBLIC,
        RegistrationBody, {202: Accepted}, REGISTER, idempotent=True,
    ),
    Route(
        "POST", "/registrations/preview", registrations.preview, PUBLIC,
        TokenBody, {200: EnteredAnswer | ConfirmedAnswer}, LINK,
        problems=(RegistrationLinkInvalid,),
    ),
    Route(
        "POST", "/registrations/confirm", registrations.confirm, PUBLIC,
        TokenBody, CONFIRMED, LINK, problems=(RegistrationLinkInvalid,), even=True,
    ),
    Route("GET", "/me", me.show, MEMBER, answers={200: MeAnswer}, problems=INSIDE),
    Route(
        "PATCH", "/me", me.update, MEMBER,
        DetailsBody, {200: MeAnswer}, ACT, problems=INSIDE,
    ),
    Route(
        "DELETE", "/me", me.leave, MEMBER_FRESH,
        answers=CHANGED, limits=ACT, problems=(*INSIDE, LastOwner),
    ),
    Route(
        "GET", "/me/export", me.export_own, MEMBER_FRESH,
        answers={200: ExportAnswer}, limits=MAIL, problems=INSIDE,
    ),
    Route(
        "PUT", "/me/email", me.request_email, MEMBER_FRESH,
        EmailBody, {202: Requested}, MAIL, problems=(*INSIDE, *SPENT), even=True,
    ),
    Route("DELETE", "/me/email", me.withdraw_email, MEMBER, limits=ACT, problems=INSIDE),
    Route(
        "POST", "/me/email/confirm/preview", me.preview_email, PUBLIC,
        TokenBody, {200: EmailLinkAnswer | ConfirmedAnswer}, LINK, problems=(EmailLinkInvalid,),
    ),
    Route(
        "POST", "/me/email/confirm", me.confirm_email, PUBLIC,
        TokenBody, {200: EmailAnswer, 202: EmailAnswer}, LINK, problems=(EmailLinkInvalid,),
    ),
    Route(
        "POST", "/me/email/preview", email_stop.preview, PUBLIC,
        TokenBody, {200: StopAnswer}, LINK, problems=(EmailLinkInvalid,),
    ),
    Route(
        "POST", "/me/email/stop", email_stop.stop, PUBLIC,
        TokenBody, {200: StopAnswer}, LINK, problems=(EmailLinkInvalid, AddressChanged),
    ),
    Route(
        "GET", "/company", company.show, MEMBER,
        answers={200: CompanyAnswer}, problems=INSIDE,
    ),
    Route(
        "GET", "/company/seats", company.show_seats, ADMIN,
        answers={200: LedgerAnswer}, query=PageQuery, problems=INSIDE,
    ),
    Route(
        "GET", "/company/members", members.list_all, MEMBER,
        answers={200: MembersAnswer}, query=MembersQuery, problems=(*INSIDE, InvalidCursor),
    ),
    Route(
        "GET", "/company/member-file", member_file.export, ADMIN,
        answers={200: member_file.FILE}, limits=MAIL, query=FilterQuery, problems=INSIDE,
    ),
    Route(
        "GET", "/company/departments", members.list_departments, MEMBER,
        answers={200: DepartmentsAnswer}, problems=INSIDE,
    ),
    Route(
        "GET", "/company/members/{member_id}", members.show, MEMBER,
        answers={200: MemberAnswer}, problems=(*INSIDE, MemberNotFound),
    ),
    Route(
        "POST", "/company/members/{member_id}/suspend", members.suspend, ADMIN,
        SuspendBody, CHANGED, ACT, problems=(*ON_MEMBER, AlreadySuspended, LastOwner),
    ),
    Route(
        "DELETE", "/company/members/{member_id}", members.delete, ADMIN,
        answers=CHANGED, limits=ACT, query=DeleteQuery,
        problems=(*ON_MEMBER, SuccessorInvalid, LastOwner),
    ),
    Route(
        "PATCH", "/company/members/{member_id}", members.change_role, OWNER,
        RoleBody, CHANGED, ACT, problems=(*ON_MEMBER, MemberSuspended, LastOwner),
    ),
    Route(
        "PATCH", "/company/members/{member_id}/details", members.change_details, ADMIN,
        MemberDetailsBody, {200: DetailsAnswer}, ACT, problems=ON_MEMBER_DETAILS,
    ),
    Route(
        "PUT", "/company/members/{member_id}/email", members.move, ADMIN,
        EmailBody, {202: InvitationAnswer}, MAIL, even=True,
        problems=(*ON_MEMBER, MemberSuspended, ForeignDomain, AddressInUse, *SPENT),
    ),
    Route(
        "POST", "/company/members/{member_id}/password-reset", members.send_password_reset, ADMIN,
        answers={202: Requested}, limits=MAIL, problems=(*ON_RESET, *SPENT),
    ),
    Route(
        "GET", "/company/invitations", invitations.list_open, ADMIN,
        answers={200: InvitationsAnswer}, query=PageQuery, problems=INSIDE,
    ),
    Route(
        "POST", "/company/invitations", invitations.send, ADMIN,
        InvitationsBody, {201: SentAnswer}, MAIL, idempotent=True, even=True,
        problems=(*INSIDE, AlreadyMember, AlreadyInvited, SeatsFull, TooManyMailsToAddress),
    ),
    Route(
        "POST", "/company/invitation-file", invitation_file.send_or_check, ADMIN,
        InvitationFileBody, {200: CheckedFileAnswer, 201: SentAnswer}, ACT,
        idempotent=True, even=True,
        problems=(*INSIDE, InvitationFileFaulty, *RACED, SeatsFull),
    ),
    Route(
        "GET", "/company/invitation-file", invitation_file.show_template, ADMIN,
        answers={200: invitation_file.TEMPLATE}, problems=INSIDE,
    ),
    Route(
        "POST", "/company/invitations/{invitation_id}/resend", invitations.resend, ADMIN,
        answers={200: InvitationAnswer}, limits=MAIL, even=True,
        problems=(*ON_INVITATION, *SPENT),
    ),
    Route(
        "DELETE", "/company/invitations/{invitation_id}", invitations.withdraw, ADMIN,
        limits=ACT, problems=ON_INVITATION,
    ),
    Route(
        "POST", "/invitations/preview", invitations.preview, PUBLIC,
        TokenBody, {200: InvitedAnswer}, LINK, problems=(InvitationLinkInvalid,),
    ),
    Route(
        "POST", "/invitations/accept", invitations.accept, PUBLIC,
        AcceptBody, CONFIRMED, LINK, problems=(InvitationLinkInvalid,),
    ),
    Route(
        "GET", "/company/approvals", approvals.list_all, ADMIN,
        answers={200: ApprovalsAnswer}, problems=INSIDE,
    ),
    Route(
        "POST", "/company/approvals/{approval_id}/approve", approvals.approve, ADMIN,
        limits=ACT, problems=(*DECIDING, SeatsFull),
    ),
    Route(
        "POST", "/company/approvals/{approval_id}/reject", approvals.reject, ADMIN,
        RejectBody, limits=ACT, problems=DECIDING,
    ),
    Route(
        "GET", "/company/audit-log", audit_log.show, OWNER,
        answers={200: AuditLogAnswer}, query=AuditQuery, problems=(*INSIDE, MemberNotFound),
    ),
    Route(
        "GET", "/company/audit-log/export", audit_log.export, OWNER,
        answers={200: audit_log.FILE}, limits=MAIL, problems=INSIDE,
    ),
    HEALTH_ROUTE,
)  # fmt: skip
