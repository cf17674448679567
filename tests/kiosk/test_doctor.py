"""A technician alone with a machine asks the doctor, and hears of every part how it is and what to do."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from kiosk.devices.printer_ends import PtyEnd
from kiosk.devices.printer_model import PrinterModel, Roll
from kiosk.own_centre import OwnCentre
from kiosk.store.database import open_store
from sync.signing import KioskKey
from tests.kiosk.devices.reader_end import ReaderEnd

ROOT = Path(__file__).parents[2]
HEAD = """\
municipality = "el-kef"
kiosk = 14
lane = 2
town = { ar = "بلدية الكاف", fr = "Commune du Kef", en = "El Kef town hall" }
site = { ar = "البهو", fr = "Hall", en = "Hall" }
phone = "78 000 000"
"""


@dataclass(frozen=True)
class Machine:
    """A hall machine: a printer on a serial line, a scanner of SANE whose glass shows `page`, and a centre."""

    folder: Path
    centre: OwnCentre
    model: PrinterModel
    hands: list[Callable[[Image.Image], None]]
    """Each gets every paper as it comes out."""

    @property
    def profile(self) -> Path:
        return self.folder / "kiosk.toml"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def page(self) -> Path:
        return self.folder / "page.ppm"

    def write_profile(self, old: str = "", new: str = "") -> None:
        text = f"""\
{HEAD}
data = "{self.data}"
[centre]
url = "{self.centre.url}"
[printer]
kind = "serial"
address = "{self.folder / "ttyPrinter"}"
[scanner]
kind = "sane"
device = "pnm:0"
backend = "pnm"
options = ["--filename={self.page}"]
"""
        assert old in text
        self.profile.write_text(text.replace(old, new))

    def doctor(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "kiosk", "doctor", "--profile", str(self.profile), *words]
        result = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "SANE_CONFIG_DIR": str(self.folder)},  # the one backend of this hall, not ninety
            input="\n" * 9,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in result.stderr
        return result


def lay(page: Path, paper: Image.Image) -> None:
    """What comes out of the printer is laid on the glass."""
    paper.convert("RGB").save(page)


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnCentre]:
    with OwnCentre(tmp_path_factory.mktemp("centre")) as centre:
        yield centre


@pytest.fixture
def machine(tmp_path: Path, centre: OwnCentre) -> Iterator[Machine]:
    """All is well; the kiosk was used here before and is stopped."""
    hands: list[Callable[[Image.Image], None]] = [partial(lay, tmp_path / "page.ppm")]

    def come_out(paper: Image.Image) -> None:
        for hand in hands:
            hand(paper)

    model = PrinterModel(on_paper=come_out)
    machine = Machine(tmp_path, centre, model, hands)
    machine.write_profile()
    lay(machine.page, Image.new("1", (576, 800), 1))
    (tmp_path / "dll.conf").write_text("pnm\n")
    machine.data.mkdir()
    open_store(machine.data / "kiosk.sqlite").close()
    centre.enrol(14, machine.data)
    end = PtyEnd(model, tmp_path / "ttyPrinter")
    yield machine
    end.close()


def line_of(result: subprocess.CompletedProcess[str], part: str) -> str:
    [line] = [line for line in result.stdout.splitlines() if line[2:].startswith(part)]
    return line


def test_where_all_is_well_every_part_says_so(machine: Machine) -> None:
    result = machine.doctor("--language", "en")
    assert result.returncode == 0, result.stdout + result.stderr
    parts = ["Printer", "Paper", "Scanner", "Centre", "Clock", "Store", "News", "Disk", "Memory", "Program"]
    assert {line_of(result, part)[0] for part in parts} == {"✓"}, result.stdout
    assert "380" in line_of(result, "Paper")
    assert "115200 baud" in line_of(result, "Printer")


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_strip_that_is_read_back_proves_printer_paper_and_scanner(machine: Machine, language: str) -> None:
    result = machine.doctor("--strip", "--language", language)
    assert result.returncode == 0, result.stdout + result.stderr
    assert len(machine.model.papers) == 1
    assert machine.model.unknown == b""


def test_a_strip_of_another_day_is_not_believed(machine: Machine) -> None:
    machine.doctor("--strip")
    with Image.open(machine.page) as old:
        yesterday = old.copy()
    machine.write_profile(f"--filename={machine.page}", f"--filename={machine.folder / 'old.ppm'}")
    yesterday.save(machine.folder / "old.ppm")
    result = machine.doctor("--strip", "--language", "en")
    assert result.returncode == 1
    assert result.stdout.count("The strip was not read") == 3


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("ar", "ضعوا لفافة جديدة"), ("fr", "mettez un rouleau neuf"), ("en", "put in a new roll")],
)
def test_a_printer_without_paper_says_what_to_do_in_each_language(
    machine: Machine, language: str, sentence: str
) -> None:
    machine.model.set_roll(Roll.OUT)
    result = machine.doctor("--strip", "--language", language)
    assert result.returncode == 1
    assert result.stdout.count(sentence) == 2
    assert "Posez" not in result.stdout


def test_a_printer_that_is_switched_off_does_not_answer(machine: Machine) -> None:
    machine.model.set_power(False)
    assert "✗" in line_of(machine.doctor("--language", "en"), "Printer (serial")


def test_a_cable_in_another_port_is_told_by_the_name_of_the_profile(machine: Machine) -> None:
    machine.write_profile("ttyPrinter", "citizen-printer")
    result = machine.doctor("--language", "en")
    assert result.returncode == 1
    assert "citizen-printer on this machine" in line_of(result, "Printer")


def test_the_printer_of_a_running_kiosk_is_left_alone(machine: Machine) -> None:
    running = open_store(machine.data / "kiosk.sqlite")
    try:
        with running.transaction():
            pass
        result = machine.doctor("--strip", "--language", "en")
    finally:
        running.close()
    assert result.returncode == 0, result.stdout
    assert "The running kiosk holds it" in line_of(result, "Printer")
    assert machine.model.received == b""


def test_a_scanner_that_is_not_there_is_named(machine: Machine) -> None:
    machine.write_profile('"pnm:0"', '"pnm:9"')
    assert "There is no pnm:9" in line_of(machine.doctor("--language", "en"), "Scanner")


def test_a_key_the_centre_does_not_know_must_be_made_again(machine: Machine) -> None:
    (machine.data / "kiosk.key").write_bytes(KioskKey.make().to_pem())
    result = machine.doctor("--language", "en")
    assert result.returncode == 1
    assert "have a new code made at the centre" in line_of(result, "Centre")


def test_a_centre_out_of_reach_loses_nothing(machine: Machine) -> None:
    machine.write_profile(machine.centre.url, "http://127.0.0.1:9")
    result = machine.doctor("--language", "en")
    assert result.returncode == 1
    assert "kept meanwhile" in line_of(result, "Centre")


def test_a_damaged_store_is_told_before_anybody_files(machine: Machine) -> None:
    (machine.data / "kiosk.sqlite").write_bytes(b"not a store at all" * 100)
    result = machine.doctor("--language", "en")
    assert result.returncode == 1
    assert "start the kiosk again" in line_of(result, "Store")


def test_a_kiosk_that_was_never_started_has_no_store_and_gets_none(machine: Machine) -> None:
    (machine.data / "kiosk.sqlite").unlink()
    result = machine.doctor("--language", "en")
    assert result.returncode == 0, result.stdout
    assert "never started" in line_of(result, "Store")
    assert sorted(path.name for path in machine.data.iterdir()) == ["kiosk.key", "seal.json"]


@pytest.fixture
def reader(machine: Machine) -> Iterator[ReaderEnd]:
    """A code reader on a serial line, and a hand that holds the strip to it instead of laying it on the glass."""
    end = ReaderEnd(machine.folder / "ttyReader")
    machine.write_profile("[printer]", f'[reader]\nkind = "serial"\naddress = "{end.port}"\n[printer]')
    machine.hands[:] = [lambda paper: end.show(zxingcpp.read_barcodes(paper.convert("L"))[0].text)]
    yield end
    end.pull()


def test_a_strip_held_to_the_reader_proves_the_reader(machine: Machine, reader: ReaderEnd) -> None:
    result = machine.doctor("--strip", "--language", "en")
    assert result.returncode == 0, result.stdout + result.stderr
    assert line_of(result, "Code reader (serial")[0] == "✓"
    assert "The strip was read back" in result.stdout


def test_a_microphone_is_listened_to(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    mouth, rc = machine.folder / "mouth.raw", machine.folder / "asoundrc"
    mouth.write_bytes(bytes(range(256)) * 400)
    rc.write_text(f'pcm.mic {{ type file slave.pcm "null" file "/dev/null" infile "{mouth}" format "raw" }}\n')
    monkeypatch.setenv("ALSA_CONFIG_PATH", f"/usr/share/alsa/alsa.conf:{rc}")
    machine.write_profile("[printer]", '[microphone]\nkind = "alsa"\ndevice = "mic"\n[printer]')
    assert "It hears the room" in line_of(machine.doctor("--language", "en"), "Microphone (alsa, mic)")
    mouth.write_bytes(b"")
    result = machine.doctor("--language", "en")
    assert result.returncode == 1
    assert "look at its plug" in line_of(result, "Microphone")
    machine.write_profile("[printer]", '[microphone]\nkind = "alsa"\ndevice = "nowhere"\n[printer]')
    assert "compare the profile with `arecord -L`" in line_of(machine.doctor("--language", "en"), "Microphone")


def test_a_reader_in_another_port_is_named(machine: Machine) -> None:
    machine.write_profile("[printer]", '[reader]\nkind = "serial"\naddress = "/dev/citizen-reader"\n[printer]')
    result = machine.doctor("--language", "en")
    assert result.returncode == 1
    assert "There is no /dev/citizen-reader" in line_of(result, "Code reader")


def test_simulated_devices_prove_the_doctor_itself(machine: Machine) -> None:
    text = machine.profile.read_text().partition("[printer]")[0]
    machine.profile.write_text(text)
    result = machine.doctor("--strip", "--language", "en")
    assert result.returncode == 0, result.stdout
    assert "only simulated" in line_of(result, "Printer")
    assert "The strip was read back" in result.stdout


def test_a_proposal_stands_beside_the_profile_and_never_over_anything(machine: Machine) -> None:
    proposed = machine.folder / "kiosk.toml.proposed"
    before = machine.profile.read_bytes()
    assert machine.doctor("--write").stdout.strip() == str(proposed)
    assert "[printer]" in proposed.read_text()
    proposed.write_text("mine")
    second = machine.doctor("--write")
    assert "[scanner]" in second.stdout
    assert "only shown" in second.stderr
    assert (second.returncode, proposed.read_text(), machine.profile.read_bytes()) == (0, "mine", before)


def test_without_a_profile_the_doctor_says_which_file_it_wants(machine: Machine) -> None:
    machine.profile.unlink()
    result = machine.doctor()
    assert result.returncode == 2
    assert f"{machine.profile}: cannot be read" in result.stderr


def test_a_printer_nobody_knows_is_a_mistake_of_the_profile(machine: Machine) -> None:
    machine.write_profile('kind = "serial"', 'model = "a-typewriter"\nkind = "serial"')
    result = machine.doctor()
    assert result.returncode == 2
    assert "a-typewriter" in result.stderr
