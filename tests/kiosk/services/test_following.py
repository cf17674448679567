"""A receipt in front of the reader: what it is, and what the kiosk can say when the centre does not answer."""

from datetime import datetime
from pathlib import Path

import pytest

from civic.catalog import Catalog
from civic.dossier import Draft
from civic.language import Language
from civic.reference import Reference
from civic.tracking import TrackingKey
from kiosk.services.following import Following, KnownHere, NotReached
from kiosk.services.intake import Intake, Place
from kiosk.services.last_known import LastKnown, Memory
from kiosk.store.database import Store
from kiosk.store.mirror import Mirror
from sync.messages import ByPin, ByToken
from sync.signing import KioskKey
from sync.transport import HttpTransport
from tests.kiosk.conftest import MONDAY
from tests.kiosk.services.test_last_known import told_of

TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWX23"
REFERENCE = Reference(26, 14, 1)


KEY = KioskKey.make()
CUT = HttpTransport("http://127.0.0.1:9", lambda: KEY)
"""A line to a centre that is out of reach."""


def monday() -> datetime:
    return MONDAY


def following_with(store: Store, catalog: Catalog, place: Place) -> Following:
    memory = Memory(store, Mirror(store.transaction, monday), catalog, place, monday)
    return Following(CUT, memory, store, catalog, place)


@pytest.fixture
def following(store: Store, catalog: Catalog, place: Place) -> Following:
    return following_with(store, catalog, place)


@pytest.mark.parametrize(
    "shown",
    [f"HTTPS://KEF.EXAMPLE/T/{TOKEN}", f"https://kef.example/t/{TOKEN.lower()}", f"https://kef.example/T/{TOKEN}"],
)
def test_the_square_of_a_receipt_is_ours_in_any_case(following: Following, shown: str) -> None:
    assert following.recognise(shown) == ByToken(TOKEN)


@pytest.mark.parametrize("shown", ["26-014-00001-85", "260140000185", "٢٦٠١٤٠٠٠٠١٨٥"])
def test_a_file_number_is_ours(following: Following, shown: str) -> None:
    assert following.recognise(shown) == REFERENCE


@pytest.mark.parametrize(
    "shown",
    [
        "",
        TOKEN,
        f"HTTPS://BEJA.EXAMPLE/T/{TOKEN}",
        f"HTTPS://KEF.EXAMPLE.EVIL/T/{TOKEN}",
        f"HTTPS://KEF.EXAMPLE/T/{TOKEN}/events",
        f"HTTPS://KEF.EXAMPLE/T/{TOKEN}?lang=fr",
        f"HTTPS://KEF.EXAMPLE/T/{TOKEN[:25]}",
        f"HTTPS://KEF.EXAMPLE/T/{TOKEN[:25]}1",
        "HTTPS://KEF.EXAMPLE/T/",
        "HTTPS://KEF.EXAMPLE/desk",
        "26-014-00001-86",
        "6191234567890",
        "7" * 4096,
        "WIFI:S:hall;T:WPA;P:x;;",
        "ﬁ" * 40,
    ],
)
def test_every_other_code_is_foreign(following: Following, shown: str) -> None:
    assert following.recognise(shown) is None


def test_without_the_centre_the_kiosk_tells_what_was_deposited_at_it(
    following: Following, intake: Intake, draft: Draft, key: TrackingKey, catalog: Catalog
) -> None:
    prepared = intake.deposit(draft, Language.ARABIC, key)
    assert prepared.receipt.deposit is not None
    shown = following.recognise(prepared.receipt.deposit.tracking_url)
    assert isinstance(shown, ByToken)
    known = KnownHere(prepared.receipt.deposit.reference, catalog["permit"].name, MONDAY.date(), complete=True)
    assert following.ask(shown) == NotReached(known)


def test_without_the_centre_nothing_is_told_of_files_of_other_kiosks_or_to_who_tries_pins(
    following: Following, intake: Intake, draft: Draft, key: TrackingKey
) -> None:
    intake.deposit(draft, Language.ARABIC, key)
    assert following.ask(ByToken(TOKEN)) == NotReached(None)
    assert following.ask(ByPin(REFERENCE, key.pin)) == NotReached(None)


def test_a_disk_that_fails_too_leaves_the_one_honest_sentence(
    following: Following, store: Store, tmp_path: Path
) -> None:
    store.close()
    (tmp_path / "kiosk.sqlite").write_bytes(b"this was a letter once " * 500)
    assert following.ask(ByToken(TOKEN)) == NotReached(None)


def test_a_file_of_a_service_no_longer_offered_is_for_the_centre_to_tell(
    store: Store, place: Place, intake: Intake, draft: Draft, key: TrackingKey, catalog: Catalog
) -> None:
    intake.deposit(draft, Language.ARABIC, key)
    fewer = Catalog(tuple(each for each in catalog if each.id != "permit"), ())
    assert following_with(store, fewer, place).ask(ByToken(key.token)) == NotReached(None)


def test_a_kiosk_the_centre_listens_to_no_more_tells_nothing_from_memory(
    store: Store, catalog: Catalog, place: Place, key: TrackingKey
) -> None:
    mirror = Mirror(store.transaction, monday)
    mirror.apply(told_of(key), "")
    memory = Memory(store, mirror, catalog, place, monday)
    stranger = HttpTransport("http://127.0.0.1:9", lambda: None)
    assert isinstance(Following(CUT, memory, store, catalog, place).ask(ByToken(key.token)), LastKnown)
    assert Following(stranger, memory, store, catalog, place).ask(ByToken(key.token)) == NotReached(None)
