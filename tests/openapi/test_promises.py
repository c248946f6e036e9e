"""A test fails if it gets an answer that the document does not describe."""

from typing import Any

import pytest

from shared.web.openapi import describe
from tests.promises import Promises
from tests.replies import Reply
from tests.web.conftest import ROUTES

PROMISES = Promises(describe("web", ROUTES, lambda _access: ()))
PROBLEM = {"Content-Type": "application/problem+json"}
JSON = {"Content-Type": "application/json; charset=utf-8"}


def problem(status: int, code: str, **members: Any) -> dict[str, Any]:
    return {
        "type": "about:blank",
        "title": "Some",
        "status": status,
        "detail": "Some more.",
        "code": code,
        "errors": [],
        "request_id": "test-request-1",
        **members,
    }


FULL = problem(409, "seats_full", free=0, note="tea")


def judge(method: str, path: str, status: int, body: Any, headers: dict[str, str]) -> None:
    text = "" if body is None else str(body)
    PROMISES.judge(method, path, Reply(status, body, headers, text))


@pytest.mark.parametrize(
    ("method", "path", "status", "body", "headers"),
    [
        ("GET", "/notes", 200, {"text": "tea"}, JSON),
        ("GET", "/notes/1?x=/", 404, problem(404, "note_not_found"), PROBLEM),
        ("DELETE", "/notes", 204, None, {}),
        ("POST", "/full", 409, FULL, {**PROBLEM, "Retry-After": "2"}),
        ("GET", "/nowhere", 404, problem(404, "no_such_route"), PROBLEM),
    ],
)
def test_a_documented_answer_is_accepted(
    method: str, path: str, status: int, body: Any, headers: dict[str, str]
) -> None:
    judge(method, path, status, body, headers)


@pytest.mark.parametrize(
    ("method", "path", "status", "body", "headers", "fault"),
    [
        ("GET", "/notes", 201, {"text": "tea"}, JSON, "does not know the status"),
        ("GET", "/notes", 200, {"text": 5}, JSON, "5 is not of type 'string'"),
        ("GET", "/notes", 200, {"text": "tea", "new": 1}, JSON, "'new' was unexpected"),
        ("GET", "/notes", 200, {}, JSON, "'text' is a required property"),
        ("GET", "/notes", 200, {"text": "tea"}, PROBLEM, "a body of application/problem"),
        ("DELETE", "/notes", 204, {"text": "tea"}, JSON, "a body of application/json"),
        ("GET", "/notes/1", 404, problem(404, "seat_not_found"), PROBLEM, "'note_not_found' was"),
        ("POST", "/full", 409, FULL, PROBLEM, "Retry-After is missing"),
        (
            "GET", "/notes/1", 404, problem(404, "note_not_found"),
            {**PROBLEM, "Retry-After": "2"}, "does not know Retry-After",
        ),
        (
            "POST", "/full", 409, {**FULL, "seats": 3}, {**PROBLEM, "Retry-After": "2"},
            "'seats' was unexpected",
        ),
    ],
)  # fmt: skip
def test_an_undocumented_answer_fails_the_test(
    method: str, path: str, status: int, body: Any, headers: dict[str, str], fault: str
) -> None:
    with pytest.raises(AssertionError, match=fault):
        judge(method, path, status, body, headers)
