"""The database: opened, brought up to date, and used in transactions."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, event, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import SQLModel, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.errors import StoreError, UnkeepableError
from knowledge.store.line import Line
from knowledge.text import storable

NEWEST: Final = max(
    path.name[:4] for path in (Path(__file__).parent / "migrations" / "versions").glob("0*.py")
)
"""The revision that this release needs, read without the migrations' tool."""
_PATIENCE: Final = 15_000  # milliseconds a writer waits for the one before it
_PRAGMAS: Final = (
    "journal_mode=WAL",
    "synchronous=FULL",  # a commit outlives a power cut; not every build's own choice
    f"busy_timeout={_PATIENCE}",
    "foreign_keys=ON",
)
_PASSING: Final = ("08", "40", "53", "57")  # no connection, undone, no room, shutting down
_FAULTY: Final = ("22", "23")  # a value that cannot be, or that a rule forbids
_POOL: Final = {"pool_size": 10, "max_overflow": 20, "pool_pre_ping": True}

Transaction = AsyncSession


class Store:
    """Transactions over one database; `open_store` makes one."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        # SQLite has one writer: here they queue fairly, where its own waiting is by luck.
        self._line = None if self.shared else Line()

    @property
    def shared(self) -> bool:
        """Say whether other processes may work on the same database."""
        return self._engine.dialect.name != "sqlite"

    @asynccontextmanager
    async def transaction(self, *, hurried: bool = False) -> AsyncGenerator[AsyncSession]:
        """Give a session whose writes are kept together at the end, or not at all.

        One that is *hurried* goes before all that wait; it must be short, and seldom.
        """
        async with AsyncExitStack() as stack:
            if self._line is not None:
                async with asyncio.timeout(_PATIENCE / 1000):
                    await stack.enter_async_context(self._line.turn(hurried=hurried))
            session = AsyncSession(self._engine, expire_on_commit=False)
            await stack.enter_async_context(session)
            await stack.enter_async_context(session.begin())
            yield session


async def add_once(session: AsyncSession, rows: Sequence[SQLModel]) -> None:
    """Add those of *rows* (of one table) that are not there yet."""
    if rows:
        statement = _insert(session, type(rows[0])).on_conflict_do_nothing()
        connection = await session.connection()
        await connection.execute(statement, [row.model_dump(exclude={"id"}) for row in rows])


async def add_or_change(
    session: AsyncSession, row: SQLModel, *names: str, where: ColumnElement[bool] | None = None
) -> None:
    """Add *row*; if one of its key is there, change only *names* of that, *where* this holds."""
    insert = _insert(session, type(row)).values(row.model_dump())
    change = insert.on_conflict_do_update(
        index_elements=inspect(type(row)).primary_key,
        set_={name: insert.excluded[name] for name in names},
        where=where,
    )
    await (await session.connection()).execute(change)


def _insert(session: AsyncSession, table: type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    return (postgresql.insert if on_postgresql else sqlite.insert)(table)


def check(table: type[SQLModel], values: Mapping[str, str]) -> None:
    """See that a row of *table* may hold *values*.

    Raises:
        UnkeepableError: one of them is too long, or holds what no database keeps.
    """
    columns = inspect(table).columns
    for name, value in values.items():
        longest = columns[name].type.length or len(value)
        if len(value) > longest or value != storable(value):
            message = f"{columns[name]} cannot hold this"
            raise UnkeepableError(message)


async def one_at_a_time(session: AsyncSession, what: str) -> None:
    """Wait until no other transaction of any replica holds *what*; hold it to the end of ours."""
    if session.get_bind().dialect.name == "postgresql":
        await session.exec(select(func.pg_advisory_xact_lock(func.hashtext(what))))


def is_outage(error: BaseException) -> bool:
    """Say whether the database could not be reached or was busy, rather than asked nonsense."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        return error.connection_invalidated or is_outage(error.orig)
    code = getattr(error, "sqlstate", None) or ""
    return code[:2] in _PASSING or isinstance(
        error, OSError | PoolTimeoutError | sqlite3.OperationalError
    )


def is_refusal(error: BaseException) -> bool:
    """Say whether the database found fault with a value, rather than with itself or with us."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        return isinstance(error, DataError | IntegrityError) or is_refusal(error.orig)
    code = getattr(error, "sqlstate", None) or ""
    return code[:2] in _FAULTY or isinstance(error, UnicodeError)


@asynccontextmanager
async def open_store(url: str) -> AsyncGenerator[Store]:
    """Open the database at *url* and apply the migrations it lacks.

    Raises:
        StoreError: it cannot be reached or written, or a later release has changed it.
    """
    engine = _engine(url)
    if engine.dialect.name == "sqlite":
        _tame_sqlite(engine)
    try:
        await _upgrade(engine)
        yield Store(engine)
    finally:
        await engine.dispose()


def _engine(url: str) -> AsyncEngine:
    try:
        # Errors must not quote what citizens wrote.
        pool = {} if url.startswith("sqlite") else _POOL
        return create_async_engine(url, hide_parameters=True, **pool)
    except (SQLAlchemyError, ImportError) as error:
        message = f"the database's address cannot be used: {error}"
        raise StoreError(message) from error


def _tame_sqlite(engine: AsyncEngine) -> None:
    """Let writers queue instead of failing: readers that turn into writers cannot wait."""

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver's own
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


async def _upgrade(engine: AsyncEngine) -> None:
    try:
        if engine.dialect.name == "sqlite" and _is_ready(engine.url.database or ":memory:"):
            return
        async with engine.begin() as connection:
            if await connection.run_sync(_revision) != NEWEST:
                from knowledge.store import upgrading  # noqa: PLC0415

                await connection.run_sync(upgrading.apply)
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        reason = str(getattr(error, "orig", error))
        message = f"the database cannot be opened: {reason}"
        raise StoreError(message) from error


def _is_ready(path: str) -> bool:
    """Say whether the file is up to date, without a turn at writing: others may be busy there.

    The plain driver reads it, for the asynchronous one leaves a thread behind where it fails.

    Raises:
        sqlite3.Error: it cannot be read, or is no database.
    """
    with closing(sqlite3.connect(path, _PATIENCE / 1000)) as connection:
        made = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
        if made.fetchone() is None:
            return False
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return bool(revision == (NEWEST,))


def _revision(connection: Connection) -> str | None:
    """Name the revision that the database is at."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if version is None else str(version)
