"""The search for contradictions finds each planted kind of contradiction."""

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

from yarl import URL

from shared.web.openapi import describe
from shared.web.rate_limit import RateLimiter
from tests.openapi.contradictions import Sessions, contradictions
from tests.web.conftest import KEY, ROUTES
from tests.web.site import ORIGIN, serve

PATHS = ("/search", "/notes/{note_id}", "/language", "/key")
FEW = [route for route in ROUTES if route.path in PATHS]
PLANTED = {
    "ST103": "a status that the document does not know",
    "ST108": "an answer of another shape",
    "ST201": "a request that the document forbids is accepted",
    "ST401": "a route that needs a session, and does not",
    "ST901": "a request that the document allows is not understood",
}


def plant(document: dict[str, Any]) -> dict[str, Any]:
    planted = deepcopy(document)
    paths = planted["paths"]
    del paths["/notes/{note_id}"]["get"]["responses"]["404"]
    planted["components"]["schemas"]["Kept"]["properties"]["text"]["type"] = "integer"
    words, most = paths["/search"]["get"]["parameters"]
    most["schema"]["minimum"] = 5
    words["schema"]["maxLength"] = 100
    paths["/language"]["get"]["security"] = [{"session": []}]
    return planted


async def test_each_planted_contradiction_is_found(redis_url: str, tmp_path: Path) -> None:
    limiter = RateLimiter(service="web", url=redis_url, key=KEY, enabled=False)
    true = describe("web", FEW, lambda _access: ())

    async with serve(FEW, limiter=limiter) as site:

        async def found(document: dict[str, Any]) -> str:
            return await contradictions(
                URL(f"http://127.0.0.1:{site.port}"),
                document,
                sessions=Sessions("cookie", "session", ()),
                headers={"Origin": ORIGIN},
                folder=tmp_path,
            )

        assert await found(true) == ""
        assert {*re.findall(r"^- (ST\d+)", await found(plant(true)), re.MULTILINE)} == {*PLANTED}
