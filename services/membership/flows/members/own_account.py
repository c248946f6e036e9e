"""The caller's own account (R10, B15), whose details can be changed at any time."""

from dataclasses import dataclass

from services.membership.domain.company.customers import Customer
from services.membership.domain.email_changes import EmailChange
from services.membership.domain.members.actors import CallingMember
from services.membership.domain.members.members import Member, Person
from services.membership.flows.ground import acting, auth_sync
from services.membership.flows.ground.acting import Acting
from services.membership.flows.ground.context import Context
from services.membership.storage.members import email_changes, member_states
from shared.contracts.base import Locale


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """The caller, their company, and their pending change of address, if there is one."""

    member: Member
    customer: Customer
    email_change: EmailChange | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """The fields to change; None stays unchanged."""

    family_name: str | None = None
    given_name: str | None = None
    family_name_kana: str | None = None
    given_name_kana: str | None = None
    phone: str | None = None
    department: str | None = None
    job_title: str | None = None
    locale: Locale | None = None

    def over(self, person: Person) -> Person:
        """The person with these details."""
        return Person(
            family_name=_said(self.family_name, person.family_name),
            given_name=_said(self.given_name, person.given_name),
            family_name_kana=_said(self.family_name_kana, person.family_name_kana),
            given_name_kana=_said(self.given_name_kana, person.given_name_kana),
            phone=_said(self.phone, person.phone),
            department=_said(self.department, person.department),
            job_title=_said(self.job_title, person.job_title),
        )


def _said(said: str | None, otherwise: str) -> str:
    return otherwise if said is None else said


async def show(context: Context, who: CallingMember) -> OwnAccount:
    """The caller's account.

    Raises:
        AccountNotActive: The account is suspended or closed, or the session ended.
    """
    async with acting.look(context, who, "show own account") as act:
        assert act.me is not None
        return await describe(act, act.me)


async def describe(act: Acting, me: Member) -> OwnAccount:
    """The account of the caller, `me`, with what belongs to it."""
    change = await email_changes.find_pending(act.connection, me.id)
    # Releases up to 0.2.0 stored a change to an address in use without the address.
    if change is not None and (change.ends_at <= act.now or not change.email):
        change = None
    return OwnAccount(me, act.customer, change)


async def update(context: Context, who: CallingMember, details: Details) -> OwnAccount:
    """Change the caller's details, and send them to auth.

    Raises:
        AccountNotActive: The account is suspended or closed, or the session ended.
    """
    async with acting.begin(context, who, "change own details") as act:
        me = act.me
        assert me is not None
        person, locale = details.over(me.person), details.locale or me.locale
        if (person, locale) != (me.person, me.locale):
            me = await member_states.update_person(act.connection, me, person, locale=locale)
            await act.record("account", "details_changed", target_id=me.id)
            await auth_sync.sync(act.connection, me, act.customer)
        return await describe(act, me)
