"""The audit log is append-only even where the service's own role created the tables."""

import json

import asyncpg
import pytest

from tests.deployment import Deployment


@pytest.mark.parametrize(
    "statement",
    ["update audit_log set reason = 'x'", "delete from audit_log", "truncate audit_log"],
)
async def test_a_role_that_owns_the_table_cannot_change_its_rows(
    deployment: Deployment, statement: str
) -> None:
    role = deployment.role("membership")
    deployment.execute(f"create role {role} login password '{deployment.password}'")
    deployment.execute(f"grant create on database {deployment.name} to {role}")
    assert deployment.run("cli", "migrate", "membership").returncode == 0
    connection = await asyncpg.connect(
        deployment.dsn("membership"), server_settings={"search_path": "membership"}
    )
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
        await connection.execute(statement)
    await connection.close()


def test_an_intact_log_is_reported_as_intact(deployment: Deployment) -> None:
    deployment.migrate()
    done = deployment.run("cli", "audit", "verify", ZAISEKI_BY="Sato")
    assert (done.returncode, done.stdout) == (0, "0 entries, 0 breaks.\n")
    logged = json.loads(done.stderr)
    assert (logged["event"], logged["by"]) == ("the audit log was verified", "sato")
    deployment.execute(
        "insert into membership.audit_log (customer_id, number, id, at, source, subject, action,"
        " hash) values (gen_random_uuid(), 1, gen_random_uuid(), now(), 'owner', 'seats', 'x', '')"
    )
    broken = deployment.run("cli", "audit", "verify", ZAISEKI_BY="Sato")
    assert broken.returncode == 1
    told = deployment.run("cli", "audit", "verify", "--json", "--by", "sato")
    assert told.returncode == 1
    found = json.loads(told.stdout)
    assert (found["entries"], len(found["breaks"])) == (0, 1)
    assert found["breaks"][0].keys() == {"customer_id", "number", "what"}
    assert (found["breaks"][0]["number"], found["breaks"][0]["what"]) == (0, "no_head")
    heads, row = broken.stdout.splitlines()
    assert heads.split() == ["CUSTOMER", "ID", "ENTRY", "BREAK"]
    assert row.endswith("  0      has no head")
    assert broken.stderr.endswith("0 entries, 1 breaks.\n")
    japanese = deployment.run("cli", "audit", "verify", "--by", "sato", LC_ALL="ja_JP.UTF-8")
    assert japanese.stdout.splitlines()[1].endswith("末尾の記録がない")
    assert japanese.stderr.endswith("0 件の記録のうち、不整合は 1 件です。\n")


def test_b6_an_export_of_the_log_is_recorded_with_its_operator(deployment: Deployment) -> None:
    deployment.migrate()
    done = deployment.run("cli", "audit", "export", "--since", "2026-11-30", "--by", "Sato")
    assert (done.returncode, done.stdout) == (0, "")
    logged = json.loads(done.stderr)
    assert (logged["event"], logged["by"]) == ("the audit log was exported", "sato")
    assert logged["entries"] == 0
