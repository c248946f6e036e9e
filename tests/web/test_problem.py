"""Errors are answered as problem+json (RFC 9457), without internal details."""

import json

import pytest

from shared.errors import Conflict, Problem
from shared.web import words
from shared.web.problem import respond
from tests.web.conftest import SeatsFull
from tests.web.site import Site, problem


async def test_a_fact_shows_its_members_and_its_retry_after(site: Site) -> None:
    reply = await site.post("/full")
    assert (reply.status, reply.headers["Content-Type"]) == (409, "application/problem+json")
    assert reply.body == problem(409, "seats_full", free=0, note="満席")
    assert reply.headers["Retry-After"] == "2"
    assert "満席" in reply.text


async def test_an_unknown_path_is_404(site: Site) -> None:
    reply = await site.get("/nothing")
    assert (reply.status, reply.body) == (404, problem(404, "no_such_route"))


async def test_a_malformed_id_is_the_404_of_its_fact(site: Site) -> None:
    reply = await site.get("/notes/' or 1=1")
    assert (reply.status, reply.body) == (404, problem(404, "note_not_found"))


@pytest.mark.parametrize("method", ["PUT", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
async def test_another_method_is_405_and_names_the_allowed_ones(site: Site, method: str) -> None:
    """RFC 9110, section 15.5.6: with the header Allow."""
    reply = await site.send(method, "/notes")
    assert (reply.status, reply.body) == (
        405,
        problem(405, "method_not_allowed"),
    )
    assert reply.headers["Allow"] == "DELETE,GET,POST"


async def test_an_internal_error_is_500_with_details_only_in_the_log(
    site: Site, log_lines: list[dict[str, object]]
) -> None:
    """ASVS 16.5.1: no trace, no text of an exception."""
    reply = await site.get("/broken")
    assert (reply.status, reply.body) == (
        500,
        problem(500, "internal_error"),
    )
    assert [line["event"] for line in log_lines] == ["a request failed", "request"]
    assert isinstance(log_lines[0]["exc_info"], RuntimeError)


async def test_an_unavailable_dependency_is_503_with_retry_after(site: Site) -> None:
    """ASVS 16.5.2: without a trace or the name of a host."""
    reply = await site.get("/lost")
    assert (reply.status, reply.body) == (
        503,
        problem(503, "temporarily_unavailable", 2),
    )
    assert reply.headers["Retry-After"] == "2"


@pytest.mark.parametrize(("seconds", "header"), [(0.0, "1"), (-3.0, "1"), (1.0, "1"), (59.1, "60")])
def test_retry_after_is_a_whole_number_of_seconds_and_at_least_one(
    seconds: float, header: str
) -> None:
    assert respond(SeatsFull(retry_after=seconds), "ja").headers["Retry-After"] == header


def test_a_member_cannot_replace_a_standard_field() -> None:
    response = respond(SeatsFull(code="other", status=200), "ja")
    assert response.status == 409
    assert b'"code": "seats_full"' in bytes(response.body)  # type: ignore[arg-type]


def test_half_of_a_surrogate_pair_is_escaped_as_in_json() -> None:
    assert b'"note": "a\\ud800"' in bytes(respond(SeatsFull(note="a\ud800"), "ja").body)  # type: ignore[arg-type]


def test_a_code_is_the_class_name_in_snake_case() -> None:
    assert (SeatsFull.code, SeatsFull.status, issubclass(SeatsFull, Conflict)) == (
        "seats_full",
        409,
        True,
    )
    assert issubclass(Conflict, Problem)


FULL_JA = "追加できるのはあと0名です。不要なアカウントを削除するか、弊社にご相談ください。"
FULL_EN = "Free seats: 0. Delete accounts that are not needed, or ask us for more seats."


@pytest.mark.parametrize(
    ("asked", "language", "detail"),
    [
        ("", "ja", FULL_JA),
        ("de", "ja", FULL_JA),
        ("en-US,en;q=0.9", "en", FULL_EN),
        ("ja,en;q=0.9", "ja", FULL_JA),
    ],
)
async def test_r22_a_problem_is_in_the_requested_language(
    site: Site, asked: str, language: str, detail: str
) -> None:
    reply = await site.send("POST", "/full", Accept_Language=asked)
    assert reply.headers["Content-Language"] == language
    assert reply.body["detail"] == detail


def test_a_wait_is_worded_naturally_and_rounded_up() -> None:
    waits = (None, 0, 1, 59.1, 61, 3600, 3601, 90000)
    assert [words.waiting(wait, "ja") for wait in waits] == [
        "しばらく", "1秒", "1秒", "1分", "2分", "1時間", "2時間", "2日",
    ]  # fmt: skip
    assert [words.waiting(wait, "en") for wait in waits] == [
        "a while", "1 second", "1 second", "1 minute", "2 minutes", "1 hour", "2 hours", "2 days",
    ]  # fmt: skip


def test_a_clients_text_is_not_rendered_as_a_template() -> None:
    class AlreadyMember(Conflict):
        email: str

    body = json.loads(bytes(respond(AlreadyMember(email="{wait}@x"), "ja").body))  # type: ignore[arg-type]
    assert body["detail"] == "{wait}@x は、すでに社内アカウントに登録されています。"


def test_the_error_about_a_problem_without_words_says_what_to_do() -> None:
    class Unheard(Conflict):
        pass

    body = json.loads(bytes(respond(Unheard(), "en").body))  # type: ignore[arg-type]
    assert body["detail"] == "Try again later. If it does not help, contact us."
