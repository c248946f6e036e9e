"""Settings: one frozen class per service, read once, every fault reported together."""

import base64
import binascii
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class SettingsError(Exception):
    """Some settings are missing or wrong; the message lists all of them, without their values."""


def _decode_key(text: object) -> bytes:
    if isinstance(text, bytes):
        return text
    try:
        key = base64.b64decode(str(text).strip(), validate=True)
    except binascii.Error as error:
        raise ValueError("has to be base64") from error
    if len(key) != 32:
        raise ValueError("has to be base64 of 32 bytes")
    return key


def _decode_keys(text: object) -> tuple[bytes, ...]:
    if isinstance(text, tuple):
        return text
    return tuple(_decode_key(part) for part in str(text).split(","))


Key = Annotated[bytes, BeforeValidator(_decode_key), Field(repr=False)]
"""A secret of 32 bytes, in base64."""

Keys = Annotated[tuple[bytes, ...], NoDecode, BeforeValidator(_decode_keys), Field(repr=False)]
"""The current secret and, after a comma, previous ones, each 32 bytes in base64."""

Switch = Literal["on", "off"]


class ServiceSettings(BaseSettings):
    """What every service reads from the environment."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    origin: str = "http://localhost:8080"
    operator_origin: str = "http://localhost:8090"
    redis_url: SecretStr = SecretStr("")
    broker_url: SecretStr = SecretStr("")
    cache_url: SecretStr = SecretStr("")
    message_keys: Keys
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["json", "text"] = "json"
    rate_limits: Switch = "on"
    trial_clock: Switch = "off"

    @model_validator(mode="before")
    @classmethod
    def _one_redis_for_both(cls, values: dict[str, object]) -> dict[str, object]:
        for name in ("broker_url", "cache_url"):
            if not values.get(name):
                values[name] = values.get("redis_url", "")
            if not values[name]:
                raise ValueError(f"REDIS_URL or {name.upper()} is missing")
        return values

    @model_validator(mode="after")
    def _https_or_loopback(self) -> "ServiceSettings":
        for origin in (self.origin, self.operator_origin):
            loopback = ("http://localhost", "http://127.0.0.1", "http://[::1]")
            if not origin.startswith("https://") and not origin.startswith(loopback):
                raise ValueError("ORIGIN and OPERATOR_ORIGIN need https outside loopback")
        return self


S = TypeVar("S", bound=BaseSettings)


def load(cls: type[S]) -> S:
    """Read the settings from the environment.

    Raises:
        SettingsError: Something is missing or wrong; all of it is listed.
    """
    try:
        return cls()
    except ValidationError as error:
        lines = sorted(
            f"  {'.'.join(str(part) for part in fault['loc']).upper() or 'settings'}: "
            f"{fault['msg'].removeprefix('Value error, ')}"
            for fault in error.errors(include_input=False, include_url=False)
        )
        raise SettingsError("These settings are missing or wrong:\n" + "\n".join(lines)) from None


def read_keys(folder: Path) -> list[bytes]:
    """The keys in a folder, one base64 text of 32 bytes in each file `*.key`, newest name first.

    Raises:
        SettingsError: There is none, or one is not a key.
    """
    try:
        files = sorted(folder.glob("*.key"), reverse=True)
        keys = [_decode_key(path.read_text()) for path in files]
    except (OSError, ValueError) as error:
        raise SettingsError(f"A key in {folder} cannot be read: {error}") from error
    if not keys:
        raise SettingsError(f"There is no key in {folder}")
    return keys
