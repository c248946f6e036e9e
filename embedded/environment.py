"""The environment of each process, derived only from the state directory and the environment.

A value from the environment takes precedence over the state directory's, except for the variables
that the run sets itself (`_fixed`). No service gets another one's database or private keys.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from embedded import keys, postgres, valkey
from embedded.refusal import Refused
from embedded.settings import SERVICES, RunSettings, database_variable
from embedded.state import StateDirectory

OPERATORS_MAIL = "operators@vendor.test"
MAIL_FROM = "no-reply@vendor.test"
TRIAL_VENDOR = {
    "VENDOR_NAME": "試用版サンプル商事",
    "VENDOR_NAME_EN": "Trial Sample Trading",
    "CONTACT_PHONE": "03-0000-0000",
    "CONTACT_URL": "https://vendor.test/contact",
    "CONTACT_HOURS": "平日 9:00〜17:00（試用版）",
    "CONTACT_HOURS_EN": "weekdays, 9:00 to 17:00 (trial)",
}
"""The vendor in mails and on pages of a trial: clearly not a real company."""
_TRIAL_DETAILS = {"SERVICE_NAME": "Zaiseki", **TRIAL_VENDOR}
DATABASE = "zaiseki"

_SITES = Path(__file__).resolve().parent.parent / "web" / "dist"
_PRIVATE = {
    "auth": ("AUTH_MESSAGE_KEY", "IDENTITY_KEYS_DIR", "ADDRESS_KEY", "PRESENCE_KEYS"),
    "membership": ("MEMBERSHIP_MESSAGE_KEY", "FIRST_PASSWORD_KEY"),
    "notifier": ("NOTIFIER_MESSAGE_KEY", "SMTP_URL", "MAIL_KEYS_DIR"),
}
"""Secrets of one service, in addition to its database."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A run's settings, its directory, and the environment that it was started with."""

    settings: RunSettings
    state: StateDirectory
    environ: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Schema:
    """A service's schema: its database, the role that creates it, and the role to create for it."""

    service: str
    dsn: str = field(repr=False)
    role: str | None = None
    password: str | None = field(default=None, repr=False)


def owner_dsn(around: Surroundings) -> str:
    """The DSN of the role that creates schemas and roles. Raises Refused."""
    if around.settings.database_url:
        return around.settings.database_url
    password = keys.read_password(around.state.secrets, keys.OWNER_PASSWORD)
    sockets = quote(str(around.state.sockets))
    return f"postgresql://{postgres.OWNER}:{password}@/{DATABASE}?host={sockets}"


def service_dsn(around: Surroundings, service: str) -> str:
    """The DSN of a service's own role. Raises Refused."""
    given = around.settings.service_database_urls.get(service)
    if given:
        return given
    role, password = _own_role(around, service)
    return _as_role(owner_dsn(around), role, password)


def schema(around: Surroundings, service: str) -> Schema:
    """How a service's schema is created: by the database owner, or by the service's own role.

    Raises:
        Refused: The role or its password is not known.
    """
    given = around.settings.service_database_urls.get(service)
    owner = around.settings.database_url
    if given and (owner is None or _place(owner) != _place(given)):
        return Schema(service, given)
    role, password = _named_role(service, given) if given else _own_role(around, service)
    return Schema(service, owner_dsn(around), role, password)


def _named_role(service: str, dsn: str) -> tuple[str, str]:
    parts = urlsplit(dsn)
    if not parts.username or not parts.password:
        raise Refused(f"{database_variable(service)} names no role with its password.")
    return unquote(parts.username), unquote(parts.password)


def _own_role(around: Surroundings, service: str) -> tuple[str, str]:
    password = keys.read_password(around.state.secrets, keys.role_password(service))
    return f"zaiseki_{service}", password


def redis_url(around: Surroundings) -> str:
    """The broker's URL. Raises Refused."""
    if around.settings.redis_url:
        return around.settings.redis_url
    password = keys.read_password(around.state.secrets, keys.VALKEY_PASSWORD)
    return f"unix://:{password}@{around.state.sockets / valkey.SOCKET}?db=0"


def service(around: Surroundings, name: str) -> dict[str, str]:
    """The environment of a service's processes, once the run is prepared. Raises Refused."""
    fixed = _fixed(around, name)
    hidden = {database_variable(other) for other in SERVICES} | {"DATABASE_URL", "NOTIFY_SOCKET"}
    hidden |= {variable for other in SERVICES if other != name for variable in _PRIVATE[other]}
    hidden |= {f"{variable}_FILE" for variable in hidden | fixed.keys()}
    given = {key: value for key, value in around.environ.items() if key not in hidden and value}
    own = {**_common(around), **_of_service(around, name)}
    own = {key: value for key, value in own.items() if f"{key}_FILE" not in given}
    return {**own, **given, **fixed}


def preparation(around: Surroundings) -> dict[str, str]:
    """The environment of `embedded.preparation`. Raises Refused."""
    return {
        "SECRETS": str(around.state.secrets),
        "DATABASE_TO_CREATE": owner_dsn(around) if around.settings.embeds_postgres else "",
        "SCHEMAS": json.dumps([asdict(schema(around, service)) for service in SERVICES]),
    }


def mailbox(around: Surroundings) -> dict[str, str]:
    """The environment of the mailbox."""
    return {
        "MAILBOX_DIR": str(around.state.mailbox),
        "MAILBOX_PORT": str(around.settings.ports["MAILBOX_PORT"]),
        "SMTP_PORT": str(around.settings.ports["SMTP_PORT"]),
        "TIME_ZONE": around.settings.time_zone,
    }


