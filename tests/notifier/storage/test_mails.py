"""The table of mails: leases, results, expiry."""

import asyncio
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from services.notifier.domain import Mail, Outcome, State
from services.notifier.storage import attempts, mails
from shared.crypto import new_id
from shared.db import Database
from tests.conftest import advance_clock
from tests.notifier.conftest import Keys, states


async def add(
    db: Database,
    keys: Keys,
    *,
    lasts: timedelta = timedelta(minutes=30),
    state: State = "queued",
    id: UUID | None = None,
) -> UUID:
    id = id or new_id()
    async with db.transaction("test") as connection:
        await mails.add_mail(
            connection, id, keys.message(lasts=lasts), state=state, request_id="request-1"
        )
    return id


async def lease(db: Database, limit: int = 10) -> list[Mail]:
    leased: list[Mail] = []
    for tried in (False, True):
        while len(leased) < limit and (mail := await lease_one(db, tried=tried)):
            leased.append(mail)
    return leased


async def lease_one(db: Database, *, tried: bool) -> Mail | None:
    async with db.transaction("test") as connection:
        mail = await mails.lease_next(connection, tried=tried)
        if mail is not None:
            await attempts.add_attempt(connection, mail)
    return mail


async def settle(db: Database, mail: Mail, outcome: Outcome) -> None:
    async with db.transaction("test") as connection:
        await mails.update_settled(connection, mail, outcome, pause=timedelta(seconds=100))


async def test_a_mail_is_stored_once(notifier_db: Database, keys: Keys) -> None:
    id = new_id()
    await add(notifier_db, keys, id=id)
    await add(notifier_db, keys, id=id)
    assert await states(notifier_db) == ["queued"]


async def test_a_lease_counts_the_attempt_and_keeps_the_first_date(
    notifier_db: Database, keys: Keys
) -> None:
    id = await add(notifier_db, keys)
    [first] = await lease(notifier_db)
    assert (first.id, first.attempt, first.request_id) == (id, 1, "request-1")
    assert await lease(notifier_db) == []
    await end_leases(notifier_db)
    [second] = await lease(notifier_db)
    assert (second.id, second.attempt) == (id, 2)
    assert second.first_attempt_at == first.first_attempt_at


async def end_leases(db: Database) -> None:
    async with db.connection() as connection:
        await connection.execute("update mails set due_at = now() - interval '1 ms'")


async def test_the_mail_that_expires_first_is_leased_first(
    notifier_db: Database, keys: Keys
) -> None:
    late = await add(notifier_db, keys, lasts=timedelta(days=7))
    soon = await add(notifier_db, keys, lasts=timedelta(minutes=10))
    assert [mail.id for mail in await lease(notifier_db, 1)] == [soon]
    assert [mail.id for mail in await lease(notifier_db, 1)] == [late]


async def test_expired_contents_are_never_leased(notifier_db: Database, keys: Keys) -> None:
    await add(notifier_db, keys)
    await advance_clock(notifier_db, "30 minutes")
    assert await lease(notifier_db) == []


async def test_two_processes_never_lease_the_same_mail(notifier_db: Database, keys: Keys) -> None:
    ids = {await add(notifier_db, keys) for _ in range(20)}
    leased = await asyncio.gather(*(lease(notifier_db, 5) for _ in range(8)))
    taken = [mail.id for batch in leased for mail in batch]
    assert len(taken) == len(set(taken))
    assert set(taken) <= ids
    taken += [mail.id for mail in await lease(notifier_db, 20)]
    assert sorted(taken) == sorted(ids)


async def test_without_the_lock_two_processes_would_lease_the_same_mail(
    notifier_db: Database, keys: Keys
) -> None:
    """Proves the test above: the same statement without `for update skip locked`."""
    await add(notifier_db, keys)
    unguarded = """
        update mails set state = 'sending', due_at = now() + interval '10 s' where id in (
            select id from mails
            where state in ('queued', 'sending') and due_at <= now() and expires_at > clock_now()
        ) returning id
    """

    async def lease_unguarded() -> int:
        async with notifier_db.transaction("test") as connection:
            return len(await connection.fetch(unguarded))

    async with notifier_db.transaction("test") as connection:
        assert len(await connection.fetch(unguarded)) == 1
        other = asyncio.create_task(lease_unguarded())
        async with asyncio.timeout(10):
            while not await connection.fetchval("select count(*) from pg_locks where not granted"):
                await asyncio.sleep(0.01)
    assert await other == 1


