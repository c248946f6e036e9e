"""Describes a service in OpenAPI 3.1, from its route table and the models that validate.

The document is built once, at startup, and served at `/openapi.json`. No part of it is written by
hand: the problems of a route follow from its row.
"""

import json
import re
from collections.abc import Callable, Sequence
from importlib.metadata import version
from inspect import getdoc

from aiohttp import web

from shared.web import refusals
from shared.web.access import GATEWAY, PUBLIC, Access
from shared.web.refusals import Facts
from shared.web.responses import responses
from shared.web.routing import Call, File, NoBody, Route
from shared.web.schemas import Schema, Schemas, of_query

Resolving = Callable[[Access], Facts]
"""The problems of resolving the caller, on a route with this access."""

_ABOUT = """\
Bodies are JSON in UTF-8, times are RFC 3339 in UTC, ids are UUIDs. Unknown fields in requests are
rejected; responses may get new fields at any time.

Errors are `application/problem+json` (RFC 9457) with a stable `code`, and with a `title` and a
`detail` that a client can display unchanged; each of its `errors` has a `code`, a `detail` and, if
one was exceeded, the `limit`. The gateway's own errors have the same form, with the codes
`not_found`, `method_not_allowed`, and `gateway_` followed by the status.

A request that changes data needs the `Origin` of its site, which every browser sends.
`Accept-Language` selects `ja`, the default, or `en`.

Caches store no response, unless its operation describes the header `Cache-Control`.
"""
_SESSION = {
    "type": "apiKey",
    "in": "cookie",
    "name": "__Host-session",
    "description": "Set by a sign-in. Over http, on loopback only, it is `session_` and the port.",
}
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "A text chosen by the client; for 24 hours the same request takes effect once.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
    "example": "019abeee-f85f-7001-8ab5-1476a9782a62",
}
_ID = {"type": "string", "format": "uuid"}
_PLACE = re.compile(r"\{(\w+)\}")


def described(service: str, routes: Sequence[Route], resolving: Resolving) -> Sequence[Route]:
    """The routes of a service, and one more that describes them."""
    text = json.dumps(describe(service, routes, resolving), ensure_ascii=False)

    async def openapi(_call: Call[NoBody]) -> web.Response:
        return web.Response(text=text, content_type="application/json")

    return *routes, Route("GET", "/openapi.json", openapi, PUBLIC, answers={200: None})


def describe(service: str, routes: Sequence[Route], resolving: Resolving) -> Schema:
    """The document, without routes that only our own gateway can reach.

    Raises:
        NoExample: A field of a shape needs an example.
    """
    rows = [
        (route, refusals.of(route) | {*resolving(route.access), *route.problems})
        for route in routes
        if route.access != GATEWAY
    ]
    facts = {fact.code: fact for _, raised in rows for fact in raised}
    schemas = Schemas(
        bodies=[route.body for route, _ in rows if route.body is not NoBody],
        answers=[
            shape
            for route, _ in rows
            for shape in route.answers.values()
            if shape and not isinstance(shape, File)
        ],
        facts=facts.values(),
    )
    paths: Schema = {}
    for route, raised in rows:
        operation = {
            **_operation(route, schemas),
            "responses": responses(route, raised, schemas),
        }
        paths.setdefault(route.path, {})[route.method.lower()] = operation
    return {
        "openapi": "3.1.1",
        "info": {
            "title": f"Zaiseki {service}",
            "version": version("zaiseki"),
            "description": _ABOUT,
        },
        "servers": [{"url": f"/api/{service}"}],
        "paths": paths,
        "components": {
            "schemas": schemas.by_name,
            "examples": {
                code: {"value": schemas.example_of_fact(fact)}
                for code, fact in sorted(facts.items())
            },
            "securitySchemes": {"session": _SESSION},
        },
    }


def _operation(route: Route, schemas: Schemas) -> Schema:
    """The description of a row, without its responses."""
    operation: Schema = {
        "operationId": route.operation_id,
        "summary": (getdoc(route.handler) or "").partition("\n")[0].removesuffix("."),
        "x-access": str(route.access),
        "x-site": route.site,
        "security": [{"session": []}] if route.access.needs_session else [],
        "parameters": _parameters(route),
    }
    if route.body is not NoBody:
        operation["requestBody"] = {"required": True, "content": schemas.content(route.body)}
    return operation


def _parameters(route: Route) -> list[Schema]:
    query = of_query(route.query)
    return [
        *(
            {"name": name, "in": "path", "required": True, "schema": _ID}
            for name in _PLACE.findall(route.path)
        ),
        *(
            {
                "name": name,
                "in": "query",
                "required": name in query.get("required", ()),
                "schema": schema,
            }
            for name, schema in query["properties"].items()
        ),
        *([_IDEMPOTENCY_KEY] if route.idempotent else []),
    ]
