"""`zaiseki members`: the vendor's actions on a customer's accounts (R15, R16)."""

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from cli import tables, vendor, words
from cli.acting import By
from cli.sentences import sentence
from cli.vendor import AsJson, Called, Code, Desk, Until
from services.membership.domain.company.disclosure import RevealReason
from shared.contracts.base import SuspensionReason

if TYPE_CHECKING:
    from services.membership.domain.members.members import Member

app = typer.Typer(no_args_is_help=True, help="A customer's accounts.")

Note = Annotated[str, typer.Option(help="A note for the vendor only; `show` displays it.")]
Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="The member's mail address.")]


Reveal = Annotated[
    RevealReason | None,
    typer.Option("--reason", help="The reason for showing addresses in full; only with --called."),
]
Only = Annotated[
    UUID | None, typer.Option("--member", metavar="ID", help="Only this member, by id.")
]


@app.command()
def show(
    code: Code,
    *,
    by: By,
    called: Called = False,
    reason: Reveal = None,
    member: Only = None,
    as_json: AsJson = False,
) -> None:
    """List a customer's accounts, with addresses and names masked. After a call back, --called and
    --reason show them in full, which is recorded for each member."""
    from services.membership.flows.company import vendor as flow

    if called != (reason is not None):
        raise typer.BadParameter("To show addresses in full, give both --called and --reason.")

    async def list_all(desk: Desk) -> "list[Member]":
        if reason is None:
            return await flow.list_members(desk.context, desk.operator(), only=member)
        who = desk.operator("after_call")
        return await flow.reveal_members(desk.context, who, reason, only=member)

    found = vendor.at(code, by, list_all)
    rows = [_row(one, in_full=reason is not None) for one in found]
    tables.show(COLUMNS, rows, codes=CODES, as_json=as_json)


COLUMNS = {
    "id": ("ID", "ID"),
    "email": ("メールアドレス", "ADDRESS"),
    "name": ("氏名", "NAME"),
    "role": ("権限", "ROLE"),
    "state": ("状態", "STATE"),
    "last_used": ("最終利用日", "LAST USED"),
    "reason": ("停止の理由", "SUSPENDED FOR"),
    "note": ("メモ", "NOTE"),
}
CODES = {"role": "role", "state": "state", "reason": "reason"}


def _row(one: "Member", *, in_full: bool) -> dict[str, str]:
    from services.membership.domain.company.disclosure import masked_name
    from shared.addresses import mask

    card = one.suspension.card if one.suspension else None
    return {
        "id": str(one.id),
        "email": one.email if in_full else mask(one.email),
        "name": one.person.name if in_full else masked_name(one.person.name),
        "role": one.role,
        "state": one.shown_state,
        "last_used": vendor.day_of(one.last_used_at) if one.last_used_at else "",
        "reason": card.reason if card else "",
        "note": card.for_vendor if card else "",
    }


@app.command()
def suspend(
    code: Code,
    address: Address,
    *,
    by: By,
    reason: SuspensionReason = "other",
    until: Until = None,
    note: Note = "",
    as_json: AsJson = False,
) -> None:
    """Suspend an account. With a date, the company is reminded; the account is not resumed."""
    from services.membership.api.fields import LONGEST_NOTE
    from services.membership.domain.entry import text
    from services.membership.domain.members.members import SuspensionCard
    from services.membership.flows.company import vendor as flow
    from services.membership.flows.members import member_state

    try:
        kept = text.name(note, longest=LONGEST_NOTE, may_be_empty=True)
    except text.InvalidText as error:
        raise typer.BadParameter(f"--note cannot be stored: {error.code}.") from error
    card = SuspensionCard(reason=reason, until=vendor.end_of(until), for_vendor=kept)

    async def act(desk: Desk) -> "Member":
        member = await flow.get_member(desk.context, desk.operator(), address)
        return await member_state.suspend(desk.context, desk.operator(), member.id, card)

    _say(vendor.at(code, by, act), as_json=as_json)


@app.command()
def resume(
    code: Code, address: Address, *, by: By, called: Called = False, as_json: AsJson = False
) -> None:
    """Resume a suspended account (R15), after a call back."""
    from services.membership.flows.company import vendor as flow
    from services.membership.flows.members import member_state

    vendor.require_call(code, by, called=called)

    async def act(desk: Desk) -> "Member":
        member = await flow.get_member(desk.context, desk.operator(), address)
        return await member_state.resume(desk.context, desk.operator("after_call"), member.id)

    _say(vendor.at(code, by, act), as_json=as_json)


@app.command()
def delete(
    code: Code, address: Address, *, by: By, called: Called = False, as_json: AsJson = False
) -> None:
    """Delete an account for good (R16), after a call back."""
    from services.membership.flows.company import vendor as flow
    from services.membership.flows.members import member_state

    vendor.require_call(code, by, called=called)

    async def act(desk: Desk) -> "Member":
        member = await flow.get_member(desk.context, desk.operator(), address)
        return await member_state.delete(desk.context, desk.operator("after_call"), member.id)

    _say(vendor.at(code, by, act), as_json=as_json)


def _say(member: "Member", *, as_json: bool) -> None:
    """Print the account's current state, which changes only when auth has confirmed."""
    if as_json:
        facts = {"id": str(member.id), "state": member.shown_state, "settled": member.settled}
        tables.show_json(facts)
        return
    name = "account_is" if member.settled else "account_is_late"
    typer.echo(sentence(name, state=words.shown("state", member.shown_state)))
