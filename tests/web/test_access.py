"""Who may use a route, for each declaration and each sort of caller."""

from datetime import timedelta
from typing import Any

import pytest

from shared.web.access import Access
from shared.web.caller import Caller
from shared.web.rate_limit import Limit
from shared.web.routing import Route
from tests.web.conftest import Note, show
from tests.web.site import ANONYMOUS, NOW, Site, member, problem

CALLERS = {
    "nobody": ANONYMOUS,
    "second factor": member(stage="second_factor"),
    "enrol": member(stage="enrol"),
    "presence": member(stage="presence"),
    "staff": member(authenticated_at=NOW - timedelta(minutes=10)),
    "staff, not fresh": member(authenticated_at=NOW - timedelta(minutes=10, seconds=1)),
    "admin": member(role="admin"),
    "owner": member(role="owner"),
    "operator": member(realm="operator", role=None, customer_id=None),
}
PASSES = {
    Access.PUBLIC: set(CALLERS),
    Access.GATEWAY: set(CALLERS),
    Access.STAGE: set(CALLERS) - {"nobody"},
    Access.PRESENCE: {"presence"},
    Access.MEMBER: {"staff", "staff, not fresh", "admin", "owner"},
    Access.MEMBER_FRESH: {"staff", "admin", "owner"},
    Access.ADMIN: {"admin", "owner"},
    Access.OWNER: {"owner"},
    Access.OPERATOR: {"operator"},
}


@pytest.mark.parametrize("name", CALLERS)
@pytest.mark.parametrize("access", Access)
async def test_each_caller_on_each_route(site: Site, access: Access, name: str) -> None:
    """ASVS 8.2.1: the whole matrix."""
    site.caller = CALLERS[name]
    reply = await site.get(f"/as/{access.name.lower()}")
    assert (reply.status == 200) == (name in PASSES[access])


@pytest.mark.parametrize(
    ("access", "caller", "body"),
    [
        (Access.MEMBER, ANONYMOUS, problem(401, "sign_in_required")),
        (
            Access.MEMBER_FRESH,
            CALLERS["staff, not fresh"],
            problem(401, "fresh_sign_in_required", methods=["password"]),
        ),
        (Access.OWNER, CALLERS["admin"], problem(403, "role_required")),
    ],
)
async def test_a_refusal_says_why(
    site: Site, access: Access, caller: Caller, body: dict[str, Any]
) -> None:
    site.caller = caller
    assert (await site.get(f"/as/{access.name.lower()}")).body == body


def test_a_route_that_does_not_say_who_may_use_it_cannot_be_written() -> None:
    with pytest.raises(TypeError, match="access"):
        Route("GET", "/notes", show)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="/notes does not say who may use it"):
        Route("GET", "/notes", show, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("access", "by"), [(Access.PUBLIC, "member"), (Access.MEMBER, "token"), (Access.OWNER, "email")]
)
def test_a_route_cannot_be_limited_by_what_it_does_not_know(access: Access, by: Any) -> None:
    with pytest.raises(ValueError, match=f"cannot be limited by {{'{by}'}}"):
        Route("GET", "/notes", show, access, limits=(Limit("notes", "1/hour", by),))
    Route("POST", "/notes", show, Access.MEMBER, Note, limits=(Limit("notes", "1/hour", "email"),))


def test_a_limit_that_cannot_be_read_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="often"):
        Limit("notes", "often", "network")
