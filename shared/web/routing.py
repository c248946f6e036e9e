"""A route is a row of a table: method, path, handler, access, request, responses, limits.

OpenAPI, the table of permissions and the documentation are generated from the table. A row without
`access` is rejected at startup.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import UnionType
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

from aiohttp import hdrs, web
from pydantic import BaseModel, ConfigDict

from shared.contracts.base import Locale
from shared.errors import NotFound, Problem
from shared.web.access import PUBLIC, Access, Realm
from shared.web.caller import Caller, Member
from shared.web.language import preferred
from shared.web.problem import InvalidHeader
from shared.web.rate_limit import Limit

_IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,200}")


class Body(BaseModel):
    """The shape of a request; unknown fields are rejected."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_max_length=1000, hide_input_in_errors=True
    )


class Query(BaseModel):
    """The shape of a query string."""

    model_config = ConfigDict(frozen=True, str_max_length=1000, hide_input_in_errors=True)


class Answer(BaseModel):
    """The shape of a response; all fields are always present, also those with a default."""

    model_config = ConfigDict(
        frozen=True, hide_input_in_errors=True, json_schema_serialization_defaults_required=True
    )


class NoBody(Body):
    """A request without a body."""


class NoQuery(Query):
    """A request without query parameters."""


B = TypeVar("B", bound=Body)
Q = TypeVar("Q", bound=Query)


@dataclass(frozen=True, slots=True)
class Call(Generic[B]):
    """Holds a request for its handler, after permission, limits and validation.

    `excess`: the request exceeds a limit that the response must not reveal.
    """

    request: web.Request
    caller: Caller
    body: B
    asked: Query
    excess: bool = False

    def query(self, shape: type[Q]) -> Q:
        """Return the query parameters; `shape` is the class that the route declares."""
        assert isinstance(self.asked, shape)
        return self.asked

    @property
    def member(self) -> Member:
        """Return the member who calls. Only for routes whose access requires a member."""
        assert isinstance(self.caller, Member)
        return self.caller

    @property
    def locale(self) -> Locale:
        """Return the language that the caller prefers."""
        return preferred(self.request.headers.get(hdrs.ACCEPT_LANGUAGE, ""))

    @property
    def idempotency_key(self) -> str | None:
        """Return the header Idempotency-Key, if it was sent.

        Raises:
            InvalidHeader: It is empty, too long, or has other than visible ASCII characters.
        """
        key = self.request.headers.get("Idempotency-Key")
        if key is not None and not _IDEMPOTENCY_KEY.fullmatch(key):
            raise InvalidHeader
        return key

    def path_id(self, name: str, *, missing: type[NotFound]) -> UUID:
        """Return an id in the path. If its text is not an id, `missing` is raised."""
        try:
            return UUID(self.request.match_info[name])
        except ValueError as error:
            raise missing from error


Handler = Callable[[Call[Any]], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class File:
    """Describes a response that is a file; `example` is the beginning of one."""

    media_type: str
    example: str


Shape = type[Answer] | UnionType | File
Site = Literal["customers", "operators"]
"""A site has its own origin and cookies."""

_REALM_ABSENT: Mapping[Site, Realm] = {"customers": "operator", "operators": "member"}
"""The realm without sessions on each site."""

Answers = Mapping[int, Shape | None]
"""The response of each status: a shape, one of several shapes, or None for no body."""


@dataclass(frozen=True, slots=True)
class Route:
    """One row of a service's route table; a row with invalid access or limits is an error.

    `problems` are the facts of the route's flow; the other problems follow from its other columns
    (`shared.web.refusals`). `site`: the site whose pages may send it. `idempotent`: it supports
    Idempotency-Key. `even`: its duration could reveal facts that the caller must not learn, so it
    responds at fixed steps of time. `max_age`: how many seconds any cache may store its response,
    separately for each language; caches store no response of another route (RFC 9111, 5.2.2).
    """

    method: str
    path: str
    handler: Handler
    access: Access
    body: type[Body] = NoBody
    answers: Answers = field(default_factory=lambda: {204: None})
    limits: tuple[Limit, ...] = ()
    query: type[Query] = NoQuery
    idempotent: bool = False
    even: bool = False
    max_age: int = 0
    problems: tuple[type[Problem], ...] = ()
    site: Site = "customers"

    def __post_init__(self) -> None:
        if not isinstance(self.access, Access):
            raise TypeError(f"{self.path} does not say who may use it")
        known = {"network", *self.body.model_fields}
        if self.access.realm == _REALM_ABSENT[self.site]:
            raise ValueError(f"{self.path}: no {self.access.realm} signs in on that site")
        if self.max_age and (self.method != "GET" or self.access != PUBLIC):
            raise ValueError(f"{self.path} is not a public GET, so it cannot be cached")
        if self.access.needs_session:
            known |= {"member", "session"}
        if unknown := {limit.by for limit in self.limits} - known:
            raise ValueError(f"{self.path} cannot be limited by {unknown}")

    @property
    def caching(self) -> Mapping[str, str]:
        """The headers of a response that caches may store."""
        if not self.max_age:
            return {}
        return {
            hdrs.CACHE_CONTROL: f"public, max-age={self.max_age}",
            hdrs.VARY: hdrs.ACCEPT_LANGUAGE,
        }

    @property
    def operation_id(self) -> str:
        """Return a name that is unique in the service: the handler's module and name."""
        return f"{self.handler.__module__.rpartition('.')[2]}_{self.handler.__name__}"


def answer(model: Answer, *, status: int = 200) -> web.Response:
    """Return a JSON response."""
    text = model.model_dump_json()
    return web.Response(text=text, status=status, content_type="application/json")


def no_content() -> web.Response:
    """Return a response of status 204, without a body."""
    return web.Response(status=204)
