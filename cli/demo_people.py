"""A person at the customers' site, for `zaiseki demo`: a browser and a mailbox, over HTTP."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import aiohttp

_MAIL_SECONDS = 60.0
_PAUSE = 0.1
_LONGEST_PAUSE = 90
"""Seconds."""
_OPENING_TRIES = 100


class Stuck(Exception):
    """A step did not work; the message has the service's words, without secrets."""


@dataclass(slots=True)
class Run:
    """The addresses of a running trial, and the mails that have been read in it."""

    origin: str
    mailbox: str
    read: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name with its reading."""

    family: str
    given: str
    family_kana: str = ""
    given_kana: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """As forms send it."""
        return {
            "family_name": self.family,
            "given_name": self.given,
            "family_name_kana": self.family_kana,
            "given_name_kana": self.given_kana,
        }


class Person:
    """One person with a browser of their own."""

    def __init__(self, run: Run, session: aiohttp.ClientSession, email: str) -> None:
        self.email = email
        self._run = run
        self._session = session

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        """Send a request as the page does, again after a short pause that the service asks for (as
        between two mails to one address); the body of the answer.

        Raises:
            Stuck: It is refused.
        """
        url, headers = f"{self._run.origin}/api{path}", {"Origin": self._run.origin}
        async with self._session.request(method, url, json=body, headers=headers) as response:
            found = await response.json(content_type=None) if response.status != 204 else None
        pause = int(response.headers.get("Retry-After", _LONGEST_PAUSE + 1))
        if response.status == HTTPStatus.TOO_MANY_REQUESTS and pause <= _LONGEST_PAUSE:
            await asyncio.sleep(pause)
            return await self.ask(method, path, body)
        if response.status >= 400:
            words = found if isinstance(found, dict) else {}
            raise Stuck(f"{words.get('title', response.status)} ({method} {path}, {self.email})")
        return found

    async def read(self, subject: str) -> str:
        """The text of an unread mail to this person with these words in its subject.

        Raises:
            Stuck: None arrives within a minute.
        """
        for _ in range(int(_MAIL_SECONDS / _PAUSE)):
            for mail in await self._list_mails():
                if mail["To"][0]["Address"] == self.email and subject in mail["Subject"]:
                    self._run.read.add(mail["ID"])
                    return str((await self._fetch(f"message/{mail['ID']}"))["Text"])
            await asyncio.sleep(_PAUSE)
        raise Stuck(f"{subject} ({self.email})")

    async def ignore_older_mails(self) -> None:
        """Count what is in the mailbox as read, such as the mails of a demo before."""
        self._run.read.update(mail["ID"] for mail in await self._list_mails())

    async def _list_mails(self) -> list[dict[str, Any]]:
        """The newest unread mails to everyone, the newest first."""
        mails = (await self._fetch("messages?limit=500"))["messages"]
        return [mail for mail in mails if mail["ID"] not in self._run.read]

    async def _fetch(self, path: str) -> Any:
        async with self._session.get(f"{self._run.mailbox}/api/v1/{path}") as response:
            return await response.json()

    async def open_link(self, path: str, subject: str, body: dict[str, Any] | None = None) -> Any:
        """Confirm what a mailed link is for, until its account is open."""
        token = _find(r"#token=([A-Za-z0-9_-]+)", await self.read(subject))
        for _ in range(_OPENING_TRIES):
            answer = await self.ask("POST", path, {"token": token, **(body or {})})
            if answer.get("status") != "opening":
                return answer
            await asyncio.sleep(_PAUSE)
        raise Stuck(f"{subject} ({self.email})")

    async def set_password(self, token: str, password: str) -> None:
        """Set the first password."""
        body = {"token": token, "password": password}
        await self.ask("POST", "/auth/password-reset/confirm", body)

    async def sign_in(self, password: str) -> None:
        """Sign in, with a presence check if there is one."""
        body = {"email": self.email, "password": password}
        if (await self.ask("POST", "/auth/sign-in", body))["next"] == "presence_check":
            code = _find(r"(?m)^(\d{6})\b", await self.read("在席確認"))
            await self.ask("POST", "/auth/presence-check/answer", {"code": code})


def _find(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found, "each of these mails has a link or a code"
    return found[1]


@asynccontextmanager
async def arriving(run: Run, email: str) -> AsyncIterator[Person]:
    """A person with a new browser, closed at the end."""
    jar = aiohttp.CookieJar(unsafe=True)  # the origin may be a numeric address
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        yield Person(run, session, email)
