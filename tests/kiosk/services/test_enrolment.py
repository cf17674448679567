"""A technician types the code of the centre at the kiosk."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.own_centre import CentreFault, OwnCentre
from kiosk.services.enrolment import Enrolment, EnrolmentFault, EnrolmentTrouble
from kiosk.store.key_file import KeyFile
from sync.messages import EnrolmentCode
from sync.transport import HttpTransport

ROOT = Path(__file__).parents[3]
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


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[OwnCentre]:
    with OwnCentre(tmp_path / "centre") as centre:
        yield centre


def type_at_the_kiosk(tmp_path: Path, url: str, *code: str) -> subprocess.CompletedProcess[str]:
    profile = tmp_path / "kiosk.toml"
    profile.write_text(PROFILE.format(data=tmp_path / "kiosk", url=url), encoding="utf-8")
    command = [sys.executable, "-m", "kiosk", "enrol", *code, "--profile", str(profile)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done


def test_the_code_is_typed_as_it_was_read_aloud(tmp_path: Path, centre: OwnCentre) -> None:
    code = centre._ask("enrol", "--kiosk", "014").splitlines()[0]
    wrong = type_at_the_kiosk(tmp_path, centre.url, str(EnrolmentCode.draw()))
    assert wrong.returncode == 1
    assert "does not take this code" in wrong.stderr
    right = type_at_the_kiosk(tmp_path, centre.url, *code.split())
    assert (right.returncode, right.stdout) == (0, "The centre knows this kiosk as 014.\n")
    HttpTransport(centre.url, KeyFile(tmp_path / "kiosk").read).greet()


def test_mistakes_are_told_in_one_sentence(tmp_path: Path) -> None:
    for code, words in (
        ("12", "ten digits"),
        ("1234567800", "one digit is wrong"),
        (str(EnrolmentCode.draw()), "reached"),
    ):
        done = type_at_the_kiosk(tmp_path, "http://127.0.0.1:9", code)
        assert done.returncode == 1
        assert words in done.stderr
        assert done.stderr.count("\n") == 1


def test_a_key_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnrolmentFault) as fault:
        Enrolment("http://127.0.0.1:9", 14, tmp_path / "nowhere").enrol(str(EnrolmentCode.draw()))
    assert fault.value.trouble is EnrolmentTrouble.DISK


def test_the_centre_of_ones_own_enrols_its_kiosk_once(tmp_path: Path, centre: OwnCentre) -> None:
    centre.enrol(14, tmp_path / "kiosk")
    key = KeyFile(tmp_path / "kiosk").read()
    centre.enrol(14, tmp_path / "kiosk")
    again = KeyFile(tmp_path / "kiosk").read()
    assert key is not None
    assert again is not None
    assert key.id == again.id


def test_a_centre_of_ones_own_that_fell_is_told(tmp_path: Path, centre: OwnCentre) -> None:
    centre.enrol(14, tmp_path / "kiosk")
    centre.close()
    with pytest.raises(CentreFault, match="does not answer"):
        centre.enrol(14, tmp_path / "kiosk")
