"""Cursors of lists: `?cursor=&limit=`; what is in a cursor is nobody's business but the list's."""

import base64
import binascii
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.membership.errors import InvalidCursor, InvalidLimit
from shared.web.routing import Call

MOST_ITEMS = 100


class _Query(BaseModel):
    model_config = ConfigDict(extra="ignore")

    cursor: str = Field(default="", max_length=100)
    limit: int = Field(default=50, ge=1, le=MOST_ITEMS)


def read(call: Call[Any]) -> tuple[UUID | None, int]:
    """After which id the page starts (None: at the beginning), and how many items it may have.

    Raises:
        InvalidCursor: The cursor is not one that `cursor_after` made.
        InvalidLimit: The limit is not a number from 1 to 100.
    """
    try:
        query = _Query.model_validate(dict(call.request.query))
    except ValidationError as error:
        faulty = error.errors(include_input=False)[0]["loc"]
        raise (InvalidCursor if faulty == ("cursor",) else InvalidLimit) from None
    return (_id_in(query.cursor) if query.cursor else None), query.limit


def cursor_after(id: UUID | None) -> str | None:
    """The cursor of the page that starts after this id; None if there is no such page."""
    return base64.urlsafe_b64encode(id.bytes).rstrip(b"=").decode() if id else None


def _id_in(cursor: str) -> UUID:
    try:
        return UUID(bytes=base64.b64decode(f"{cursor}==", altchars=b"-_", validate=True))
    except (binascii.Error, ValueError) as error:
        raise InvalidCursor from error
