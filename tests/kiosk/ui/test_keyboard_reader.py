"""A reader that types: its codes are heard on any screen and end in no field, and a person writes as ever."""

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from kiosk.devices.base import ReaderState, Reading
from kiosk.devices.code_reader import LONGEST_CODE
from kiosk.ui.keyboard_reader import KeyboardReader

ADDRESS = "HTTPS://KEF.EXAMPLE/T/ABCDEFGHIJKLMNOPQRSTUVWX23"
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
FAST_MS, SLOW_MS = 8, 130
"""From key to key: a reader, and a person who types well."""
PAUSE_MS = 700
"""After a code: nobody types at once."""


class Keys:
    """A keyboard: every key goes down and up, and the window hears when."""

    def __init__(self, field: QLineEdit) -> None:
        self._field = field
        self._now_ms = 1_000

    def press(
        self, text: str, gap_ms: int, key: Qt.Key = Qt.Key.Key_A, shift: bool = False, code: int = 0, auto: bool = False
    ) -> None:
        self._now_ms += gap_ms
        modifiers = SHIFT if shift else NONE
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, modifiers, code, 0, 0, text, auto)
            event.setTimestamp(self._now_ms)
            QCoreApplication.sendEvent(self._field.window().windowHandle(), event)

    def type(self, text: str, gap_ms: int) -> None:
        for letter in text:
            self.press(letter, gap_ms)

    def enter(self, gap_ms: int) -> None:
        self.press("\r", gap_ms, Qt.Key.Key_Return)


@pytest.fixture
def field(qtbot: QtBot) -> QLineEdit:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    qtbot.waitActive(field)
    field.setFocus()
    return field


@pytest.fixture
def keys(field: QLineEdit) -> Keys:
    return Keys(field)


@pytest.fixture
def heard(field: QLineEdit) -> Iterator[list[str]]:
    """What the reader was understood to say."""
    texts: list[str] = []

    def hear(reading: Reading) -> None:
        texts.append(reading.text)

    reader = KeyboardReader(field)
    reader.listen(hear)
    assert reader.state() is ReaderState.READY
    yield texts
    reader.close()


def test_a_code_is_heard_and_ends_in_no_field(field: QLineEdit, keys: Keys, heard: list[str]) -> None:
    for text in (ADDRESS, "26-014-00385-97"):
        keys.type(text, FAST_MS)
        keys.enter(FAST_MS)
    assert heard == [ADDRESS, "26-014-00385-97"]
    assert field.text() == ""


def test_a_person_writes_as_ever(qtbot: QtBot, field: QLineEdit, keys: Keys, heard: list[str]) -> None:
    entered: list[str] = []
    field.returnPressed.connect(lambda: entered.append(field.text()))
    keys.type("Zitouna Selma", SLOW_MS)
    qtbot.waitUntil(lambda: field.text() == "Zitouna Selma", timeout=30_000)
    keys.press("", SLOW_MS, Qt.Key.Key_Backspace)
    keys.enter(SLOW_MS)
    assert entered == ["Zitouna Selm"]
    assert heard == []


def test_two_keys_pressed_almost_together_come_in_their_order(
    qtbot: QtBot, field: QLineEdit, keys: Keys, heard: list[str]
) -> None:
    keys.type("ab", FAST_MS)
    keys.press("", FAST_MS, Qt.Key.Key_Left)
    keys.type("c", FAST_MS)
    qtbot.waitUntil(lambda: field.text() == "acb", timeout=30_000)
    keys.type("d", SLOW_MS)
    keys.enter(FAST_MS)
    assert field.text() == "acdb"
    assert heard == []


def test_a_key_held_down_repeats_in_the_field(field: QLineEdit, keys: Keys, heard: list[str]) -> None:
    keys.press("x", SLOW_MS)
    for _ in range(20):
        keys.press("x", 30, auto=True)
    assert field.text() == "x" * 21
    assert heard == []


def test_a_code_after_a_persons_pause_is_the_code_alone(field: QLineEdit, keys: Keys, heard: list[str]) -> None:
    keys.type("s", SLOW_MS)
    keys.press(ADDRESS[0], SLOW_MS)
    keys.type(ADDRESS[1:], FAST_MS)
    keys.enter(FAST_MS)
    assert (heard, field.text()) == ([ADDRESS], "s")


