"""After a restore no session, link, check or known browser of the backup works (R7, R8, R9)."""

from services.auth.flows.accounts import restoration
from tests.auth.conftest import PASSWORD, Auth

TARO = "taro@yamato.example"
NEW = "a quite different sentence"


async def _link(auth: Auth) -> str:
    await auth.browser().post("/password-reset", {"email": TARO})
    return str(
        next(mail for mail in await auth.mails() if mail.template == "password_reset").params[
            "token"
        ]
    )


async def test_a_restore_ends_sessions_links_checks_and_known_browsers(auth: Auth) -> None:
    member = await auth.member()
    browser = await auth.known_browser()
    assert (await browser.sign_in(TARO)).body == {"next": "done"}
    await auth.set(member.member_id, "presence_due_at = '2020-01-01'")
    assert (await auth.browser().sign_in(TARO)).body == {"next": "presence_check"}
    link = await _link(auth)

    ended = await restoration.end_all(auth.context.db)
    assert (ended.sessions, ended.accounts) == (2, 1)
    assert (await browser.get("/session")).status == 401
    body = {"token": link, "password": NEW}
    assert (await auth.browser().post("/password-reset/confirm", body)).status != 204
    assert await auth.fetchval("select count(*) from presence_checks where state = 'pending'") == 0
    assert await auth.fetchval("select count(*) from devices") == 0


async def test_a_restored_password_requires_a_reset_and_the_new_one_signs_in(auth: Auth) -> None:
    await auth.member()
    await auth.known_browser()
    await restoration.end_all(auth.context.db)
    assert (await auth.browser().sign_in(TARO, PASSWORD)).body == {"next": "password_reset"}
    browser = auth.browser()
    body = {"token": await _link(auth), "password": NEW}
    assert (await browser.post("/password-reset/confirm", body)).status in (202, 204)
    assert (await browser.sign_in(TARO, NEW)).status == 200
