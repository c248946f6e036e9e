"""A query string has to have the shape that its route declares, each name once."""

from typing import Any

import pytest

from tests.web.site import Site, fault, problem


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("words=tea", "20 of tea"),
        ("words=%E8%8C%B6&most=1", "1 of 茶"),
        ("words=&most=5&utm_source=mail&utm_source=web", "5 of "),
    ],
)
async def test_a_query_arrives_without_undeclared_parameters(
    site: Site, query: str, text: str
) -> None:
    assert (await site.get(f"/search?{query}")).body == {"text": text}


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ("", [("words", "missing")]),
        ("words=01234567890", [("words", "too_long", 10)]),
        ("words=tea&most=0", [("most", "too_small", 1)]),
        ("words=tea&most=many", [("most", "not_a_number")]),
        ("most=many", [("words", "missing"), ("most", "not_a_number")]),
        ("words=tea&words=", [("words", "repeated")]),
        ("words=tea&most=1&most=1", [("most", "repeated")]),
        ("words=a%00b", [("", "nul_character")]),
    ],
)
async def test_a_query_of_another_shape_is_422(site: Site, query: str, errors: list[Any]) -> None:
    reply = await site.get(f"/search?{query}")
    told = [fault(*error) for error in errors]
    expected = problem(422, "invalid_request", errors=told)
    assert (reply.status, reply.body) == (422, expected)
