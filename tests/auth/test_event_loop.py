"""No request blocks auth's event loop, on which `/forward` and so every service depends."""

from shared.crypto import sha256
from tests.auth.conftest import ORIGIN, PASSWORD, Auth
from tests.hostile import Request, find_long_steps, requests

TOKEN = "q8VnE5wKzL2cXbM7RtY1uHsJ4dFgA6pNoQiWxZvBkTm"
"""The token of the document's example."""


async def test_no_hostile_input_blocks_the_loop_for_50_ms(auth: Auth) -> None:
    member = await auth.member(password=PASSWORD)
    known = await auth.fetchval("select password_hash from accounts")
    browser = auth.browser()

    async def prepare(request: Request) -> dict[str, str]:
        """Set the password, a valid link and an open session anew before each request."""
        await auth.fetchval("delete from failures")
        await auth.set(
            member.member_id,
            f"password_hash = '{known}', password_set_at = null, "
            f"first_password_expires_at = '2100-01-01', "
            f"first_password_sha256 = decode('{sha256(TOKEN).hex()}', 'hex')",
        )
        headers = {"Origin": ORIGIN}
        if "sign" not in request.path:
            if (await browser.get("/session")).status != 200:
                await browser.sign_in("taro@yamato.example")
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in browser.cookies.items())
        return headers

    port = auth.server.port
    assert port is not None
    assert await find_long_steps(requests("auth"), port, prepare) == []