def caddy(around: Surroundings) -> dict[str, str]:
    """The environment of the gateway."""
    settings, state = around.settings, around.state
    upstreams = {
        f"{name.upper()}_UPSTREAM": f"unix/{listen_path(state, name)}" for name in SERVICES
    }
    return {
        "PATH": around.environ.get("PATH", ""),
        "HOME": str(state.caddy),
        "XDG_CONFIG_HOME": str(state.caddy),
        "XDG_DATA_HOME": str(state.caddy),
        "ORIGIN_ADDRESS": settings.origin,
        "OPERATOR_ORIGIN_ADDRESS": settings.operator_origin,
        "PORT": str(settings.ports["PORT"]),
        "OPERATOR_PORT": str(settings.ports["OPERATOR_PORT"]),
        "WEB_DIST": str(_SITES / "members"),
        "OPERATOR_DIST": str(_SITES / "operators"),
        "METRICS_BIND": f"unix/{state.sockets / 'caddy.sock'}|0600",
        **upstreams,
    }


def owner_password_file(state: StateDirectory) -> Path:
    """The file with the password of the embedded cluster's owner."""
    return state.secrets / keys.OWNER_PASSWORD


def listen_path(state: StateDirectory, service_name: str) -> str:
    """The socket that a service's API process listens on."""
    return str(state.sockets / f"{service_name}.sock")


def watch_path(state: StateDirectory, service_name: str, process: str) -> str:
    """The socket at which a process of a service serves health and metrics."""
    if process == "api":
        return listen_path(state, service_name)
    return str(state.sockets / f"{service_name}-{process}.sock")


def _common(around: Surroundings) -> dict[str, str]:
    secrets = around.state.secrets
    upgraded = (secrets / keys.MESSAGE_KEYS).exists()
    return {
        "MESSAGE_KEYS": keys.read_keys(secrets, keys.MESSAGE_KEYS) if upgraded else "",
        "MESSAGE_PUBLIC_KEYS": keys.read_public_keys(secrets),
        "MAIL_PUBLIC_KEY": keys.read_keys(secrets, keys.MAIL_PUBLIC_KEY),
        "OPERATORS_MAIL": OPERATORS_MAIL,
        "MAIL_FROM": MAIL_FROM,
        **_vendor(around),
        "AUTH_URL": f"unix:{listen_path(around.state, 'auth')}",
    }


def _of_service(around: Surroundings, name: str) -> dict[str, str]:
    secrets = around.state.secrets
    message_key = keys.read_keys(secrets, keys.message_key(name))
    own = {f"{name.upper()}_MESSAGE_KEY": message_key}
    if name == "auth":
        return {
            **own,
            "IDENTITY_KEYS_DIR": str(secrets / keys.IDENTITY_KEYS),
            "ADDRESS_KEY": keys.read_keys(secrets, keys.ADDRESS_KEY),
            "PRESENCE_KEYS": keys.read_keys(secrets, keys.PRESENCE_KEYS),
        }
    if name == "membership":
        return {**own, "FIRST_PASSWORD_KEY": keys.read_keys(secrets, keys.FIRST_PASSWORD_KEY)}
    return {**own, "MAIL_KEYS_DIR": str(secrets / keys.MAIL_KEYS)}


def _vendor(around: Surroundings) -> Mapping[str, str]:
    """The trial vendor, unless a vendor is set; then no contact details of the trial are used."""
    return {} if around.environ.get("VENDOR_NAME") else TRIAL_VENDOR


def unanswered(given: Mapping[str, str]) -> list[str]:
    """Return the names of the vendor's details in mails that are missing or have trial values.

    The English ones may be empty: then English mails have the Japanese ones.
    """
    return [
        name
        for name, trial in _TRIAL_DETAILS.items()
        if given.get(name, "") in ({trial} if name.endswith("_EN") else {"", trial})
    ]


def _fixed(around: Surroundings, name: str) -> dict[str, str]:
    """Variables that the run sets itself, even if the environment has them."""
    settings = around.settings
    fixed = {
        "ORIGIN": settings.origin,
        "OPERATOR_ORIGIN": settings.operator_origin,
        "REDIS_URL": redis_url(around),
        "RATE_LIMITS": "on" if settings.rate_limits else "off",
        "TRIAL_CLOCK": "on" if settings.trial_clock else "off",
        database_variable(name): service_dsn(around, name),
        f"{name.upper()}_LISTEN": f"unix:{listen_path(around.state, name)}",
        f"{name.upper()}_WORKER_LISTEN": f"unix:{watch_path(around.state, name, 'worker')}",
    }
    return {**fixed, "SMTP_URL": settings.smtp} if name == "notifier" else fixed


def _place(dsn: str) -> tuple[object, ...]:
    """The database of a DSN, as it is spelled, without the role."""
    parts = urlsplit(dsn)
    return parts.netloc.rpartition("@")[2], dict(parse_qsl(parts.query)).get("host"), parts.path


def _as_role(dsn: str, user: str, password: str) -> str:
    parts = urlsplit(dsn)
    place = parts.netloc.rpartition("@")[2]
    kept = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if key not in ("user", "password", "passfile")
    ]
    return parts._replace(netloc=f"{user}:{password}@{place}", query=urlencode(kept)).geturl()
