"""The whole hall in one box: centre, kiosk, and devices that are simulated. For a first look and for training."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from civic.language import Language, Wording
from kiosk.app import Kiosk, application
from kiosk.devices.simulated import SimulatedPrinter, SimulatedReader, SimulatedScanner
from kiosk.own_centre import OwnCentre
from kiosk.own_screen import OwnScreen
from kiosk.running import TITLE_BAR, keep_open
from kiosk.selftest import HEIGHT, WIDTH, selftest
from kiosk.settings import (
    ASSETS,
    CentreSettings,
    MicrophoneKind,
    MicrophoneSettings,
    PrinterKind,
    PrinterSettings,
    ReaderKind,
    ReaderSettings,
    ScannerKind,
    ScannerSettings,
    Settings,
    SpeakerKind,
    SpeakerSettings,
    SwitchSettings,
    TechnicianSettings,
)
from kiosk.ui.tray import Tray

AGENT, COUNTER = "amel", 3
KIOSK = 14
PIN = "271828"


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
        centre=CentreSettings(centre.url, centre.url),
        printer=PrinterSettings(PrinterKind.SIMULATED, "", 0, ""),
        scanner=ScannerSettings(ScannerKind.SIMULATED, "", "", 150, ()),
        reader=ReaderSettings(ReaderKind.SIMULATED),
        technician=TechnicianSettings(PIN),
        speaker=SpeakerSettings(SpeakerKind.SIMULATED),
        microphone=MicrophoneSettings(MicrophoneKind.SIMULATED),
        switches=SwitchSettings(),
    )


def hall(data: Path, port: int) -> int:
    """Run the hall until Ctrl-C or SIGTERM. Raises what the kiosk, the centre and the screen raise."""
    for each in (signal.SIGINT, signal.SIGTERM):  # both end it alike, whatever it is doing
        signal.signal(each, signal.default_int_handler)  # and whoever started it: a shell's “&” has SIGINT ignored
    try:
        with OwnCentre(data / "centre", port=port) as centre:
            password = centre.add_agent(AGENT, COUNTER)
            settings = simulated_settings(data, centre)
            centre.enrol(settings.kiosk, settings.data)
            _say(
                f"The desk:          {centre.url}/desk   (agent {AGENT}, password {password})",
                f"The board:         {centre.url}/board",
                f"The technician:    a finger on the crest for three seconds, PIN {PIN}",
                f"A citizen's page:  {centre.url}/        (or the QR on the paper)",
            )
            if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
                return _show(settings)
            return _play(settings, data / "visit")
    except KeyboardInterrupt:
        return 0


def _show(settings: Settings) -> int:
    """A window of half the size, or less on a low screen, beside the tray of devices."""
    app = application()
    height = min(HEIGHT // 2, app.primaryScreen().availableGeometry().height() - TITLE_BAR)
    return keep_open(app, settings, (height * WIDTH // HEIGHT, height), _beside_tray)


def _beside_tray(kiosk: Kiosk) -> Callable[[], object]:
    kiosk.window.show()
    match kiosk.printer, kiosk.scanner, kiosk.reader:
        case SimulatedPrinter() as printer, SimulatedScanner() as scanner, SimulatedReader() as reader:
            tray = Tray(printer, scanner, reader, kiosk.window)
            tray.show_beside()
            return tray.close
        case _other:
            return lambda: None


def _play(settings: Settings, out: Path) -> int:
    """No display: play one visit on a screen of our own, say where its pictures are, and leave the centre up."""
    _say("There is no display here, so one visit is played; it takes a moment.")
    with OwnScreen(WIDTH, HEIGHT) as screen:
        os.environ.update(DISPLAY=screen.display, QT_QPA_PLATFORM="xcb")
        visit = selftest(settings, "building-permit", Language.ARABIC, out)
    _say(
        f"Every screen:      {out / 'screens'}",
        f"The ticket:        {out / 'ticket.png'}",
        f"Its tracking page: {visit['tracking_url']}",
        "The centre stays up until Ctrl-C.",
    )
    signal.pause()
    return 0


def _say(*lines: str) -> None:
    sys.stdout.write("".join(line + "\n" for line in lines))
    sys.stdout.flush()
