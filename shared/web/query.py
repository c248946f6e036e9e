"""Reads and validates a query string in the shape that its route declares."""

from typing import TypeVar

from aiohttp import web
from pydantic import ValidationError

from shared.errors import FieldError
from shared.web.body import InvalidRequest, refusal
from shared.web.routing import Query

Q = TypeVar("Q", bound=Query)


def read_query(request: web.Request, shape: type[Q]) -> Q:
    """The query string in its shape; names that the shape does not know are ignored.

    Raises:
        InvalidRequest: It does not have this shape, or gives a name twice.
    """
    sent = request.query
    twice = [name for name in shape.model_fields if len(sent.getall(name, ())) > 1]
    if twice:
        raise InvalidRequest(errors=[FieldError(name, "repeated") for name in twice])
    if any("\0" in value for value in sent.values()):  # PostgreSQL has no text with NUL in it
        raise InvalidRequest(errors=[FieldError("", "nul_character")])
    try:
        return shape.model_validate(dict(sent))
    except ValidationError as error:
        raise refusal(error) from None
