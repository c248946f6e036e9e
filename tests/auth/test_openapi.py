"""Auth's answers match its OpenAPI document for every kind of caller."""

from pathlib import Path

import pytest

from services.auth.domain.accounts import Visitor
from services.auth.domain.presence import ANSWER_WITHIN, Check
from services.auth.flows.accounts import session
from services.auth.storage import accounts, presence_checks
from shared import clock
from shared.crypto import new_id
from shared.web.caller import Stage
from tests.auth.conftest import ORIGIN, Auth
from tests.openapi.contradictions import Sessions, contradictions
from tests.openapi.documents import document

ENOUGH = 600
BROWSER = Visitor(browser="", network="", session_token=None, device_token=None)


async def tokens(auth: Auth, stage: Stage) -> list[str]:
    """The tokens of many sessions of one member."""
    member = await auth.member(password=None)
    opened = []
    async with auth.context.db.transaction("test") as connection:
        account = await accounts.lock(connection, member.member_id)
        assert account is not None
        now = await clock.now(connection)
        for _ in range(ENOUGH):
            id, token = await session.open_for(
                connection, auth.context, account, BROWSER, stage=stage
            )
            if stage == "presence":
                check = Check(
                    id=new_id(),
                    member_id=account.member_id,
                    customer_id=account.customer_id,
                    session_id=id,
                    key_id=auth.context.secrets.current_key_id,
                    browser="",
                    known_browser=True,
                    state="pending",
                    wrong=0,
                    created_at=now,
                    expires_at=None,
                    confirmed_at=None,
                )
                await presence_checks.add(connection, check, reason="due", policy="")
                await presence_checks.update_expiry(connection, check.id, ANSWER_WITHIN)
            opened.append(token)
    return opened


@pytest.mark.parametrize("stage", [None, "active", "presence"])
async def test_every_answer_matches_the_document(
    auth: Auth, stage: Stage | None, tmp_path: Path
) -> None:
    found = await contradictions(
        auth.server.make_url(""),
        document("auth"),
        sessions=Sessions("cookie", "session_8080", await tokens(auth, stage) if stage else ()),
        headers={"Origin": ORIGIN},
        folder=tmp_path,
    )
    assert found == ""
