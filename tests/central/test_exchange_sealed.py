"""What kiosks seal, the centre opens as it comes in; what it cannot open is refused with a reason, and kept."""

import hashlib
from pathlib import Path

import orjson
import pytest
from sqlalchemy import select

from central.database import Database
from central.documents import PageFolder
from central.seal_keys import SealKeys
from central.settings import Settings
from central.tables import dossiers, inbox
from civic.tracking import TrackingKey, new_tracking_key
from sync.messages import SEAL_PATH, SealOffer
from sync.sealing import MARK, PAGE, Seal, SealKey
from sync.signing import KioskKey
from tests.central.invented import KioskLine, a_deposit, a_page, a_ticket


@pytest.fixture
def sealing(kiosk: KioskLine) -> KioskLine:
    """A kiosk that has asked for its town's seal."""
    offer = SealOffer.from_json(kiosk.ask("GET", SEAL_PATH, b"").json())
    kiosk.seal = Seal(offer.key)
    return kiosk


def test_only_a_kiosk_of_the_town_is_told_its_seal(kiosk: KioskLine) -> None:
    assert kiosk.ask("GET", SEAL_PATH, b"").status_code == 200
    kiosk.key = KioskKey.make()
    assert kiosk.ask("GET", SEAL_PATH, b"").status_code == 401


def test_a_sealed_file_is_read_by_the_town_and_lies_nowhere_twice(
    sealing: KioskLine, database: Database, key: TrackingKey
) -> None:
    assert sealing.say(a_deposit(key), a_ticket(reference=a_deposit(key).reference)) == ["", ""]
    with database.reading() as connection:
        assert connection.execute(select(dossiers.c.applicant_name)).scalar_one() == "Selma Zitouna-Test"
        assert set(connection.execute(select(inbox.c.data)).scalars()) == {None}


def test_told_again_it_is_the_same_fact(sealing: KioskLine, key: TrackingKey) -> None:
    batch = sealing.batch(a_deposit(key))
    answers = [sealing.send(batch).json() for _ in range(2)]
    assert answers[0] == answers[1]


def test_what_is_sealed_to_a_key_the_centre_has_not_is_refused_and_blocks_nothing(
    kiosk: KioskLine, database: Database, key: TrackingKey
) -> None:
    kiosk.seal = SealKey.make().seal
    refused, accepted = kiosk.say(a_deposit(key), a_ticket())
    assert refused == f"this is sealed to key {kiosk.seal.id[:16]}, which the centre does not have: put its file back"
    assert accepted == ""
    with database.reading() as connection:
        [kept] = [data for data in connection.execute(select(inbox.c.data)).scalars() if data is not None]
    assert "sealed" in kept, "it is kept as it came, for the day the key is found"
    assert "Zitouna" not in orjson.dumps(kept).decode()


def test_what_was_changed_on_the_kiosks_disk_and_signed_again_is_refused(sealing: KioskLine, key: TrackingKey) -> None:
    batch = sealing.batch(a_deposit(key))
    data = {**batch.messages[0]["data"], "reference": str(a_deposit(key, 386).reference)}
    sealing.seal = None
    [answer] = sealing.send(sealing.batch(("dossier.deposited", data))).json()["answers"]
    assert answer["reason"] == "this cannot be opened: it is not what was sealed"


def test_a_renewed_seal_is_told_and_what_was_sealed_before_still_opens(
    sealing: KioskLine, settings: Settings, key: TrackingKey
) -> None:
    waiting = sealing.batch(a_deposit(key))
    SealKeys(settings.seal_keys).renew()
    offer = SealOffer.from_json(sealing.ask("GET", SEAL_PATH, b"").json())
    assert offer.number == 2
    assert [each["reason"] for each in sealing.send(waiting).json()["answers"]] == [""]
    sealing.seal = Seal(offer.key)
    assert sealing.say(a_deposit(new_tracking_key(), 386)) == [""]


def pages_kept(settings: Settings) -> list[bytes]:
    return [path.read_bytes() for path in settings.documents.rglob("*") if path.is_file()]


def test_a_sealed_page_is_opened_as_it_comes_in(sealing: KioskLine, settings: Settings) -> None:
    assert sealing.seal is not None
    sealed = sealing.seal.seal(a_page(), PAGE)
    name = hashlib.sha256(sealed).hexdigest()
    assert [sealing.put(name, sealed).status_code for _ in range(2)] == [201, 201]
    assert pages_kept(settings) == [a_page()]
    assert sealing.put(hashlib.sha256(a_page()).hexdigest(), sealed).status_code == 422


def test_a_page_that_is_not_what_was_sealed_is_refused(sealing: KioskLine, settings: Settings) -> None:
    assert sealing.seal is not None
    broken = sealing.seal.seal(a_page(), PAGE)[:-1] + b"!"
    assert sealing.put(hashlib.sha256(broken).hexdigest(), broken).status_code == 422
    assert pages_kept(settings) == []


def test_a_page_whose_key_is_lost_is_kept_and_shown_once_the_key_is_back(tmp_path: Path) -> None:
    lost = SealKey.make()
    keys = SealKeys(tmp_path / "keys")
    folder = PageFolder(tmp_path / "pages", keys)
    sealed = lost.seal.seal(a_page(), PAGE)
    name = hashlib.sha256(sealed).hexdigest()
    folder.put(name, sealed)
    assert (folder.has(name), folder.read(name), folder.head(name, 99)) == (False, None, None)
    (tmp_path / "keys" / "2.pem").write_bytes(lost.to_pem())
    assert folder.has(name)
    assert folder.read(name) == (a_page(), "image/jpeg")
    assert folder.head(name, 99) == a_page()[:99]
    assert not a_page().startswith(MARK)
