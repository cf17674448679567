"""The doors as a technician opens them: one visit proved from touch to tracking page, and plain words for mistakes."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.__main__ import main

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "deploy" / "kiosk.toml.example"


def python_m(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=240, check=False)


@pytest.mark.parametrize(
    ("service", "language"), [("building-permit", "ar"), ("complaint", "fr"), ("signature-legalisation", "en")]
)
def test_the_selftest_proves_a_visit_from_touch_to_tracking_page(tmp_path: Path, service: str, language: str) -> None:
    done = python_m("kiosk", "selftest", "--service", service, "--language", language, "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    visit = json.loads((tmp_path / "visit.json").read_text())
    assert visit["ticket"] == "201"
    assert visit["ms_touch_to_commit"] <= visit["ms_touch_to_held"] <= visit["ms_touch_to_known"]
    assert (visit["reference"] is None) == (service == "signature-legalisation")
    assert (tmp_path / "ticket.bin").stat().st_size > 1000
    assert (tmp_path / "ticket.png").is_file()
    assert len(list((tmp_path / "screens").glob("*.png"))) >= 4


def test_an_unknown_service_is_told_with_the_ones_there_are(tmp_path: Path) -> None:
    done = python_m("kiosk", "selftest", "--service", "pasport", "--out", str(tmp_path))
    assert done.returncode == 2
    assert "There is no service “pasport”" in done.stderr
    assert "building-permit" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("lane = 2 ", "lane = 12 ", ":5: “lane” is at most 9"),
        ('data = "/var/lib/citizen-kiosk"', 'data = "/proc/nowhere"', "nowhere"),
    ],
)
def test_a_profile_that_cannot_work_is_told_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, why: str
) -> None:
    profile = tmp_path / "kiosk.toml"
    profile.write_text(EXAMPLE.read_text().replace(old, new))
    assert main(["selftest", "--profile", str(profile), "--out", str(tmp_path / "out")]) == 2
    assert why in capsys.readouterr().err


def test_a_mistake_in_a_card_stops_the_kiosk_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cards = tmp_path / "cards"
    cards.mkdir()
    (cards / "permit.toml").write_text((ROOT / "tests/cards/permit.toml").read_text().replace("days = 60", "days = 0"))
    profile = tmp_path / "kiosk.toml"
    text = EXAMPLE.read_text().replace('data = "/var/lib/citizen-kiosk"', f'data = "{tmp_path}"\ncatalog = "{cards}"')
    profile.write_text(text)
    assert main(["selftest", "--profile", str(profile), "--out", str(tmp_path / "out")]) == 2
    assert "permit.toml:53: “days” must be a whole number, 1 or more" in capsys.readouterr().err


def test_a_damaged_store_that_cannot_be_replaced_is_told_and_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "kiosk.sqlite"
    store.write_bytes(b"this was a letter once " * 500)
    (tmp_path / "kiosk.sqlite.part").mkdir()
    profile = tmp_path / "kiosk.toml"
    profile.write_text(EXAMPLE.read_text().replace('"/var/lib/citizen-kiosk"', f'"{tmp_path}"'))
    assert main(["selftest", "--profile", str(profile), "--out", str(tmp_path / "out")]) == 2
    assert "store cannot be opened" in capsys.readouterr().err
    assert store.read_bytes().startswith(b"this was a letter once")


def test_whoever_reviews_the_wordings_is_given_each_with_its_card_field_and_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "tests/cards", tmp_path, dirs_exist_ok=True)
    permit = tmp_path / "permit.toml"
    permit.write_text(permit.read_text().replace('confidence = "N"\n', 'confidence = "N"\nreview = ["ar", "en"]\n', 1))
    assert main(["catalogue", "--folder", str(tmp_path), "--language", "ar"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "permit.toml  name (ar)  رخصة"
    assert "permit.toml  question large option yes: text (ar)  نعم" in lines
    assert lines[-1] == f"3 services; {len(lines) - 1} wordings to review."
    permit.write_text(permit.read_text().replace("days = 60", "days = 0"))
    assert main(["catalogue", "--folder", str(tmp_path)]) == 2
    assert "permit.toml:54: “days” must be a whole number, 1 or more" in capsys.readouterr().err
