"""GET /me/export: all data of the caller, and no data of other people (R11)."""

from tests.membership.conftest import Membership, applicant


async def test_the_export_contains_only_the_callers_own_data(yamato: Membership) -> None:
    owner, staff = await yamato.join(), await yamato.join(**applicant(2))
    async with yamato.auth():
        await yamato.send(
            "PATCH",
            f"/company/members/{staff}",
            {"role": "admin"},
            **{"Test-Caller": str(owner), "Test-Network": "198.51.100.9"},
        )
    reply = await yamato.get("/me/export", staff)
    assert reply.status == 200
    account = reply.body["account"]
    assert (account["email"], account["phone"]) == ("person2@yamato.example", "09000000002")
    log = reply.body["audit_log"]
    deeds = {f"{deed['source']}:{deed['subject']}:{deed['action']}" for deed in log}
    assert deeds == {"visitor:member:joined", "owner:role:changed"}
    given = next(deed for deed in log if deed["subject"] == "role")
    assert (given["by_me"], given["network"], given["browser"]) == (False, "", "")
    for other in ("taro@yamato.example", "山田", str(owner), "198.51.100"):
        assert other not in reply.text
    taken = "select count(*) from audit_log where action = 'exported' and target_id = $1"
    assert await yamato.fetchval(taken, staff) == 1


async def test_an_export_needs_a_fresh_sign_in(yamato: Membership) -> None:
    """ASVS-7.5.1."""
    owner = await yamato.join()
    stale = {"Test-Caller": str(owner), "Test-Stale": "yes"}
    reply = await yamato.send("GET", "/me/export", **stale)
    assert (reply.status, reply.code) == (401, "fresh_sign_in_required")
