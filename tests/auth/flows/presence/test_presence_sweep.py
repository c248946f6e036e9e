"""The ledger of presence checks is kept for two years, longer than accounts if need be (R9)."""

from services.auth.flows.accounts import session
from services.auth.flows.presence import presence_sweep
from tests.auth.conftest import Auth

TARO = "taro@yamato.example"


async def test_checks_younger_than_two_years_are_kept(auth: Auth) -> None:
    member = await auth.member()
    for _ in range(2):
        await auth.set(member.member_id, "presence_due_at = '2020-01-01'")
        await auth.browser().sign_in(TARO)
        await auth.mails()
        await auth.advance("11 minutes")
        await presence_sweep.run(auth.context)
        await auth.advance("1 day")
    await auth.advance("728 days 12 hours")
    await presence_sweep.run(auth.context)
    assert await auth.fetchval("select count(*) from presence_checks") == 1
    await auth.advance("1 day")
    await presence_sweep.run(auth.context)
    assert await auth.fetchval("select count(*) from presence_checks") == 0


async def test_ended_sessions_are_kept_for_a_day(auth: Auth) -> None:
    await auth.member()
    over, alive = auth.browser(), auth.browser()
    await over.sign_in(TARO)
    await over.send("DELETE", "/session")
    await auth.advance("23 hours 50 minutes")
    await alive.sign_in(TARO)
    await session.purge(auth.context)
    assert await auth.fetchval("select count(*) from sessions") == 2
    await auth.advance("20 minutes")
    await session.purge(auth.context)
    assert await auth.fetchval("select count(*) from sessions") == 1
