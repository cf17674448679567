"""A small kiosk for the tests of its rooms: three cards, an empty store, a fixed moment."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from civic.card import read_catalog
from civic.catalog import Catalog
from civic.dossier import Applicant, Document, Draft
from civic.language import Wording
from civic.tracking import TrackingKey, new_tracking_key
from kiosk.services.intake import Intake, Place
from kiosk.services.receipt import Office
from kiosk.store.database import Store, open_store
from kiosk.store.vault import Vault
from sync.outbox import Outbox

MONDAY = datetime(2026, 11, 23, 8, 41, tzinfo=UTC)
CARDS = Path(__file__).parent.parent / "cards"


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return read_catalog(CARDS)


@pytest.fixture(scope="session")
def key() -> TrackingKey:
    return new_tracking_key()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "kiosk.sqlite")


@pytest.fixture
def outbox(store: Store) -> Outbox:
    return Outbox(store.transaction, "/el-kef/kiosk/014")


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


@pytest.fixture
def place() -> Place:
    town = Wording("بلدية الكاف", "Commune du Kef", "El Kef town hall")
    site = Wording("البهو", "Hall", "Hall")
    return Place(Office(town, site, "014", "78 000 000"), 14, 2, ZoneInfo("Africa/Tunis"), "https://kef.example")


@pytest.fixture
def intake(store: Store, outbox: Outbox, place: Place) -> Intake:
    return Intake(store, outbox, place, lambda: MONDAY)


@pytest.fixture
def draft(catalog: Catalog, vault: Vault) -> Draft:
    """A small permit, complete, filed by an invented person."""
    page = vault.put(b"a page")
    documents = {"deed": Document("deed", (page,))}
    return Draft(catalog["permit"], {"large": "no"}, Applicant("Selma Zitouna-Test", "78000001"), documents)
