"""A person who does not see, without a keypad: a whole complaint by four corners of the glass, to its paper."""

from pytestqt.qtbot import QtBot

from kiosk.devices.simulated import SimulatedPrinter
from kiosk.settings import Settings
from kiosk.ui.comfort import AS_FOUND
from tests.kiosk.ui.by_ear import complain
from tests.kiosk.ui.listener import CornerListener, listening_kiosk


def test_a_whole_complaint_is_filed_by_the_four_corners_alone(qtbot: QtBot, settings: Settings) -> None:
    with listening_kiosk(qtbot, settings, private=True) as listener:
        corners = CornerListener(qtbot, listener.kiosk, listener.speaker)
        corners.ask()
        corners.hears("Je suis mon dossier")
        complain(qtbot, corners)
        assert listener.kiosk.window.theme.comfort == AS_FOUND
        assert isinstance(listener.kiosk.printer, SimulatedPrinter)
        assert len(listener.kiosk.printer.model.papers) == 1
