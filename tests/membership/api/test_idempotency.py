"""`Idempotency-Key` under 50 equal requests at once, on every POST that creates something."""

import asyncio
from base64 import b64encode
from typing import Any

import pytest

from services.membership.api.routes import ROUTES
from tests.membership.conftest import Membership, form

AT_ONCE = 50
CREATING: dict[str, tuple[Any, str]] = {
    "/registrations": (form(email="new@yamato.example"), "outbox where name like '%registration'"),
    "/company/invitations": (
        {"invitations": [{"email": "a@yamato.example"}, {"email": "b@yamato.example"}]},
        "invitations",
    ),
    "/company/invitation-file": (
        {"file": b64encode(b"email\na@yamato.example\nb@yamato.example\n").decode()},
        "invitations",
    ),
}
"""The body that each path is sent, and the table of the rows that it creates."""
OTHERS: dict[str, Any] = {
    "/registrations": form(email="other@yamato.example"),
    "/company/invitations": {"invitations": [{"email": "c@yamato.example"}]},
    "/company/invitation-file": {"file": b64encode(b"email\nc@yamato.example\n").decode()},
}


def test_every_idempotent_route_is_tested_here() -> None:
    assert {route.path for route in ROUTES if route.idempotent} == set(CREATING)


@pytest.mark.parametrize("path", CREATING)
async def test_50_equal_requests_have_the_effect_of_one(yamato: Membership, path: str) -> None:
    caller = {"Test-Caller": str(await yamato.join())}
    body, table = CREATING[path]
    before = await yamato.fetchval(f"select count(*) from {table}")

    async def ask(key: str) -> Any:
        while True:
            reply = await yamato.send("POST", path, body, **caller, **{"Idempotency-Key": key})
            if reply.status not in (409, 503):
                return reply
            await asyncio.sleep(0.05)  # a client would wait as Retry-After says

    replies = await asyncio.gather(*(ask("one-key") for _ in range(AT_ONCE)))
    assert {reply.status for reply in replies} == {201 if "invitation" in path else 202}
    assert len({reply.text for reply in replies}) == 1
    made = 2 if "invitation" in path else 1
    assert await yamato.fetchval(f"select count(*) from {table}") == before + made

    reply = await yamato.send(
        "POST", path, OTHERS[path], **caller, **{"Idempotency-Key": "one-key"}
    )
    if "invitation" in path:
        assert (reply.status, reply.code) == (422, "idempotency_key_reused")
    else:  # another stranger may have chosen the same key
        assert (reply.status, reply.body["status"]) == (202, "accepted")
        assert await yamato.fetchval(f"select count(*) from {table}") == before + made + 1
