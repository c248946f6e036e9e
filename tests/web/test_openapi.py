"""A service's OpenAPI document: made from its route table alone."""

from typing import Any, Literal

import pytest

from shared.web.access import ADMIN, GATEWAY, PUBLIC, Access
from shared.web.examples import NoExample
from shared.web.openapi import describe, described
from shared.web.rate_limit import RateLimiter
from shared.web.refusals import Facts
from shared.web.routing import Answer, Answers, Body, Route
from tests.web.conftest import Kept, Note, NoteNotFound, Search, SeatsFull, drop, keep, one, search
from tests.web.site import serve

ID = {"type": "string", "format": "uuid"}
KEPT: Answers = {201: Kept}
RETRY_AFTER = "The number of seconds to wait before the next attempt."


class Greeting(Answer):
    status: Literal["hello"] = "hello"


class Anonymous(Body):
    text: str


def no_facts(_access: Access) -> Facts:
    return ()


def document(*routes: Route, resolving: Any = no_facts) -> dict[str, Any]:
    return describe("web", routes, resolving)


def operation(route: Route) -> dict[str, Any]:
    found: dict[str, Any] = document(route)["paths"][route.path][route.method.lower()]
    return found


def test_a_row_becomes_an_operation() -> None:
    found = operation(Route("POST", "/notes/{note_id}", keep, ADMIN, Note, KEPT, idempotent=True))
    del found["responses"]
    assert found == {
        "operationId": "conftest_keep",
        "summary": "Keep a note",
        "x-access": "admin",
        "x-site": "customers",
        "security": [{"session": []}],
        "parameters": [
            {"name": "note_id", "in": "path", "required": True, "schema": ID},
            {
                "name": "Idempotency-Key",
                "in": "header",
                "description": "A text chosen by the client; for 24 hours the same request takes "
                "effect once.",
                "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
                "example": "019abeee-f85f-7001-8ab5-1476a9782a62",
            },
        ],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"$ref": "#/components/schemas/Note"},
                    "example": {
                        "email": "sato@example.jp",
                        "text": "tea",
                        "lines": [{"text": "tea", "count": 1}],
                    },
                }
            },
        },
    }


def test_a_query_becomes_parameters() -> None:
    assert operation(Route("GET", "/search", search, PUBLIC, query=Search))["parameters"] == [
        {
            "name": "words",
            "in": "query",
            "required": True,
            "schema": {
                "type": "string",
                "pattern": r"^[^\x00]*$",
                "maxLength": 10,
                "examples": ["tea"],
            },
        },
        {
            "name": "most",
            "in": "query",
            "required": False,
            "schema": {"type": "integer", "minimum": 1, "default": 20, "examples": [20]},
        },
    ]


def test_only_a_meaningful_default_is_documented() -> None:
    """Generators of clients treat a field with a default as always present."""
    fields = document(Route("POST", "/notes", keep, PUBLIC, Note))["components"]["schemas"]
    assert fields["Note"]["required"] == ["email"]
    assert "default" not in fields["Note"]["properties"]["text"]
    assert fields["Line"]["properties"]["count"]["default"] == 1


def test_an_answer_has_one_of_its_shapes_or_no_body() -> None:
    route = Route("GET", "/x", one, PUBLIC, answers={200: Kept | Greeting, 204: None})
    responses = operation(route)["responses"]
    assert responses["200"] == {
        "description": "OK",
        "content": {
            "application/json": {
                "schema": {
                    "anyOf": [
                        {"$ref": "#/components/schemas/Kept"},
                        {"$ref": "#/components/schemas/Greeting"},
                    ]
                },
                "example": {"text": "tea"},
            }
        },
    }
    assert responses["204"] == {"description": "No Content"}
    assert document(route)["components"]["schemas"]["Greeting"] == {
        "title": "Greeting",
        "type": "object",
        "properties": {"status": {"type": "string", "const": "hello"}},
        "required": ["status"],
    }


def test_a_response_that_may_be_cached_documents_its_headers() -> None:
    responses = operation(Route("GET", "/x", one, PUBLIC, max_age=60))["responses"]
    assert responses["204"]["headers"] == {
        "Cache-Control": {
            "schema": {"type": "string", "const": "public, max-age=60"},
            "required": True,
        },
        "Vary": {"schema": {"type": "string", "const": "Accept-Language"}, "required": True},
    }
    assert "headers" not in operation(Route("GET", "/x", one, PUBLIC))["responses"]["204"]


def test_a_problem_is_one_of_the_facts_of_its_status() -> None:
    route = Route("POST", "/full", keep, PUBLIC, idempotent=True, problems=(SeatsFull,))
    assert operation(route)["responses"]["409"] == {
        "description": "Conflict: idempotency_key_busy, seats_full",
        "headers": {
            "Retry-After": {
                "description": RETRY_AFTER,
                "schema": {"type": "integer", "minimum": 1},
                "required": True,
            }
        },
        "content": {
            "application/problem+json": {
                "schema": {
                    "oneOf": [
                        {"$ref": "#/components/schemas/IdempotencyKeyBusy"},
                        {"$ref": "#/components/schemas/SeatsFull"},
                    ]
                },
                "examples": {
                    "idempotency_key_busy": {"$ref": "#/components/examples/idempotency_key_busy"},
                    "seats_full": {"$ref": "#/components/examples/seats_full"},
                },
            }
        },
    }
    assert document(route)["components"]["examples"]["seats_full"]["value"] == {
        "type": "about:blank",
        "title": "利用者数が上限に達しています",
        "status": 409,
        "detail": "追加できるのはあと0名です。不要なアカウントを削除するか、弊社にご相談ください。",
        "code": "seats_full",
        "errors": [],
        "request_id": "019abeee-f85f-7001-8ab5-1476a9782a62",
        "free": 0,
        "note": "tea",
    }


def test_problems_of_resolving_the_caller_are_documented_for_each_route() -> None:
    def resolving(access: Access) -> Facts:
        return (NoteNotFound,) if access is PUBLIC else ()

    found = document(Route("DELETE", "/notes", drop, PUBLIC), resolving=resolving)
    assert "404" in found["paths"]["/notes"]["delete"]["responses"]


def test_routes_for_the_gateway_alone_are_left_out() -> None:
    assert document(Route("GET", "/forward", one, GATEWAY))["paths"] == {}


def test_a_field_without_an_example_prevents_the_document() -> None:
    with pytest.raises(NoExample, match=r"^Anonymous\.text needs an example"):
        document(Route("POST", "/x", keep, PUBLIC, Anonymous))


async def test_the_document_is_served_beside_the_routes(limiter: RateLimiter) -> None:
    routes = (Route("DELETE", "/notes", drop, PUBLIC),)
    async with serve(described("web", routes, no_facts), limiter=limiter) as site:
        assert (await site.send("DELETE", "/notes")).status == 204
        url = f"http://127.0.0.1:{site.port}/openapi.json"
        async with site.session.get(url) as response:
            assert (response.status, await response.json()) == (200, document(*routes))
