"""Printer models are data; a mistake in it is named with its file."""

from pathlib import Path

import pytest

from kiosk.devices.printer_profile import read_profile

SHIPPED = sorted((Path(__file__).parents[3] / "assets" / "printers").glob("*.toml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_profile_is_read(path: Path) -> None:
    profile = read_profile(path)
    assert profile.width_px in (384, 576)
    assert profile.dpi == 203


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('name = "A"\nwidth_px = 576\nmm_per_s = 100\n', "process_id is missing"),
        ('name = "A"\nwidth_px = "wide"\nprocess_id = true\nmm_per_s = 100\n', "wide"),
        ("name = \n", "line 1"),
    ],
)
def test_a_mistake_is_told_with_its_file(tmp_path: Path, text: str, wrong: str) -> None:
    path = tmp_path / "printer.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=wrong) as caught:
        read_profile(path)
    assert str(path) in str(caught.value)
