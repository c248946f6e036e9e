"""What goes wrong is told as problem+json (RFC 9457), and nothing more is told than the code."""

import pytest

from shared.errors import Conflict, Problem
from shared.web.problem import respond
from tests.web.conftest import SeatsFull
from tests.web.site import Site, problem


async def test_a_fact_shows_its_members_and_when_to_try_again(site: Site) -> None:
    reply = await site.post("/full")
    assert (reply.status, reply.headers["Content-Type"]) == (409, "application/problem+json")
    assert reply.body == problem(409, "Conflict", "seats_full", free=0, note="満席")
    assert reply.headers["Retry-After"] == "2"
    assert "満席" in reply.text


async def test_a_path_that_is_not_there_is_404(site: Site) -> None:
    reply = await site.get("/nothing")
    assert (reply.status, reply.body) == (404, problem(404, "Not Found", "no_such_route"))


async def test_an_id_that_is_none_is_the_facts_404(site: Site) -> None:
    reply = await site.get("/notes/' or 1=1")
    assert (reply.status, reply.body) == (404, problem(404, "Not Found", "note_not_found"))


@pytest.mark.parametrize("method", ["PUT", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
async def test_another_method_is_405_and_names_those_there_are(site: Site, method: str) -> None:
    """RFC 9110, section 15.5.6: Allow goes with it."""
    reply = await site.send(method, "/notes")
    assert (reply.status, reply.body) == (
        405,
        problem(405, "Method Not Allowed", "method_not_allowed"),
    )
    assert reply.headers["Allow"] == "DELETE,GET,POST"


async def test_our_fault_is_500_and_only_the_log_says_more(
    site: Site, log_lines: list[dict[str, object]]
) -> None:
    """ASVS 16.5.1: no trace, no text of an exception."""
    reply = await site.get("/broken")
    assert (reply.status, reply.body) == (
        500,
        problem(500, "Internal Server Error", "internal_error"),
    )
    assert [line["event"] for line in log_lines] == ["a request failed", "request"]
    assert isinstance(log_lines[0]["exc_info"], RuntimeError)


async def test_what_is_away_is_503_and_when_to_try_again(site: Site) -> None:
    """ASVS 16.5.2: never a trace, never the name of a host."""
    reply = await site.get("/lost")
    assert (reply.status, reply.body) == (
        503,
        problem(503, "Service Unavailable", "temporarily_unavailable"),
    )
    assert reply.headers["Retry-After"] == "2"


@pytest.mark.parametrize(("seconds", "header"), [(0.0, "1"), (-3.0, "1"), (1.0, "1"), (59.1, "60")])
def test_retry_after_is_whole_seconds_and_never_none(seconds: float, header: str) -> None:
    assert respond(SeatsFull(retry_after=seconds)).headers["Retry-After"] == header


def test_a_member_cannot_replace_what_every_problem_has() -> None:
    response = respond(SeatsFull(code="other", status=200))
    assert response.status == 409
    assert b'"code": "seats_full"' in bytes(response.body)  # type: ignore[arg-type]


def test_half_of_a_surrogate_pair_is_written_as_json_does() -> None:
    assert b'"note": "a\\ud800"' in bytes(respond(SeatsFull(note="a\ud800")).body)  # type: ignore[arg-type]


def test_a_code_is_the_name_in_snake_case() -> None:
    assert (SeatsFull.code, SeatsFull.status, issubclass(SeatsFull, Conflict)) == (
        "seats_full",
        409,
        True,
    )
    assert issubclass(Conflict, Problem)
