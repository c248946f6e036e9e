"""All permissions in two tables, and the reasons why an action is not allowed.

The same tables decide about an action under the customer's lock, and tell pages which actions are
available. The rules' names are those of the requirements; docs/permissions.md is made from here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from services.membership.domain.joining.invitations import Invitation
from services.membership.domain.members.actors import Party
from services.membership.domain.members.members import Member, State
from shared.contracts.base import Role

MemberAct = Literal[
    "suspend", "resume", "delete", "change_role", "move", "edit_details", "send_password_reset"
]
CompanyAct = Literal[
    "see_company",
    "see_contacts",
    "export_members",
    "see_seats",
    "invite",
    "decide",
    "see_audit_log",
]
Why = Literal[
    "role_required",
    "vendor_only",
    "own_account",
    "owner_protected",
    "already_suspended",
    "not_suspended",
    "member_suspended",
    "last_owner",
]
"""The reason why an action is not allowed: the code of the problem that it would raise."""

EVERYBODY: frozenset[Role] = frozenset({"staff", "admin", "owner"})
NOT_OWNERS: frozenset[Role] = frozenset({"staff", "admin"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRule:
    """One action on an account. `on`: the roles that it may be applied to, by actor. `states`: the
    required states of the account. `oneself`: whether it is allowed on the actor's own account.
    `keeps_owner`: members may not do it if the company would have no active owner left."""

    rules: tuple[str, ...]
    on: Mapping[Party, frozenset[Role]]
    states: frozenset[State]
    oneself: bool = False
    keeps_owner: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyRule:
    """One action on the company as a whole. `by`: who may do it."""

    rules: tuple[str, ...]
    by: frozenset[Party]


MEMBER_RULES: Mapping[MemberAct, MemberRule] = {
    "suspend": MemberRule(
        rules=("R14", "R12"),
        on={"admin": NOT_OWNERS, "owner": EVERYBODY, "operator": EVERYBODY},
        states=frozenset({"active"}),
        keeps_owner=True,
    ),
    "resume": MemberRule(
        rules=("R15",), on={"operator": EVERYBODY}, states=frozenset({"suspended"})
    ),
    "delete": MemberRule(
        rules=("R14", "R12", "R16"),
        on={"admin": NOT_OWNERS, "owner": EVERYBODY, "operator": EVERYBODY},
        states=frozenset({"active", "suspended"}),
        keeps_owner=True,
    ),
    "change_role": MemberRule(
        rules=("R17", "R12"),
        on={"owner": EVERYBODY, "operator": EVERYBODY},
        states=frozenset({"active"}),
        oneself=True,
        keeps_owner=True,
    ),
    "move": MemberRule(
        rules=("R7",),
        on={"admin": NOT_OWNERS, "owner": NOT_OWNERS, "operator": EVERYBODY},
        states=frozenset({"active"}),
    ),
    "edit_details": MemberRule(
        rules=("B15",),
        on={"admin": NOT_OWNERS, "owner": EVERYBODY, "operator": EVERYBODY},
        states=frozenset({"active", "suspended"}),
        oneself=True,
    ),
    "send_password_reset": MemberRule(
        rules=("B17",),
        on={"admin": EVERYBODY, "owner": EVERYBODY},
        states=frozenset({"active"}),
    ),
}

COMPANY_RULES: Mapping[CompanyAct, CompanyRule] = {
    "see_company": CompanyRule(rules=("R13",), by=EVERYBODY | {"operator"}),
    "see_contacts": CompanyRule(rules=("R13",), by=frozenset({"admin", "owner", "operator"})),
    "export_members": CompanyRule(rules=("B16",), by=frozenset({"admin", "owner"})),
    "see_seats": CompanyRule(rules=("R5", "B3"), by=frozenset({"admin", "owner", "operator"})),
    "invite": CompanyRule(rules=("R3", "R5", "B16"), by=frozenset({"admin", "owner"})),
    "decide": CompanyRule(rules=("R3", "R4"), by=frozenset({"admin", "owner", "operator"})),
    "see_audit_log": CompanyRule(rules=("B6",), by=frozenset({"owner", "operator"})),
}

INVITED_ROLES: Mapping[Party, frozenset[Role]] = {
    "admin": frozenset({"staff"}),
    "owner": EVERYBODY,
}
"""The roles that an invitation may have, by inviter: only owners assign other roles (R17)."""


DECIDERS = COMPANY_RULES["decide"].by & EVERYBODY
"""The roles whose active holders decide on their company's approvals."""


def may(party: Party, act: CompanyAct) -> bool:
    """Whether this party may take an action on the company."""
    return party in COMPANY_RULES[act].by


def deciders(people: Iterable[Member]) -> list[Member]:
    """The members who decide on their company's approvals."""
    return [one for one in people if one.state == "active" and one.role in DECIDERS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """The actor, as read under the lock; `active_owners` is the company's number of them."""

    party: Party
    id: UUID | None
    active_owners: int

    def why_not(self, act: MemberAct, target: Member) -> Why | None:
        """The reason why this action on this account is not allowed; None if it is allowed."""
        rule = MEMBER_RULES[act]
        if self.party not in rule.on:
            return "vendor_only" if set(rule.on) == {"operator"} else "role_required"
        if self.id == target.id and not rule.oneself:
            return "own_account"
        if target.role not in rule.on[self.party]:
            return "owner_protected"
        if target.state not in rule.states:
            return _wrong_state(act, target.state)
        if rule.keeps_owner and self.party != "operator" and self.is_last_owner(target):
            return "last_owner"
        return None

    def may(self, act: CompanyAct) -> bool:
        """Whether this action on the company is allowed."""
        return may(self.party, act)

    def is_last_owner(self, member: Member) -> bool:
        """Whether the company has no active owner without this member (R12)."""
        return member.role == "owner" and member.state == "active" and self.active_owners <= 1


def may_stand(invitation: Invitation, *, sender: Member | None, replaced: Member | None) -> bool:
    """Whether an invitation or a move still holds: judged when it is looked at, used and approved,
    and whenever a member changes (R3, R7, R17).

    Its sender must be active and still be allowed to invite with this role, or to move this
    account. Those of the vendor have no sender. An account to be moved must be unchanged since the
    move was started: active, with the same role.
    """
    if invitation.replaces is not None and not _is_as_it_was(replaced, invitation.role):
        return False
    if invitation.invited_by is None:
        return True
    if sender is None or sender.state != "active":
        return False
    if replaced is None:
        return invitation.role in INVITED_ROLES.get(sender.role, ())
    return Judge(party=sender.role, id=sender.id, active_owners=0).why_not("move", replaced) is None


def _is_as_it_was(replaced: Member | None, role: Role) -> bool:
    return replaced is not None and replaced.state == "active" and replaced.role == role


def _wrong_state(act: MemberAct, state: State) -> Why:
    if act == "resume":
        return "not_suspended"
    return "already_suspended" if act == "suspend" and state == "suspended" else "member_suspended"
