"""What goes wrong, as application/problem+json (RFC 9457): a stable code, the request's id."""

import json
from http import HTTPStatus
from math import ceil

from aiohttp import hdrs, web

from shared.errors import Problem, Unavailable
from shared.logging import get_logger, request_id
from shared.temporary import is_temporary

log = get_logger("problem")


class BadRequest(Problem):
    """The request is not well-formed."""

    status = HTTPStatus.BAD_REQUEST


class MalformedBody(BadRequest):
    """The body's framing is broken, or it ended too early."""


class MalformedJson(BadRequest):
    """The body is not a JSON object in UTF-8."""


class InvalidHeader(BadRequest):
    """A header has a value that it cannot have."""


class RequestTimeout(Problem):
    """The body did not arrive in time."""

    status = HTTPStatus.REQUEST_TIMEOUT


class ContentTooLarge(Problem):
    """The body is larger than this service takes."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class UnsupportedMediaType(Problem):
    """The body is not application/json, or it is compressed."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


class CrossOrigin(Problem):
    """The request does not come from a page of this site."""

    status = HTTPStatus.FORBIDDEN


class NoSuchRoute(Problem):
    """There is nothing at this path."""

    status = HTTPStatus.NOT_FOUND


class MethodNotAllowed(Problem):
    """This path does not take this method."""

    status = HTTPStatus.METHOD_NOT_ALLOWED


class InternalError(Problem):
    """Our fault; the id of the request finds the log line."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR


class TemporarilyUnavailable(Unavailable):
    """Something that is needed cannot be reached now."""


_FROM_AIOHTTP: dict[int, type[Problem]] = {
    404: NoSuchRoute,
    405: MethodNotAllowed,
    413: ContentTooLarge,
    415: UnsupportedMediaType,
}

_TITLES = {413: "Content Too Large", 422: "Unprocessable Content"}
"""RFC 9110's names, where Python before 3.13 has older ones."""


def problem_of(error: Exception) -> Problem:
    """The problem to answer with; what nobody expected is logged here, and told to nobody."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, web.HTTPException):
        return _FROM_AIOHTTP.get(error.status, BadRequest)()
    if is_temporary(error):
        log.warning("a request could not be served now", error=repr(error))
        return TemporarilyUnavailable(retry_after=2)
    log.error("a request failed", exc_info=error)
    return InternalError()


def title(fact: type[Problem]) -> str:
    """The name that its status has in HTTP."""
    return _TITLES.get(fact.status, fact.status.phrase)


def respond(problem: Problem) -> web.Response:
    """The response for a problem."""
    fact = type(problem)
    body = {
        **problem.members,
        "type": "about:blank",
        "title": title(fact),
        "status": int(fact.status),
        "code": fact.code,
        "errors": [{"field": fault.field, "code": fault.code} for fault in problem.errors],
        "request_id": request_id.get(),
    }
    text = json.dumps(body, ensure_ascii=False, default=str)
    response = web.Response(
        body=text.encode(errors="backslashreplace"),  # half of a surrogate pair, as JSON writes it
        status=fact.status,
        content_type="application/problem+json",
    )
    if problem.retry_after is not None:
        response.headers[hdrs.RETRY_AFTER] = str(max(1, ceil(problem.retry_after)))
    return response
