"""Renders a mail: subject, text and HTML from template, language and parameters.

A template variable that is missing in the parameters is an error. Links start with the configured
origin; the parameters have tokens only.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import jinja2
from markupsafe import Markup
from pydantic import ValidationError

from services.notifier.errors import UnknownTemplate, UnreadableParams
from services.notifier.mail import times
from services.notifier.mail.text import one_line, unlinked, unlinked_lines
from shared.contracts import address_mails, company_mails, mails
from shared.contracts.base import Locale
from shared.vendor import Vendor

TEMPLATES = Path(__file__).parent / "templates"

PARAMS: Mapping[str, type[mails.MailParams]] = {
    kind.TEMPLATE: kind
    for module in (mails, company_mails, address_mails)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, mails.MailParams) and "TEMPLATE" in vars(kind)
}
"""The parameters' class of every mail, by the name of its template."""

_VERBATIM = frozenset(
    {"code", "token", "customer_code", "customer_name", "member_email", "new_email", "invited"}
)
"""Fields made or checked by our own services; all other texts are treated as a stranger's."""
_UNKNOWN_BROWSER: Mapping[Locale, str] = {"ja": "不明", "en": "Unknown"}
_LONGEST = 300
_LONGEST_NOTE = 500

_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered mail; the text ends with a line feed."""

    subject: str
    text: str
    html: str


def params_of(template: str) -> type[mails.MailParams]:
    """The class of a mail's parameters.

    Raises:
        UnknownTemplate: No mail has this name.
    """
    kind = PARAMS.get(template)
    if kind is None:
        raise UnknownTemplate(one_line(template))
    return kind


def read_params(template: str, data: bytes) -> mails.MailParams:
    """The parameters of a mail, from their JSON.

    Raises:
        UnknownTemplate: No mail has this name.
        UnreadableParams: They do not fit the template; the text names fields, never values.
    """
    kind = params_of(template)
    try:
        return kind.model_validate_json(data)
    except ValidationError as error:
        faults = error.errors(include_input=False, include_url=False, include_context=False)
        names = sorted({".".join(str(part) for part in fault["loc"]) for fault in faults})
    raise UnreadableParams(f"{template}: {', '.join(names) or 'not JSON'}")


class Renderer:
    """Renders every mail of one installation; made once per process."""

    def __init__(
        self, *, origin: str, vendor: Vendor, zone: ZoneInfo, replies: bool = False
    ) -> None:
        self._vendor = vendor
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES),
            undefined=jinja2.StrictUndefined,
            autoescape=jinja2.select_autoescape(["html"], default_for_string=False),
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters.update(moment=_moment, day=_day)
        origin = origin.rstrip("/")
        self._environment.globals.update(
            service=vendor.service,
            contact=vendor,
            zone=zone,
            replies=replies,
            link=lambda page, token: f"{origin}/{page}#token={token}",
        )

    def render(self, params: mails.MailParams, locale: Locale) -> Rendered:
        """The mail in this language, the same for the same parameters at every attempt."""
        values = {name: _harmless(name, value) for name, value in params}
        values |= self._said_of_vendor(locale)
        if values.get("browser") == "":
            values["browser"] = _UNKNOWN_BROWSER[locale]
        folder = f"{params.TEMPLATE}/{locale}"
        subject = self._fill(f"{folder}/subject.txt", values, locale=locale).strip()
        text = self._fill(f"{folder}/body.txt", values, locale=locale)
        html = self._fill(f"{folder}/body.html", values, locale=locale, subject=subject)
        return Rendered(one_line(subject), _BLANK_LINES.sub("\n\n", text).strip() + "\n", html)

    def _said_of_vendor(self, locale: Locale) -> dict[str, object]:
        return {"vendor": self._vendor.name_for(locale), "hours": self._vendor.hours_for(locale)}

    def _fill(self, path: str, values: Mapping[str, object], **more: str) -> str:
        return self._environment.get_template(path).render(values, **more)


def _harmless(name: str, value: object) -> object:
    if isinstance(value, tuple):
        return [_harmless(name, one) for one in value]
    if not isinstance(value, str):
        return value
    if name == "note":
        return unlinked_lines(value, limit=_LONGEST_NOTE)
    if name in _VERBATIM:
        return one_line(value, limit=_LONGEST)
    return unlinked(value)


@jinja2.pass_context
def _moment(context: jinja2.runtime.Context, at: datetime) -> str:
    return _unbroken(context, *times.moment(at.astimezone(context["zone"]), context["locale"]))


@jinja2.pass_context
def _day(context: jinja2.runtime.Context, end: datetime) -> str:
    """The last day of a period that ends at this moment, which may be the midnight after it."""
    last = (end - timedelta(microseconds=1)).astimezone(context["zone"])
    return _unbroken(context, times.date(last, context["locale"]))


def _unbroken(context: jinja2.runtime.Context, *parts: str) -> str:
    if not context.eval_ctx.autoescape:
        return " ".join(parts)
    whole = Markup('<span style="white-space:nowrap">{}</span>')
    return Markup(" ").join(whole.format(part) for part in parts)
