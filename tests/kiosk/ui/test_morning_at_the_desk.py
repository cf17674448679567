"""What a kiosk finds before the doors open, as the agent reads it: a real kiosk, a real centre, nothing in between."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import requests
from pytestqt.qtbot import QtBot

from kiosk.app import application, open_kiosk
from kiosk.devices.printer_model import Roll
from kiosk.devices.simulated import SimulatedPrinter
from kiosk.own_centre import OwnCentre
from kiosk.settings import CentreSettings, Settings


def test_a_roll_that_ran_out_in_the_night_is_on_the_agents_page_before_the_first_citizen(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    application()
    with OwnCentre(tmp_path / "centre") as centre:
        agent = requests.Session()
        form = {"name": "amel", "password": centre.add_agent("amel", 3), "counter": "3"}
        agent.post(f"{centre.url}/desk/sign-in", data=form, timeout=60)
        centre.enrol(settings.kiosk, settings.data)
        joined = CentreSettings(centre.url, centre.url)
        kiosk = open_kiosk(replace(settings, centre=joined), 540, 960)
        try:
            assert isinstance(kiosk.printer, SimulatedPrinter)
            kiosk.printer.model.set_roll(Roll.OUT)
            tomorrow = kiosk.technician._bench.local_now() + timedelta(days=1)
            kiosk.morning._local_now = lambda: tomorrow.replace(hour=7, minute=0)
            with qtbot.waitSignal(kiosk.morning.kept, timeout=60_000):
                kiosk.morning.look_at_clock()
            qtbot.waitUntil(lambda: kiosk.outbox.waiting() == 0, timeout=60_000)
            page = agent.get(f"{centre.url}/desk/kiosks?lang=en", timeout=60).text
        finally:
            kiosk.close()
    assert "It has no paper: put in a new roll." in re.sub(r"<[^>]+>", "", page)
