"""Settings: everything that is wrong is said at once, and no value is shown."""

from pathlib import Path

import pytest

from shared.settings import Key, SecretUrl, ServiceSettings, SettingsError, load, read_keys

KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
OTHER = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="


class OwnSettings(ServiceSettings):
    """What a service would add."""

    own_database_url: SecretUrl
    own_key: Key
    own_size: int = 8


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REDIS_URL", "BROKER_URL", "CACHE_URL", "MESSAGE_KEYS", "ORIGIN", "LOG_LEVEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OWN_DATABASE_URL", "postgresql://u:secret-1@db/x")
    monkeypatch.setenv("OWN_KEY", KEY)
    monkeypatch.setenv("MESSAGE_KEYS", KEY)
    monkeypatch.setenv("REDIS_URL", "redis://:secret-2@broker/0")


def faults(monkeypatch: pytest.MonkeyPatch, **environment: str) -> list[str]:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load(OwnSettings)
    return str(caught.value).splitlines()


def test_one_redis_serves_both_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(OwnSettings)
    assert settings.broker_url.get_secret_value() == "redis://:secret-2@broker/0"
    assert settings.cache_url.get_secret_value() == "redis://:secret-2@broker/0"
    monkeypatch.setenv("CACHE_URL", "redis://cache")
    monkeypatch.setenv("BROKER_URL", "redis://broker")
    monkeypatch.delenv("REDIS_URL")
    settings = load(OwnSettings)
    assert settings.broker_url.get_secret_value() == "redis://broker"
    assert settings.cache_url.get_secret_value() == "redis://cache"


def test_all_that_is_missing_is_said_together(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REDIS_URL", "MESSAGE_KEYS", "OWN_KEY", "OWN_DATABASE_URL"):
        monkeypatch.delenv(name)
    assert faults(monkeypatch) == [
        "These settings are missing or wrong:",
        "  BROKER_URL: is missing, and so is REDIS_URL",
        "  CACHE_URL: is missing, and so is REDIS_URL",
        "  MESSAGE_KEYS: Field required",
        "  OWN_DATABASE_URL: Field required",
        "  OWN_KEY: Field required",
    ]


def test_all_that_is_wrong_is_said_together_without_the_values(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = faults(
        monkeypatch,
        ORIGIN="http://secret-3.example.jp",
        OPERATOR_ORIGIN="https://accounts.example.jp/secret-4",
        MESSAGE_KEYS=f"{KEY},c2VjcmV0LTU=",
        OWN_KEY="not base64: secret-6",
        OWN_SIZE="secret-7",
        LOG_LEVEL="secret-8",
        LOG_FORMAT="",
        TRIAL_CLOCK="yes",
    )
    assert said == [
        "These settings are missing or wrong:",
        "  LOG_FORMAT: Input should be 'auto', 'json' or 'text'",
        "  LOG_LEVEL: Input should be 'debug', 'info', 'warning' or 'error'",
        "  MESSAGE_KEYS: has to be base64 of 32 bytes",
        "  OPERATOR_ORIGIN: has to be scheme, host and port, and no more",
        "  ORIGIN: needs https outside loopback",
        "  OWN_KEY: has to be base64",
        "  OWN_SIZE: Input should be a valid integer, unable to parse string as an integer",
        "  TRIAL_CLOCK: Input should be 'on' or 'off'",
    ]


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("postgresql://u:SEC/RET@db/x", "names a port that is no number"),
        ("postgresql://u:1/SECRET@db/x", "what is special in its password has to be %-encoded"),
        ("postgresql://u:1?SECRET@db/x", "what is special in its password has to be %-encoded"),
        ("postgresql://u:1#SECRET@db/x", "what is special in its password has to be %-encoded"),
        ("postgresql://u:SEC[RET@db/x", "is no URL"),
        ("postgresql://u@db:SECRET/x", "names a port that is no number"),
        ("postgresql://u:x@db:1,other:SECRET/x", "names a port that is no number"),
    ],
)
def test_a_url_that_nobody_can_read_is_refused_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, url: str, fault: str
) -> None:
    """Whoever tried would say `invalid literal for int(): 'SEC'` in a log."""
    said = faults(monkeypatch, OWN_DATABASE_URL=url, REDIS_URL=url)
    assert said[1:] == [f"  OWN_DATABASE_URL: {fault}", f"  REDIS_URL: {fault}"]


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:p%2Fw@db-1:5432,db-2:5432/x?target_session_attrs=any",
        "postgresql://u:p@/x?host=%2Ftmp%2Fsockets",
        "postgresql://u:p@[::1]:5432/x",
        "unix://:p@/tmp/valkey.sock?db=0",
    ],
)
def test_every_usual_url_is_taken(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("OWN_DATABASE_URL", url)
    assert load(OwnSettings).own_database_url.get_secret_value() == url


@pytest.mark.parametrize(
    "origin",
    ["https://accounts.example.jp", "https://x:8443", "http://localhost:8080",
     "http://127.0.0.1:1", "http://[::1]:8080"],
)  # fmt: skip
def test_an_origin(monkeypatch: pytest.MonkeyPatch, origin: str) -> None:
    monkeypatch.setenv("ORIGIN", origin)
    assert load(OwnSettings).origin == origin


@pytest.mark.parametrize(
    "origin",
    ["", "localhost:8080", "http://localhost.example.jp", "http://127.0.0.1.example.jp",
     "http://localhost:8080@example.jp", "ftp://localhost", "https://", "https://x/",
     "https://x?y", "//x", "http://[::1", "javascript:alert(1)"],
)  # fmt: skip
def test_what_is_no_origin(monkeypatch: pytest.MonkeyPatch, origin: str) -> None:
    assert len(faults(monkeypatch, ORIGIN=origin)) == 2


def test_secrets_stand_in_no_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MESSAGE_KEYS", f"{OTHER},{KEY}")
    settings = load(OwnSettings)
    assert settings.message_keys == (b"\x01" * 32, b"\0" * 32), "the current one first"
    for secret in ("secret", "\\x01", "\\x00", KEY, OTHER):
        assert secret not in repr(settings)


def test_settings_cannot_be_changed() -> None:
    settings = load(OwnSettings)
    with pytest.raises(Exception, match="frozen"):
        settings.origin = "https://elsewhere.example"


def test_keys_in_a_folder_newest_first(tmp_path: Path) -> None:
    (tmp_path / "2026-01.key").write_text(f"{KEY}\n")
    (tmp_path / "2026-02.key").write_text(OTHER)
    (tmp_path / "README").write_text("no key")
    assert read_keys(tmp_path) == [b"\x01" * 32, b"\0" * 32]


@pytest.mark.parametrize("text", [None, "secret", "c2VjcmV0"])
def test_a_folder_without_good_keys_is_refused(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "a.key").write_text(text)
    with pytest.raises(SettingsError) as caught:
        read_keys(tmp_path)
    assert "secret" not in str(caught.value)
    assert "c2Vj" not in str(caught.value)
