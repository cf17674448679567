"""A whole kiosk with simulated devices and the real cards, whose centre is out of reach."""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from civic.language import Language, Wording
from kiosk.app import Kiosk, application, open_kiosk
from kiosk.settings import (
    ASSETS,
    CentreSettings,
    PrinterKind,
    PrinterSettings,
    ScannerKind,
    ScannerSettings,
    Settings,
)
from kiosk.store.key_file import KeyFile
from kiosk.ui.player import Player


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An enrolled kiosk: it has its key, and nobody is there to hear it."""
    town = Wording("بلدية الكاف", "Commune du Kef", "El Kef town hall")
    keys = KeyFile(tmp_path / "kiosk")
    (tmp_path / "kiosk").mkdir()
    keys.propose()
    keys.keep()
    return Settings(
        municipality="el-kef",
        kiosk=14,
        lane=2,
        town=town,
        site=town,
        phone="78 000 000",
        zone=ZoneInfo("Africa/Tunis"),
        language=Language.ARABIC,
        idle_s=60,
        data=tmp_path / "kiosk",
        catalog=ASSETS / "catalog",
        centre=CentreSettings("http://127.0.0.1:9", "https://kef.example"),
        printer=PrinterSettings(PrinterKind.SIMULATED, "", 0, ""),
        scanner=ScannerSettings(ScannerKind.SIMULATED, "", "", 60, ()),
    )


@pytest.fixture
def kiosk(qtbot: QtBot, settings: Settings) -> Iterator[Kiosk]:
    application()
    kiosk = open_kiosk(settings, 540, 960)
    kiosk.window.show()
    qtbot.waitExposed(kiosk.window)
    yield kiosk
    kiosk.close()


@pytest.fixture
def player(kiosk: Kiosk, tmp_path: Path) -> Player:
    return Player(kiosk.window, kiosk.visits, tmp_path)
