"""/company/audit-log: the audit log as a list and as a file."""

import csv
import io
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from unicodedata import normalize
from uuid import UUID
from zoneinfo import ZoneInfo

from aiohttp import hdrs, web
from pydantic import Field

from services.membership.api.place import asking
from services.membership.api.shapes import (
    ActionText,
    BrowserText,
    NetworkText,
    Number,
    PersonName,
    ReasonText,
    RequestText,
)
from services.membership.domain.company.audit import Link
from services.membership.flows.company import audit_log
from services.membership.flows.company.audit_log import Page
from shared.contracts.base import AuditSource, AuditSubject
from shared.web.routing import Answer, Call, File, NoBody, Query, answer

_BEGINS_FORMULA = ("=", "+", "-", "@")
_CONTROLS = ("\t", "\r", "\n")


class AuditQuery(Query):
    """Which part of the log: the newest first, from the one below a number on."""

    before: Annotated[int, Field(ge=1, le=2**63 - 1, examples=[101])] | None = None
    limit: Annotated[int, Field(ge=1, le=100, examples=[50])] = 50


class EntryAnswer(Answer):
    """One entry. Names are current; null for people who have left or are not of the company."""

    number: Number
    at: datetime
    source: AuditSource
    subject: AuditSubject
    action: ActionText
    actor_id: UUID | None
    actor_name: PersonName | None
    target_id: UUID | None
    target_name: PersonName | None
    reason: ReasonText
    network: NetworkText
    browser: BrowserText
    request_id: RequestText


class AuditLogAnswer(Answer):
    """A page of the log; `next_before` is the start of the next one."""

    items: list[EntryAnswer]
    next_before: Number | None


FILE = File("text/csv", "\ufeff" + ",".join(EntryAnswer.model_fields))
"""The log as a file, its columns named like the fields of an entry."""


async def show(call: Call[NoBody]) -> web.Response:
    """The audit log of the caller's company."""
    query = call.query(AuditQuery)
    page = await audit_log.show(*asking(call), before=query.before, limit=query.limit)
    return answer(AuditLogAnswer(items=_entries(page), next_before=page.next))


async def export(call: Call[NoBody]) -> web.Response:
    """The same as CSV for Excel: UTF-8 with a byte order mark, without formulas.

    Its times are in the vendor's time zone, with the offset from UTC, because people read them.
    """
    context, who = asking(call)
    text = _csv(_entries(await audit_log.export(context, who)), context.settings.zone)
    headers = {hdrs.CONTENT_DISPOSITION: 'attachment; filename="audit-log.csv"'}
    body = text.encode("utf-8-sig")
    return web.Response(body=body, content_type="text/csv", charset="utf-8", headers=headers)


def _entries(page: Page) -> list[EntryAnswer]:
    return [_entry(link, page.names) for link in page.links]


def _entry(link: Link, names: Mapping[UUID, str]) -> EntryAnswer:
    entry = link.entry
    return EntryAnswer(
        number=link.number,
        at=entry.at,
        source=entry.source,
        subject=entry.subject,
        action=entry.action,
        actor_id=entry.actor_id,
        actor_name=names.get(entry.actor_id) if entry.actor_id else None,
        target_id=entry.target_id,
        target_name=names.get(entry.target_id) if entry.target_id else None,
        reason=entry.reason,
        network=entry.network,
        browser=entry.browser,
        request_id=entry.request_id,
    )


def _csv(entries: list[EntryAnswer], zone: ZoneInfo) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(EntryAnswer.model_fields)
    for entry in entries:
        row = entry.model_dump(mode="json")
        row["at"] = entry.at.astimezone(zone).isoformat(timespec="seconds")
        writer.writerow(map(_harmless, row.values()))
    return file.getvalue()


def _harmless(value: object) -> object:
    """Put an apostrophe before a text that a spreadsheet would take for a formula (ASVS-1.2.10).

    Full-width signs count too, because Japanese spreadsheets read them like narrow ones, and
    invisible characters before a sign are ignored.
    """
    if isinstance(value, str):
        seen = (mark for mark in normalize("NFKC", value) if mark.isprintable() and mark != " ")
        formula = next(seen, "") in _BEGINS_FORMULA or value[:1] in _CONTROLS
        return f"'{value}" if formula else value
    return "" if value is None else value
