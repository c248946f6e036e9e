"""GET /company/member-file: the list of members as a file for Excel (B16)."""

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from aiohttp import web

from services.membership.api import csv_file
from services.membership.api.audit_file import WORDS
from services.membership.api.members import FilterQuery
from services.membership.api.place import asking
from services.membership.domain.members.members import Member, ShownState
from services.membership.flows.company import company
from shared.contracts.base import Locale
from shared.web.routing import Call, File, NoBody

_HEADS: Mapping[Locale, Sequence[str]] = {
    "ja": ("氏名", "フリガナ", "メールアドレス", "権限", "部署", "役職", "状態", "最終利用"),
    "en": (
        "Name", "Reading", "Email address", "Role", "Department", "Job title", "State", "Last used",
    ),
}  # fmt: skip
_STATES: Mapping[ShownState, Mapping[Locale, str]] = {
    "active": {"ja": "利用中", "en": "Active"},
    "suspended": {"ja": "停止中", "en": "Suspended"},
    "closed": {"ja": "削除済み", "en": "Deleted"},
    "opening": {"ja": "登録処理中", "en": "Being opened"},
    "resuming": {"ja": "再開処理中", "en": "Being resumed"},
    "suspending": {"ja": "停止処理中", "en": "Being suspended"},
    "deleting": {"ja": "削除処理中", "en": "Being deleted"},
    "changing": {"ja": "変更処理中", "en": "Being changed"},
}
FILE = File("text/csv", "\ufeff" + ",".join(_HEADS["ja"]))
"""The list as a file."""


async def export(call: Call[NoBody]) -> web.Response:
    """The list as CSV for Excel, in words of the caller's language, times in the vendor's zone."""
    context, who = asking(call)
    query = call.query(FilterQuery)
    members = await company.export_members(context, who, query.filter, query.order)
    rows = _rows(members, zone=context.settings.zone, locale=call.locale)
    return csv_file.response("members.csv", rows)


def _rows(
    members: Sequence[Member], *, zone: ZoneInfo, locale: Locale
) -> Iterator[Sequence[object]]:
    yield _HEADS[locale]
    for member in members:
        used = member.last_used_at
        yield (
            member.person.name,
            member.person.reading,
            member.email,
            WORDS["sources"][member.role][locale],
            member.person.department,
            member.person.job_title,
            _STATES[member.shown_state][locale],
            f"{used.astimezone(zone):%Y/%m/%d %H:%M}" if used else "",
        )
