"""The seven roots of what can go wrong for a caller; the root fixes the HTTP status.

A flow raises a fact: a class of its own below one of the roots (`SeatsFull(Conflict)`). Its wire
code is its name in snake case. `shared.web.problem` writes it as problem+json (RFC 9457).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, ClassVar

from pydantic import Field


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field; `code` is stable, `limit` is the length or number it breaks.

    `field` is a path such as `lines.0.text`, or empty where the fault is not in one field. `detail`
    says in the reader's language what to change; `shared.web.problem` writes it if it is empty.
    """

    field: str
    code: str
    limit: int | None = None
    detail: str = ""


Faults = Annotated[
    tuple[FieldError, ...],
    Field(
        min_length=1,
        examples=[
            [
                {
                    "field": "family_name",
                    "code": "too_long",
                    "detail": "50文字以内で入力してください。",
                    "limit": 50,
                }
            ]
        ],
    ),
]
"""The `errors` of a fact that names fields; those of any other fact are empty."""


class Problem(Exception):
    """Something a caller is told. Raise a fact below one of the seven roots instead.

    `members` are shown beside the code; `retry_after` is in seconds and becomes the header
    Retry-After (RFC 9110, section 10.2.3). A fact that has them says so: `left: int`.
    """

    status: ClassVar[HTTPStatus]
    code: ClassVar[str]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.code = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(
        self,
        *,
        errors: Sequence[FieldError] = (),
        retry_after: float | None = None,
        **members: object,
    ) -> None:
        super().__init__(self.code)
        vars(self).update(members)
        self.errors = tuple(errors)
        self.retry_after = retry_after
        self.members = members


class Unauthenticated(Problem):
    """The caller is not signed in, or the sign-in is not complete."""

    status = HTTPStatus.UNAUTHORIZED


class Forbidden(Problem):
    """The caller is signed in and may not do this."""

    status = HTTPStatus.FORBIDDEN


class RoleRequired(Forbidden):
    """The member's role does not allow it."""


class NotFound(Problem):
    """There is no such thing for this caller."""

    status = HTTPStatus.NOT_FOUND


class Conflict(Problem):
    """The state of things does not allow it now."""

    status = HTTPStatus.CONFLICT


class Invalid(Problem):
    """What was sent is well-formed JSON, but not acceptable."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TooManyRequests(Problem):
    """The caller has to wait; `retry_after` says how long."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    retry_after: float


class Unavailable(Problem):
    """Something that is needed cannot be reached now; `retry_after` says when to try again."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    retry_after: float
