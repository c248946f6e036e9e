"""GET /operator/health of every service: the health of its API process and its outbox (R23)."""

from typing import Annotated

from aiohttp import web
from pydantic import Field

from shared.health import Status
from shared.web.access import OPERATOR
from shared.web.application import HEALTH
from shared.web.routing import Answer, Call, NoBody, Route, answer


class FindingAnswer(Answer):
    """One dependency; `seconds` is how long its answer took."""

    status: Status
    seconds: Annotated[float, Field(examples=[0.0021])]
    error: Annotated[str, Field(examples=["TimeoutError"])] | None
    facts: Annotated[dict[str, float], Field(examples=[{"unconfirmed": 2}])]


_EXAMPLE = {
    "database": {
        "status": "pass",
        "seconds": 0.0021,
        "error": None,
        "facts": {"unconfirmed": 2},
    }
}


class HealthAnswer(Answer):
    """The worst of all findings, and each by the name of its dependency."""

    status: Status
    checks: Annotated[dict[str, FindingAnswer], Field(examples=[_EXAMPLE])]


async def show_health(call: Call[NoBody]) -> web.Response:
    """The service's dependencies, and the messages that wait in its outbox and queues."""
    report = await call.request.app[HEALTH].ready()
    return answer(HealthAnswer.model_validate(report, from_attributes=True))


HEALTH_ROUTE = Route(
    "GET", "/operator/health", show_health, OPERATOR, answers={200: HealthAnswer}, site="operators"
)
"""The row that every service's table has."""
