"""The keys and passwords of a run: created once, each a file of mode 0600 in the secrets folder."""

import base64
import binascii
import contextlib
import os
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from embedded.refusal import Refused
from embedded.settings import SERVICES

OWNER_PASSWORD = "database-owner"  # noqa: S105 - the name of its file
VALKEY_PASSWORD = "valkey"  # noqa: S105 - the name of its file
MESSAGE_PUBLIC_KEYS = "message-public-keys"
"""Derived from the private keys at each start: each service's current and previous public key."""
MESSAGE_KEYS = "message-keys"
"""The key with which the previous release signed messages."""
ADDRESS_KEY = "address-key"
PRESENCE_KEYS = "presence-keys"
FIRST_PASSWORD_KEY = "first-password-key"  # noqa: S105 - the name of its file
IDENTITY_KEYS = "identity"
"""A folder of Ed25519 seeds; the one whose name sorts last signs."""
MAIL_KEYS = "mail"
"""A folder of X25519 private keys; mails are sealed for the one whose name sorts last."""
MAIL_PUBLIC_KEY = "mail-public-key"
"""Derived from the newest of them at each start."""


def role_password(service: str) -> str:
    """The name of the file with a service's database password."""
    return f"database-{service}"


def message_key(service: str) -> str:
    """The name of the file with the key with which a service signs its messages."""
    return f"{service}-message-key"


_MESSAGE_KEYS = tuple(map(message_key, SERVICES))
_PASSWORDS = (OWNER_PASSWORD, VALKEY_PASSWORD, *map(role_password, SERVICES))
_KEYS = (ADDRESS_KEY, PRESENCE_KEYS, FIRST_PASSWORD_KEY)
_FOLDERS = (IDENTITY_KEYS, MAIL_KEYS)


def make_missing(folder: Path) -> bool:
    """Create missing keys, and return whether any was created. Raises Refused."""
    folder.chmod(0o700)
    made = [_make(folder / name, _password) for name in _PASSWORDS]
    made += [_make(folder / name, _key) for name in _MESSAGE_KEYS]
    made += [_make(folder / name, _key) for name in _KEYS]
    made += [_make_in_folder(folder / name) for name in _FOLDERS]
    return any(made)


def forget_shared_key(folder: Path) -> None:
    """Remove the previous release's signing key, if the previous run had the services' own keys
    too: then no message that was signed with it is undelivered."""
    if all((folder / name).exists() for name in _MESSAGE_KEYS):
        (folder / MESSAGE_KEYS).unlink(missing_ok=True)


def read_password(folder: Path, name: str) -> str:
    """A password. Raises Refused if it is missing or damaged."""
    text = _read(folder / name)
    if len(text) < 32 or not text.isalnum():
        raise Refused(f"{folder / name} is damaged: it has no password.")
    return text


def read_keys(folder: Path, name: str) -> str:
    """One or more keys, as settings take them. Raises Refused."""
    text = _read(folder / name)
    with contextlib.suppress(binascii.Error):
        if all(len(base64.b64decode(part, validate=True)) == 32 for part in text.split(",")):
            return text
    raise Refused(f"{folder / name} is damaged: it has no key.")


def read_key(folder: Path, name: str) -> bytes:
    """A single key. Raises Refused."""
    text = read_keys(folder, name)
    if "," in text:
        raise Refused(f"{folder / name} is damaged: it has more than one key.")
    return base64.b64decode(text)


def read_public_keys(folder: Path) -> str:
    """The public keys of all services, as the setting takes them. Raises Refused."""
    return _read(folder / MESSAGE_PUBLIC_KEYS)


def newest(folder: Path) -> str:
    """The newest key of a folder of keys. Raises Refused."""
    names = sorted(path.name for path in folder.glob("*.key"))
    if not names:
        raise Refused(f"There is no key in {folder}.")
    return read_keys(folder, names[-1])


def _password() -> str:
    return secrets.token_hex(24)


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode("ascii")


def _make_in_folder(folder: Path) -> bool:
    folder.mkdir(mode=0o700, exist_ok=True)
    if any(folder.glob("*.key")):
        return False
    return _make(folder / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.key", _key)


def _make(path: Path, new: Callable[[], str]) -> bool:
    if path.exists():
        return False
    write(path, new())
    return True


def write(path: Path, text: str) -> None:
    """Write a file of mode 0600 atomically: after a crash it is complete or unchanged."""
    growing = path.with_name(f"{path.name}.new")
    growing.unlink(missing_ok=True)
    descriptor = os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    growing.replace(path)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise Refused(f"{path} is missing.") from None
    except (OSError, UnicodeDecodeError):
        raise Refused(f"{path} cannot be read.") from None
