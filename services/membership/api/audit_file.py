"""The audit log as a CSV file for people: in words, without formulas.

The words are in audit_words.json, from which `make docs` also makes those of the page.
"""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from unicodedata import normalize
from uuid import UUID
from zoneinfo import ZoneInfo

from services.membership.domain.company.audit import Entry
from services.membership.flows.company.audit_log import Page
from shared.contracts.base import Locale

_BEGINS_FORMULA = ("=", "+", "-", "@")
_CONTROLS = ("\t", "\r", "\n")

_UNNAMED = {
    "approval:denied": "unnamed",
    "invitation:denied": "unnamed",
    "member:denied": "unnamed",
    "approval": "applicant",
    "invitation": "invited",
    "mail": "unnamed",
}
"""The words for a target without a name, by event or by subject; else a member who has left."""

WORDS: Mapping[str, Mapping[str, Mapping[Locale, str]]] = json.loads(
    Path(__file__).with_name("audit_words.json").read_text(encoding="utf-8")
)
"""The words for events, subjects, sources, reasons (codes of all kinds), people, and columns."""


def heads(locale: Locale) -> list[str]:
    """The column heads."""
    return [words[locale] for words in WORDS["columns"].values()]


def write(page: Page, *, zone: ZoneInfo, locale: Locale) -> str:
    """All entries, the newest first."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(heads(locale))
    for link in page.links:
        entry = link.entry
        row = (
            link.number,
            f"{entry.at.astimezone(zone):%Y/%m/%d %H:%M:%S}",
            _actor(entry, page.names, locale),
            WORDS["sources"][entry.source][locale],
            _event(entry, locale),
            _target(entry, page.names, locale),
            reason(entry.reason, locale),
            entry.network,
            entry.browser,
            entry.request_id,
        )
        writer.writerow(map(_harmless, row))
    return file.getvalue()


def reason(codes: str, locale: Locale) -> str:
    """The words for the codes of a reason; a number is a limit of accounts, and codes without words
    are left out."""
    words = []
    for code in codes.split(","):
        if code.isdecimal():
            words.append(WORDS["people"]["seats"][locale].format(n=code))
        elif code in WORDS["reasons"]:
            words.append(WORDS["reasons"][code][locale])
    return ("、" if locale == "ja" else ", ").join(words)


def _actor(entry: Entry, names: Mapping[UUID, str], locale: Locale) -> str:
    others = {"operator": "vendor", "system": "system", "visitor": "visitor"}
    name = names.get(entry.actor_id) if entry.actor_id else None
    return name or WORDS["people"][others.get(entry.source, "gone")][locale]


def _event(entry: Entry, locale: Locale) -> str:
    return (WORDS["events"][entry.event] if entry.event else WORDS["people"]["unknown"])[locale]


def _target(entry: Entry, names: Mapping[UUID, str], locale: Locale) -> str:
    people = WORDS["people"]
    if entry.target_id is None:
        return people["company"][locale]
    if entry.target_id == entry.actor_id:
        return people["oneself"][locale]
    unnamed = _UNNAMED.get(entry.event or "") or _UNNAMED.get(entry.subject, "gone")
    return names.get(entry.target_id) or people[unnamed][locale]


def _harmless(value: object) -> object:
    """Put an apostrophe before a text that a spreadsheet would take for a formula (ASVS-1.2.10).

    Full-width signs count too, because Japanese spreadsheets read them like narrow ones, and
    invisible characters before a sign are ignored.
    """
    if isinstance(value, str):
        seen = (mark for mark in normalize("NFKC", value) if mark.isprintable() and mark != " ")
        formula = next(seen, "") in _BEGINS_FORMULA or value[:1] in _CONTROLS
        return f"'{value}" if formula else value
    return value
