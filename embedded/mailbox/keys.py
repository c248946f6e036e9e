"""Typed keys of the objects in the application."""

from aiohttp import web
from jinja2 import Environment

from embedded.mailbox.store import MailStore

STORE = web.AppKey("store", MailStore)
TEMPLATES = web.AppKey("templates", Environment)
