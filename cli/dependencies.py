"""The checks of the services' dependencies, each tried once; nothing is changed or sent."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, urlencode, urlsplit

from redis.asyncio import Redis
from redis.exceptions import NoPermissionError, RedisError

from cli import sessions
from cli.language import say
from cli.sentences import sentence
from embedded import environment
from services.auth.settings import AuthSettings
from services.membership.settings import MembershipSettings
from services.notifier.mail.connection import TROUBLE, Limits
from services.notifier.mail.smtp import Transport
from services.notifier.settings import NotifierSettings
from shared.crypto import KeyMissing, Opener, Sealer, key_id, public_half
from shared.db import DatabaseUnreachable
from shared.schema import SchemaMismatch, require
from shared.setting_types import read_keys
from shared.settings import ServiceSettings
from shared.vendor import VendorSettings
from shared.web.identity import FETCH_FAILURES, PublicKeys

REDIS_SECONDS = 3.0
SMTP_SECONDS = 10.0


@dataclass(slots=True)
class Finding:
    """The state of a dependency, and what the administrator should know or do."""

    state: Literal["ok", "warning", "failed"]
    text: str = ""
    seconds: float = 0.0


Check = Callable[[], Awaitable[Finding]]


def checks(
    service: str, settings: ServiceSettings, sealed_for: Iterable[bytes]
) -> dict[str, Check]:
    """The dependencies of a service, by name. `sealed_for`: the public keys for which the other
    services seal mails."""
    found: dict[str, Check] = {
        "database": lambda: database(service, settings),
        "broker": lambda: broker(settings.broker_url.get_secret_value()),
        "cache": lambda: cache(settings.cache_url.get_secret_value()),
    }
    if isinstance(settings, AuthSettings) and settings.presence_mode == "off":
        found["presence"] = presence_off
    if isinstance(settings, MembershipSettings | NotifierSettings):
        found["auth"] = lambda: auth(settings.auth_url)
    if isinstance(settings, VendorSettings):
        found["vendor"] = lambda: vendor(settings)
    if isinstance(settings, NotifierSettings):
        found["mail keys"] = lambda: mail_keys(settings, sealed_for)
        found["mail server"] = lambda: mail_server(settings)
    return found


async def database(service: str, settings: ServiceSettings) -> Finding:
    """It answers, the role may use its schema, the schema fits this release, and each connection
    has its own session."""
    url, variable = masked(settings.dsn), f"{service.upper()}_DATABASE_URL"
    try:
        await require(service, settings.dsn)
        lost = await sessions.lost(service, settings.dsn)
    except DatabaseUnreachable as error:
        return Finding("failed", sentence("database_away", error=error, variable=variable))
    except SchemaMismatch as error:
        return Finding("failed", str(error))
    except sessions.TROUBLE as error:
        return Finding("failed", sentence("database_full", url=url, error=repr(error)))
    if lost:
        kept_not = say("、", ", ").join(lost)
        return Finding(
            "failed", sentence("database_pooled", url=url, lost=kept_not, variable=variable)
        )
    return Finding("ok", url)


async def broker(url: str) -> Finding:
    """It answers, and does not evict keys."""
    return await _redis(url, "BROKER_URL", keeps=True)


async def cache(url: str) -> Finding:
    """It answers; it may evict keys."""
    return await _redis(url, "CACHE_URL", keeps=False)


async def _redis(url: str, variable: str, *, keeps: bool) -> Finding:
    client = Redis.from_url(url, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS)
    try:
        await client.ping()
        policy = (await client.info("memory")).get("maxmemory_policy") if keeps else None
    except NoPermissionError:  # the user may not run INFO
        policy = None
    except (RedisError, OSError) as error:
        refused = sentence("redis_refuses", url=masked(url), error=error, variable=variable)
        return Finding("failed", refused)
    finally:
        await client.aclose()
    if policy not in (None, "noeviction"):
        return Finding("warning", sentence("redis_drops", url=masked(url), policy=policy))
    return Finding("ok", masked(url))


async def auth(url: str) -> Finding:
    """It publishes the keys that verify callers' identities."""
    try:
        keys = await PublicKeys(url).fetch()
    except FETCH_FAILURES as error:
        reason = str(error) or type(error).__name__
        return Finding("failed", sentence("auth_without_keys", url=url, error=reason))
    return Finding("ok", sentence("keys_at", place=url, count=len(keys.keys)))


def message_keys(
    service: str, settings: ServiceSettings, everybody: Mapping[str, ServiceSettings]
) -> Finding:
    """The other services take what this one signs, as far as their settings are known."""
    public = public_half(settings.message_key)
    strangers = [
        other for other, its in everybody.items() if public not in its.message_public_keys[service]
    ]
    if strangers:
        services = say("、", " and ").join(strangers)
        variable = f"{service.upper()}_MESSAGE_KEY"
        return Finding("failed", sentence("strange_key", services=services, variable=variable))
    return Finding("ok", sentence("key", id=key_id(public)))


async def presence_off() -> Finding:
    """Not a dependency, but a setting that administrators must not forget."""
    return Finding("warning", sentence("presence_off"))


async def vendor(settings: VendorSettings) -> Finding:
    """Not a dependency: whether mails and pages have the vendor's name and contact details."""
    given = {name.upper(): value for name, value in settings if isinstance(value, str)}
    if names := environment.unanswered(given):
        return Finding("warning", sentence("vendor_unknown", names=", ".join(names)))
    return Finding("ok", settings.vendor_name)


async def mail_keys(settings: NotifierSettings, sealed_for: Iterable[bytes]) -> Finding:
    """There is a private key for each public key for which the other services seal mails."""
    private = read_keys(settings.mail_keys_dir)
    opener = Opener(private)
    for sealer in map(Sealer, sealed_for):
        try:
            opener.open(sealer.key_id, sealer.seal(b""))
        except KeyMissing:
            missing = sentence("mail_key_missing", folder=settings.mail_keys_dir)
            return Finding("failed", missing)
    return Finding("ok", sentence("keys_at", place=settings.mail_keys_dir, count=len(private)))


async def mail_server(settings: NotifierSettings) -> Finding:
    """It sends its greeting and accepts the password, with the URL's TLS mode; no mail is sent."""
    server = settings.smtp_url
    place = f"{server.host}:{server.port} ({server.security})"
    limits = Limits(greeting=SMTP_SECONDS, reply=SMTP_SECONDS)
    transport = Transport(server, sender=settings.mail_from.address, limits=limits)
    try:
        await transport.greet()
    except TROUBLE as error:
        reason = getattr(error, "message", "") or str(error) or sentence("no_answer_in_time")
        return Finding("failed", sentence("mail_server_refuses", place=place, error=reason))
    finally:
        await transport.close()
    return Finding("ok", place)


def masked(url: str) -> str:
    """A URL without its password."""
    parts = urlsplit(url)
    credentials, at, place = parts.netloc.rpartition("@")
    user, colon, _ = credentials.partition(":")
    query = {key: value for key, value in parse_qs(parts.query).items() if key in ("host", "db")}
    return parts._replace(
        netloc=f"{user}{colon}{'***' if colon else ''}{at}{place}",
        query=urlencode(query, doseq=True, safe="/"),
    ).geturl()
