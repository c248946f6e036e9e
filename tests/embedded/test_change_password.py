"""Password managers find the page where a password is changed."""

import aiohttp

from tests.embedded.test_framing import Recorder, recorder

__all__ = ["recorder"]


async def test_the_address_that_password_managers_know_leads_to_the_account_page(
    recorder: Recorder,
) -> None:
    """They trust it only where another name there is not found (W3C, change-password-url)."""
    origin = f"http://localhost:{recorder.port}"
    async with aiohttp.ClientSession(f"{origin}/.well-known/") as session:
        async with session.get("change-password", allow_redirects=False) as response:
            assert (response.status, response.headers["Location"]) == (303, "/account")
        no_resource = "resource-that-should-not-exist-whose-status-code-should-not-be-200"
        async with session.get(no_resource) as response:
            assert response.status == 404
            assert (await response.json())["code"] == "not_found"
    assert recorder.requests == []
