"""The centre's database: SQLite in one file for one hall, PostgreSQL for a town, through the same code."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import orjson
from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    Table,
    Text,
    cast,
    column,
    create_engine,
    event,
    func,
    inspect,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from central.settings import CentreFault
from central.tables import metadata, municipalities

_STEPS = (
    (
        "DROP INDEX kiosks_key",
        "ALTER TABLE kiosks DROP COLUMN key_hash",
        "ALTER TABLE kiosks ADD COLUMN key_id TEXT",
        *(
            f"ALTER TABLE inbox ADD COLUMN {name} TEXT NOT NULL DEFAULT ''"
            for name in ("life", "kind", "time", "data_hash", "previous", "hash")
        ),
        "ALTER TABLE inbox ADD COLUMN data JSON",
        "ALTER TABLE documents ADD COLUMN excuse TEXT",
        "CREATE INDEX inbox_chain ON inbox (municipality, kiosk, sequence)",
    ),
    ("ALTER TABLE documents ADD COLUMN given_in TEXT", "ALTER TABLE documents ADD COLUMN given_on DATE"),
    ("ALTER TABLE dossiers ADD COLUMN terms JSON",),
)
"""What brings the tables from version 1 to 2, from 2 to 3, and so on; tables that are new are made afterwards."""
VERSION = 1 + len(_STEPS)
_POOL = 40
"""Connections at most: one for each thread that may answer a request."""
_SCHEMA_LOCK = 726_033


class Database:
    """One block is one transaction: all of it is kept, or none."""

    def __init__(self, engine: Engine, municipality: str) -> None:
        self.municipality = municipality
        self._engine = engine
        self._writer = engine.execution_options(writing=True)
        self._noter = engine.execution_options(writing=True, lasting=False)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """Reading as of one moment: what a block finds was true together."""
        with self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":  # SQLite does so anyway
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with self._writer.begin() as connection:
            yield connection

    @contextmanager
    def noting(self) -> Iterator[Connection]:
        """The same for what nobody was promised: it does not wait for the disk, and a power cut may undo it."""
        with self._noter.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL synchronous_commit = off"))
            yield connection

    def close(self) -> None:
        self._engine.dispose()


def open_database(database_url: str, municipality: str) -> Database:
    """Open or create. Raises CentreFault when it cannot be reached or was written by a newer centre."""
    url = _read_url(database_url)
    engine = create_engine(
        url,
        pool_size=_POOL,
        max_overflow=0,
        pool_pre_ping=url.get_backend_name() != "sqlite",
        hide_parameters=True,  # what a log shows of a failure names nobody
    )
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    database = Database(engine, municipality)
    try:
        with database.writing() as connection:
            _create_tables(connection, municipality)
    except CentreFault:
        database.close()
        raise
    except DBAPIError as fault:
        database.close()
        why = str(fault.orig).strip().splitlines()[0]
        raise CentreFault(f"The database {url.render_as_string()} cannot be used: {why}") from None
    return database


def insert_once(connection: Connection, table: Table, **values: Any) -> bool:
    """Whether the row is new; a row with the same key stays as it is."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    new = insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    return connection.execute(new, values).rowcount == 1


def insert_new(
    connection: Connection, told: Column[Any], rows: Sequence[Mapping[str, Any]], **shared: Any
) -> frozenset[Any]:
    """Insert those whose key is not there yet; the column `told` of each that was new.

    Every row has the same names, and all have what is `shared`. PostgreSQL is handed all of them as one text:
    thousands of parameters would cost it, and its driver, far more.
    """
    table = told.table
    assert isinstance(table, Table)  # noqa: S101  a column of our own tables
    if not rows:
        return frozenset()
    if connection.dialect.name == "sqlite":
        once = sqlite.insert(table).on_conflict_do_nothing().returning(told)
        return frozenset(connection.execute(once, [{**row, **shared} for row in rows]).scalars())
    names = list(rows[0])
    handed = func.json_to_recordset(cast(literal(orjson.dumps(rows).decode(), Text), JSON))
    columns = (column(name, table.c[name].type) for name in names)
    source = handed.table_valued(*columns, name="handed").render_derived(with_types=True)
    values = [source.c[name] for name in names] + [literal(shared[name], table.c[name].type) for name in shared]
    new = postgresql.insert(table).from_select([*names, *shared], select(*values))
    return frozenset(connection.execute(new.on_conflict_do_nothing().returning(told)).scalars())


def _read_url(text_url: str) -> URL:
    try:
        url = make_url(text_url)
        if url.drivername in ("postgres", "postgresql"):
            url = url.set(drivername="postgresql+psycopg")
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError):
        raise CentreFault("DATABASE_URL must begin with sqlite:/// or postgresql://.") from None
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise CentreFault("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return url


def _create_tables(connection: Connection, municipality: str) -> None:
    if connection.dialect.name == "postgresql":  # two processes that start together must not both create
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _SCHEMA_LOCK})
    written = _version(connection)
    if written > VERSION:
        raise CentreFault("The database was written by a newer version of the centre: install that version.")
    for step in _STEPS[written - 1 :]:
        for statement in step:
            connection.exec_driver_sql(statement)
    metadata.create_all(connection)
    insert_once(connection, municipalities, municipality=municipality, version=VERSION, change=1)
    connection.execute(update(municipalities).values(version=VERSION))


def _version(connection: Connection) -> int:
    """Of the tables there are, which all towns of this database share; the newest when there are none yet."""
    if not inspect(connection).has_table(municipalities.name):
        return VERSION
    return int(connection.execute(select(func.coalesce(func.max(municipalities.c.version), VERSION))).scalar_one())


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions by itself: `_begin_sqlite` does
    for pragma in ("busy_timeout = 10000", "journal_mode = WAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A writer says so at once: a reader that turns writer half-way could be refused."""
    options = connection.get_execution_options()
    if not options.get("writing", False):
        connection.exec_driver_sql("BEGIN")
        return
    connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if options.get('lasting', True) else 'NORMAL'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
