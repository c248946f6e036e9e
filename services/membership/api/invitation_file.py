"""/company/invitation-file: inviting the people of a CSV file (B16), and its template."""

from base64 import b64decode
from typing import Annotated

from aiohttp import web
from pydantic import AfterValidator, Field

from services.membership.api import csv_file
from services.membership.api.file_faults import FaultAnswer, fault_answer, refused_in
from services.membership.api.invitations import SentAnswer
from services.membership.api.invitations import of as invitation_of
from services.membership.api.place import asking
from services.membership.api.shapes import EmailText, Number, PersonAnswer
from services.membership.domain.table_file.invitation_rows import LAYOUT, InvitationRow
from services.membership.flows.joining import invitation_file
from services.membership.flows.joining.invitation_file import Report
from shared.contracts.base import Locale, Role
from shared.web.field_errors import refused
from shared.web.routing import Answer, Body, Call, File, NoBody, answer

LONGEST_FILE = 240_000
"""Of the file in base64: 180 kB, many times what 200 rows need."""

_BASE64 = r"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"


def _base64(value: str) -> str:
    try:
        b64decode(value, validate=True)
    except ValueError as error:
        raise refused("invalid_format") from error
    return value


class InvitationFileBody(Body):
    """A CSV file as Excel saves it (UTF-8, CP932, UTF-16), in base64. With `dry_run` it is only
    checked; otherwise all people in it are invited, or none."""

    file: Annotated[
        str,
        Field(
            max_length=LONGEST_FILE,
            examples=["44Oh44O844Or44Ki44OJ44Os44K5CnRhcm9AeWFtYXRvLXNob2ppLmV4YW1wbGUK"],
            json_schema_extra={"contentEncoding": "base64", "pattern": _BASE64},
        ),
        AfterValidator(_base64),
    ]
    dry_run: bool = False

    @property
    def data(self) -> bytes:
        """The file."""
        return b64decode(self.file)


class InvitedRowAnswer(PersonAnswer):
    """A person whom the file would invite."""

    row: Annotated[int, Field(examples=[2])]
    email: EmailText
    role: Role
    locale: Locale


class NeededSeatsAnswer(Answer):
    """The seats that the invitations would take, and those that are free."""

    needed: Number
    free: Number


class MailsAnswer(Answer):
    """The mails that would be sent at once, and those that would wait for the company's hourly
    limit."""

    now: Number
    later: Number


class CheckedFileAnswer(Answer):
    """What the file would do. While it has `faults`, or needs more seats than are free, no person
    in it can be invited. `left_out` are the heads of columns that are not read."""

    invitations: list[InvitedRowAnswer]
    faults: list[FaultAnswer]
    left_out: Annotated[list[str], Field(examples=[["備考"]])]
    seats: NeededSeatsAnswer
    mails: MailsAnswer


async def send_or_check(call: Call[InvitationFileBody]) -> web.Response:
    """Invite the people of a file, or with `dry_run` say what it would do."""
    body, key = call.body, call.idempotency_key
    if body.dry_run:
        return answer(_checked(await invitation_file.check(*asking(call), body.data), call.locale))
    with refused_in(call.locale):
        sent = await invitation_file.send(*asking(call), body.data, locale=call.locale, key=key)
    return answer(SentAnswer(invitations=[invitation_of(one) for one in sent]), status=201)


async def show_template(call: Call[NoBody]) -> web.Response:
    """An empty file with the heads of all columns."""
    await invitation_file.require_permission(*asking(call))
    return csv_file.response("invitations.csv", [_heads(call.locale)])


def _heads(locale: Locale) -> list[str]:
    return [heads[0 if locale == "ja" else 1] for heads in LAYOUT.headings.values()]


TEMPLATE = File("text/csv", "\ufeff" + ",".join(_heads("ja")))


def _checked(report: Report, locale: Locale) -> CheckedFileAnswer:
    needed = len(report.rows)
    return CheckedFileAnswer(
        invitations=[_row(row, locale) for row in report.rows],
        faults=[fault_answer(fault, locale) for fault in report.faults],
        left_out=list(report.left_out),
        seats=NeededSeatsAnswer(needed=needed, free=report.free_seats),
        mails=MailsAnswer(now=report.mails_now, later=needed - report.mails_now),
    )


def _row(row: InvitationRow, locale: Locale) -> InvitedRowAnswer:
    return InvitedRowAnswer(
        row=row.email_cell.row,
        email=row.email,
        family_name=row.family_name,
        given_name=row.given_name,
        family_name_kana=row.family_name_kana,
        given_name_kana=row.given_name_kana,
        department=row.department,
        job_title=row.job_title,
        role=row.role,
        locale=row.locale or locale,
    )
