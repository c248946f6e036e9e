"""Typed keys of the objects in the application."""

from aiohttp import web

from services.auth.flows.ground.context import Context

CONTEXT = web.AppKey("context", Context)
