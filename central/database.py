"""The centre's database: SQLite in one file for one hall, PostgreSQL for a town, through the same code."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from central.settings import CentreFault
from central.tables import metadata, municipalities

VERSION = 1
_POOL = 40
"""Connections at most: one for each thread that may answer a request."""
_SCHEMA_LOCK = 726_033


class Database:
    """One block is one transaction: all of it is kept, or none."""

    def __init__(self, engine: Engine, municipality: str) -> None:
        self.municipality = municipality
        self._engine = engine
        self._writer = engine.execution_options(writing=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with self._writer.begin() as connection:
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
    new = insert(table).values(**values).on_conflict_do_nothing().returning(table.c.municipality)
    return connection.execute(new).first() is not None


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
    metadata.create_all(connection)
    insert_once(connection, municipalities, municipality=municipality, version=VERSION, change=1)
    mine = municipalities.c.municipality == municipality
    version = connection.execute(select(municipalities.c.version).where(mine)).scalar_one()
    if version > VERSION:
        raise CentreFault("The database was written by a newer version of the centre: install that version.")


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions by itself: `_begin_sqlite` does
    for pragma in ("busy_timeout = 10000", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A writer says so at once: a reader that turns writer half-way could be refused."""
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
