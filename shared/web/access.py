"""Who may use a route: the declaration that each row of a route table carries."""

from datetime import datetime, timedelta
from enum import Enum
from typing import Literal

from shared.errors import Problem, RoleRequired, Unauthenticated
from shared.web.caller import Caller

FRESH_FOR = timedelta(minutes=10)


class SignInRequired(Unauthenticated):
    """Nobody is signed in."""


class FreshSignInRequired(Unauthenticated):
    """The sign-in is older than 10 minutes; `methods` can be used to step up."""

    methods: list[Literal["password"]]


class Access(Enum):
    """What a route needs. `STAGE` is a session at any stage, `PRESENCE` one that is being asked.

    `GATEWAY` is for our own gateway alone, which never lets such a request in from outside.
    """

    PUBLIC = "public"
    GATEWAY = "gateway"
    STAGE = "stage"
    PRESENCE = "presence"
    MEMBER = "member"
    MEMBER_FRESH = "member, fresh"
    ADMIN = "admin"
    OWNER = "owner"
    OPERATOR = "operator"


ANYBODY = (Access.PUBLIC, Access.GATEWAY)
_ROLES = {Access.ADMIN: ("admin", "owner"), Access.OWNER: ("owner",)}


def judge(access: Access, caller: Caller, *, now: datetime) -> None:
    """Let the caller pass.

    Raises:
        SignInRequired: Nobody is signed in, or not far enough.
        FreshSignInRequired: The sign-in is too old for this route.
        RoleRequired: The member's role does not allow it.
    """
    if access in ANYBODY:
        return
    if caller.stage is None or not _far_enough(access, caller):
        raise SignInRequired
    if access is Access.MEMBER_FRESH and not _fresh(caller, now):
        raise FreshSignInRequired(methods=["password"])
    if access in _ROLES and caller.role not in _ROLES[access]:
        raise RoleRequired


def refusals(access: Access) -> tuple[type[Problem], ...]:
    """What `judge` may raise for a route."""
    if access in ANYBODY:
        return ()
    fresh = (FreshSignInRequired,) if access is Access.MEMBER_FRESH else ()
    role = (RoleRequired,) if access in _ROLES else ()
    return (SignInRequired, *fresh, *role)


def _far_enough(access: Access, caller: Caller) -> bool:
    if access is Access.STAGE:
        return True
    if access is Access.PRESENCE:
        return caller.stage == "presence"
    realm = "operator" if access is Access.OPERATOR else "member"
    return caller.stage == "active" and caller.realm == realm


def _fresh(caller: Caller, now: datetime) -> bool:
    at = caller.authenticated_at
    return at is not None and now - at <= FRESH_FOR
