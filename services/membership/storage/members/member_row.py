"""A row of the table `members`, as several modules read it."""

from typing import Any, ClassVar

import asyncpg

from services.membership.domain.members.members import (
    Member,
    Person,
    PresenceStanding,
    Suspension,
    SuspensionCard,
)
from services.membership.domain.members.trust import Distrust
from services.membership.domain.permissions import DECIDERS

TOLD_FORMAT = 2
"""The format in which this release sends a member's state to auth: 2 has the parts of the name."""

_DECIDERS = ", ".join(f"'{role}'" for role in sorted(DECIDERS))
_PERSON = (
    "family_name", "given_name", "family_name_kana", "given_name_kana", "phone", "department",
    "job_title",
)  # fmt: skip


class MemberRow:
    """The selected columns, and their conversion."""

    COLUMNS: ClassVar[str] = """
        id, customer_id, email, email_key, family_name, given_name, family_name_kana,
        given_name_kana, phone, department, job_title, role, state, locale, version, state_version,
        changed_version, confirmed_version, first_password_sha256, first_password_expires_at,
        password_set_at, welcomed, last_used_at, presence_passed_at,
        cardinality(presence_missed_at) as presence_missed, suspended_at, suspended_by,
        suspension_reason, suspension_until, note_for_member, note_for_company, note_for_vendor,
        created_at, distrusted_at, spared_session_id
    """

    @staticmethod
    def read(row: asyncpg.Record | dict[str, Any]) -> Member:
        """The member in a row of these columns."""
        values = dict(row)
        return Member(
            person=Person(**{name: values.pop(name) for name in _PERSON}),
            presence=PresenceStanding(
                last_passed_at=values.pop("presence_passed_at"),
                missed_in_a_row=values.pop("presence_missed"),
            ),
            suspension=_suspension(values),
            distrust=_distrust(values),
            **values,
        )

    @staticmethod
    def nobody_decides(customer_id: str, *, but: str = "null") -> str:
        """The condition that a customer has no other approver than this one."""
        return f"""
            not exists (
                select from members as decider
                where decider.customer_id = {customer_id} and decider.state = 'active'
                    and decider.role in ({_DECIDERS}) and decider.id is distinct from {but}
            )
        """


def _distrust(values: dict[str, Any]) -> Distrust | None:
    """Takes its columns out of a row."""
    at, spared = values.pop("distrusted_at"), values.pop("spared_session_id")
    return Distrust(at=at, spared=spared) if at else None


def _suspension(values: dict[str, Any]) -> Suspension | None:
    """Takes its columns out of a row."""
    card = SuspensionCard(
        reason=values.pop("suspension_reason"),
        until=values.pop("suspension_until"),
        for_member=values.pop("note_for_member"),
        for_company=values.pop("note_for_company"),
        for_vendor=values.pop("note_for_vendor"),
    )
    since, by = values.pop("suspended_at"), values.pop("suspended_by")
    return Suspension(card=card, since=since, by=by) if since else None
