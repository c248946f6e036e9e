"""Reads and validates a request's body, under a time limit: the gateway does not cut slow ones."""

import asyncio
import json
from typing import TypeVar

from aiohttp import web
from pydantic import ValidationError

from shared.errors import FieldError, Invalid
from shared.web.problem import MalformedJson, RequestTimeout, UnsupportedMediaType
from shared.web.routing import Body, NoBody

BODY_SECONDS = 15.0

B = TypeVar("B", bound=Body)


class InvalidRequest(Invalid):
    """Fields of the request are missing or not acceptable; `errors` names them."""


async def read_body(request: web.Request, shape: type[B]) -> B:
    """The body in its shape.

    Raises:
        RequestTimeout: It did not arrive within 15 s.
        UnsupportedMediaType: It is not application/json.
        MalformedJson: It is not a JSON object.
        InvalidRequest: It does not have this shape.
    """
    text = await _read(request)
    if not text and issubclass(shape, NoBody):
        return shape()
    if request.content_type != "application/json":
        raise UnsupportedMediaType
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MalformedJson from error
    if not isinstance(value, dict):
        raise MalformedJson
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
            errors=[
                FieldError(".".join(str(part) for part in fault["loc"]), fault["type"])
                for fault in faults
            ]
        ) from None


async def _read(request: web.Request) -> bytes:
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await request.read()
    except TimeoutError as error:
        raise RequestTimeout from error
