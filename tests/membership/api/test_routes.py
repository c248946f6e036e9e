"""Every route × every role, generated from the route table (ASVS 8.2.1), and other companies' ids.

A caller who is let in gets any answer except those of the gate and of membership's own check.
"""

import json
from typing import Any
from uuid import UUID

import pytest

from services.membership.api.routes import ROUTES
from shared.crypto import new_id
from shared.web.access import ADMIN, MEMBER, MEMBER_FRESH, OPERATOR, OWNER, PUBLIC
from shared.web.routing import Route
from tests.membership.conftest import MINATO, YAMATO, Membership, applicant

CALLERS = ("anonymous", "staff", "admin", "owner", "suspended", "stale")
PASSES = {
    PUBLIC: {"anonymous", "staff", "admin", "owner", "suspended", "stale"},
    MEMBER: {"staff", "admin", "owner", "stale"},
    MEMBER_FRESH: {"staff", "admin", "owner"},
    ADMIN: {"admin", "owner", "stale"},
    OWNER: {"owner", "stale"},
    OPERATOR: set(),
}
GATE = {
    (401, "sign_in_required"),
    (401, "fresh_sign_in_required"),
    (401, "account_not_active"),
    (403, "role_required"),
}
GUARDED = [route for route in ROUTES if route.access is not PUBLIC]
NAMES = [f"{route.method} {route.path}" for route in ROUTES]


def path_of(route: Route, **ids: object) -> str:
    """The path of a route, with ids that do not exist unless they are given."""
    names = {name: str(new_id()) for name in ("member_id", "invitation_id", "approval_id")}
    return route.path.format(**{**names, **{name: str(id) for name, id in ids.items()}})


def header_of(name: str, people: dict[str, UUID]) -> dict[str, str]:
    if name == "anonymous":
        return {}
    role = {"stale": "owner", "suspended": "owner"}.get(name, name)
    stale = {"Test-Stale": "yes"} if name == "stale" else {}
    return {"Test-Caller": str(people[name]), "Test-Role": role, **stale}


@pytest.fixture
async def people(yamato: Membership) -> dict[str, UUID]:
    """One of each role, an owner who is suspended, and an owner who signed in long ago."""
    found = {}
    for number, name in enumerate(("owner", "staff", "admin", "suspended", "stale")):
        found[name] = await yamato.join(**applicant(number))
        role = name if name in ("owner", "staff", "admin") else "owner"
        await yamato.execute("update members set role = $2 where id = $1", found[name], role)
    await yamato.suspend(found["suspended"])
    return found


async def passes(membership: Membership, route: Route, headers: dict[str, str]) -> bool:
    body = FILLED.get((route.method, route.path))
    reply = await membership.send(route.method, path_of(route), body, **headers)
    assert reply.status != 500, reply.text
    told = reply.body if isinstance(reply.body, dict) else {}
    return (reply.status, told.get("code")) not in GATE


async def test_each_route_lets_in_exactly_the_callers_that_its_row_declares(
    yamato: Membership, people: dict[str, UUID]
) -> None:
    """T5, A25, A29: every caller on every route.

    A suspended owner gets through only where a visitor does. DELETE /me comes last.
    """
    found, wanted = {}, {}
    for route in sorted(ROUTES, key=lambda route: (route.method, route.path) == ("DELETE", "/me")):
        for name in CALLERS:
            key = f"{name}: {route.method} {route.path}"
            found[key] = await passes(yamato, route, header_of(name, people))
            wanted[key] = name in PASSES[route.access]
    assert {key for key in found if found[key] != wanted[key]} == set()
    assert len(found) == len(ROUTES) * len(CALLERS)


@pytest.mark.parametrize("route", GUARDED, ids=lambda route: f"{route.method} {route.path}")
async def test_membership_trusts_its_own_rows_and_not_the_claimed_role(
    yamato: Membership, route: Route
) -> None:
    """ASVS 8.3.2: a demoted owner's identity still claims to be an owner, and is refused."""
    owner = await yamato.join()
    demoted = await yamato.join(**applicant(2))
    reply = await yamato.send(
        route.method,
        path_of(route, member_id=owner),
        FILLED.get((route.method, route.path)),
        **{"Test-Caller": str(demoted), "Test-Role": "owner"},
    )
    if route.access in (ADMIN, OWNER):
        assert (reply.status, reply.code) == (403, "role_required")
    assert reply.status != 500


FILLED: dict[tuple[str, str], Any] = {
    ("PATCH", "/me"): {"phone": "0900000009"},
    ("PUT", "/me/email"): {"email": "new@yamato.example"},
    ("POST", "/company/members/{member_id}/suspend"): {"reason": "left"},
    ("PATCH", "/company/members/{member_id}"): {"role": "admin"},
    ("PATCH", "/company/members/{member_id}/details"): {"department": "営業部"},
    ("PUT", "/company/members/{member_id}/email"): {"email": "new@yamato.example"},
    ("POST", "/company/invitations"): {"invitations": [{"email": "new@yamato.example"}]},
    ("POST", "/company/invitation-file"): {"file": "44Oh44O844OrCnhAeWFtYXRvLmV4YW1wbGUK"},
    ("POST", "/company/approvals/{approval_id}/reject"): {"reason": "other"},
}
"""A valid body for each route that takes one."""

WITH_IDS = [route for route in GUARDED if "{" in route.path]


