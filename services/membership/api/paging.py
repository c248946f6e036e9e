"""Pages of lists: `?cursor=&limit=`; a cursor is opaque to clients."""

import base64
import json
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.membership.domain.members.member_list import Position
from services.membership.errors import InvalidCursor
from shared.crypto import base64url
from shared.web.routing import Query

Cursor = Annotated[
    str, Field(pattern=r"^([A-Za-z0-9_-]{22})?$", examples=["AZq-7vhfcAGKtRR2qXgqYg"])
]
"""An id in base64url, or nothing for the first page."""


class PageQuery(Query):
    """The requested part of a list."""

    cursor: Annotated[Cursor, Field(description="`next_cursor` of the previous page")] = ""
    limit: Annotated[int, Field(ge=1, le=100, examples=[50])] = 50

    @property
    def after(self) -> UUID | None:
        """After which id the page starts; None: at the beginning."""
        return UUID(bytes=base64.urlsafe_b64decode(f"{self.cursor}==")) if self.cursor else None


def cursor_after(id: UUID | None) -> str | None:
    """The cursor of the page that starts after this id; None if there is no such page."""
    return base64url(id.bytes) if id else None


def position_in(cursor: str) -> Position | None:
    """The place that `position_after` put into a cursor; None: at the beginning.

    Raises:
        InvalidCursor: The cursor is not one of this list's.
    """
    if not cursor:
        return None
    try:
        key, id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        position = Position(key, UUID(id))
        storable = b"\0" not in key.encode()  # fails where it is no text, or half of a character
    except (ValueError, TypeError, AttributeError) as error:
        raise InvalidCursor from error
    if not storable:
        raise InvalidCursor
    return position


def position_after(position: Position | None) -> str | None:
    """The cursor of the page behind this place of an ordered list."""
    if position is None:
        return None
    text = json.dumps([position.key, str(position.id)], ensure_ascii=False)
    return base64url(text.encode())
