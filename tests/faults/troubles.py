"""Ways in which PostgreSQL fails a service, each with its end; and a line that can be cut."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import asyncpg

from tests.conftest import ROLE_PASSWORD, TestDatabase, role

CUT_ALL = (
    "select pg_terminate_backend(pid) from pg_stat_activity "
    "where usename = '{role}' and datname = current_database()"
)
IN_THE_DATABASE = "alter role {role} in database {database} "


@dataclass(frozen=True)
class Trouble:
    """The statements of the database's owner that begin and end a trouble."""

    name: str
    begin: tuple[str, ...]
    end: tuple[str, ...]


TROUBLES = (
    Trouble(
        "read_only_after_a_failover",
        (IN_THE_DATABASE + "set default_transaction_read_only = on", CUT_ALL),
        (IN_THE_DATABASE + "reset default_transaction_read_only",),
    ),
    Trouble(
        "rotated_password",
        ("alter role {role} password 'another'", CUT_ALL),
        ("alter role {role} password '{password}'",),
    ),
    Trouble("no_login", ("alter role {role} nologin", CUT_ALL), ("alter role {role} login",)),
    Trouble(
        "too_many_connections",
        ("alter role {role} connection limit 0", CUT_ALL),
        ("alter role {role} connection limit -1",),
    ),
    Trouble(
        "database_closed",
        ("alter database {database} connection limit 0", CUT_ALL),
        ("alter database {database} connection limit -1",),
    ),
    Trouble(
        "no_privilege",
        ("revoke all on schema {schema} from {role}", CUT_ALL),
        ("grant usage on schema {schema} to {role}",),
    ),
    Trouble(
        "no_privilege_to_write",
        ("revoke insert on {schema}.{table} from {role}",),
        ("grant insert on {schema}.{table} to {role}",),
    ),
    Trouble(
        "no_connections_allowed",
        ("revoke connect on database {database} from public, {role}", CUT_ALL),
        ("grant connect on database {database} to public",),
    ),
    Trouble(
        "failing_disk",
        (
            """
            create function {schema}.fail() returns trigger language plpgsql as
            $$ begin raise exception 'could not write' using errcode = 'io_error'; end $$
            """,
            "create trigger failing_disk before insert or update on {schema}.{table}"
            " execute function {schema}.fail()",
        ),
        ("drop function {schema}.fail cascade",),
    ),
    Trouble(
        "table_of_another_release",
        ("alter table {schema}.outbox rename to outbox_old",),
        ("alter table {schema}.outbox_old rename to outbox",),
    ),
    Trouble(
        "disk_full",
        (
            """
            create function {schema}.full() returns trigger language plpgsql as
            $$ begin raise exception 'no space left' using errcode = 'disk_full'; end $$
            """,
            "create trigger full_disk before insert or update on {schema}.{table}"
            " execute function {schema}.full()",
        ),
        ("drop function {schema}.full cascade",),
    ),
)


class Owner:
    """The owner of a test's database, which causes trouble for one service."""

    def __init__(
        self, connection: "asyncpg.Connection[asyncpg.Record]", service: str, table: str
    ) -> None:
        self._connection = connection
        self._service = service
        self._table = table

    async def run(self, *statements: str) -> None:
        for statement in statements:
            await self._connection.execute(
                statement.replace("{role}", role(self._service))
                .replace("{schema}", self._service)
                .replace("{table}", self._table)
                .replace("{password}", ROLE_PASSWORD)
                .replace("{database}", await self._connection.fetchval("select current_database()"))
            )

    @asynccontextmanager
    async def causing(self, trouble: Trouble) -> AsyncIterator[None]:
        await self.run(*trouble.begin)
        try:
            yield
        finally:
            await self.run(*trouble.end)


@asynccontextmanager
async def owning(database: TestDatabase, service: str, table: str) -> AsyncIterator[Owner]:
    connection = await asyncpg.connect(database.owner_dsn)
    try:
        yield Owner(connection, service, table)
    finally:
        await connection.close()


class Line:
    """Forwards connections to PostgreSQL, and cuts each after a number of bytes of answers."""

    def __init__(self, real: str) -> None:
        self._real = real
        self._silenced = 0
        self._carrying: set[asyncio.Task[None]] = set()
        self.cut_after: int | None = None

    def silence(self) -> None:
        """From now on drop all data of the present connections, without closing them."""
        self._silenced += 1

    async def end(self) -> None:
        """Close all forwarded connections."""
        for task in self._carrying:
            task.cancel()
        await asyncio.gather(*self._carrying, return_exceptions=True)

    def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Forward an accepted connection."""
        task = asyncio.create_task(self._carry(reader, writer))
        self._carrying.add(task)
        task.add_done_callback(self._carrying.discard)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answers, questions = await asyncio.open_unix_connection(self._real)
        asking = asyncio.create_task(self._ask(reader, questions))
        carried, began = 0, self._silenced
        try:
            while data := await answers.read(4096):
                if self._silenced > began:
                    continue
                limit = self.cut_after
                if limit is not None and carried + len(data) > limit:
                    writer.write(data[: max(0, limit - carried)])
                    await writer.drain()
                    break
                carried += len(data) if limit is not None else 0
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            asking.cancel()
            questions.transport.abort()
            writer.close()

    async def _ask(self, reader: asyncio.StreamReader, questions: asyncio.StreamWriter) -> None:
        began = self._silenced
        while data := await reader.read(4096):
            if self._silenced == began:
                questions.write(data)
        questions.close()


@asynccontextmanager
async def line_to(
    database: TestDatabase, service: str, place: Path
) -> AsyncIterator[tuple[Line, str]]:
    """A line, and the DSN of a service through it."""
    dsn = database.dsn(service)
    before, _, directory = dsn.partition("?host=")
    line = Line(f"{directory}/.s.PGSQL.5432")
    server = await asyncio.start_unix_server(line.carry, place / ".s.PGSQL.5432")
    try:
        yield line, f"{before}?host={quote(str(place))}"
    finally:
        server.close()
        await line.end()
