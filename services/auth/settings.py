"""Auth's settings, read once from the environment."""

from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from shared.setting_types import (
    Characters,
    DatabaseUrl,
    Days,
    Key,
    KeyFolder,
    Keys,
    KiB,
    Listen,
    PublicKey,
    Seconds,
    Wait,
)
from shared.settings import ServiceSettings


class AuthSettings(ServiceSettings):
    """Auth's own settings, in addition to those of every service."""

    auth_database_url: DatabaseUrl = Field(
        description="Auth's database, as auth's own role: `postgresql://role:password@host/name`."
    )
    auth_listen: Listen = Field(
        "127.0.0.1:8081",
        description="Where auth's API listens: `host:port`, or `unix:/path` behind a gateway on the"
        " same machine.",
    )
    auth_worker_listen: Listen = Field(
        "127.0.0.1:8181", description="Where auth's worker serves health and metrics."
    )
    auth_message_key: Key = Field(
        description="Auth's private key (Ed25519): signs its messages and receipts."
    )
    identity_keys_dir: KeyFolder = Field(
        description="A folder with Ed25519 keys in files `*.key`, each base64 of 32 bytes. The key"
        " whose name sorts last signs identities; the public halves of all are published."
    )
    mail_public_key: PublicKey = Field(
        description="The notifier's public key (X25519), which seals the contents of mails."
    )
    address_key: Key = Field(
        description="The key that hashes addresses in counters and rate limits."
    )
    presence_keys: Keys = Field(
        description="The key from which codes and links of presence checks are derived: the current"
        " one and, after a comma, previous ones."
    )

    presence_mode: Literal["enforced", "off"] = Field(
        "enforced",
        description="`off` lets members sign in without presence checks, during an outage of your"
        " own mail; then a stolen password is enough.",
    )
    presence_min_gap: Seconds = Field(
        12 * 3600, ge=0, description="The shortest time from a passed presence check to the next."
    )
    presence_mean_gap: Seconds = Field(
        7 * 24 * 3600, ge=0, description="The average of the random time that is added to it."
    )
    presence_max_gap: Seconds = Field(
        30 * 24 * 3600,
        ge=0,
        validate_default=True,
        description="The longest time to the next; with all three 0, every sign-in is checked.",
    )

    password_min_length: Characters = Field(
        15, ge=8, le=128, description="The minimum length of a new password."
    )
    session_idle: Seconds = Field(3600, ge=60, description="How long an unused session lasts.")
    session_absolute: Seconds = Field(24 * 3600, ge=60, description="How long any session lasts.")
    sessions_kept_days: Days = Field(1, ge=1, description="How long ended sessions are kept.")
    presence_kept_days: Days = Field(730, ge=30, description="How long presence checks are kept.")
    receipt_wait_seconds: Wait = Field(
        2.0,
        description="How long a request waits for another service to confirm a message; without"
        " the confirmation the response is 202.",
    )

    argon2_memory_kib: KiB = Field(
        19456, ge=8, description="The memory for hashing a password (Argon2id)."
    )
    argon2_iterations: int = Field(2, ge=1, description="The passes over that memory.")
    argon2_parallelism: int = Field(1, ge=1, description="The number of parallel lanes.")
    hash_threads: int = Field(2, ge=1, le=64, description="Passwords that are hashed at once.")
    hash_waiting: int = Field(
        32, ge=1, description="Passwords that may wait to be hashed; further ones get a 503."
    )

    @field_validator("presence_max_gap")
    @classmethod
    def _above_the_least(cls, longest: int, info: ValidationInfo) -> int:
        if info.data.get("presence_min_gap", 0) > longest:
            raise ValueError("is below PRESENCE_MIN_GAP")
        return longest

    @property
    def message_key(self) -> bytes:
        """Signs auth's messages and receipts."""
        return self.auth_message_key

    @property
    def dsn(self) -> str:
        """The database of auth's own role."""
        return self.auth_database_url.get_secret_value()
