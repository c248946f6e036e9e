"""Requests that change something are accepted only from a page of the right site."""

import pytest

from tests.web.site import OPERATOR_ORIGIN, ORIGIN, Site, problem

NOTE = '{"email": "a"}'


@pytest.mark.parametrize(
    ("origin", "site_header"),
    [(ORIGIN, None), (ORIGIN, "same-origin"), (None, "same-origin")],
)
async def test_our_own_pages_pass(site: Site, origin: str | None, site_header: str | None) -> None:
    reply = await site.post("/notes", NOTE, Origin=origin, Sec_Fetch_Site=site_header)
    assert reply.status == 201


@pytest.mark.parametrize(
    ("origin", "site_header"),
    [
        (None, None),
        ("null", None),
        ("", None),
        ("https://evil.example", None),
        (OPERATOR_ORIGIN, None),
        (f"{ORIGIN}.evil.example", None),
        (f"{ORIGIN}:8443", None),
        (ORIGIN.replace("https", "http"), None),
        ("https://evil.example", "same-origin"),
        (ORIGIN, "cross-site"),
        (ORIGIN, "same-site"),
        (None, "same-site"),
        (None, "cross-site"),
        (None, "none"),
    ],
)
async def test_a_request_from_another_origin_is_refused(
    site: Site, origin: str | None, site_header: str | None
) -> None:
    """ASVS 3.5.1: also one that does not name its origin."""
    reply = await site.post("/notes", NOTE, Origin=origin, Sec_Fetch_Site=site_header)
    assert (reply.status, reply.body) == (403, problem(403, "cross_origin"))


async def test_an_operators_route_belongs_to_the_operators_site(site: Site) -> None:
    """ASVS 3.5.4: each of the two realms has its own origin."""
    assert (await site.post("/operator/notes", NOTE, Origin=OPERATOR_ORIGIN)).status == 201
    assert (await site.post("/operator/notes", NOTE, Origin=ORIGIN)).code == "cross_origin"


async def test_reading_needs_no_origin(site: Site) -> None:
    reply = await site.get("/notes", Origin=None, Sec_Fetch_Site="cross-site")
    assert reply.status == 200


@pytest.mark.parametrize("method", ["DELETE", "POST"])
async def test_every_method_that_changes_something_needs_an_origin(site: Site, method: str) -> None:
    assert (await site.send(method, "/notes", Origin="https://evil.example")).status == 403