def ids_in(shape: dict[str, Any]) -> set[str]:
    """The names of a shape's fields that are ids, nested ones included."""
    deeper = [
        ids_in(part)
        for part in (*shape.get("$defs", {}).values(), *shape.get("properties", {}).values())
        if isinstance(part, dict)
    ]
    here = {
        name for name, field in shape.get("properties", {}).items() if '"uuid"' in json.dumps(field)
    }
    return here.union(*deeper)


MORE_IDS = [
    (route, place, name)
    for route in GUARDED
    for place, shape in (("query", route.query), ("body", route.body))
    if shape is not None
    for name in sorted(ids_in(shape.model_json_schema()))
]
"""Ids outside of the path, and where they stand."""


def test_the_ids_outside_of_the_path_are_known() -> None:
    """A new one has to be covered by the test below."""
    found = [(route.method, route.path, place, name) for route, place, name in MORE_IDS]
    assert found == [
        ("DELETE", "/company/members/{member_id}", "query", "successor_id"),
        ("GET", "/company/audit-log", "query", "person"),
    ]


@pytest.mark.parametrize(("route", "name"), [(route, name) for route, _, name in MORE_IDS])
async def test_asvs_8_2_2_using_another_companys_id_in_a_query_is_recorded(
    membership: Membership, route: Route, name: str
) -> None:
    """A26, T13: the action is refused, and the company sees who tried."""
    await membership.customers(YAMATO, MINATO)
    owner = await membership.join()
    colleague = await membership.join(**applicant(2))
    there = {"customer_code": "A-1003", "customer_phone": "0450001003"}
    theirs = await membership.join(**there, email="taro@minato.test")
    path = f"{path_of(route, member_id=colleague)}?{name}={theirs}"
    before = await membership.fetchval(f"select md5({EVERYTHING})")
    reply = await membership.send(route.method, path, **{"Test-Caller": str(owner)})
    assert 400 <= reply.status < 500
    assert await membership.fetchval(f"select md5({EVERYTHING})") == before
    row = await membership.fetchrow("select * from audit_log order by id desc limit 1")
    assert (row["action"], row["actor_id"], row["target_id"]) == ("denied", owner, theirs)


def test_every_route_with_a_body_has_a_valid_body_here() -> None:
    """Otherwise a request could be refused for its body instead of its caller."""
    takes = {
        (route.method, route.path)
        for route in GUARDED
        if route.body.__name__ != "NoBody" and route.access is not PUBLIC
    }
    assert set(FILLED) == takes


@pytest.mark.parametrize("route", WITH_IDS, ids=lambda route: f"{route.method} {route.path}")
async def test_asvs_8_2_2_another_companys_id_is_not_found_and_the_try_is_recorded(
    membership: Membership, route: Route
) -> None:
    """A26, T13: every id in the path of every route."""
    await membership.customers(YAMATO, MINATO)
    owner = await membership.join()
    there = {
        "customer_code": "A-1003",
        "customer_phone": "0450001003",
    }
    theirs = await membership.join(**there, email="taro@minato.test")
    ids = {
        "member_id": await membership.join(**there, **applicant(3) | {"email": "jiro@minato.test"}),
        "invitation_id": await their_invitation(membership, theirs),
        "approval_id": await their_approval(membership, there),
    }
    before = await membership.fetchval(f"select md5({EVERYTHING})")
    reply = await membership.send(
        route.method,
        path_of(route, **ids),
        FILLED.get((route.method, route.path)),
        **{"Test-Caller": str(owner)},
    )
    assert (reply.status, reply.code[-9:]) == (404, "not_found")
    assert await membership.fetchval(f"select md5({EVERYTHING})") == before
    row = await membership.fetchrow("select * from audit_log order by id desc limit 1")
    assert (row["action"], row["actor_id"]) == ("denied", owner)
    assert row["target_id"] in ids.values()
    assert (row["source"], row["network"]) == ("owner", "192.0.2.0/24")


EVERYTHING = """
    (select string_agg(m::text, '' order by id) from members as m)
    || (select string_agg(i::text, '' order by id) from invitations as i)
    || (select string_agg(r::text, '' order by id) from registrations as r)
"""


async def their_invitation(membership: Membership, owner: UUID) -> UUID:
    reply = await membership.send(
        "POST",
        "/company/invitations",
        {"invitations": [{"email": "saburo@minato.test"}]},
        **{"Test-Caller": str(owner)},
    )
    assert reply.status == 201, reply.text
    return UUID(reply.body["invitations"][0]["id"])


async def their_approval(membership: Membership, there: dict[str, str]) -> UUID:
    token = await membership.link(**there, **applicant(4) | {"email": "shiro@gmail.com"})
    assert (await membership.confirm(token)).body["status"] == "awaiting_approval"
    id: UUID = await membership.fetchval("select id from registrations where state = 'waiting'")
    return id


async def test_asvs_15_3_3_undeclared_fields_are_refused(yamato: Membership) -> None:
    """Mass assignment (A28)."""
    owner = await yamato.join()
    for route in GUARDED:
        body = FILLED.get((route.method, route.path))
        if body is not None:
            planted = {**body, "customer_id": str(new_id()), "email_verified": True}
            reply = await yamato.send(
                route.method, path_of(route), planted, **{"Test-Caller": str(owner)}
            )
            codes = {fault["code"] for fault in reply.body["errors"]}
            assert (reply.status, codes) == (422, {"unknown_field"})
