"""`zaiseki compose-env`: which files it makes, leaves as they are, and restores."""

import base64
import stat
import subprocess
import sys
from pathlib import Path

from nacl.public import PrivateKey

from tests.product import ROOT


def compose_env(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cli", "compose-env", folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def content(folder: Path) -> dict[str, str]:
    """The contents of every file, by its path."""
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_command_makes_settings_and_secrets_for_containers_only(tmp_path: Path) -> None:
    made = compose_env(tmp_path)
    assert made.returncode == 0, made.stderr
    assert "docker compose up" in made.stdout
    secrets = tmp_path / "secrets"
    assert mode(secrets) == 0o700, "no other user can enter the folder"
    assert mode(tmp_path / ".env") == 0o600
    for path in secrets.rglob("*"):
        assert mode(path) == (0o755 if path.is_dir() else 0o444), path
    texts = content(secrets).values()
    assert not any(text.strip() in made.stdout + made.stderr for text in texts)


def test_both_ends_of_a_connection_know_the_same_password(tmp_path: Path) -> None:
    compose_env(tmp_path)
    secret = content(tmp_path / "secrets")
    owner = secret["database-owner"].strip()
    assert secret["database-url"] == f"postgresql://zaiseki:{owner}@postgres:5432/zaiseki\n"
    role = secret["database-auth"].strip()
    assert (
        secret["auth-database-url"] == f"postgresql://zaiseki_auth:{role}@postgres:5432/zaiseki\n"
    )
    broker = secret["valkey"].strip()
    assert secret["valkey.conf"] == f"requirepass {broker}\n"
    assert secret["redis-url"] == f"redis://:{broker}@valkey:6379/0\n"
    assert len({owner, role, broker}) == 3


def test_a_second_run_changes_no_existing_file(tmp_path: Path) -> None:
    compose_env(tmp_path)
    (tmp_path / ".env").write_text("ORIGIN=https://accounts.vendor.test\n")
    (tmp_path / "secrets" / "smtp-url").chmod(0o600)
    (tmp_path / "secrets" / "smtp-url").write_text("smtps://mail.vendor.test\n")
    before = content(tmp_path)
    assert compose_env(tmp_path).returncode == 0
    assert content(tmp_path) == before
    assert mode(tmp_path / "secrets" / "smtp-url") == 0o444


def test_the_previous_releases_shared_key_stays_for_containers_that_use_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "message-keys").write_text("of the release before\n")
    for _ in range(3):
        assert compose_env(tmp_path).returncode == 0
        assert (tmp_path / "secrets" / "message-keys").read_text() == "of the release before\n"


def test_a_removed_secret_is_made_again(tmp_path: Path) -> None:
    compose_env(tmp_path)
    before = content(tmp_path)
    replaced = {"secrets/database-auth", "secrets/auth-database-url"}
    for name in replaced:
        (tmp_path / name).unlink()
    compose_env(tmp_path)
    after = content(tmp_path)
    assert {name for name in after if after[name] != before.get(name)} == replaced


def test_the_public_key_belongs_to_the_newest_private_one(tmp_path: Path) -> None:
    compose_env(tmp_path)
    newer = PrivateKey.generate()
    text = base64.b64encode(bytes(newer)).decode()
    (tmp_path / "secrets" / "mail" / "99991231T000000Z.key").write_text(f"{text}\n")
    compose_env(tmp_path)
    public = base64.b64encode(bytes(newer.public_key)).decode()
    assert f"\nMAIL_PUBLIC_KEY={public}\n" in (tmp_path / ".env").read_text()


def test_a_damaged_secret_is_named_and_not_overwritten(tmp_path: Path) -> None:
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    (secrets / "valkey").write_text("x\n")
    refused = compose_env(tmp_path)
    assert refused.returncode == 1
    assert refused.stderr == f"{secrets / 'valkey'} is damaged: it has no password.\n"
    assert (secrets / "valkey").read_text() == "x\n"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    refused = compose_env(tmp_path / "nowhere")
    assert refused.returncode == 1
    assert "nowhere" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_new_key_does_not_change_settings_in_any_language(tmp_path: Path) -> None:
    compose_env(tmp_path)
    settings = tmp_path / ".env"
    with settings.open("a", encoding="utf-8") as file:
        file.write("SERVICE_NAME=会員サービス\n")
    before = settings.read_text(encoding="utf-8")
    for path in (tmp_path / "secrets" / "mail").iterdir():
        path.unlink()
    made = compose_env(tmp_path)
    assert made.returncode == 0, made.stderr
    after = settings.read_text(encoding="utf-8")
    assert after.splitlines()[-1] == "SERVICE_NAME=会員サービス"
    assert after != before, "services seal for the new key"


def test_the_command_names_the_settings_that_only_the_vendor_knows(tmp_path: Path) -> None:
    """The details of the vendor have trial values at first, and are named until replaced."""
    asked = (
        "SERVICE_NAME, VENDOR_NAME, VENDOR_NAME_EN, CONTACT_PHONE, CONTACT_URL, CONTACT_HOURS,"
        " CONTACT_HOURS_EN."
    )
    settings = tmp_path / ".env"
    first = compose_env(tmp_path)
    assert first.stdout.splitlines()[-1] == (
        f"Before customers get mails, set in {settings} your own values of: {asked}"
    )
    assert "\nVENDOR_NAME=試用版サンプル商事\n" in settings.read_text(encoding="utf-8")
    own = {
        "VENDOR_NAME": "株式会社ケイアイ",
        "SERVICE_NAME": "ケイアイWEBサービス",
        "CONTACT_PHONE": "03-1234-5678",
        "CONTACT_URL": "https://kei.example/contact",
    }
    lines = [f"{name}={text}" for name, text in own.items()]
    settings.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert compose_env(tmp_path).stdout.splitlines()[-1].endswith("values of: CONTACT_HOURS.")
    settings.write_text("\n".join([*lines, "CONTACT_HOURS='平日'"]) + "\n", encoding="utf-8")
    assert "your own values" not in compose_env(tmp_path).stdout
    with settings.open("a", encoding="utf-8") as file:
        file.write("VENDOR_NAME_EN=Trial Sample Trading\n")
    assert compose_env(tmp_path).stdout.splitlines()[-1].endswith("values of: VENDOR_NAME_EN.")
