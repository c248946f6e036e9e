"""The document of each service, made as the service makes it when it starts."""

import importlib
from functools import cache
from typing import Any

from services.auth.api import caller
from shared.web import identity
from shared.web.openapi import describe

CALLERS = {
    "auth": caller.refusals,
    "membership": identity.refusals,
    "notifier": identity.refusals,
}


@cache
def document(service: str) -> dict[str, Any]:
    routes = importlib.import_module(f"services.{service}.api.routes").ROUTES
    return describe(service, routes, CALLERS[service])


def operations(service: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of each operation, in the order of the route table."""
    return [
        (method.upper(), path, operation)
        for path, methods in document(service)["paths"].items()
        for method, operation in methods.items()
    ]