def test_a_reader_without_its_enter_is_understood_by_silence(
    qtbot: QtBot, field: QLineEdit, keys: Keys, heard: list[str]
) -> None:
    keys.type(ADDRESS, FAST_MS)
    qtbot.waitUntil(lambda: heard == [ADDRESS], timeout=30_000)
    keys.type(ADDRESS, FAST_MS)
    keys.type("a", PAUSE_MS)
    assert heard == [ADDRESS, ADDRESS]
    qtbot.waitUntil(lambda: field.text() == "a", timeout=30_000)


def compose(field: QLineEdit, text: str) -> None:
    """As an input method gives what one key wrote in several letters, such as Arabic's lam-alef."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(field, event)


def test_a_letter_that_comes_composed_belongs_to_the_code(field: QLineEdit, keys: Keys, heard: list[str]) -> None:
    for part in ("لإ", "N:WIFI:", "لأ", "لآ", "لا", "1"):
        if part in ("N:WIFI:", "1"):
            keys.type(part, FAST_MS)
        else:
            compose(field, part)
    keys.enter(FAST_MS)
    assert (heard, field.text()) == (["TN:WIFI:GBb1"], "")


def test_a_person_composes_letters_as_ever(qtbot: QtBot, field: QLineEdit, keys: Keys, heard: list[str]) -> None:
    compose(field, "لا")
    qtbot.waitUntil(lambda: field.text() == "لا", timeout=30_000)
    keys.type("م", SLOW_MS)
    compose(field, "")
    keys.enter(SLOW_MS)
    assert (heard, field.text()) == ([], "لام")


def test_a_busy_kiosk_takes_no_code_apart(qtbot: QtBot, field: QLineEdit, keys: Keys, heard: list[str]) -> None:
    def type_the_rest() -> None:
        keys.type(ADDRESS[4:], FAST_MS)
        keys.enter(FAST_MS)

    keys.type(ADDRESS[:4], FAST_MS)
    QTimer.singleShot(100, type_the_rest)
    time.sleep(0.2)  # the kiosk does something else; then its clock says first that nobody types any more
    qtbot.waitUntil(lambda: bool(heard), timeout=30_000)
    assert heard == [ADDRESS]
    assert field.text() == ""


@pytest.mark.parametrize("layout", ["Arabic", "French"])
def test_a_layout_garbles_nothing(field: QLineEdit, keys: Keys, heard: list[str], layout: str) -> None:
    """The reader presses the keys of a US keyboard; what they mean here is another matter."""
    us = {"H": 43, "T": 28, "P": 33, "S": 39, ":": 47, "/": 61, "A": 38, "Q": 24, "2": 11, "-": 20}
    for letter in "HTTPS://AQ2-2":
        shift = letter.isupper() or letter == ":"
        keys.press("", FAST_MS, Qt.Key.Key_Shift)
        keys.press("ش" if layout == "Arabic" else "é", FAST_MS, shift=shift, code=us[letter])
    keys.enter(FAST_MS)
    assert heard == ["HTTPS://AQ2-2"]
    assert field.text() == ""


def test_garbage_without_an_end_takes_no_room_and_no_field(field: QLineEdit, keys: Keys, heard: list[str]) -> None:
    keys.type("7" * (LONGEST_CODE + 500), FAST_MS)
    keys.enter(FAST_MS)
    assert (heard, field.text()) == ([""], "")


def test_commands_of_the_keyboard_are_a_persons(field: QLineEdit, keys: Keys, heard: list[str]) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, "\x01")
    field.setText("abc")
    QCoreApplication.sendEvent(field.window().windowHandle(), event)
    assert field.selectedText() == "abc"
    assert heard == []


def test_a_reader_that_was_closed_leaves_the_keys_alone(field: QLineEdit, keys: Keys) -> None:
    heard: list[Reading] = []
    reader = KeyboardReader(field)
    reader.listen(heard.append)
    reader.close()
    keys.type(ADDRESS, FAST_MS)
    assert field.text() == ADDRESS
    assert heard == []
