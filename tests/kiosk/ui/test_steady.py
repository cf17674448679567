"""A finger that is on its way when the screen changes by itself does not touch what came."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from kiosk.app import Kiosk
from kiosk.devices.base import ScannerState
from kiosk.flow import Step
from kiosk.ui.player import Player, click
from kiosk.ui.veil import InTheMiddle


def press(kiosk: Kiosk, name: str) -> None:
    button = next(each for each in kiosk.window.findChildren(QAbstractButton, name) if each.isVisible())
    click(button, button.rect().center())


def a_moment_passes(qtbot: QtBot) -> None:
    """Longer than anybody would call the change an answer to their touch."""
    QTest.qWait(350)


def test_a_question_that_comes_under_a_finger_is_not_answered_by_it(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    player.touch("complaint")
    a_moment_passes(qtbot)
    veil = InTheMiddle(kiosk.window, kiosk.window.theme, kiosk.window.translator)
    left: list[bool] = []
    veil.leave.clicked.connect(lambda: left.append(True))
    veil.show()
    press(kiosk, "leave-visit")
    assert not left
    qtbot.waitUntil(lambda: kiosk.window.is_steady)
    press(kiosk, "leave-visit")
    assert left


def test_a_page_that_changes_by_itself_is_not_touched_at_once(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    player.play(kiosk.visits.catalog["complaint"], kiosk.window.theme.language)
    a_moment_passes(qtbot)
    kiosk.visits.documents.show_fault(ScannerState.JAMMED)  # on a screen that is not seen: nothing changes
    assert kiosk.window.is_steady
    kiosk.visits.review.refresh()
    steps = []
    for _ in range(2):
        press(kiosk, "change-applicant")
        steps.append(kiosk.visits.step)
        qtbot.waitUntil(lambda: kiosk.window.is_steady)
    assert steps == [Step.REVIEW, Step.APPLICANT]


def test_what_a_touch_itself_brought_is_touched_as_soon_as_one_likes(kiosk: Kiosk) -> None:
    press(kiosk, "request")
    press(kiosk, "back")
    press(kiosk, "complaint")
    assert kiosk.visits.step is Step.QUESTIONS
