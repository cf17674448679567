"""The whole hall in one box: centre, kiosk, and devices that are simulated. For a first look and for training."""

import os
import signal
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from civic.language import Language, Wording
from kiosk.app import application, open_kiosk
from kiosk.devices.simulated import SimulatedPrinter, SimulatedScanner
from kiosk.own_centre import OwnCentre
from kiosk.selftest import selftest
from kiosk.settings import (
    ASSETS,
    CentreSettings,
    PrinterKind,
    PrinterSettings,
    ScannerKind,
    ScannerSettings,
    Settings,
)
from kiosk.ui.tray import Tray

AGENT, COUNTER = "amel", 3
KIOSK = 14


def simulated_settings(data: Path, centre: OwnCentre) -> Settings:
    """A kiosk of El Kef with simulated devices, for that centre."""
    return Settings(
        municipality="el-kef",
        kiosk=KIOSK,
        lane=2,
        town=Wording("بلدية الكاف", "Commune du Kef", "El Kef town hall"),
        site=Wording("البهو الرئيسي", "Hall principal", "Main hall"),
        phone="78 000 000",
        zone=ZoneInfo("Africa/Tunis"),
        language=Language.ARABIC,
        idle_s=60,
        data=data / "kiosk",
        catalog=ASSETS / "catalog",
        centre=CentreSettings(centre.url, centre.key, centre.url),
        printer=PrinterSettings(PrinterKind.SIMULATED, "", 0, ""),
        scanner=ScannerSettings(ScannerKind.SIMULATED, "", "", 150, ()),
    )


def hall(data: Path, port: int) -> int:
    """Run the hall until the window is closed or Ctrl-C. Raises what the kiosk and the centre raise."""
    with OwnCentre(data / "centre", KIOSK, port) as centre:
        password = centre.add_agent(AGENT, COUNTER)
        settings = simulated_settings(data, centre)
        sys.stdout.write(
            f"The desk:          {centre.url}/desk   (agent {AGENT}, password {password})\n"
            f"The board:         {centre.url}/board\n"
            f"A citizen's page:  {centre.url}/        (or the QR on the paper)\n"
        )
        sys.stdout.flush()
        if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
            return _show(settings)
        return _play(settings, data)


def _show(settings: Settings) -> int:
    """A window of half the size beside the tray of devices."""
    app = application()
    kiosk = open_kiosk(settings, 540, 960)
    if isinstance(kiosk.printer, SimulatedPrinter) and isinstance(kiosk.scanner, SimulatedScanner):
        tray = Tray(kiosk.printer, kiosk.scanner, kiosk.window.translator)
        tray.show()
    kiosk.window.show()
    signal.signal(signal.SIGINT, lambda *_: app.quit())
    try:
        return app.exec()
    finally:
        kiosk.close()


def _play(settings: Settings, data: Path) -> int:
    """No display: play one visit, say where its pictures are, and leave the centre up to be looked at."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    out = data / "visit"
    selftest(settings, "building-permit", Language.ARABIC, out)
    sys.stdout.write(
        f"No display here, so one visit was played:\n"
        f"  every screen:    {out / 'screens'}\n"
        f"  the ticket:      {out / 'ticket.png'}\n"
        f"  its tracking:    see tracking_url in {out / 'visit.json'}\n"
        "The centre stays up until Ctrl-C.\n"
    )
    sys.stdout.flush()
    signal.sigwait({signal.SIGINT, signal.SIGTERM})
    return 0
