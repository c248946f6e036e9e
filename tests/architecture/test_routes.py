"""The route tables, from which OpenAPI, the matrix of roles and the gateway are made."""

import importlib
import inspect
import re
from collections import Counter
from collections.abc import Sequence

import pytest
from aiohttp import web

from shared.contracts.registry import SERVICES
from shared.web import refusals
from shared.web.access import MEMBER, PUBLIC
from shared.web.rate_limit import Limit, RateLimited
from shared.web.routing import Body, Call, NoBody, Route

PATH = re.compile(r"(/[a-z][a-z0-9-]*|/\{[a-z]+(_[a-z]+)*\}|/\.well-known|/jwks\.json)+")
SAFE = ("GET",)
METHODS = (*SAFE, "POST", "PUT", "PATCH", "DELETE")
STRANGERS = (PUBLIC,)


def table(service: str) -> Sequence[Route]:
    routes: Sequence[Route] = importlib.import_module(f"services.{service}.api.routes").ROUTES
    return routes


def faults(routes: Sequence[Route]) -> list[str]:
    """The faults of a table."""
    twice = Counter((route.method, route.path) for route in routes)
    twice += Counter((route.operation_id, "") for route in routes)
    found = [f"{' '.join(key).strip()} is there twice" for key, count in twice.items() if count > 1]
    for route in routes:
        found += [f"{route.method} {route.path} {fault}" for fault in _faults_of(route)]
    return found


def _faults_of(route: Route) -> list[str]:
    checks = {
        "is not spelled like a path": not PATH.fullmatch(route.path),
        "has a method of its own": route.method not in METHODS,
        "takes a body": route.method in SAFE and route.body is not NoBody,
        "answers nothing": not route.answers,
        "promises another idempotency than its handler has": route.idempotent
        is not ("call.idempotency_key" in inspect.getsource(route.handler)),
        "is open to strangers without a limit by network": route.method not in SAFE
        and route.access in STRANGERS
        and "network" not in {limit.by for limit in route.limits},
    }
    return [fault for fault, broken in checks.items() if broken]


@pytest.mark.parametrize("service", SERVICES)
def test_every_row_is_valid(service: str) -> None:
    assert faults(table(service)) == []


@pytest.mark.parametrize(
    ("service", "path"), [("auth", "/password-reset"), ("membership", "/registrations")]
)
def test_a_strangers_request_for_a_mail_is_always_answered_as_accepted(
    service: str, path: str
) -> None:
    """A16: no limit refuses it, even an exhausted one."""
    [route] = [row for row in table(service) if row.path == path]
    assert list(route.answers) == [202]
    assert route.limits
    assert all(limit.silent for limit in route.limits)
    assert RateLimited not in refusals.of(route)


def test_asvs_6_3_8_rows_that_depend_on_other_accounts_answer_at_even_steps() -> None:
    even = {(row.method, row.path) for name in SERVICES for row in table(name) if row.even}
    assert even == {
        ("POST", "/registrations/confirm"),
        ("PUT", "/me/email"),
        ("PUT", "/company/members/{member_id}/email"),
        ("POST", "/company/invitations"),
        ("POST", "/company/invitation-file"),
        ("POST", "/company/invitations/{invitation_id}/resend"),
    }


class Form(Body):
    name: str


async def show(_call: Call[NoBody]) -> web.Response:
    return web.Response()


async def keep(_call: Call[Form]) -> web.Response:
    return web.Response()


async def repeat(call: Call[NoBody]) -> web.Response:
    return web.Response(text=call.idempotency_key)


LIMITED = (Limit("things", "1/hour", "network"),)


@pytest.mark.parametrize(
    ("routes", "fault"),
    [
        (
            [Route("GET", "/things", show, PUBLIC)] * 2,
            ["GET /things is there twice", "test_routes_show is there twice"],
        ),
        (
            [Route("GET", "/Things/", show, PUBLIC)],
            ["GET /Things/ is not spelled like a path"],
        ),
        ([Route("BREW", "/x", show, MEMBER)], ["BREW /x has a method of its own"]),
        ([Route("GET", "/x", keep, MEMBER, Form)], ["GET /x takes a body"]),
        ([Route("GET", "/x", show, MEMBER, answers={})], ["GET /x answers nothing"]),
        (
            [Route("POST", "/x", keep, PUBLIC, Form)],
            ["POST /x is open to strangers without a limit by network"],
        ),
        (
            [Route("POST", "/x", repeat, MEMBER)],
            ["POST /x promises another idempotency than its handler has"],
        ),
        (
            [Route("POST", "/x", keep, MEMBER, Form, idempotent=True)],
            ["POST /x promises another idempotency than its handler has"],
        ),
        ([Route("POST", "/x", repeat, MEMBER, idempotent=True)], []),
        ([Route("POST", "/x/{thing_id}", keep, PUBLIC, Form, limits=LIMITED)], []),
    ],
)
def test_a_planted_row_is_found(routes: list[Route], fault: list[str]) -> None:
    assert faults(routes) == fault


def test_a_row_without_an_access_is_a_programming_error() -> None:
    with pytest.raises(TypeError):
        Route("GET", "/x", show)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="/x does not say who may use it"):
        Route("GET", "/x", show, None)  # type: ignore[arg-type]
