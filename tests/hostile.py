"""Requests that try to block a service: texts, bodies, queries and headers for every route."""

import asyncio
import http.client
import json
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from shared.crypto import new_id
from tests.openapi.documents import operations
from tests.watchdog import MOST_SECONDS, watching

LEET = "4@8({[</369&#!1/|0$5+7%2"
LONG = 1000
TRIES = 3

TEXTS = {
    "leet": (LEET * 3)[:72],
    "more leet": (LEET * 50)[:LONG],
    "one letter": "a" * LONG,
    "repeats": "ab" * 36,
    "dates": "19991231" * 9,
    "longer than any field": "a" * 250_000,
    "expanding": "\ufdfa" * LONG,
    "expanding, short": "\ufdfa" * 50,
    "marks in no order": "a" + "\u0316\u0300" * 499,
    "half-width kana": "ｶﾞ" * 500,
    "spaces": " " * LONG,
    "hyphens": "-" * LONG,
    "digits": "0" * LONG,
    "a phone": "+81" + "-(" * 20,
    "labels": "a@" + "a." * 120 + "example",
    "a label of another script": "a@" + "ü" * 250 + ".example",
    "many labels of another script": "a@" + "ü." * 120 + "example",
    "addresses": "a@b " * 250,
    "backslashes": "\\" * LONG,
    "quotes": '"' * LONG,
    "brackets": "(" * 500 + ")" * 500,
    "astral": "🙂" * LONG,
    "bidi": "\u202e" * LONG,
    "lines": "\n" * LONG,
    "a link": "http://" + "a." * 400,
    "markup": "<a href=" * 100,
    "a template": "{{" * 500,
}


def texts_around(valid: str) -> Iterator[tuple[str, str]]:
    """The texts, and each of them as the local part of an otherwise valid address."""
    yield from TEXTS.items()
    if "@" in valid:
        domain = valid.partition("@")[2]
        yield from ((f"{name} at a domain", f"{text}@{domain}") for name, text in TEXTS.items())


BODIES = {
    "nothing": b"",
    "deep lists": b"[" * 100_000,
    "deep objects": b'{"a":' * 40_000,
    "deep and closed": b'{"a":' + b"[" * 900 + b"]" * 900 + b"}",
    "a long number": b'{"a":' + b"1" * 250_000 + b"}",
    "a long fraction": b'{"a":0.' + b"1" * 250_000 + b"}",
    "a huge exponent": b'{"a":1e' + b"9" * 250_000 + b"}",
    "many numbers": b'{"a":[' + b"1e5," * 60_000 + b"1]}",
    "many fields": json.dumps({f"f{number}": 1 for number in range(18_000)}).encode(),
    "many objects": b'{"a":[' + b"{}," * 80_000 + b"{}]}",
    "one name": b'{"a":1,' * 1 + b'"a":1,' * 40_000 + b'"b":1}',
    "escapes": b'{"a":"' + b"\\u0041" * 40_000 + b'"}',
    "backslashes": b'{"a":"' + b"\\\\" * 125_000 + b'"}',
    "halves": b'{"a":"' + b"\\ud800" * 40_000 + b'"}',
    "spaces": b'{"a":' + b" " * 250_000 + b"1}",
    "no text": b"\xff" * 250_000,
}
"""Below the 256 KiB that any service takes (`MAX_BODY`)."""


QUERIES = {"digits": "1" * 7000, "escapes": "%31" * 2000, "many": "a&a=" * 1500}
"""Below the 8 KiB that a request line may have."""


@dataclass(frozen=True)
class Request:
    """One request, ready to be sent; `what` describes its hostile part."""

    what: str
    method: str
    path: str
    data: bytes | None = None
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def requests(service: str) -> Iterator[Request]:
    """Requests to every route of a service, with each hostile value in each place."""
    for method, path, operation in operations(service):
        plain = Request("nothing", method, re.sub(r"\{\w+\}", str(new_id()), path))
        yield from _in_places(plain, path, operation)
        yield from _in_headers(plain)
        yield from (
            replace(plain, what=what, data=data) for what, data in BODIES.items() if method != "GET"
        )
        content = operation.get("requestBody", {}).get("content", {})
        if "application/json" in content:
            example = content["application/json"]["example"]
            yield from (
                replace(plain, what=what, data=json.dumps(body).encode())
                for what, body in _in_fields(example)
            )


def _in_fields(example: Any) -> Iterator[tuple[str, Any]]:
    """The valid body, and copies of it with one hostile part."""
    yield "nothing", example
    if isinstance(example, dict):
        for name, value in example.items():
            for what, hostile in _in_fields(value):
                yield f"{what} in {name}", {**example, name: hostile}
    elif isinstance(example, list):
        for value in example:
            yield "many", [value] * 1000
            for what, hostile in _in_fields(value):
                yield what, [hostile]
    elif isinstance(example, str):
        yield from texts_around(example)
        yield from ((what, json.loads(body)["a"]) for what, body in BODIES.items() if what in _DEEP)


_DEEP = ("deep and closed", "many numbers", "many objects")


def _in_places(plain: Request, path: str, operation: dict[str, Any]) -> Iterator[Request]:
    if "{" in path:
        long = plain.path.rpartition("/")[0] + "/" + "%30" * 2000
        yield replace(plain, what="a long path", path=long)
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "query":
            for what, text in QUERIES.items():
                yield replace(plain, what=what, query=f"{parameter['name']}={text}")


def _in_headers(plain: Request) -> Iterator[Request]:
    for what, headers in (
        ("languages", {"Accept-Language": "en;q=0.1," * 850}),
        ("a key", {"Idempotency-Key": "a" * 7000}),
        ("cookies", {"Cookie": "a=b; " * 1500}),
        ("a quoted cookie", {"Cookie": 'a="' + "\\" * 7000}),
        ("a request id", {"X-Request-Id": "a-" * 3500}),
        ("a type", {"Content-Type": "application/json;" + "a=b;" * 1700}),
        ("addresses", {"X-Forwarded-For": "1.2.3.4, " * 800}),
        ("an origin", {"Origin": "https://" + "a." * 3500}),
    ):
        yield replace(plain, what=what, headers=headers)


def send(port: int, request: Request, headers: dict[str, str]) -> None:
    """Send a request from another thread, so that the client takes no time of the event loop."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    plain = {} if request.data is None else {"Content-Type": "application/json"}
    try:
        connection.request(
            request.method,
            request.path + (f"?{request.query}" if request.query else ""),
            request.data,
            {**plain, **headers, **request.headers},
        )
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        pass  # the service closes the connection if it does not read the rest
    finally:
        connection.close()


async def find_long_steps(
    asked: Iterable[Request],
    port: int,
    prepare: Callable[[Request], Awaitable[dict[str, str]]],
) -> list[str]:
    """Requests that block the loop for too long each time; a pause of the collector does not count.

    `prepare` sets up the state that a request needs, and gives the caller's headers.
    """
    found = []
    with watching() as watch:
        for request in asked:
            taken = 1.0
            for _ in range(TRIES):
                headers = await prepare(request)
                watch.take()
                await asyncio.to_thread(send, port, request, headers)
                taken = min(taken, watch.take())
                if taken < MOST_SECONDS:
                    break
            else:
                found.append(f"{request.method} {request.path}: {request.what}, {taken:.3f} s")
    return found
