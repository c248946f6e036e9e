"""/company/audit-log: the audit log as a list and as a file."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from aiohttp import web
from pydantic import Field, PlainValidator, WithJsonSchema

from services.membership.api import audit_file, csv_file
from services.membership.api.place import asking
from services.membership.api.shapes import (
    ActionText,
    BrowserText,
    NetworkText,
    Number,
    PersonName,
    ReasonText,
    RequestText,
    SubjectName,
)
from services.membership.domain.company.audit import Link, Wanted
from services.membership.flows.company import audit_log
from services.membership.flows.company.audit_log import Page
from shared import days
from shared.contracts.base import AuditEvent, AuditSource, AuditSubject
from shared.web.field_errors import refused
from shared.web.routing import Answer, Call, File, NoBody, Query, answer

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(value: object) -> date:
    """A day whose beginning and end exist in every time zone."""
    with suppress(ValueError):
        if isinstance(value, str) and _DAY.fullmatch(value):
            day = date.fromisoformat(value)
            if 1 < day.year < 9999:
                return day
    raise refused("invalid_time")


Day = Annotated[
    date,
    PlainValidator(_day),
    WithJsonSchema(
        {
            "type": "string",
            "format": "date",
            "description": "In the vendor's time zone, inclusive",
            "examples": ["2026-11-30"],
        }
    ),
]


class AuditQuery(Query):
    """Which part of the log: the newest first, from the one below a number on. `person` finds the
    entries by and about one, `source` those of one kind of actor, `since` and `until` those of some
    days."""

    person: UUID | None = None
    source: AuditSource | None = None
    subject: AuditSubject | None = None
    since: Day | None = None
    until: Day | None = None
    before: Annotated[int, Field(ge=1, le=2**63 - 1, examples=[101])] | None = None
    limit: Annotated[int, Field(ge=1, le=100, examples=[50])] = 50

    def wanted(self, zone: ZoneInfo) -> Wanted:
        """The entries to list."""
        since = days.end_of(self.since - timedelta(days=1), zone) if self.since else None
        return Wanted(
            person=self.person,
            source=self.source,
            subject=self.subject,
            since=since,
            until=days.end_of(self.until, zone) if self.until else None,
            before=self.before,
        )


class EntryAnswer(Answer):
    """One entry. Names are current; null for people who have left or are not of the company.
    `event` is `subject:action`; null if this release has no words for it."""

    number: Number
    at: datetime
    source: AuditSource
    subject: AuditSubject
    action: ActionText
    event: AuditEvent | None
    actor_id: UUID | None
    actor_name: PersonName | None
    target_id: UUID | None
    target_name: SubjectName | None
    reason: ReasonText
    network: NetworkText
    browser: BrowserText
    request_id: RequestText


class AuditLogAnswer(Answer):
    """A page of the log; `next_before` is the start of the next one."""

    items: list[EntryAnswer]
    next_before: Number | None


FILE = File("text/csv", "\ufeff" + ",".join(audit_file.heads("ja")))
"""The log as a file."""


async def show(call: Call[NoBody]) -> web.Response:
    """The audit log of the caller's company."""
    query, (context, who) = call.query(AuditQuery), asking(call)
    wanted = query.wanted(context.settings.zone)
    page = await audit_log.show(context, who, wanted, limit=query.limit)
    return answer(AuditLogAnswer(items=_entries(page), next_before=page.next))


async def export(call: Call[NoBody]) -> web.Response:
    """The same as CSV for Excel: UTF-8 with a byte order mark, without formulas.

    It is for people: in words of the caller's language, with times in the vendor's time zone.
    """
    context, who = asking(call)
    page = await audit_log.export(context, who)
    rows = audit_file.rows(page, zone=context.settings.zone, locale=call.locale)
    return csv_file.response("audit-log.csv", rows)


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
        event=entry.event,
        actor_id=entry.actor_id,
        actor_name=names.get(entry.actor_id) if entry.actor_id else None,
        target_id=entry.target_id,
        target_name=names.get(entry.target_id) if entry.target_id else None,
        reason=entry.reason,
        network=entry.network,
        browser=entry.browser,
        request_id=entry.request_id,
    )
