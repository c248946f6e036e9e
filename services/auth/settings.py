"""Auth's settings, read once from the environment."""

from pathlib import Path

from pydantic import Field, model_validator

from shared.settings import Key, Keys, SecretUrl, ServiceSettings


class AuthSettings(ServiceSettings):
    """What auth reads beside what every service reads. Times are in seconds."""

    auth_database_url: SecretUrl
    auth_listen: str = "127.0.0.1:8081"
    identity_keys_dir: Path
    mail_public_key: Key
    address_key: Key
    presence_keys: Keys

    argon2_memory_kib: int = Field(19456, ge=8)
    argon2_iterations: int = Field(2, ge=1)
    argon2_parallelism: int = Field(1, ge=1)
    hash_threads: int = Field(2, ge=1, le=64)
    hash_waiting: int = Field(32, ge=1, description="Passwords that may wait for a hash thread")

    password_min_length: int = Field(15, ge=8, le=128)

    session_idle: int = Field(3600, ge=60)
    session_absolute: int = Field(24 * 3600, ge=60)

    presence_min_gap: int = Field(12 * 3600, ge=0)
    presence_mean_gap: int = Field(7 * 24 * 3600, ge=0)
    presence_max_gap: int = Field(30 * 24 * 3600, ge=0)

    @model_validator(mode="after")
    def _gaps_in_order(self) -> "AuthSettings":
        if self.presence_min_gap > self.presence_max_gap:
            raise ValueError("PRESENCE_MIN_GAP is above PRESENCE_MAX_GAP")
        return self
