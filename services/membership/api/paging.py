"""Pages of lists: `?cursor=&limit=`; what is in a cursor is nobody's business but the list's."""

import base64
from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.web.routing import Query

Cursor = Annotated[
    str, Field(pattern=r"^([A-Za-z0-9_-]{22})?$", examples=["AZq-7vhfcAGKtRR2qXgqYg"])
]
"""An id in base64url, or nothing for the first page."""


class PageQuery(Query):
    """Which part of a list is asked for."""

    cursor: Annotated[Cursor, Field(description="`next_cursor` of the page before")] = ""
    limit: Annotated[int, Field(ge=1, le=100, examples=[50])] = 50

    @property
    def after(self) -> UUID | None:
        """After which id the page starts; None: at the beginning."""
        return UUID(bytes=base64.urlsafe_b64decode(f"{self.cursor}==")) if self.cursor else None


def cursor_after(id: UUID | None) -> str | None:
    """The cursor of the page that starts after this id; None if there is no such page."""
    return base64.urlsafe_b64encode(id.bytes).rstrip(b"=").decode() if id else None
