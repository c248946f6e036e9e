"""Reads and validates a request's body, under a time limit: the gateway does not cut slow ones."""

import asyncio
import json
import re
from typing import TypeVar

from aiohttp import HttpVersion11, hdrs, web
from pydantic import ValidationError

from shared.errors import FieldError, Invalid
from shared.web.problem import (
    ContentTooLarge,
    MalformedBody,
    MalformedJson,
    RequestTimeout,
    UnsupportedMediaType,
)
from shared.web.routing import Body, NoBody

BODY_SECONDS = 15.0
MOST_ERRORS = 20
_LONGEST_NAME = 100
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")

B = TypeVar("B", bound=Body)


class InvalidRequest(Invalid):
    """Fields of the request are missing or not acceptable; `errors` names at most 20 of them."""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """One object; a name that comes twice would mean different things to different readers."""
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a name comes twice")
    return value


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is not JSON (RFC 8259, section 6)")


_JSON = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_refuse)


async def read_body(request: web.Request, shape: type[B]) -> B:
    """The body in its shape.

    Raises:
        RequestTimeout: It did not arrive within 15 s.
        ContentTooLarge: It is larger than the application takes, or says so.
        MalformedBody: Its framing is broken, or the client went away.
        UnsupportedMediaType: It is not application/json, or it is compressed.
        MalformedJson: It is not a JSON object in UTF-8.
        InvalidRequest: It does not have this shape.
    """
    data = await _read(request) if request.body_exists else b""
    if not data and issubclass(shape, NoBody):
        return shape()
    if request.content_type != "application/json" or hdrs.CONTENT_ENCODING in request.headers:
        raise UnsupportedMediaType
    try:
        value = _JSON.decode(data.decode())
    except (ValueError, RecursionError) as error:
        raise MalformedJson from error
    if not isinstance(value, dict):
        raise MalformedJson
    if _NUL.search(data):  # PostgreSQL has no text with NUL in it
        raise InvalidRequest(errors=[FieldError("", "nul_character")])
    return validate(shape, value)


def validate(shape: type[B], value: dict[str, object]) -> B:
    """The value in its shape.

    Raises:
        InvalidRequest: It does not fit; each fault with its field and pydantic's code.
    """
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        faults = error.errors(include_input=False, include_url=False, include_context=False)
        raise InvalidRequest(
            errors=[_fault(fault["loc"], fault["type"]) for fault in faults[:MOST_ERRORS]]
        ) from None


def _fault(location: tuple[int | str, ...], code: str) -> FieldError:
    field = ".".join(str(part) for part in location)[:_LONGEST_NAME]
    if not field.isprintable():  # half a surrogate pair cannot be said in UTF-8 (RFC 8259, 8.2)
        return FieldError("", "string_unicode")
    return FieldError(field, code)


async def _read(request: web.Request) -> bytes:
    if (request.content_length or 0) > request.client_max_size:
        raise ContentTooLarge
    try:
        async with asyncio.timeout(BODY_SECONDS):
            await _invite(request)
            return await request.read()
    except TimeoutError as error:
        raise RequestTimeout from error
    except (web.RequestPayloadError, ConnectionError) as error:
        raise MalformedBody from error


async def _invite(request: web.Request) -> None:
    """Tell a client that waits for it to send the body (RFC 9110, section 10.1.1)."""
    if request.version >= HttpVersion11 and hdrs.EXPECT in request.headers:
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        request.writer.output_size = 0  # this is not the beginning of the response
