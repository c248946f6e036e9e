"""`zaiseki members`: what the vendor does with a customer's accounts (R15, R16)."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli import vendor
from cli.vendor import Called, Code, Desk, Until
from shared.contracts.base import SuspensionReason

if TYPE_CHECKING:
    from services.membership.domain.members import Member

app = typer.Typer(no_args_is_help=True, help="A customer's accounts.")

Note = Annotated[str, typer.Option(help="For the vendor alone; `show` tells it again.")]
Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="The member's mail address.")]


@app.command()
def show(code: Code) -> None:
    """List a customer's accounts: address, role, state, last use, name; why one is suspended."""
    from cli import database
    from services.membership.flows import vendor as flow
    from shared import days

    async def list_all(desk: Desk) -> tuple[str, str, "list[Member]"]:
        members = await flow.list_members(desk.context, desk.operator())
        return desk.customer.name, desk.customer.phone, members

    (name, phone, members), zone = vendor.at(code, list_all), database.zone()
    typer.echo(f"{name}\t{phone}\t{len(members)} accounts")
    for one in members:
        used = days.day_of(one.last_used_at, zone) if one.last_used_at else "never"
        card = one.suspension.card if one.suspension else None
        why = (card.reason, card.for_vendor) if card else ()
        typer.echo("\t".join((one.email, one.role, one.shown_state, used, one.person.name, *why)))


@app.command()
def suspend(
    code: Code,
    address: Address,
    *,
    reason: SuspensionReason = "other",
    until: Until = None,
    note: Note = "",
) -> None:
    """Suspend an account; with a date the company is reminded, and nothing resumes by itself."""
    from services.membership.api.fields import LONGEST_NOTE
    from services.membership.domain import text
    from services.membership.domain.members import SuspensionCard
    from services.membership.flows import member_state
    from services.membership.flows import vendor as flow

    try:
        kept = text.name(note, longest=LONGEST_NOTE, may_be_empty=True)
    except text.InvalidText as error:
        raise typer.BadParameter(f"--note cannot be kept: {error.code}.") from error
    card = SuspensionCard(reason=reason, until=vendor.end_of(until), for_vendor=kept)

    async def act(desk: Desk) -> "Member":
        member = await flow.get_member(desk.context, desk.operator(), address)
        return await member_state.suspend(desk.context, desk.operator(), member.id, card)

    _say(vendor.at(code, act))


@app.command()
def resume(code: Code, address: Address, *, called: Called = False) -> None:
    """Resume a suspended account (R15), after a call back."""
    from services.membership.flows import member_state
    from services.membership.flows import vendor as flow

    vendor.require_call(code, called=called)

    async def act(desk: Desk) -> "Member":
        member = await flow.get_member(desk.context, desk.operator(), address)
        return await member_state.resume(desk.context, desk.operator("after_call"), member.id)

    _say(vendor.at(code, act))


@app.command()
def delete(code: Code, address: Address, *, called: Called = False) -> None:
    """Delete an account for good (R16), after a call back."""
    from services.membership.flows import member_state
    from services.membership.flows import vendor as flow

    vendor.require_call(code, called=called)

    async def act(desk: Desk) -> "Member":
        member = await flow.get_member(desk.context, desk.operator(), address)
        return await member_state.delete(desk.context, desk.operator("after_call"), member.id)

    _say(vendor.at(code, act))


def _say(member: "Member") -> None:
    """What the account is now, which is not yet what was asked for while auth has not confirmed."""
    late = "" if member.settled else " (auth has not confirmed it yet)"
    typer.echo(f"The account is {member.shown_state}{late}.")
