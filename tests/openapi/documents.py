"""The OpenAPI document of each service, made as the service makes it when it starts.

`python -m tests.openapi.documents` writes them to docs/openapi, for the client and for diffs.
"""

import importlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from services.auth.api import caller
from shared.contracts.registry import SERVICES
from shared.web import identity
from shared.web.openapi import describe

CALLERS = {
    "auth": caller.refusals,
    "membership": identity.refusals,
    "notifier": identity.refusals,
}


FOLDER = Path(__file__).resolve().parents[2] / "docs/openapi"


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


def text(service: str) -> str:
    """The document as written to its file: keys in alphabetical order, so that diffs are small."""
    return json.dumps(document(service), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write() -> None:
    """Write the file of each service."""
    FOLDER.mkdir(exist_ok=True)
    for service in SERVICES:
        (FOLDER / f"{service}.json").write_text(text(service))


if __name__ == "__main__":
    write()
