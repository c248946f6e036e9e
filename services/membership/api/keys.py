"""Typed keys of the objects in the application."""

from aiohttp import web

from services.membership.flows.ground.context import Context

CONTEXT = web.AppKey("context", Context)