async def test_a_mail_locked_by_an_open_transaction_is_skipped(
    notifier_db: Database, keys: Keys
) -> None:
    await add(notifier_db, keys)
    async with notifier_db.transaction("test") as connection:
        assert await mails.lease_next(connection, tried=False) is not None
        assert await lease(notifier_db) == []


async def test_a_renewed_lease_is_not_taken_over(notifier_db: Database, keys: Keys) -> None:
    await add(notifier_db, keys)
    leased = await lease(notifier_db)
    await end_leases(notifier_db)
    async with notifier_db.connection() as connection:
        await mails.update_leases(connection, leased)
    assert await lease(notifier_db) == []


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome("accepted", 250, "ok"), "accepted"),
        (Outcome("gone", 550, "no"), "refused"),
        (Outcome("later", 450, "later"), "queued"),
    ],
)
async def test_a_result_is_kept_with_its_answer(
    notifier_db: Database, keys: Keys, outcome: Outcome, state: str
) -> None:
    await add(notifier_db, keys)
    [mail] = await lease(notifier_db)
    await settle(notifier_db, mail, outcome)
    async with notifier_db.connection() as connection:
        row = await connection.fetchrow(
            """
            select state, code, answer, settled_at is not null as settled,
                sealed_params is not null as sealed,
                extract(epoch from due_at - now())::float as pause
            from mails
            """
        )
    assert row is not None
    assert (row["state"], row["code"], row["answer"]) == (state, outcome.code, outcome.answer)
    assert row["settled"] == (state != "queued")
    assert row["sealed"]
    assert 89 < row["pause"] <= 110


async def test_an_outdated_attempt_counts_only_if_it_was_accepted(
    notifier_db: Database, keys: Keys
) -> None:
    await add(notifier_db, keys)
    [first] = await lease(notifier_db)
    await end_leases(notifier_db)
    [second] = await lease(notifier_db)
    await settle(notifier_db, first, Outcome("gone", 550))
    assert await states(notifier_db) == ["sending"]
    await settle(notifier_db, first, Outcome("accepted", 250))
    assert await states(notifier_db) == ["accepted"]
    await settle(notifier_db, second, Outcome("later", 450))
    assert await states(notifier_db) == ["accepted"]


async def test_an_expired_mail_is_given_up_and_emptied(notifier_db: Database, keys: Keys) -> None:
    sent, _waiting, held = [await add(notifier_db, keys) for _ in range(3)]
    lasting = await add(notifier_db, keys, lasts=timedelta(days=1))
    keyless = await add(notifier_db, keys, state="key_missing")
    leased = {mail.id: mail for mail in await lease(notifier_db, 3)}
    await settle(notifier_db, leased[sent], Outcome("accepted", 250))
    await settle(notifier_db, leased[_waiting], Outcome("later", 450))
    await advance_clock(notifier_db, "30 minutes")
    async with notifier_db.transaction("test") as connection:
        assert await mails.update_expired(connection) == 2
        assert await mails.update_expired(connection) == 0
        rows = await connection.fetch("select id, state, sealed_params is null from mails")
    assert {row[0]: (row[1], row[2]) for row in rows} == {
        sent: ("accepted", True),
        _waiting: ("expired", True),
        held: ("sending", False),  # being sent at the moment
        lasting: ("queued", False),
        keyless: ("expired", True),
    }
    assert held in leased


async def test_contents_cannot_be_deleted_while_they_are_needed(
    notifier_db: Database, keys: Keys
) -> None:
    await add(notifier_db, keys)
    with pytest.raises(asyncpg.CheckViolationError):
        async with notifier_db.transaction("test") as connection:
            await connection.execute("update mails set sealed_params = null")


async def test_old_mails_are_deleted_with_their_attempts(notifier_db: Database, keys: Keys) -> None:
    await add(notifier_db, keys)
    await lease(notifier_db)
    await end_leases(notifier_db)
    await advance_clock(notifier_db, "89 days")
    async with notifier_db.transaction("test") as connection:
        await mails.update_expired(connection)
        await mails.purge_old(connection, kept=timedelta(days=90))
        assert await connection.fetchval("select count(*) from mails") == 1
    await advance_clock(notifier_db, "2 days")
    async with notifier_db.transaction("test") as connection:
        await mails.purge_old(connection, kept=timedelta(days=90))
        assert await connection.fetchval("select count(*) from mails") == 0
        assert await connection.fetchval("select count(*) from attempts") == 0
