"""GET /me/export: auth's data about the caller, without secrets and future moments."""

from tests.auth.conftest import PASSWORD, Auth


async def test_the_export_contains_no_secret(auth: Auth) -> None:
    member = await auth.member(
        family_name="山田", given_name="太郎", reading="ヤマダ タロウ", customer_reading="ヤマト"
    )
    other = await auth.member(
        member_id="0197a000-0000-7000-8000-0000000000aa", email="other@yamato.example"
    )
    browser = auth.browser()
    assert (await browser.sign_in(member.email)).status == 200
    await auth.set(member.member_id, "presence_due_at = '2031-05-05T05:05:05Z'")
    reply = await browser.get("/me/export")
    assert reply.status == 200
    account = reply.body["account"]
    assert (account["email"], account["reading"]) == (member.email, "ヤマダ タロウ")
    assert (account["family_name"], account["given_name"]) == ("山田", "太郎")
    assert [one["end_reason"] for one in reply.body["sessions"]] == [None]
    assert len(reply.body["devices"]) == 2, "the browser of the first password, and this one"
    for hidden in (PASSWORD, "argon2", "2031-05-05", other.email, *browser.cookies.values()):
        assert hidden not in reply.text


async def test_an_export_needs_a_fresh_sign_in(auth: Auth) -> None:
    """ASVS-7.5.1; a step-up makes the session fresh again."""
    member = await auth.member()
    browser = auth.browser()
    await browser.sign_in(member.email)
    async with auth.context.db.connection() as connection:
        await connection.execute(
            "update sessions set authenticated_at = clock_now() - interval '11 minutes'"
        )
    assert (await browser.get("/me/export")).code == "fresh_sign_in_required"
    assert (await browser.post("/session/step-up", {"password": PASSWORD})).status == 200
    assert (await browser.get("/me/export")).status == 200
