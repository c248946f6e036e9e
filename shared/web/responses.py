"""The responses of a route for OpenAPI: its own, and each problem by its code."""

from collections.abc import Iterable
from http import HTTPStatus
from itertools import groupby

from shared.errors import Problem
from shared.web.problem import status_name
from shared.web.routing import File, Route, Shape
from shared.web.schemas import Schema, Schemas, says_when_again

_RETRY_AFTER = {
    "description": "The number of seconds to wait before the next attempt.",
    "schema": {"type": "integer", "minimum": 1},
}


def responses(route: Route, facts: Iterable[type[Problem]], schemas: Schemas) -> Schema:
    """Each response of a route, by status."""
    found = {
        str(status): {**_answer(status, shape, schemas), **_caching(route)}
        for status, shape in route.answers.items()
    }
    ordered = sorted(facts, key=lambda fact: (fact.status, fact.code))
    for status, same in groupby(ordered, key=lambda fact: fact.status):
        found[str(int(status))] = _problem(list(same), schemas)
    return found


def _answer(status: int, shape: Shape | None, schemas: Schemas) -> Schema:
    response: Schema = {"description": HTTPStatus(status).phrase}
    if isinstance(shape, File):
        text = {"schema": {"type": "string"}, "example": shape.example}
        return {**response, "content": {shape.media_type: text}}
    return response if shape is None else {**response, "content": schemas.content(shape)}


def _caching(route: Route) -> Schema:
    headers = {
        str(name): {"schema": {"type": "string", "const": value}, "required": True}
        for name, value in route.caching.items()
    }
    return {"headers": headers} if headers else {}


def _problem(facts: list[type[Problem]], schemas: Schemas) -> Schema:
    codes = [fact.code for fact in facts]
    described = [schemas.of_fact(fact) for fact in facts]
    content = {
        "schema": described[0] if len(facts) == 1 else {"oneOf": described},
        "examples": {code: {"$ref": f"#/components/examples/{code}"} for code in codes},
    }
    response: Schema = {
        "description": f"{status_name(facts[0])}: {', '.join(codes)}",
        "content": {"application/problem+json": content},
    }
    when = [says_when_again(fact) for fact in facts]
    if any(when):
        response["headers"] = {"Retry-After": {**_RETRY_AFTER, "required": all(when)}}
    return response
