"""Rejects requests that another site's page sends (cross-site request forgery)."""

from aiohttp import hdrs, web

from shared.web.problem import CrossOrigin

SAFE = ("GET", "HEAD", "OPTIONS")
"""Methods that change nothing (RFC 9110, section 9.2.1)."""


def require_same_origin(request: web.Request, expected: str) -> None:
    """Check that a request comes from a page of the site that the route belongs to.

    `expected` is that site's origin. Browsers send `Origin` with every unsafe method (Fetch
    standard, section 3.2) and `Sec-Fetch-Site` on secure origins; a request with neither does not
    come from one of our pages.

    Raises:
        CrossOrigin: The request comes from another site, or has neither header.
    """
    if request.method in SAFE:
        return
    origin = request.headers.get(hdrs.ORIGIN)
    site = request.headers.get("Sec-Fetch-Site")
    if origin is None and site is None:
        raise CrossOrigin
    if origin not in (None, expected) or site not in (None, "same-origin"):
        raise CrossOrigin
