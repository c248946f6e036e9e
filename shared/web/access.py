"""The requirements of a route for its caller, declared in each row of a route table."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from shared.contracts.base import Role
from shared.errors import Problem, RoleRequired, Unauthenticated
from shared.web.caller import Caller, Member, Operator, OperatorRole, SignedIn

FRESH_FOR = timedelta(minutes=10)

Realm = Literal["public", "gateway", "member", "operator"]

_LADDERS: dict[Realm, tuple[str, ...]] = {
    "member": ("staff", "admin", "owner"),
    "operator": get_args(OperatorRole),
}
"""The roles of each realm, lowest first; a role may do what all roles before it may do."""

_SIGNED_IN: dict[Realm, type[SignedIn]] = {"member": Member, "operator": Operator}


class SignInRequired(Unauthenticated):
    """The caller is not signed in."""


class FreshSignInRequired(Unauthenticated):
    """The sign-in is older than 10 minutes; `methods` can be used to step up."""

    methods: list[Literal["password"]]


@dataclass(frozen=True, slots=True)
class Access:
    """Describes the requirements of a route for its caller.

    - `realm`: `public` admits all clients. `gateway` is for the gateway's own requests: it never
      forwards such a request from outside, and `judge` does not check this. The other realms
      require a session of that realm.
    - `role`: the lowest role that is allowed, None for every role.
    - `fresh`: the caller must have signed in or stepped up within the last 10 minutes.
    - `stage`: `active`: the sign-in is complete; `presence`: the session waits for its presence
      check; `any`: either.
    """

    realm: Realm
    role: Role | OperatorRole | None = None
    fresh: bool = False
    stage: Literal["any", "presence", "active"] = "active"

    def __post_init__(self) -> None:
        if self.role is not None and self.role not in _LADDERS.get(self.realm, ()):
            raise ValueError(f"{self.role} is not a role of realm {self.realm}")
        if not self.needs_session and (self.fresh or self.stage != "active"):
            raise ValueError(f"realm {self.realm} has no sign-in")

    def __str__(self) -> str:
        """Return the text for documentation: `member`, `admin, fresh`, `member, stage presence`."""
        stage = "" if self.stage == "active" else f"stage {self.stage}"
        role = self.role if self.realm == "member" else f"operator {self.role}"
        who = role if self.role else self.realm
        return ", ".join(filter(None, (who, "fresh" if self.fresh else "", stage)))

    @property
    def needs_session(self) -> bool:
        """Return whether the route requires a session."""
        return self.realm in _SIGNED_IN


PUBLIC = Access("public")
GATEWAY = Access("gateway")
ANY_STAGE = Access("member", stage="any")
PRESENCE = Access("member", stage="presence")
MEMBER = Access("member")
MEMBER_FRESH = Access("member", fresh=True)
ADMIN = Access("member", "admin")
OWNER = Access("member", "owner")
OPERATOR = Access("operator")


def judge(access: Access, caller: Caller, *, now: datetime) -> None:
    """Check whether a caller meets the requirements.

    Raises:
        SignInRequired: The caller has no session of the realm, or its stage is another one.
        RoleRequired: The caller's role does not allow it.
        FreshSignInRequired: The sign-in is too old for this route.
    """
    if not access.needs_session:
        return
    if not isinstance(caller, _SIGNED_IN[access.realm]) or access.stage not in (
        "any",
        caller.stage,
    ):
        raise SignInRequired
    ladder = _LADDERS[access.realm]
    if access.role is not None and ladder.index(caller.role) < ladder.index(access.role):
        raise RoleRequired
    if access.fresh and now - caller.authenticated_at > FRESH_FOR:
        raise FreshSignInRequired(methods=["password"])


def refusals(access: Access) -> tuple[type[Problem], ...]:
    """Return the problems that `judge` may raise for a route."""
    columns: tuple[tuple[bool, type[Problem]], ...] = (
        (access.needs_session, SignInRequired),
        (access.role is not None, RoleRequired),
        (access.fresh, FreshSignInRequired),
    )
    return tuple(fact for holds, fact in columns if holds)
