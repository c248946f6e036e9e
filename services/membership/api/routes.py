"""Membership's URL table. Under the gateway the prefix is /api/membership."""

from services.membership.api import company, members, registrations
from services.membership.api.company import CompanyAnswer, MeAnswer
from services.membership.api.member_answers import MembersAnswer
from services.membership.api.members import (
    CHANGED,
    DeleteQuery,
    MembersQuery,
    RoleBody,
    SuspendBody,
)
from services.membership.api.registrations import (
    Accepted,
    Approved,
    ConfirmBody,
    Opening,
    RegistrationBody,
)
from shared.web.access import Access
from shared.web.operators import HEALTH_ROUTE
from shared.web.rate_limit import Limit
from shared.web.routing import Answer, Route

REGISTER = (Limit("registration", "60/hour", "network"), Limit("registration", "5/hour", "email"))
LINK = (Limit("link", "60/minute", "network"), Limit("link", "20/minute", "token"))
ACT = (Limit("act", "120/minute", "member"),)
CONFIRMED: dict[int, type[Answer] | None] = {200: Approved, 202: Opening}

ROUTES = (
    Route(
        "POST", "/registrations", registrations.request, Access.PUBLIC,
        RegistrationBody, {202: Accepted}, REGISTER,
    ),
    Route(
        "POST", "/registrations/confirm", registrations.confirm, Access.PUBLIC,
        ConfirmBody, CONFIRMED, LINK,
    ),
    Route("GET", "/me", company.show_me, Access.MEMBER, answers={200: MeAnswer}),
    Route("GET", "/company", company.show, Access.MEMBER, answers={200: CompanyAnswer}),
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
    HEALTH_ROUTE,
)  # fmt: skip
