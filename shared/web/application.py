"""The steps of a request: id, origin, caller, permission, rate limits, query, body, handler.

Permission is checked before the body is read, and all errors are handled in one place. Limits that
count by a value in the body, and all limits of a route whose body has an address, are checked after
the body is read.
"""

import re
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from aiohttp import hdrs, web

from shared import tracing
from shared.commits import again_after_conflict
from shared.crypto import new_id
from shared.health import Check, Health
from shared.logging import get_logger, request_id
from shared.metrics import HTTP_REQUESTS, HTTP_SECONDS
from shared.probes import PATHS, add_probes
from shared.settings import ServiceSettings
from shared.temporary import cancelled_within
from shared.web.access import Access, judge
from shared.web.body import read_body
from shared.web.caller import Caller
from shared.web.even_steps import at_even_steps
from shared.web.language import preferred
from shared.web.origin import require_same_origin
from shared.web.problem import RequestTimeout, problem_of, respond
from shared.web.query import read_query
from shared.web.rate_limit import RateLimiter
from shared.web.routing import Call, Route, Site

log = get_logger("http")

HEALTH = web.AppKey("health", Health)

MAX_BODY = 256 * 1024  # bytes; the gateway allows less
_MOST_PARTS = 8
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

Resolve = Callable[[web.Request, Access], Awaitable[Caller]]
"""Resolves the caller; raises a problem if the identity cannot be verified."""

Recognise = Callable[[web.Request, str], Awaitable[UUID | None]]
"""The browser, if it is known for the account that has this address."""


class Gate:
    """The checks before every handler of a service."""

    def __init__(
        self,
        *,
        resolve: Resolve,
        limiter: RateLimiter,
        now: Callable[[], datetime],
        origins: Mapping[Site, str],
        recognise: Recognise | None = None,
    ) -> None:
        self._resolve = resolve
        self._limiter = limiter
        self._now = now
        self._origins = origins
        self._recognise = recognise

    @classmethod
    def of(
        cls,
        settings: ServiceSettings,
        *,
        service: str,
        resolve: Resolve,
        now: Callable[[], datetime],
        key: bytes,
        recognise: Recognise | None = None,
    ) -> "Gate":
        """The checks for a service's settings; `key` hashes the values that limits count by."""
        return cls(
            resolve=resolve,
            limiter=RateLimiter(
                service=service,
                url=settings.cache_url.get_secret_value(),
                key=key,
                enabled=settings.rate_limits == "on",
            ),
            now=now,
            origins={"customers": settings.origin, "operators": settings.operator_origin},
            recognise=recognise,
        )

    @property
    def check(self) -> Check:
        """Whether the counters of rate limits are shared; without them each process has its own."""
        return Check("cache", self._limiter.ask, required=False)

    async def close(self, _app: web.Application) -> None:
        """Close its connections."""
        await self._limiter.close()

    def guard(self, route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """The aiohttp handler of a row."""
        origin = self._origins[route.site]
        # The body names the account for which a browser may be known, so it is read first.
        recognise = self._recognise if "email" in route.body.model_fields else None
        early = [one for one in route.limits if one.before_body and recognise is None]
        late = [one for one in route.limits if one not in early]

        async def handle(request: web.Request) -> web.StreamResponse:
            require_same_origin(request, origin)
            caller = await self._resolve(request, route.access)
            judge(route.access, caller, now=self._now())
            passed = [await self._limiter.hit(one, caller=caller, body=None) for one in early]
            query = read_query(request, route.query)
            body = await read_body(request, route.body)
            device = await recognise(request, vars(body)["email"]) if recognise else None
            passed += [
                await self._limiter.hit(one, caller=caller, body=body, device=device)
                for one in late
            ]
            call = Call(request, caller, body, query, not all(passed))
            work = again_after_conflict(lambda: route.handler(call))
            response = await (at_even_steps(work) if route.even else work)
            response.headers.update(route.caching)
            return response

        return handle


def build(routes: Sequence[Route], gate: Gate, health: Health) -> web.Application:
    """The application of a service, from its route table, with health endpoints."""
    app = web.Application(client_max_size=MAX_BODY, middlewares=[_answer_problems])
    app[HEALTH] = health
    app.on_cleanup.append(gate.close)
    add_probes(app, health)
    for route in routes:
        guarded = gate.guard(route)
        app.router.add_route(route.method, route.path, guarded, expect_handler=_leave_to_body)
    return app


async def _leave_to_body(_request: web.Request) -> None:
    """Answer `Expect: 100-continue` only when the body is read, after the permission check."""


@web.middleware
async def _answer_problems(request: web.Request, handler: Any) -> web.StreamResponse:
    """Assign the request id, and convert exceptions to problem+json."""
    began = time.monotonic()
    claimed = request.headers.get("X-Request-Id", "")
    request_id.set(claimed if _REQUEST_ID.fullmatch(claimed) else str(new_id()))
    place = _place(request)
    facts = {"http.request.method": request.method, "http.route": place}
    probe = request.path in PATHS
    name = f"{request.method} {place}"
    with tracing.NO_SPAN if probe else tracing.span(name, "server", facts) as span:
        try:
            with cancelled_within():
                response: web.StreamResponse = await handler(request)
        except Exception as error:
            response = _refuse(error, request)
        response.headers.setdefault(hdrs.CACHE_CONTROL, "no-store")
        response.headers["X-Request-Id"] = request_id.get()
        if request.app[HEALTH].stopping:
            response.force_close()
        span.add({"http.response.status_code": response.status})
        if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            span.fail(str(response.status))
        if not probe:
            log.info("request", method=request.method, path=place, status=response.status)
            _count(request, response, seconds=time.monotonic() - began)
    return response


def _refuse(error: Exception, request: web.Request) -> web.Response:
    problem = problem_of(error)
    response = respond(problem, preferred(request.headers.get(hdrs.ACCEPT_LANGUAGE, "")))
    if isinstance(error, web.HTTPMethodNotAllowed):
        response.headers[hdrs.ALLOW] = error.headers[hdrs.ALLOW]
    if isinstance(problem, RequestTimeout):
        response.force_close()
    return response


def _place(request: web.Request) -> str:
    """The path as in the route table, without ids; for other paths only the known parts.

    A client's own path is not repeated, because a damaged link may have its token there.
    """
    if resource := request.match_info.route.resource:
        return resource.canonical
    table = request.app.router.resources()
    known = {part for resource in table for part in resource.canonical.split("/")}
    parts = request.rel_url.raw_path.split("/", _MOST_PARTS)
    return "/".join(part if part in known else "…" for part in parts)


def _count(request: web.Request, response: web.StreamResponse, *, seconds: float) -> None:
    """Count by the path of the route table; all unknown paths have one label."""
    service, resource = request.app[HEALTH].service, request.match_info.route.resource
    place = (request.method, resource.canonical) if resource else ("-", "-")
    HTTP_REQUESTS.labels(service, *place, response.status).inc()
    HTTP_SECONDS.labels(service, *place).observe(seconds)
