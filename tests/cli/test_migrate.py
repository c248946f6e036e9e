"""`zaiseki migrate`: on an empty database, repeatedly, concurrently, and its errors."""

import subprocess

import pytest

from tests.deployment import Deployment

AUTH = (
    "shared/0001_clock, shared/0002_messaging, shared/0003_idempotency, shared/0004_traceparent,"
    " auth/0001_accounts, auth/0002_presence, auth/0003_presence_ended_at,"
    " auth/0004_presence_counting, auth/0005_names"
)


def migrate(
    deployment: Deployment, *arguments: str, **more: str
) -> "subprocess.CompletedProcess[str]":
    """Run the command as the database's owner."""
    more = {"DATABASE_URL": deployment.owner_dsn, **more}
    return deployment.run("cli", "migrate", *arguments, **more)


def test_an_owner_makes_roles_and_schemas_and_a_second_run_changes_none(
    deployment: Deployment,
) -> None:
    first, second = migrate(deployment), migrate(deployment)
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.splitlines()[0] == f"auth: ran {AUTH}"
    assert [line.partition(":")[0] for line in first.stdout.splitlines()] == [
        "auth", "membership", "notifier",
    ]  # fmt: skip
    assert second.stdout == (
        "auth: nothing to run\nmembership: nothing to run\nnotifier: nothing to run\n"
    )
    owners = "select distinct tableowner from pg_tables where schemaname = 'auth'"
    assert deployment.execute(owners) == "zaiseki"


def test_concurrent_runs_on_an_empty_database_run_each_migration_once(
    deployment: Deployment,
) -> None:
    started = [
        deployment.start("cli", "migrate", DATABASE_URL=deployment.owner_dsn) for _ in range(5)
    ]
    said = [process.communicate(timeout=60) for process in started]
    assert [process.returncode for process in started] == [0] * 5, said
    for service in ("auth", "membership", "notifier"):
        ran = [out for out, _ in said if f"{service}: ran shared/0001_clock" in out]
        idle = [out for out, _ in said if f"{service}: nothing to run" in out]
        assert (len(ran), len(idle)) == (1, 4), said


def test_a_dry_run_lists_the_migrations_and_runs_none(deployment: Deployment) -> None:
    done = migrate(deployment, "auth", "--dry-run")
    assert (done.returncode, done.stdout) == (0, f"auth: would run {AUTH}\n")
    assert deployment.execute("select to_regnamespace('auth') is null") == "t"
    roles = f"select count(*) from pg_roles where rolname = '{deployment.role('auth')}'"
    assert deployment.execute(roles) == "0"


def test_without_an_owner_each_role_makes_its_own_schema(deployment: Deployment) -> None:
    for service in ("auth", "membership", "notifier"):
        role = deployment.role(service)
        deployment.execute(f"create role {role} login password '{deployment.password}'")
        deployment.execute(f"grant create on database {deployment.name} to {role}")
    done = deployment.run("cli", "migrate")
    assert (done.returncode, done.stderr) == (0, "")
    owners = "select distinct tableowner from pg_tables where schemaname = 'auth'"
    assert deployment.execute(owners) == deployment.role("auth")


def test_a_password_is_changed_by_running_again(deployment: Deployment) -> None:
    migrate(deployment)
    deployment.environment["AUTH_DATABASE_URL"] = deployment.dsn("auth").replace(
        deployment.password, "changed"
    )
    refused = deployment.run("cli", "migrate", "auth", "--dry-run")
    assert "password authentication failed" in refused.stderr
    assert migrate(deployment, "auth").returncode == 0
    assert deployment.run("cli", "migrate", "auth", "--dry-run").returncode == 0


def test_an_owners_url_may_come_from_a_file(deployment: Deployment) -> None:
    (deployment.directory / "url").write_text(f"{deployment.owner_dsn}\n")
    done = migrate(deployment, DATABASE_URL="", DATABASE_URL_FILE=str(deployment.directory / "url"))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"AUTH_DATABASE_URL": ""}, "Nothing runs in "),
        ({"AUTH_DATABASE_URL": "", "DATABASE_URL": ""}, "or set AUTH_DATABASE_URL."),
        ({"AUTH_DATABASE_URL": "mysql://db"}, "AUTH_DATABASE_URL has to begin with postgresql://"),
        (
            {"DATABASE_URL": "postgresql://u:secret@/x?host=/nowhere"},
            "The database of auth cannot be reached: ",
        ),
    ],
)
def test_each_error_is_reported_in_a_sentence(
    deployment: Deployment, more: dict[str, str], sentence: str
) -> None:
    if "/nowhere" in more.get("DATABASE_URL", ""):
        more = {**more, "AUTH_DATABASE_URL": "postgresql://a:secret@/x?host=/nowhere"}
    done = migrate(deployment, **more)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "secret" not in done.stderr


def test_a_role_without_a_password_is_refused(deployment: Deployment) -> None:
    url = deployment.dsn("auth").replace(f":{deployment.password}", "")
    done = migrate(deployment, AUTH_DATABASE_URL=url)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "AUTH_DATABASE_URL names no role with its password.\n"


def test_an_unknown_service_is_refused(deployment: Deployment) -> None:
    done = migrate(deployment, "billing")
    assert done.returncode == 2
    assert "billing is none of auth, membership, notifier." in done.stderr
