"""Membership's URL table. Under the gateway the prefix is /api/membership."""

from services.membership.api import company, registrations
from services.membership.api.company import CompanyAnswer, MeAnswer, MembersAnswer
from services.membership.api.paging import PageQuery
from services.membership.api.registrations import (
    Accepted,
    Approved,
    AwaitingApproval,
    ConfirmBody,
    Opening,
    RegistrationBody,
)
from services.membership.errors import AccountNotActive, RegistrationLinkInvalid
from shared.web.access import Access
from shared.web.rate_limit import Limit
from shared.web.routing import Answers, Route

REGISTER = (Limit("registration", "60/hour", "network"), Limit("registration", "5/hour", "email"))
LINK = (Limit("link", "60/minute", "network"), Limit("link", "20/minute", "token"))
CONFIRMED: Answers = {200: Approved | AwaitingApproval, 202: Opening}
INSIDE = (AccountNotActive,)

ROUTES = (
    Route(
        "POST", "/registrations", registrations.request, Access.PUBLIC,
        RegistrationBody, {202: Accepted}, REGISTER, idempotent=True,
    ),
    Route(
        "POST", "/registrations/confirm", registrations.confirm, Access.PUBLIC,
        ConfirmBody, CONFIRMED, LINK, problems=(RegistrationLinkInvalid,),
    ),
    Route(
        "GET", "/me", company.show_me, Access.MEMBER,
        answers={200: MeAnswer}, problems=INSIDE,
    ),
    Route(
        "GET", "/company", company.show, Access.MEMBER,
        answers={200: CompanyAnswer}, problems=INSIDE,
    ),
    Route(
        "GET", "/company/members", company.list_members, Access.MEMBER,
        answers={200: MembersAnswer}, query=PageQuery, problems=INSIDE,
    ),
)  # fmt: skip
