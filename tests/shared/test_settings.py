"""Settings: all faults are reported together, without values."""

from pathlib import Path

import pytest
from pydantic import Field

from shared.setting_types import DatabaseUrl, Key
from shared.settings import ServiceSettings, SettingsError, load
from tests.signing import new_message_keys, public_key

KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
OTHER = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="
GOOD = {
    "OWN_DATABASE_URL": "postgresql://u:secret-1@db/x",
    "OWN_KEY": KEY,
    "MESSAGE_PUBLIC_KEYS": new_message_keys()["MESSAGE_PUBLIC_KEYS"],
    "REDIS_URL": "redis://:secret-2@broker/0",
}


class OwnSettings(ServiceSettings):
    """The settings of a service."""

    own_database_url: DatabaseUrl
    own_key: Key
    own_size: int = Field(8, ge=1)

    @property
    def message_key(self) -> bytes:
        return self.own_key

    @property
    def dsn(self) -> str:
        return self.own_database_url.get_secret_value()


def read(**environment: str) -> OwnSettings:
    return load(OwnSettings, {**GOOD, **environment})


def faults(**environment: str) -> list[str]:
    """The lines after the first of a settings error; an empty variable counts as not set."""
    with pytest.raises(SettingsError) as caught:
        read(**environment)
    first, *others = str(caught.value).splitlines()
    assert first == "These settings are missing or wrong:"
    return [line.removeprefix("  ") for line in others]


def test_one_redis_is_used_for_both_unless_configured_otherwise() -> None:
    settings = read()
    assert settings.broker_url.get_secret_value() == "redis://:secret-2@broker/0"
    assert settings.cache_url.get_secret_value() == "redis://:secret-2@broker/0"
    settings = read(REDIS_URL="", CACHE_URL="redis://cache", BROKER_URL="redis://broker")
    assert settings.broker_url.get_secret_value() == "redis://broker"
    assert settings.cache_url.get_secret_value() == "redis://cache"


def test_all_missing_settings_are_reported_together() -> None:
    assert faults(**dict.fromkeys(GOOD, "")) == [
        "BROKER_URL: is missing, and so is REDIS_URL",
        "CACHE_URL: is missing, and so is REDIS_URL",
        "MESSAGE_PUBLIC_KEYS: is missing",
        "OWN_DATABASE_URL: is missing",
        "OWN_KEY: is missing",
    ]


def test_all_invalid_settings_are_reported_together_without_values(tmp_path: Path) -> None:
    said = faults(
        ORIGIN="http://secret-3.example.jp",
        OPERATOR_ORIGIN="https://accounts.example.jp/secret-4",
        REDIS_URL="secret-5://x",
        MESSAGE_KEYS=f"{KEY},c2VjcmV0LTU=",
        OWN_KEY="not base64: secret-6",
        OWN_SIZE="secret-7",
        OWN_DATABASE_URL="",
        OWN_DATABASE_URL_FILE=str(tmp_path / "secret-9"),
        LOG_LEVEL="secret-8",
        LOG_FORMAT="xml",
        TRIAL_CLOCK="yes",
    )
    assert said == [
        "LOG_FORMAT: Input should be 'auto', 'json' or 'text'",
        "LOG_LEVEL: Input should be 'debug', 'info', 'warning' or 'error'",
        "MESSAGE_KEYS: has to be base64 of 32 bytes",
        "OPERATOR_ORIGIN: has to be scheme, host and port, and no more",
        "ORIGIN: needs https outside loopback",
        "OWN_DATABASE_URL: OWN_DATABASE_URL_FILE cannot be read: No such file or directory",
        "OWN_KEY: has to be base64",
        "OWN_SIZE: Input should be a valid integer, unable to parse string as an integer",
        "REDIS_URL: has to begin with redis:// or rediss:// or unix://",
        "TRIAL_CLOCK: Input should be 'on' or 'off'",
    ]


def test_a_secret_may_come_from_a_file_with_or_without_a_final_newline(tmp_path: Path) -> None:
    for text in (OTHER, f"{OTHER}\n"):
        (tmp_path / "key").write_text(text)
        settings = read(OWN_KEY="", OWN_KEY_FILE=str(tmp_path / "key"))
        assert settings.own_key == b"\x01" * 32


