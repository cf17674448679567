"""The touch keyboard, touched."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from civic.language import Language
from kiosk.app import application
from kiosk.ui.keyboard import Key, Keyboard, Layout, Target
from kiosk.ui.language import Translator
from kiosk.ui.theme import Theme

LEFT = Qt.MouseButton.LeftButton
ALPHABET = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي" + "أإآؤئءةى" + "،؟"
FRENCH = "abcdefghijklmnopqrstuvwxyz" + "éèêëàâçîïôùû" + "'-,."


class Desk(QWidget):
    """A field over a keyboard, as a screen has it."""

    def __init__(self, target: Target, language: Language, scale: float) -> None:
        super().__init__()
        self.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if language.right_to_left else Qt.LayoutDirection.LeftToRight
        )
        self.keyboard = Keyboard(Theme(scale, language), Translator(language))
        self.keyboard.type_into(target)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(target)
        column.addWidget(self.keyboard)
        self.resize(round(1080 * scale), 100)

    def key(self, name: str) -> Key:
        return next(key for key in self.keyboard.findChildren(Key, f"key-{name}") if key.isVisible())

    def keys(self) -> dict[str, QRect]:
        """Where each key in sight lies on the keyboard."""
        return {
            key.words: QRect(key.mapTo(self.keyboard, key.rect().topLeft()), key.size())
            for key in self.keyboard.findChildren(Key)
            if key.isVisible()
        }


@pytest.fixture
def line(qtbot: QtBot) -> QLineEdit:
    application()
    return QLineEdit()


def open_desk(qtbot: QtBot, target: Target, language: Language = Language.ARABIC, scale: float = 0.5) -> Desk:
    desk = Desk(target, language, scale)
    qtbot.addWidget(desk)
    desk.show()
    qtbot.waitExposed(desk)
    return desk


def touch(qtbot: QtBot, desk: Desk, *names: str) -> None:
    for name in names:
        QTest.mouseClick(desk.key(name), LEFT)


def test_an_arabic_name_is_written(qtbot: QtBot, line: QLineEdit) -> None:
    desk = open_desk(qtbot, line)
    touch(qtbot, desk, "أ", "م", "ل", "space", "ا", "ل", "ز", "ي", "ت", "و", "ن", "ة")
    assert line.text() == "أمل الزيتونة"


def test_a_french_name_is_written_with_its_accents_and_capitals(qtbot: QtBot, line: QLineEdit) -> None:
    desk = open_desk(qtbot, line, Language.FRENCH)
    touch(qtbot, desk, "shift", "é", "l", "o", "ï", "s", "e", "-", "shift", "a", "n", "n", "e")
    assert line.text() == "Éloïse-Anne"


def test_keys_of_the_other_script_and_digits_are_one_touch_away(qtbot: QtBot, line: QLineEdit) -> None:
    desk = open_desk(qtbot, line)
    touch(qtbot, desk, "layout-fr", "a", "layout-digits", "2", "0", "layout-ar", "لا")
    assert line.text() == "a20لا"


def test_capitals_can_be_taken_back(qtbot: QtBot, line: QLineEdit) -> None:
    desk = open_desk(qtbot, line, Language.FRENCH)
    touch(qtbot, desk, "shift")
    assert desk.key("a").accessibleName() == "A"
    touch(qtbot, desk, "shift", "a")
    assert line.text() == "a"


def test_a_complaint_is_written_where_the_caret_is(qtbot: QtBot, line: QLineEdit) -> None:
    words = QPlainTextEdit("حفرة")
    desk = open_desk(qtbot, words)
    touch(qtbot, desk, "ب")
    assert words.toPlainText() == "بحفرة"
    touch(qtbot, desk, "backspace")
    assert words.toPlainText() == "حفرة"


def test_holding_backspace_erases_all(qtbot: QtBot, line: QLineEdit) -> None:
    line.setText("سلمى الزيتونة")
    desk = open_desk(qtbot, line)
    QTest.mousePress(desk.key("backspace"), LEFT)
    qtbot.waitUntil(lambda: line.text() == "", timeout=30_000)
    QTest.mouseRelease(desk.key("backspace"), LEFT)


def test_the_field_keeps_the_caret(qtbot: QtBot, line: QLineEdit) -> None:
    desk = open_desk(qtbot, line)
    desk.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    touch(qtbot, desk, "س", "layout-digits", "1")
    assert line.hasFocus()


@pytest.mark.parametrize("language", list(Language))
def test_no_language_mirrors_the_keys(qtbot: QtBot, line: QLineEdit, language: Language) -> None:
    desk = open_desk(qtbot, line, language)
    desk.keyboard.show_layout(Layout.DIGITS)
    qtbot.wait(1)
    digits = desk.keys()
    assert digits["1"].x() < digits["2"].x() < digits["3"].x()
    desk.keyboard.show_layout(Layout.ARABIC)
    qtbot.wait(1)
    assert desk.keys()["ض"].x() < desk.keys()["ج"].x()


@pytest.mark.parametrize("layout", list(Layout))
def test_every_key_is_wide_enough_for_a_finger_and_whole(qtbot: QtBot, line: QLineEdit, layout: Layout) -> None:
    desk = open_desk(qtbot, line, scale=1.0)
    desk.keyboard.show_layout(layout)
    qtbot.wait(1)
    keys = list(desk.keys().values())
    assert desk.width() == 1080
    assert all(key.width() >= 80 and key.height() >= 80 for key in keys)
    assert all(desk.keyboard.rect().contains(key) for key in keys)
    assert not [1 for one in keys for other in keys if one is not other and one.intersects(other)]


def test_every_keyboard_is_equally_high(qtbot: QtBot, line: QLineEdit) -> None:
    desk = open_desk(qtbot, line, scale=1.0)
    heights = []
    for layout in Layout:
        desk.keyboard.show_layout(layout)
        heights.append(desk.keyboard.sizeHint().height())
    assert max(heights) - min(heights) <= 4


@pytest.mark.parametrize(("layout", "letters"), [(Layout.ARABIC, ALPHABET), (Layout.LATIN, FRENCH)])
def test_no_letter_is_missing(qtbot: QtBot, line: QLineEdit, layout: Layout, letters: str) -> None:
    desk = open_desk(qtbot, line)
    desk.keyboard.show_layout(layout)
    assert set(letters) <= set(desk.keys())


def test_a_new_keyboard_knows_no_field_and_says_what_its_keys_do(qtbot: QtBot, line: QLineEdit) -> None:
    keyboard = Keyboard(Theme(0.5, Language.ENGLISH), Translator(Language.ENGLISH))
    qtbot.addWidget(keyboard)
    keyboard.show()
    for key in keyboard.findChildren(Key):
        assert key.accessibleName()
        QTest.mouseClick(key, LEFT)
    assert {"Erase", "Space", "Capital letters"} <= {key.accessibleName() for key in keyboard.findChildren(Key)}
    assert QApplication.clipboard().text() == ""
