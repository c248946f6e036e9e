"""Membership's answers match its OpenAPI document for every kind of caller."""

from pathlib import Path

import pytest

from tests.membership.conftest import ORIGIN, Membership, applicant
from tests.openapi.contradictions import Sessions, contradictions
from tests.openapi.documents import document


@pytest.mark.parametrize("role", [None, "staff", "admin"])
async def test_every_answer_matches_the_document(
    yamato: Membership, role: str | None, tmp_path: Path
) -> None:
    await yamato.join()
    member = await yamato.join(**applicant(2))
    await yamato.execute("update members set role = $1 where id = $2", role or "staff", member)
    found = await contradictions(
        yamato.server.make_url(""),
        document("membership"),
        sessions=Sessions("header", "Test-Caller", [str(member)] if role else []),
        headers={"Origin": ORIGIN},
        folder=tmp_path,
    )
    assert found == ""
