"""A page longer than the screen: a swipe moves it and chooses nothing, a tap chooses, two buttons turn it."""

from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from civic.language import Language
from kiosk.app import application
from kiosk.ui.buttons import Button, Touchable
from kiosk.ui.finger_scroll import FingerScroll
from kiosk.ui.language import Translator
from kiosk.ui.theme import Theme

LANGUAGE = Language.ENGLISH


class Page:
    """As many buttons as asked, one under the other, in a window 600 pixels high."""

    def __init__(self, qtbot: QtBot, buttons: int) -> None:
        application()
        self.theme = Theme(0.5, LANGUAGE)
        self.scroll = FingerScroll(self.theme)
        qtbot.addWidget(self.scroll)
        self.scroll.resize(540, 600)
        self.chosen: list[str] = []
        self.show(buttons)
        self.scroll.show()
        qtbot.waitExposed(self.scroll)

    def show(self, buttons: int) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        for nth in range(buttons):
            name = f"choice-{nth}"
            button = Button(name, f"Choice {nth}", self.theme)
            button.clicked.connect(partial(self.choose, name))
            column.addWidget(button)
        self.scroll.show_page(page, self.theme, Translator(LANGUAGE))

    def choose(self, name: str, *_checked: bool) -> None:
        self.chosen.append(name)

    def middle_of(self, name: str) -> QPoint:
        """Where it is now in the window."""
        button = self.button(name)
        return button.mapTo(self.scroll, button.rect().center())

    @property
    def place(self) -> int:
        area = self.scroll.findChild(QScrollArea)
        assert area is not None
        return area.verticalScrollBar().value()

    def button(self, name: str) -> Touchable:
        found = self.scroll.findChild(Touchable, name)
        assert found is not None
        return found


@pytest.fixture
def long_page(qtbot: QtBot) -> Page:
    return Page(qtbot, 20)


def swipe_with_mouse(page: Page, name: str, far: int) -> None:
    left = Qt.MouseButton.LeftButton
    window, at = page.scroll.windowHandle(), page.middle_of(name)
    QTest.mousePress(window, left, pos=at)
    for step in range(1, 9):
        QTest.mouseMove(window, at - QPoint(0, far * step // 8))
        QTest.qWait(1)
    QTest.mouseRelease(window, left, pos=at - QPoint(0, far))


def swipe_with_finger(page: Page, name: str, far: int, panel: QPointingDevice) -> None:
    window, at = page.scroll.windowHandle(), page.middle_of(name)
    QTest.touchEvent(window, panel).press(0, at, window).commit()
    for step in range(1, 9):
        QTest.touchEvent(window, panel).move(0, at - QPoint(0, far * step // 8), window).commit()
        QTest.qWait(1)
    QTest.touchEvent(window, panel).release(0, at - QPoint(0, far), window).commit()


def tap_with_finger(page: Page, name: str, panel: QPointingDevice) -> None:
    window, at = page.scroll.windowHandle(), page.middle_of(name)
    QTest.touchEvent(window, panel).press(0, at, window).commit()
    QTest.touchEvent(window, panel).release(0, at, window).commit()


@pytest.fixture(scope="module")
def panel() -> QPointingDevice:
    return QTest.createTouchDevice()


def test_a_swipe_moves_the_page_and_chooses_nothing(long_page: Page) -> None:
    swipe_with_mouse(long_page, "choice-5", 200)
    assert long_page.place == 200
    assert long_page.chosen == []
    assert not long_page.button("choice-5").isDown()


def test_a_finger_on_the_panel_does_the_same(long_page: Page, panel: QPointingDevice) -> None:
    swipe_with_finger(long_page, "choice-5", 200, panel)
    assert long_page.place == 200
    assert long_page.chosen == []


def test_after_a_swipe_the_next_tap_chooses(long_page: Page, panel: QPointingDevice) -> None:
    swipe_with_finger(long_page, "choice-5", 200, panel)
    tap_with_finger(long_page, "choice-7", panel)
    assert long_page.chosen == ["choice-7"]


def test_a_finger_that_trembles_still_chooses(long_page: Page) -> None:
    swipe_with_mouse(long_page, "choice-5", 8)
    assert long_page.place == 0
    assert long_page.chosen == ["choice-5"]


def test_a_page_that_fits_lets_a_finger_slip_and_shows_no_buttons(qtbot: QtBot) -> None:
    short = Page(qtbot, 3)
    swipe_with_mouse(short, "choice-1", 20)
    assert short.chosen == ["choice-1"]
    assert not short.button("page-down").isVisible()


def test_the_two_buttons_turn_the_page_and_know_its_ends(long_page: Page) -> None:
    up, down = long_page.button("page-up"), long_page.button("page-down")
    assert not up.isEnabled()
    places = [long_page.place]
    while down.isEnabled():
        QTest.mouseClick(down, Qt.MouseButton.LeftButton)
        places.append(long_page.place)
    assert len(places) > 2
    assert places == sorted(places)
    QTest.mouseClick(up, Qt.MouseButton.LeftButton)
    assert long_page.place < places[-1]


def test_a_page_drawn_again_stays_where_it_was(qtbot: QtBot, long_page: Page) -> None:
    swipe_with_mouse(long_page, "choice-5", 200)
    place = long_page.place
    long_page.show(20)
    qtbot.wait(20)
    assert long_page.place == place
