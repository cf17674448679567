"""The line is dead for days: a technician carries what waits to the town hall, and nothing comes there twice."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from civic.card import read_catalog
from civic.dossier import Applicant, Document, Draft
from civic.language import Language, Wording
from civic.ticket import HeldBy
from civic.tracking import new_tracking_key
from kiosk.__main__ import main
from kiosk.devices.base import Raster
from kiosk.devices.simulated import SimulatedPrinter
from kiosk.own_centre import OwnCentre
from kiosk.services.intake import Intake, Place
from kiosk.services.receipt import Office, Receipt
from kiosk.services.ticketing import Ticketing
from kiosk.settings import ASSETS
from kiosk.store.database import open_store
from kiosk.store.seal_file import SealFile
from kiosk.store.vault import Vault
from sync.outbox import Outbox
from tests.journeys.hall import count

ROOT = Path(__file__).parents[2]
TOWN = Wording("بلدية الكاف", "Commune du Kef", "El Kef town hall")
NAME = "Selma Zitouna-Test"
PAGE = b"\xff\xd8\xff a page of hers"
PROFILE = """
municipality = "el-kef"
kiosk = 14
lane = 2
town = {{ ar = "بلدية الكاف", fr = "Commune du Kef", en = "El Kef town hall" }}
site = {{ ar = "البهو", fr = "Hall", en = "Hall" }}
phone = "78 000 000"
data = "{data}"
[centre]
url = "{url}"
[printer]
kind = "simulated"
[scanner]
kind = "simulated"
"""


@dataclass(frozen=True)
class Hall:
    """A kiosk's folder, its centre, and a stick."""

    folder: Path
    centre: OwnCentre

    @property
    def data(self) -> Path:
        return self.folder / "kiosk"

    @property
    def stick(self) -> Path:
        return self.folder / "stick"

    def serve(self) -> None:
        """One citizen files a permit with one page, and holds a number."""
        find_seal = SealFile(self.data).find
        place = Place(Office(TOWN, TOWN, "014", "78 000 000"), 14, 2, ZoneInfo("Africa/Tunis"), "https://kef.example")
        with closing(open_store(self.data / "kiosk.sqlite")) as store:
            outbox = Outbox(store.transaction, "/el-kef/kiosk/014", find_seal)
            page = Vault(self.data / "vault", find_seal).put(PAGE)
            answers = {"inside": "yes", "where": "ordinary", "project": "house", "public-edge": "no"}
            permit = read_catalog(ASSETS / "catalog")["building-permit"]
            draft = Draft(permit, answers, Applicant(NAME), {"survey": Document("survey", (page,))})
            prepared = Intake(store, outbox, place, _now).deposit(draft, Language.ARABIC, new_tracking_key())
            Ticketing(store, outbox, SimulatedPrinter(), _no_paper, _now).hold(prepared.ticket_id, HeldBy.PAPER)

    def outbox(self, *words: str, url: str = "", data: Path | None = None) -> subprocess.CompletedProcess[str]:
        """What the technician at the kiosk reads."""
        profile = self.folder / "kiosk.toml"
        profile.write_text(PROFILE.format(data=self.data, url=url or self.centre.url), encoding="utf-8")
        of = ["--profile", str(profile)] if data is None else ["--data", str(data)]
        return _type("kiosk", "outbox", *of, *words)

    def take_in(self, *words: str) -> subprocess.CompletedProcess[str]:
        """What who looks after the centre reads."""
        return _type("central", "import", "--data", str(self.centre.data), str(self.stick), *words)

    def known(self) -> tuple[int, int, int]:
        """Files, numbers and pages at the centre."""
        database = self.centre.data / "centre.sqlite"
        pages = [each for each in (self.centre.data / "documents").rglob("*") if each.is_file()]
        assert all(each.read_bytes() == PAGE for each in pages)
        return count(database, "dossiers"), count(database, "tickets"), len(pages)


def _now() -> datetime:
    return datetime.now(UTC)


def _no_paper(_receipt: Receipt, _width_px: int, _copy: bool) -> Raster:
    raise AssertionError("nothing is printed here")


