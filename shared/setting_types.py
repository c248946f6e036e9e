"""The types of settings: checked addresses, secrets, quantities with their unit.

An error names the problem and never repeats the value, which may contain a secret.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

from shared import days
from shared.contracts.registry import SERVICES


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of a number; a number without one is a count."""

    name: str


class Filed:
    """Marks a setting that may be given as a file, NAME_FILE."""


class Secret(Filed):
    """Marks a setting whose value is never displayed."""


Characters = Annotated[int, Unit("characters")]
Seconds = Annotated[int, Unit("seconds")]
Wait = Annotated[float, Unit("seconds"), Field(ge=0, le=8, allow_inf_nan=False)]
"""How long a request may wait for another service: a process that is asked to end leaves its
requests 10 s."""

Days = Annotated[int, Unit("days")]
KiB = Annotated[int, Unit("KiB")]
Switch = Literal["on", "off"]

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_HOST = r"(\[[0-9A-Fa-f:.]+\]|[^\s:/\[\]]+)"
_PLACE = re.compile(rf"{_HOST}(:\d+)?")
_LISTEN = re.compile(rf"{_HOST}:(\d+)")


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


Key = Annotated[bytes, BeforeValidator(_decode_key), Field(repr=False), Secret()]
"""A secret of 32 bytes, in base64."""

PublicKey = Annotated[bytes, BeforeValidator(_decode_key)]
"""A public key of 32 bytes, in base64."""

Keys = Annotated[tuple[bytes, ...], BeforeValidator(_decode_keys), Field(repr=False), Secret()]
"""The current secret and, after a comma, previous ones, each 32 bytes in base64."""


def _decode_public_keys(text: object) -> dict[str, tuple[bytes, ...]]:
    if isinstance(text, dict):
        return text
    keys: dict[str, tuple[bytes, ...]] = {}
    for part in str(text).split():
        service, _, given = part.partition(":")
        if service in keys:
            raise ValueError(f"names {service} twice")
        keys[service] = _decode_keys(given)
    if keys.keys() != set(SERVICES):
        raise ValueError(f"has to name {', '.join(SERVICES)}, each with its public keys")
    everything = [key for given in keys.values() for key in given]
    if len(set(everything)) < len(everything):
        raise ValueError("has a key twice, and each service needs one of its own")
    return keys


PublicKeys = Annotated[
    Mapping[str, tuple[bytes, ...]], BeforeValidator(_decode_public_keys), Filed()
]
"""Public keys (Ed25519) of every service: `auth:KEY membership:KEY notifier:KEY`, each KEY 32 bytes
in base64, the current one and, after a comma, previous ones."""


def read_keys(folder: Path) -> list[bytes]:
    """The keys in a folder, one base64 text of 32 bytes in each file `*.key`, newest name first.

    Raises:
        ValueError: There is none, or one is not a key.
    """
    files = sorted(folder.glob("*.key"), reverse=True)
    if not files:
        raise ValueError("has to be a folder with at least one key in a file *.key")
    return [_read_key(path) for path in files]


def _read_key(path: Path) -> bytes:
    try:
        return _decode_key(path.read_text(encoding="ascii"))
    except OSError as error:
        raise ValueError(f"has a file that cannot be read, {path.name}: {error.strerror}") from None
    except ValueError:
        raise ValueError(f"has a file that is not base64 of 32 bytes, {path.name}") from None


def _check_key_folder(folder: Path) -> Path:
    read_keys(folder)
    return folder


KeyFolder = Annotated[Path, AfterValidator(_check_key_folder)]
"""A folder for `read_keys`, whose keys are checked when the process starts."""


def _check_origin(text: str) -> str:
    parts = urlsplit(text)
    if not parts.hostname or text != f"{parts.scheme}://{parts.netloc}":
        raise ValueError("has to be scheme, host and port, and no more")
    if parts.scheme != "https" and (parts.scheme != "http" or parts.hostname not in _LOOPBACK):
        raise ValueError("needs https outside loopback")
    return text


Origin = Annotated[str, AfterValidator(_check_origin)]
"""Where browsers find a site, such as `https://accounts.example.jp`; http is for loopback only."""


def _check_listen(text: str) -> str:
    found = _LISTEN.fullmatch(text)
    if not (text.startswith("unix:/") or (found and int(found[2]) <= 65535)):
        raise ValueError("has to be host:port, or unix:/path")
    return text


Listen = Annotated[str, AfterValidator(_check_listen)]
"""Where a process listens: `host:port`, or `unix:/path` behind a gateway on the same machine."""


def _check_time_zone(name: str) -> str:
    days.zone_of(name)
    return name


TimeZone = Annotated[str, AfterValidator(_check_time_zone)]
"""A name of the IANA time zone database."""


def _check_service_url(text: str) -> str:
    if not text.startswith("unix:/"):
        _check_url(text, "http", "https", instead=" or unix:/path")
    return text


ServiceUrl = Annotated[str, AfterValidator(_check_service_url)]
"""Where a service finds another one: `http://host:port`, or `unix:/path`."""


def _check_database_url(url: SecretStr) -> SecretStr:
    _check_url(url.get_secret_value(), "postgresql", "postgres", needs_host=False)
    return url


DatabaseUrl = Annotated[SecretStr, AfterValidator(_check_database_url), Secret()]
"""A database of PostgreSQL, such as `postgresql://role:password@host:5432/name`."""


def _check_redis_url(url: SecretStr) -> SecretStr:
    text = url.get_secret_value()
    if text.startswith("unix:"):
        _check_url(text, "unix", needs_host=False)
    elif text:
        _check_url(text, "redis", "rediss", instead=" or unix://")
    return url


RedisUrl = Annotated[SecretStr, AfterValidator(_check_redis_url), Secret()]
"""A database of Redis or Valkey: `redis://:password@host:6379/0`, `rediss://` or `unix://`."""


def _check_url(text: str, *schemes: str, instead: str = "", needs_host: bool = True) -> None:
    """Check a URL's scheme, hosts and ports."""
    try:
        parts = urlsplit(text)
    except ValueError:
        raise ValueError("is not a URL") from None
    if parts.scheme not in schemes or "://" not in text:
        raise ValueError(f"has to begin with {' or '.join(f'{s}://' for s in schemes)}{instead}")
    places = parts.netloc.rpartition("@")[2]
    if not places and not needs_host:
        return
    if not all(_PLACE.fullmatch(place) for place in places.split(",")):
        raise ValueError("has to name a host, and a port only as a number")
    if "@" in parts.path + parts.query + parts.fragment:
        raise ValueError("what is special in its password has to be %-encoded")
