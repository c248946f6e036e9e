"""The two cookies of a browser: its session, and its device token.

Both are HttpOnly and SameSite=Lax. Where the origin is https they are Secure and `__Host-`
(RFC 6265bis, section 4.1.3.2); on http, which is for loopback only, the port is in the name,
because cookies ignore ports.
"""

from urllib.parse import urlsplit

from aiohttp import web

from services.auth.domain.accounts import DEVICE_LIVES, Visitor
from services.auth.domain.stages import Progress
from shared.web.browser import describe
from shared.web.identity import client_network

_LONGEST_TOKEN = 100


class Cookies:
    """Reads and sets the cookies of one site."""

    def __init__(self, origin: str) -> None:
        site = urlsplit(origin)
        self._secure = site.scheme == "https"
        self._suffix = "" if self._secure else f"_{site.port or 80}"
        self._prefix = "__Host-" if self._secure else ""

    def visitor(self, request: web.Request) -> Visitor:
        """The browser that a request comes from."""
        return Visitor(
            browser=describe(request.headers.get("User-Agent", "")),
            network=client_network(request),
            session_token=self.session(request),
            device_token=self._read(request, "device"),
        )

    def session(self, request: web.Request) -> str | None:
        """The token of the browser's session."""
        return self._read(request, "session")

    def keep(self, response: web.Response, progress: Progress) -> web.Response:
        """Set the tokens that a step of the sign-in issued."""
        if progress.session_token:
            self._set(response, "session", progress.session_token, None)
        if progress.device_token:
            self.keep_device(response, progress.device_token)
        return response

    def keep_device(self, response: web.Response, token: str) -> web.Response:
        """Set the device cookie, for a year."""
        self._set(response, "device", token, int(DEVICE_LIVES.total_seconds()))
        return response

    def forget_session(self, response: web.Response) -> web.Response:
        """Delete the session cookie."""
        self._set(response, "session", "", 0)
        return response

    def _read(self, request: web.Request, name: str) -> str | None:
        value = request.cookies.get(self._name(name))
        ours = value and value.isascii() and len(value) <= _LONGEST_TOKEN
        return value if ours else None

    def _set(self, response: web.Response, name: str, value: str, max_age: int | None) -> None:
        response.set_cookie(
            self._name(name),
            value,
            max_age=max_age,
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="Lax",
        )

    def _name(self, name: str) -> str:
        return f"{self._prefix}{name}{self._suffix}"


COOKIES = web.AppKey("cookies", Cookies)
