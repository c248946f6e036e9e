"""What handlers find in the application."""

from aiohttp import web

from services.membership.flows.context import Context

CONTEXT = web.AppKey("context", Context)
