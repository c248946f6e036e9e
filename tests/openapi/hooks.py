"""Extensions for schemathesis: a session for each request, and our own check."""

import os
from itertools import cycle
from pathlib import Path

import schemathesis

NOT_UNDERSTOOD = {
    "invalid_header",
    "invalid_request",
    "malformed_body",
    "malformed_json",
    "unsupported_media_type",
}
SESSIONS = Path(os.environ["SESSIONS"]).read_text().splitlines()


class NextSession:
    """Another session for each request, because some requests end their own session."""

    def __init__(self) -> None:
        self._sessions = cycle(SESSIONS)

    def get(self, _case: schemathesis.Case, _context: schemathesis.AuthContext) -> str:
        return next(self._sessions)

    def set(self, case: schemathesis.Case, session: str, context: schemathesis.AuthContext) -> None:
        components = context.operation.schema.raw_schema["components"]
        scheme = components["securitySchemes"]["session"]
        place = case.cookies if scheme["in"] == "cookie" else case.headers
        place[scheme["name"]] = session


if SESSIONS:
    schemathesis.auth(refresh_interval=None)(NextSession)


@schemathesis.check
def understands_what_it_describes(
    _context: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case
) -> None:
    """Check that a request of the described shape is not refused for its shape."""
    well_formed = case.meta is not None and case.meta.generation.mode.is_positive
    if well_formed and response.status_code in (400, 415, 422):
        problem = response.json()
        assert problem["code"] not in NOT_UNDERSTOOD, f"{problem['code']} {problem['errors']}"
