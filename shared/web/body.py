"""Reads and validates a request's body, under a time limit: the gateway does not cut slow ones."""

import asyncio
import json
import re
from typing import TypeVar

from aiohttp import HttpVersion11, hdrs, web
from pydantic import ValidationError

from shared.errors import Faults, FieldError, Invalid, Problem
from shared.web.field_errors import field_error
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
MOST_VALUES = 5000
"""Objects, their fields, and fractions in one body."""
_LARGEST_EXACT = 2**53 - 1
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")

B = TypeVar("B", bound=Body)


class InvalidRequest(Invalid):
    """Fields of the request are missing or not acceptable; `errors` names at most 20 of them."""

    errors: Faults


class _Reader:
    """Parses one body by RFC 8259, and counts each value that is handled in Python.

    The rest is parsed by the C scanner, so that any 256 KiB take milliseconds.
    """

    def __init__(self) -> None:
        self._left = MOST_VALUES
        self.decode = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=_refuse, parse_float=self._number
        ).decode

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        """One object; a duplicate name is an error, because parsers would read it differently."""
        self._count(1 + len(pairs))
        value = dict(pairs)
        if len(value) != len(pairs):
            raise ValueError("a name comes twice")
        return value

    def _number(self, text: str) -> float:
        """An integer by its value: `5.0` is one, where doubles are exact (RFC 8259, 6)."""
        self._count(1)
        value = float(text)
        return int(value) if value.is_integer() and abs(value) <= _LARGEST_EXACT else value

    def _count(self, values: int) -> None:
        self._left -= values
        if self._left < 0:
            raise ValueError("too many values")


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is not JSON (RFC 8259, section 6)")


async def read_body(request: web.Request, shape: type[B]) -> B:
    """The body in its shape, with strict JSON types: `"5"` and `true` are not numbers.

    Raises:
        RequestTimeout: It did not arrive within 15 s.
        ContentTooLarge: It is larger than the application accepts, or its header says so.
        MalformedBody: Its framing is broken, or the client went away.
        UnsupportedMediaType: It is not application/json, or it is compressed.
        MalformedJson: It is not a JSON object in UTF-8, or has more than 5000 fields.
        InvalidRequest: It does not have this shape.
    """
    data = await _read(request) if request.body_exists else b""
    if not data and issubclass(shape, NoBody):
        return shape()
    if request.content_type != "application/json" or hdrs.CONTENT_ENCODING in request.headers:
        raise UnsupportedMediaType
    try:
        value = _Reader().decode(data.decode())
        plain = json.dumps(value)
    except (ValueError, RecursionError) as error:
        raise MalformedJson from error
    if not isinstance(value, dict):
        raise MalformedJson
    if _NUL.search(data):  # PostgreSQL has no text with NUL in it
        raise InvalidRequest(errors=[FieldError("", "nul_character")])
    try:
        return shape.model_validate_json(plain, strict=True)
    except ValidationError as error:
        raise refusal(error) from None


def refusal(error: ValidationError) -> Problem:
    """The errors for the caller: each with its field, our own code, and the limit."""
    faults = error.errors(include_input=False, include_url=False)
    if faults[0]["type"] == "json_invalid":  # half a surrogate pair (RFC 8259, section 8.2)
        return MalformedJson()
    return InvalidRequest(errors=[field_error(fault) for fault in faults[:MOST_ERRORS]])


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
    """Tell a client that waits for 100 Continue to send the body (RFC 9110, section 10.1.1)."""
    if request.version >= HttpVersion11 and hdrs.EXPECT in request.headers:
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        request.writer.output_size = 0  # this is not the beginning of the response
