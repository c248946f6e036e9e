"""Errors as application/problem+json (RFC 9457): a code, a text, the request's id."""

import json
from http import HTTPStatus

from aiohttp import hdrs, web

from shared.contracts.base import Locale
from shared.errors import FieldError, Problem, Unavailable
from shared.logging import get_logger, request_id
from shared.temporary import is_temporary
from shared.web import words

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

_NAMES = {413: "Content Too Large", 422: "Unprocessable Content"}
"""RFC 9110's names, where Python before 3.13 has older ones."""


def problem_of(error: Exception) -> Problem:
    """The problem for an exception; an unexpected one is logged, and its text is not sent."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, web.HTTPException):
        return _FROM_AIOHTTP.get(error.status, BadRequest)()
    if is_temporary(error):
        log.warning("a request could not be served now", error=repr(error))
        return TemporarilyUnavailable(retry_after=2)
    log.error("a request failed", exc_info=error)
    return InternalError()


def status_name(fact: type[Problem]) -> str:
    """The name of its status in HTTP."""
    return _NAMES.get(fact.status, fact.status.phrase)


def respond(problem: Problem, locale: Locale) -> web.Response:
    """The response for a problem, in this language."""
    fact = type(problem)
    said = words.problem(fact.code, locale, problem.members, retry_after=problem.retry_after)
    body = {
        **problem.members,
        "type": "about:blank",
        "title": said.title,
        "status": int(fact.status),
        "detail": said.detail,
        "code": fact.code,
        "errors": [_told(fault, locale) for fault in problem.errors],
        "request_id": request_id.get(),
    }
    text = json.dumps(body, ensure_ascii=False, default=str)
    response = web.Response(
        body=text.encode(errors="backslashreplace"),  # half of a surrogate pair, as JSON writes it
        status=fact.status,
        content_type="application/problem+json",
    )
    response.headers[hdrs.CONTENT_LANGUAGE] = locale
    if problem.retry_after is not None:
        response.headers[hdrs.RETRY_AFTER] = str(words.whole_seconds(problem.retry_after))
    return response


def _told(fault: FieldError, locale: Locale) -> dict[str, object]:
    limit = {} if fault.limit is None else {"limit": fault.limit}
    detail = fault.detail or words.fault(fault.code, locale, fault.limit)
    return {"field": fault.field, "code": fault.code, "detail": detail, **limit}
