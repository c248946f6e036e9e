"""A completely read response, for every test that uses HTTP."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp


@dataclass
class Reply:
    """Status, headers, and the body as text and, if it is JSON, as a value."""

    status: int
    body: Any
    headers: Any
    text: str

    @property
    def code(self) -> str:
        return str(self.body["code"])


async def send(
    session: aiohttp.ClientSession,
    method: str,
    url: str,
    body: Any = None,
    *,
    origin: str,
    headers: dict[str, str],
    judge: Callable[[str, str, Reply], None] = lambda _method, _path, _reply: None,
) -> Reply:
    """Send as a page of this origin does; `judge` checks each reply."""
    sent = {"Origin": origin, **headers}
    async with session.request(method, url, json=body, headers=sent) as response:
        text = await response.text()
        is_json = "json" in response.headers.get("Content-Type", "")
        value = json.loads(text) if is_json and text else None
        reply = Reply(response.status, value, response.headers, text)
    judge(method, url, reply)
    return reply