def test_an_unusable_secret_file_is_reported_like_any_other_fault(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    (tmp_path / "key").write_text("secret")
    files = {"OWN_KEY_FILE": "empty", "MESSAGE_KEYS_FILE": "bytes", "REDIS_URL_FILE": "."}
    environment = {name: str(tmp_path / path) for name, path in files.items()}
    assert faults(OWN_KEY="", MESSAGE_KEYS="", REDIS_URL="", LOG_LEVEL="loud", **environment) == [
        "BROKER_URL: is missing, and so is REDIS_URL",
        "CACHE_URL: is missing, and so is REDIS_URL",
        "LOG_LEVEL: Input should be 'debug', 'info', 'warning' or 'error'",
        "MESSAGE_KEYS: MESSAGE_KEYS_FILE is not text",
        "OWN_KEY: OWN_KEY_FILE is empty",
        "REDIS_URL: REDIS_URL_FILE cannot be read: Is a directory",
    ]
    assert faults(OWN_KEY="", OWN_KEY_FILE=str(tmp_path / "key")) == ["OWN_KEY: has to be base64"]


def test_a_secret_that_is_given_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(KEY)
    assert faults(OWN_KEY_FILE=str(tmp_path / "key")) == [
        "OWN_KEY: is given twice, by OWN_KEY_FILE too"
    ]


def test_a_setting_that_is_no_secret_cannot_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "size").write_text("99")
    assert read(OWN_SIZE_FILE=str(tmp_path / "size")).own_size == 8


def test_no_repr_shows_a_secret() -> None:
    settings = read(MESSAGE_KEYS=f"{OTHER},{KEY}")
    assert settings.message_keys == (b"\x01" * 32, b"\0" * 32), "the current key first"
    for secret in ("secret", "\\x01" * 32, "\\x00" * 32, KEY, OTHER):
        assert secret not in repr(settings)


def test_settings_cannot_be_changed() -> None:
    settings = read()
    with pytest.raises(Exception, match="frozen"):
        settings.origin = "https://elsewhere.example"


class AuthLike(OwnSettings):
    """Settings of auth."""

    auth_message_key: Key


def test_a_private_key_has_to_match_its_public_half() -> None:
    keys = new_message_keys()
    known, other = keys["MESSAGE_PUBLIC_KEYS"], new_message_keys()["AUTH_MESSAGE_KEY"]
    own = {**GOOD, "MESSAGE_PUBLIC_KEYS": known}
    load(AuthLike, {**own, "AUTH_MESSAGE_KEY": keys["AUTH_MESSAGE_KEY"]})
    rotating = known.replace("auth:", f"auth:{public_key(other)},")
    for key in (other, keys["AUTH_MESSAGE_KEY"]):
        load(AuthLike, {**own, "MESSAGE_PUBLIC_KEYS": rotating, "AUTH_MESSAGE_KEY": key})
    for key in (other, keys["NOTIFIER_MESSAGE_KEY"]):
        with pytest.raises(SettingsError) as caught:
            load(AuthLike, {**own, "AUTH_MESSAGE_KEY": key})
        assert str(caught.value).splitlines()[1:] == [
            "  AUTH_MESSAGE_KEY: does not fit the keys of auth in MESSAGE_PUBLIC_KEYS"
        ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f"auth:{KEY} membership:{OTHER}", "has to name auth, membership, notifier, each with"),
        (f"auth:{KEY} auth:{OTHER}", "names auth twice"),
        (f"auth:{KEY} membership:{OTHER} notifier:{KEY}", "has a key twice, and each service"),
        (f"auth:{KEY},{KEY} membership:{OTHER} notifier:x", "has to be base64"),
        (f"{KEY} {OTHER}", "has to be base64 of 32 bytes"),
    ],
)
def test_every_service_has_public_keys_and_no_two_are_the_same(text: str, fault: str) -> None:
    [said] = faults(MESSAGE_PUBLIC_KEYS=text)
    assert said.startswith(f"MESSAGE_PUBLIC_KEYS: {fault}")


def test_public_keys_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "public").write_text(GOOD["MESSAGE_PUBLIC_KEYS"] + "\n")
    given = {"MESSAGE_PUBLIC_KEYS": "", "MESSAGE_PUBLIC_KEYS_FILE": str(tmp_path / "public")}
    assert set(read(**given).message_public_keys) == {"auth", "membership", "notifier"}
