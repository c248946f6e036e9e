"""Which callers may use a route, for each declaration of access and each kind of caller."""

from datetime import timedelta
from typing import Any

import pytest

from shared.web.access import (
    ADMIN,
    ANY_STAGE,
    GATEWAY,
    MEMBER,
    MEMBER_FRESH,
    OPERATOR,
    OWNER,
    PRESENCE,
    PUBLIC,
    Access,
)
from shared.web.caller import Caller
from shared.web.rate_limit import Limit
from shared.web.routing import Route
from tests.web.conftest import ACCESSES, Note, path_as, show
from tests.web.site import ANONYMOUS, NOW, Site, member, operator, problem

CALLERS = {
    "anonymous": ANONYMOUS,
    "second factor": member(stage="second_factor"),
    "enrol": member(stage="enrol"),
    "presence": member(stage="presence"),
    "staff": member(authenticated_at=NOW - timedelta(minutes=10)),
    "staff, not fresh": member(authenticated_at=NOW - timedelta(minutes=10, seconds=1)),
    "admin": member(role="admin"),
    "admin, not fresh": member(role="admin", authenticated_at=NOW - timedelta(minutes=11)),
    "owner": member(role="owner"),
    "auditor": operator("auditor"),
    "support": operator("support"),
    "manager": operator("manager"),
}
OPERATORS = {"auditor", "support", "manager"}
PASSES = {
    PUBLIC: set(CALLERS),
    GATEWAY: set(CALLERS),
    ANY_STAGE: set(CALLERS) - OPERATORS - {"anonymous"},
    PRESENCE: {"presence"},
    MEMBER: {"staff", "staff, not fresh", "admin", "admin, not fresh", "owner"},
    MEMBER_FRESH: {"staff", "admin", "owner"},
    ADMIN: {"admin", "admin, not fresh", "owner"},
    Access("member", "admin", fresh=True): {"admin", "owner"},
    OWNER: {"owner"},
    OPERATOR: OPERATORS,
    Access("operator", "support"): {"support", "manager"},
    Access("operator", "manager", fresh=True): {"manager"},
}


@pytest.mark.parametrize("name", CALLERS)
@pytest.mark.parametrize("access", ACCESSES, ids=str)
async def test_a_route_lets_in_exactly_the_callers_that_it_declares(
    site: Site, access: Access, name: str
) -> None:
    """ASVS 8.2.1: the whole matrix."""
    site.caller = CALLERS[name]
    reply = await site.get(path_as(access))
    assert (reply.status == 200) == (name in PASSES[access])


@pytest.mark.parametrize(
    ("access", "words"),
    [
        (PUBLIC, "public"),
        (PRESENCE, "member, stage presence"),
        (MEMBER_FRESH, "member, fresh"),
        (Access("member", "admin", fresh=True), "admin, fresh"),
        (Access("operator", "manager"), "operator manager"),
    ],
)
def test_documents_describe_an_access_in_words(access: Access, words: str) -> None:
    assert str(access) == words


@pytest.mark.parametrize(
    ("realm", "more"),
    [
        ("public", {"role": "owner"}),
        ("public", {"fresh": True}),
        ("gateway", {"stage": "any"}),
        ("member", {"role": "manager"}),
        ("operator", {"role": "owner"}),
    ],
)
def test_an_access_that_no_caller_could_have_is_a_programming_error(
    realm: Any, more: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match=realm):
        Access(realm, **more)


@pytest.mark.parametrize(("access", "site"), [(OPERATOR, "customers"), (MEMBER, "operators")])
def test_a_route_belongs_to_the_site_where_its_callers_sign_in(access: Access, site: Any) -> None:
    with pytest.raises(ValueError, match="signs in"):
        Route("GET", "/notes", show, access, site=site)


@pytest.mark.parametrize(
    ("access", "caller", "body"),
    [
        (MEMBER, ANONYMOUS, problem(401, "sign_in_required")),
        (
            MEMBER_FRESH,
            CALLERS["staff, not fresh"],
            problem(401, "fresh_sign_in_required", methods=["password"]),
        ),
        (OWNER, CALLERS["admin"], problem(403, "role_required")),
    ],
)
async def test_a_refusal_gives_the_reason(
    site: Site, access: Access, caller: Caller, body: dict[str, Any]
) -> None:
    site.caller = caller
    assert (await site.get(path_as(access))).body == body


def test_a_route_without_an_access_is_a_programming_error() -> None:
    with pytest.raises(TypeError, match="access"):
        Route("GET", "/notes", show)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="/notes does not say who may use it"):
        Route("GET", "/notes", show, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("access", "by"), [(PUBLIC, "member"), (MEMBER, "token"), (OWNER, "email")]
)
def test_a_route_cannot_be_limited_by_an_unknown_value(access: Access, by: Any) -> None:
    with pytest.raises(ValueError, match=f"cannot be limited by {{'{by}'}}"):
        Route("GET", "/notes", show, access, limits=(Limit("notes", "1/hour", by),))
    Route("POST", "/notes", show, MEMBER, Note, limits=(Limit("notes", "1/hour", "email"),))


@pytest.mark.parametrize(
    ("method", "access"), [("GET", MEMBER), ("GET", GATEWAY), ("POST", PUBLIC)]
)
def test_only_a_public_get_can_be_cached(method: str, access: Access) -> None:
    with pytest.raises(ValueError, match="/notes is not a public GET, so it cannot be cached"):
        Route(method, "/notes", show, access, max_age=1)
    Route("GET", "/notes", show, PUBLIC, max_age=1)


def test_a_malformed_limit_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="often"):
        Limit("notes", "often", "network")
