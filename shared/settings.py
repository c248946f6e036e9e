"""Settings: one frozen class per service, read once, with all errors reported together.

They are read from a given mapping, so that `zaiseki check` can read another process's settings.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic.fields import FieldInfo

from shared.contracts.registry import SERVICES
from shared.crypto import public_half
from shared.refusal import Refusal
from shared.setting_types import Filed, Keys, Origin, PublicKeys, RedisUrl, Secret, Switch


class SettingsError(Refusal):
    """Some settings are missing or wrong; the message lists all of them, without their values."""


class ServiceSettings(BaseModel, ABC):
    """The settings of every service."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    origin: Origin = Field(
        "http://localhost:8080",
        description="The URL of the customers' site in browsers; https, except on loopback.",
    )
    operator_origin: Origin = Field(
        "http://localhost:8090",
        description="The URL of the vendor staff's site in browsers; https, except on loopback.",
    )
    redis_url: RedisUrl = Field(
        SecretStr(""),
        description="Redis or Valkey: `redis://`, `rediss://` or `unix://`. It passes messages on"
        " and counts for rate limits; its data may be lost.",
    )
    broker_url: RedisUrl = Field(
        SecretStr(""),
        validate_default=True,
        description="Another one for messages only. It must not evict keys (`noeviction`).",
    )
    cache_url: RedisUrl = Field(
        SecretStr(""),
        validate_default=True,
        description="Another one for the counters of rate limits only.",
    )
    message_public_keys: PublicKeys = Field(
        description="Verifies which service sent a message; the same for all services:"
        " `auth:KEY membership:KEY notifier:KEY`, the public halves (Ed25519) of their"
        " `…_MESSAGE_KEY`: the current one and, after a comma, previous ones."
    )
    message_keys: Keys = Field(
        (),
        description="The keys with which the previous release signed messages. Set them while"
        " such messages may be undelivered. The next release does not read this setting.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Lowest log level written."
    )
    log_format: Literal["auto", "json", "text"] = Field(
        "auto",
        description="The format of log lines on stderr; `auto` is text on a terminal and JSON"
        " elsewhere.",
    )
    rate_limits: Switch = Field(
        "on",
        description="`off` is for trials only: a client can send any number of requests. Wrong"
        " passwords and codes stay limited.",
    )
    trial_clock: Switch = Field(
        "off", description="`on` is for trials only: `zaiseki clock` can move business time."
    )

    @field_validator("broker_url", "cache_url")
    @classmethod
    def _or_redis_url(cls, url: SecretStr, info: ValidationInfo) -> SecretStr:
        if url.get_secret_value() or "redis_url" not in info.data:  # reported for that field
            return url
        shared: SecretStr = info.data["redis_url"]
        if not shared.get_secret_value():
            raise ValueError("is missing, and so is REDIS_URL")
        return shared

    @field_validator(*(f"{service}_message_key" for service in SERVICES), check_fields=False)
    @classmethod
    def _fits_its_public_half(cls, key: bytes, info: ValidationInfo) -> bytes:
        public = info.data.get("message_public_keys")  # errors are reported for that field
        service = str(info.field_name).partition("_")[0]
        if public is not None and public_half(key) not in public[service]:
            raise ValueError(f"does not fit the keys of {service} in MESSAGE_PUBLIC_KEYS")
        return key

    @property
    @abstractmethod
    def message_key(self) -> bytes:
        """The private key (Ed25519) with which the service signs its messages and receipts."""

    @property
    @abstractmethod
    def dsn(self) -> str:
        """The database of the service's own role."""


S = TypeVar("S", bound=ServiceSettings)


def load(settings_class: type[S], environ: Mapping[str, str]) -> S:
    """Read the settings; an empty variable counts as one that is not set.

    Raises:
        SettingsError: It lists all missing or invalid settings.
    """
    texts, faults = _given(settings_class, environ)
    try:
        settings = settings_class.model_validate(texts)
    except ValidationError as error:
        faults = {**_faults(error), **faults}
    if faults:
        lines = [f"  {name}: {fault}" for name, fault in sorted(faults.items())]
        raise SettingsError("\n".join(["These settings are missing or wrong:", *lines]))
    return settings


def is_secret(field: FieldInfo) -> bool:
    """Whether the value is never displayed."""
    return any(isinstance(mark, Secret) for mark in field.metadata)


def is_filed(field: FieldInfo) -> bool:
    """Whether the value may also be given as a file, NAME_FILE."""
    return any(isinstance(mark, Filed) for mark in field.metadata)


def _given(
    settings_class: type[ServiceSettings], environ: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The text of each field, and the errors by setting."""
    texts, faults = {}, {}
    for field, info in settings_class.model_fields.items():
        name = field.upper()
        if text := environ.get(name):
            texts[field] = text
        path = environ.get(f"{name}_FILE") if is_filed(info) else None
        if path and text:
            faults[name] = f"is given twice, by {name}_FILE too"
        elif path:
            try:
                texts[field] = _read(Path(path))
            except ValueError as error:
                faults[name] = f"{name}_FILE {error}"
    return texts, faults


def _read(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ValueError(f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValueError("is not text") from None
    if not text:
        raise ValueError("is empty")
    return text


def _faults(error: ValidationError) -> dict[str, str]:
    return {
        str(fault["loc"][0]).upper(): "is missing"
        if fault["type"] == "missing"
        else fault["msg"].removeprefix("Value error, ")
        for fault in error.errors(include_input=False, include_url=False)
    }
