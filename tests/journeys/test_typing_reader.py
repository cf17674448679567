"""A reader that types, on a real X server whose keyboard is Arabic or French: its keys are those of a US keyboard."""

import os
import subprocess
from pathlib import Path

import pytest

from kiosk.own_centre import OwnCentre
from tests.journeys.hall import Kiosk
from tests.journeys.line import Line
from tests.screen import type_as_reader

FOREIGN = "This code is not from this town hall. Show the square code of your receipt."
TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.mark.parametrize("layout", ["ara", "fr"])
def test_a_receipt_is_read_whatever_the_keyboard_of_the_kiosk(
    tmp_path: Path, display: str, line: Line, centre: OwnCentre, layout: str
) -> None:
    kiosk = Kiosk(tmp_path / "kiosk", display, line.url, centre)
    with (kiosk.folder / "kiosk.toml").open("a") as profile:
        profile.write('\n[reader]\nkind = "keyboard"\n')
    keyboard = {**os.environ, "DISPLAY": display}
    try:
        kiosk.start()
        kiosk.touch("language-en", "complaint", "option-roads", "go")
        subprocess.run(["setxkbmap", "-layout", layout], env=keyboard, check=True)
        before = kiosk.do("remember").splitlines()
        type_as_reader(display, "HTTPS://BEJA.EXAMPLE/T/ABCDEFGHIJKLMNOPQRSTUVWX23")
        kiosk.do("wait", FOREIGN)
        assert set(kiosk.do("remember").splitlines()) - set(before) == {FOREIGN}
        type_as_reader(display, f"{line.url}/T/{TOKEN}".upper())
        kiosk.do("wait", "You are in the middle of a request")  # every letter of it was understood
        kiosk.touch("leave-visit")
        kiosk.do("wait", "The town hall knows no file with this code.")
    finally:
        subprocess.run(["setxkbmap", "-layout", "us"], env=keyboard, check=True)
        kiosk.close()
