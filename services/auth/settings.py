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
    """What auth reads beside what every service reads."""

    auth_database_url: DatabaseUrl = Field(
        description="Auth's database, as auth's own role: `postgresql://role:password@host/name`."
    )
    auth_listen: Listen = Field(
        "127.0.0.1:8081",
        description="Where auth's API listens: `host:port`, or `unix:/path` behind a gateway on the"
        " same machine.",
    )
    auth_worker_listen: Listen = Field(
        "127.0.0.1:8181", description="Where auth's worker answers for its health."
    )
    auth_message_key: Key = Field(
        description="Auth's private key (Ed25519): signs its messages and receipts."
    )
    identity_keys_dir: KeyFolder = Field(
        description="A folder with Ed25519 keys in files `*.key`, each base64 of 32 bytes. The"
        " newest name signs identities; the public half of each is published."
    )
    mail_public_key: PublicKey = Field(
        description="The notifier's public key (X25519), which seals what mails say."
    )
    address_key: Key = Field(
        description="Hides addresses in counters and in the keys of rate limits."
    )
    presence_keys: Keys = Field(
        description="Codes and links of presence checks follow from it: the current key and, after"
        " a comma, previous ones."
    )

    presence_mode: Literal["enforced", "off"] = Field(
        "enforced",
        description="`off` holds no sign-in for a presence check, for the day when your own mail is"
        " down: then a stolen password is enough.",
    )
    presence_min_gap: Seconds = Field(
        12 * 3600, ge=0, description="The least time from a passed presence check to the next."
    )
    presence_mean_gap: Seconds = Field(
        7 * 24 * 3600, ge=0, description="What is added to it by chance, on average."
    )
    presence_max_gap: Seconds = Field(
        30 * 24 * 3600,
        ge=0,
        validate_default=True,
        description="The longest time to the next; all three 0 asks at every sign-in.",
    )

    password_min_length: Characters = Field(
        15, ge=8, le=128, description="What a new password has at least."
    )
    session_idle: Seconds = Field(3600, ge=60, description="Until an unused session ends.")
    session_absolute: Seconds = Field(24 * 3600, ge=60, description="Until any session ends.")
    sessions_kept_days: Days = Field(
        1, ge=1, description="Until a session that is over is deleted."
    )
    presence_kept_days: Days = Field(
        730, ge=30, description="Until the record of a presence check is deleted."
    )
    receipt_wait_seconds: Wait = Field(
        2.0,
        description="How long a request waits for another service to confirm what it was told;"
        " without the confirmation the answer is 202.",
    )

    argon2_memory_kib: KiB = Field(
        19456, ge=8, description="Memory that hashing a password takes (Argon2id)."
    )
    argon2_iterations: int = Field(2, ge=1, description="How often it goes through that memory.")
    argon2_parallelism: int = Field(1, ge=1, description="Lanes that it computes at once.")
    hash_threads: int = Field(2, ge=1, le=64, description="Passwords that are hashed at once.")
    hash_waiting: int = Field(
        32, ge=1, description="Passwords that may wait for that; to more the answer is 503."
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
