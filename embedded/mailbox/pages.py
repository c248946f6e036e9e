"""The pages for people: the list, and one mail with its text, its HTML and links to click."""

import re
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from embedded.mailbox.keys import STORE, TEMPLATES
from embedded.mailbox.mail import Summary, read_bodies
from embedded.mailbox.rest import find_mail

FOLDER = Path(__file__).parent
PAGE = 50

_LINK = re.compile(r"https?://[^\s<>\"'）」』】、。]+")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
_MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'self';"
    " sandbox allow-popups allow-popups-to-escape-sandbox"
)


def templates(zone: ZoneInfo) -> Environment:
    """The template environment of the pages, with times in a zone; it escapes all values."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["linked"] = link_urls
    environment.filters["clock"] = partial(_clock, zone=zone)
    return environment


async def show_list(request: web.Request) -> web.Response:
    """The newest mails, a page at a time."""
    text = request.query.get("start", "0")
    start = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
    page = request.app[STORE].list_page(start=start, limit=PAGE)
    return _page(
        request,
        "list.html",
        page=page,
        start=start,
        newer=max(start - PAGE, 0) if start else None,
        older=start + PAGE if start + PAGE < page.total else None,
    )


async def show_mail(request: web.Request) -> web.Response:
    """One mail."""
    mail, raw = find_mail(request)
    return _page(request, "mail.html", mail=mail, bodies=read_bodies(raw))


async def show_html(request: web.Request) -> web.Response:
    """The HTML of a mail, for a frame that may neither run scripts nor load resources."""
    _, raw = find_mail(request)
    return web.Response(
        text=f'<!doctype html><base target="_blank">{read_bodies(raw).html}',
        content_type="text/html",
        headers={"Content-Security-Policy": _MAIL_POLICY},
    )


async def show_source(request: web.Request) -> web.Response:
    """A mail as it came."""
    _, raw = find_mail(request)
    return web.Response(body=raw, content_type="text/plain", charset="utf-8")


def link_urls(text: str) -> Markup:
    """Plain text with its links made clickable; everything else is escaped."""
    pieces, end = [], 0
    for found in _LINK.finditer(text):
        url = found.group().rstrip(".,;:!?)]")
        pieces.append(escape(text[end : found.start()]))
        pieces.append(
            Markup('<a href="{}" target="_blank" rel="noreferrer">{}</a>').format(url, url)
        )
        end = found.start() + len(url)
    return Markup().join([*pieces, escape(text[end:])])


def _clock(mail: Summary, zone: ZoneInfo) -> str:
    return f"{mail.created.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def _page(request: web.Request, template: str, **values: object) -> web.Response:
    return web.Response(
        text=request.app[TEMPLATES].get_template(template).render(**values),
        content_type="text/html",
        headers={"Content-Security-Policy": _POLICY},
    )
