"""Compares every answer that a test gets with the service's OpenAPI document."""

import re
from collections.abc import Iterator
from typing import Any

import aiohttp
from jsonschema import Draft202012Validator

from tests.replies import Reply


class Promises:
    """The OpenAPI document of one service."""

    def __init__(self, document: dict[str, Any]) -> None:
        shapes = document["components"]["schemas"]
        # An answer may have new fields only if the document has them too.
        closed = {name: {"additionalProperties": False, **one} for name, one in shapes.items()}
        self._components = {"schemas": closed}
        self._operations = [
            (method.upper(), re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), operation)
            for path, methods in sorted(document["paths"].items())
            for method, operation in methods.items()
        ]

    @classmethod
    async def fetch(cls, session: aiohttp.ClientSession, url: str = "/openapi.json") -> "Promises":
        """The promises of a running service, from its own document."""
        async with session.get(url, raise_for_status=True) as response:
            return cls(await response.json())

    def judge(self, method: str, path: str, reply: Reply) -> None:
        """Fail if the document does not describe an answer of its route."""
        place = path.partition("?")[0]
        for known, pattern, operation in self._operations:
            if known == method and pattern.fullmatch(place):
                faults = "; ".join(self._faults(operation["responses"], reply))
                assert not faults, (
                    f"{method} {place} answers {reply.status} {_code(reply)}: {faults}"
                )
                return

    def _faults(self, responses: dict[str, Any], reply: Reply) -> Iterator[str]:
        promised = responses.get(str(reply.status))
        if promised is None:
            yield "its document does not know the status"
            return
        named = promised.get("headers", {})
        missing = {name for name, header in named.items() if header["required"]}
        yield from (f"{name} is missing" for name in missing - {*reply.headers})
        if "Retry-After" in reply.headers and "Retry-After" not in named:
            yield "its document does not know Retry-After"
        yield from self._faults_of_body(promised.get("content", {}), reply)

    def _faults_of_body(self, content: dict[str, Any], reply: Reply) -> Iterator[str]:
        media_type = reply.headers.get("Content-Type", "").partition(";")[0]
        if not content and not reply.text:
            return
        if media_type not in content:
            yield f"its document does not know a body of {media_type}"
            return
        schema = {**content[media_type]["schema"], "components": self._components}
        validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
        value = reply.body if "json" in media_type else reply.text
        yield from (
            f"{error.message} at {error.json_path}" for error in validator.iter_errors(value)
        )


def _code(reply: Reply) -> str:
    return str(reply.body.get("code", "")) if isinstance(reply.body, dict) else ""
