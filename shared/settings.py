"""Settings: one frozen class per service, read once, every fault reported together."""

import base64
import binascii
import re
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
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

_PLACE = re.compile(r"(\[[^\]]*\]|[^:\[\]]*)(:[0-9]*)?")
"""A host, perhaps with a port."""


def _check_url(url: SecretStr) -> SecretStr:
    """Refuse what a library could not read either: it would repeat a part of it in its error."""
    try:
        parts = urlsplit(url.get_secret_value())
    except ValueError:
        raise ValueError("is no URL") from None
    places = parts.netloc.rpartition("@")[2].split(",")
    if not all(_PLACE.fullmatch(place) for place in places):
        raise ValueError("names a port that is no number")
    if "@" in parts.path + parts.query + parts.fragment:
        raise ValueError("what is special in its password has to be %-encoded")
    return url


SecretUrl = Annotated[SecretStr, AfterValidator(_check_url)]
"""Where a server is, with the password for it."""

Switch = Literal["on", "off"]

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def _check_origin(text: str) -> str:
    parts = urlsplit(text)
    if not parts.hostname or text != f"{parts.scheme}://{parts.netloc}":
        raise ValueError("has to be scheme, host and port, and no more")
    if parts.scheme != "https" and (parts.scheme != "http" or parts.hostname not in _LOOPBACK):
        raise ValueError("needs https outside loopback")
    return text


Origin = Annotated[str, AfterValidator(_check_origin)]
"""Where browsers find a site, such as `https://accounts.example.jp`; http is for loopback only."""


class ServiceSettings(BaseSettings):
    """What every service reads from the environment."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    origin: Origin = "http://localhost:8080"
    operator_origin: Origin = "http://localhost:8090"
    redis_url: SecretUrl = SecretStr("")
    broker_url: SecretUrl = SecretStr("")
    cache_url: SecretUrl = SecretStr("")
    message_keys: Keys
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["auto", "json", "text"] = "auto"
    rate_limits: Switch = "on"
    trial_clock: Switch = "off"

    @field_validator("broker_url", "cache_url")
    @classmethod
    def _or_redis_url(cls, url: SecretStr, info: ValidationInfo) -> SecretStr:
        if "redis_url" not in info.data:  # that one is wrong itself, and said to be
            return url
        url = url if url.get_secret_value() else info.data["redis_url"]
        if not url.get_secret_value():
            raise ValueError("is missing, and so is REDIS_URL")
        return url


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
