"""The problems that follow from each column of a row of the route table."""

import pytest

from shared.web import refusals
from shared.web.access import ADMIN, ANY_STAGE, GATEWAY, MEMBER, MEMBER_FRESH, OWNER, PUBLIC
from shared.web.rate_limit import Limit
from shared.web.routing import Route
from tests.web.conftest import Note, Search, keep, search

ANY = {"internal_error", "temporarily_unavailable"}
SENT = {
    "content_too_large",
    "cross_origin",
    "invalid_request",
    "malformed_body",
    "malformed_json",
    "request_timeout",
    "unsupported_media_type",
}
LIMITS = (Limit("notes", "3/hour", "network"),)


@pytest.mark.parametrize(
    ("route", "codes"),
    [
        (Route("GET", "/x", search, PUBLIC), set()),
        (Route("GET", "/x", search, GATEWAY), set()),
        (Route("GET", "/x", search, ANY_STAGE), {"sign_in_required"}),
        (Route("GET", "/x", search, MEMBER), {"sign_in_required"}),
        (
            Route("GET", "/x", search, MEMBER_FRESH),
            {"sign_in_required", "fresh_sign_in_required"},
        ),
        (Route("GET", "/x", search, ADMIN), {"sign_in_required", "role_required"}),
        (Route("GET", "/x", search, OWNER), {"sign_in_required", "role_required"}),
        (Route("GET", "/x", search, PUBLIC, query=Search), {"invalid_request"}),
        (Route("GET", "/x", search, PUBLIC, limits=LIMITS), {"rate_limited"}),
        (Route("POST", "/x", keep, PUBLIC, Note), SENT),
        (Route("DELETE", "/x", keep, PUBLIC), SENT),
        (
            Route("POST", "/x", keep, PUBLIC, Note, idempotent=True),
            {*SENT, "invalid_header", "idempotency_key_busy"},
        ),
        (
            Route("POST", "/x", keep, MEMBER, Note, idempotent=True),
            {*SENT, "invalid_header", "idempotency_key_busy", "idempotency_key_reused"}
            | {"sign_in_required"},
        ),
    ],
)
def test_each_column_adds_its_own_problems(route: Route, codes: set[str]) -> None:
    assert {fact.code for fact in refusals.of(route)} == ANY | codes
