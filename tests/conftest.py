"""One PostgreSQL and one Valkey for the test run, and a fresh database for each test."""

import base64
import secrets
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import pytest_asyncio

from shared.contracts.registry import SERVICES
from shared.db import Database, open_database
from shared.migration import Role, migrate
from tests.deployment import Deployment
from tests.servers import Servers

ROLE_PASSWORD = secrets.token_hex(16)


def new_key() -> str:
    """A secret of 32 bytes in the form of a setting."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    running = Servers()
    running.start()
    yield running
    running.stop()


@pytest_asyncio.fixture(scope="session")
async def template(servers: Servers) -> str:
    """A migrated database of which tests get copies."""
    await prepare(servers.create_database("template"))
    return "template"


async def prepare(owner_dsn: str) -> None:
    """Make the role and the schema of each service."""
    for service in SERVICES:
        await migrate(service, owner_dsn, role=Role(role(service), ROLE_PASSWORD))


def role(service: str) -> str:
    """The database role of a service."""
    return f"zaiseki_{service}"


@dataclass(frozen=True)
class TestDatabase:
    """A fresh database with the three schemas; each service connects as its own role."""

    owner_dsn: str

    def dsn(self, service: str) -> str:
        parts = urlsplit(self.owner_dsn)
        query = f"?{parts.query}" if parts.query else ""
        host = parts.netloc.rpartition("@")[2]
        return f"postgresql://{role(service)}:{ROLE_PASSWORD}@{host}{parts.path}{query}"


TestDatabase.__test__ = False  # type: ignore[attr-defined]


@pytest.fixture
def database(servers: Servers, template: str) -> Iterator[TestDatabase]:
    name = f"test_{secrets.token_hex(4)}"
    yield TestDatabase(servers.create_database(name, template=template))
    servers.drop_database(name)


@pytest_asyncio.fixture
async def auth_db(database: TestDatabase) -> AsyncIterator[Database]:
    async with open_database(database.dsn("auth"), schema="auth", trial_clock=True) as db:
        yield db


@pytest_asyncio.fixture
async def membership_db(database: TestDatabase) -> AsyncIterator[Database]:
    dsn = database.dsn("membership")
    async with open_database(dsn, schema="membership", trial_clock=True) as db:
        yield db


@pytest_asyncio.fixture
async def notifier_db(database: TestDatabase) -> AsyncIterator[Database]:
    dsn = database.dsn("notifier")
    async with open_database(dsn, schema="notifier", trial_clock=True) as db:
        yield db


@pytest.fixture
def redis_url(servers: Servers) -> str:
    """A separate database of the broker for this test."""
    number = next(_REDIS_DATABASES) % 64
    return servers.redis_url(db=number)


@pytest.fixture
def deployment(tmp_path: Path, servers: Servers, redis_url: str) -> Iterator[Deployment]:
    """Services run without the embedded run, and an empty database."""
    made = Deployment(tmp_path, servers, redis_url)
    yield made
    made.remove()


_REDIS_DATABASES = iter(range(10**9))


async def advance_clock(db: Database, interval: str) -> None:
    """Let business time pass in one schema."""
    async with db.connection() as connection:
        await connection.execute("update clock set ahead = ahead + $1::text::interval", interval)