def _type(*words: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with OwnCentre(tmp_path / "centre") as centre:
        hall = Hall(tmp_path, centre)
        centre.enrol(14, hall.data)
        hall.serve()
        yield hall


def test_the_technician_sees_what_waits_since_when_and_why(hall: Hall) -> None:
    shown = hall.outbox(url="http://127.0.0.1:9")
    assert shown.returncode == 1
    assert "dossier.deposited  26-014-00001-" in shown.stdout
    assert "Waiting: facts 2, pages 1. Refused: 0." in shown.stdout
    assert "The centre takes nothing now: no connection" in shown.stdout
    assert NAME not in shown.stdout


def test_once_the_line_is_back_it_is_sent_at_once(hall: Hall) -> None:
    failed = hall.outbox("send", url="http://127.0.0.1:9")
    assert (failed.returncode, "Told: 0. Waiting: 3." in failed.stdout) == (1, True)
    assert "Not sent: no connection" in failed.stdout
    sent = hall.outbox("send")
    assert (sent.returncode, sent.stdout) == (0, "Told: 3. Waiting: 0.\n")
    shown = hall.outbox()
    assert (shown.returncode, shown.stdout.splitlines()[-1]) == (0, "The centre answers and knows this kiosk.")
    assert hall.known() == (1, 1, 1)


def test_what_waits_goes_to_the_town_hall_on_a_stick_and_is_there_once(hall: Hall) -> None:
    filled = hall.outbox("export", str(hall.stick))
    assert filled.returncode == 0, filled.stderr
    assert f"Sealed, in {hall.stick}: facts 2, pages 1." in filled.stdout
    carried = b"".join(each.read_bytes() for each in hall.stick.iterdir())
    assert NAME.encode() not in carried
    assert PAGE not in carried
    for _ in range(2):
        taken = hall.take_in()
        assert (taken.returncode, taken.stderr) == (0, "")
        assert taken.stdout == "Here now: facts 2, pages 1. Refused: 0.\n"
        assert hall.known() == (1, 1, 1)
    assert "Waiting: facts 2, pages 1." in hall.outbox().stdout, "the kiosk waits for the centre's own answer"
    assert hall.outbox("send").returncode == 0
    assert hall.known() == (1, 1, 1)
    assert _type("central", "verify", "--data", str(hall.centre.data)).returncode == 0


def test_a_dead_kiosk_is_replaced_and_its_disk_still_tells(hall: Hall) -> None:
    disk = hall.folder / "copy of the old disk"
    shutil.copytree(hall.data, disk)
    shutil.rmtree(hall.data)
    hall.centre.enrol(14, hall.data)
    assert hall.outbox("export", str(hall.stick), data=disk).returncode == 0
    refused = hall.take_in()
    assert refused.returncode == 1
    assert "kiosk 014 is not heard with this key any more" in refused.stderr
    assert "add --replaced" in refused.stderr
    taken = hall.take_in("--replaced")
    assert taken.returncode == 0, taken.stderr
    assert hall.known() == (1, 1, 1)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-1] + b"!"), "it is not what was sealed"),
        (lambda path: path.write_bytes(b"a shopping list"), "it is not sealed"),
        (lambda path: path.rename(path.with_name("014-ffffffff-0000000009" + path.suffix)), "not what was sealed"),
    ],
    ids=["changed", "another", "renamed"],
)
def test_a_file_that_was_spoilt_on_the_way_is_named_and_the_next_is_taken(
    hall: Hall, spoil: Callable[[Path], object], words: str
) -> None:
    hall.outbox("export", str(hall.stick))
    [facts], [page] = hall.stick.glob("*.facts"), hall.stick.glob("*.page")
    spoil(facts)
    taken = hall.take_in()
    assert (taken.returncode, taken.stdout) == (1, "Here now: facts 0, pages 1. Refused: 0.\n")
    assert words in taken.stderr
    assert hall.outbox("export", str(hall.stick)).returncode == 0
    spoil(page)
    taken = hall.take_in()
    assert "facts 2, pages 0" in taken.stdout
    assert words in taken.stderr


def test_what_the_centre_would_refuse_over_the_line_it_refuses_from_a_stick(hall: Hall, tmp_path: Path) -> None:
    hall.outbox("export", str(hall.stick))
    with OwnCentre(tmp_path / "elsewhere") as elsewhere:
        other = replace(hall, centre=elsewhere)
        assert "which the centre does not have" in other.take_in().stderr
        for each in (hall.centre.data / "seal-keys").glob("1.pem"):
            shutil.copy(each, elsewhere.data / "seal-keys" / "2.pem")
        assert "no kiosk of this town ever had the key" in other.take_in().stderr


def test_a_kiosk_that_cannot_be_read_or_was_never_enrolled_is_told(
    hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "There is no kiosk.sqlite" in hall.outbox(data=tmp_path).stderr
    assert "only “export” can be asked" in hall.outbox("send", data=hall.data).stderr
    (hall.data / "seal.json").unlink()
    never = hall.outbox("export", str(hall.stick))
    assert (never.returncode, "enrol it first" in never.stdout) == (1, True)
    assert not hall.stick.exists()
    assert "There is no folder" in hall.take_in().stderr
    monkeypatch.setattr(os, "geteuid", lambda: 4242)
    assert main(["outbox", "--profile", str(hall.folder / "kiosk.toml")]) == 2
    assert "belongs to another user" in capsys.readouterr().err
