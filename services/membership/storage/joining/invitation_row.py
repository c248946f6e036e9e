"""A row of the table `invitations`, as its module reads it."""

from typing import ClassVar

import asyncpg

from services.membership.domain.joining.invitations import Invitation
from services.membership.domain.members.members import Person
from services.membership.domain.members.trust import session_of

_PERSON = (
    "family_name", "given_name", "family_name_kana", "given_name_kana", "department", "job_title",
)  # fmt: skip


class InvitationRow:
    """The selected columns, and their conversion."""

    COLUMNS: ClassVar[str] = """
        id, customer_id, batch_id, email, email_key, role, locale, state, replaces, invited_by,
        created_at, sent_at, expires_at, session_id, session_at, family_name, given_name,
        family_name_kana, given_name_kana, department, job_title
    """

    @staticmethod
    def read(row: asyncpg.Record) -> Invitation:
        """The invitation in a row of these columns."""
        values = dict(row)
        session = session_of(values.pop("session_id"), values.pop("session_at"))
        person = Person(phone="", **{name: values.pop(name) for name in _PERSON})
        return Invitation(session=session, person=person, **values)
