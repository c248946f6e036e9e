"""The problems of a request before its handler is called, derived from the route's row."""

from shared.errors import Problem
from shared.idempotency import IdempotencyKeyBusy, IdempotencyKeyReused
from shared.web import access
from shared.web.body import InvalidRequest
from shared.web.origin import SAFE
from shared.web.problem import (
    ContentTooLarge,
    CrossOrigin,
    InternalError,
    InvalidHeader,
    MalformedBody,
    MalformedJson,
    RequestTimeout,
    TemporarilyUnavailable,
    UnsupportedMediaType,
)
from shared.web.rate_limit import RateLimited
from shared.web.routing import NoQuery, Route

Facts = tuple[type[Problem], ...]

_ANY: Facts = (InternalError, TemporarilyUnavailable)
_UNSAFE: Facts = (
    CrossOrigin,
    MalformedBody,
    MalformedJson,
    RequestTimeout,
    ContentTooLarge,
    UnsupportedMediaType,
    InvalidRequest,
)
_IDEMPOTENT: Facts = (InvalidHeader, IdempotencyKeyBusy)


def of(route: Route) -> set[type[Problem]]:
    """The problems that the checks of this route may raise.

    A client may also send a body to a route without one, unless its method is safe.
    """
    columns: tuple[tuple[bool, Facts], ...] = (
        (True, _ANY),
        (True, access.refusals(route.access)),
        (route.method not in SAFE, _UNSAFE),
        (route.query is not NoQuery, (InvalidRequest,)),
        (not all(limit.silent for limit in route.limits), (RateLimited,)),
        (route.idempotent, _IDEMPOTENT),
        (route.idempotent and route.access.needs_session, (IdempotencyKeyReused,)),
    )
    return {fact for holds, facts in columns if holds for fact in facts}
