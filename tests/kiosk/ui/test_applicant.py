"""Who asks: only a name is needed, and what is wrong is said in one sentence."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from civic.dossier import Applicant, IdentityKind
from civic.language import Language, Wording
from kiosk.app import application
from kiosk.ui.buttons import Touchable
from kiosk.ui.field import ClosedField
from kiosk.ui.language import Translator
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.screens.applicant import ApplicantScreen
from kiosk.ui.theme import Theme
from kiosk.ui.window import Window

LEFT = Qt.MouseButton.LeftButton
SELMA = Applicant("Selma Zitouna-Test", "78000001", IdentityKind.CIN, "01234567")


@pytest.fixture
def screen(qtbot: QtBot) -> ApplicantScreen:
    application()
    screen = ApplicantScreen(Theme(0.5, Language.FRENCH), Translator(Language.ENGLISH))
    qtbot.addWidget(screen)
    screen.resize(540, 760)
    screen.show_applicant(Applicant(), anonymous=False)
    screen.show()
    qtbot.waitExposed(screen)
    return screen


def field(screen: ApplicantScreen) -> QLineEdit:
    """The one that is open."""
    return next(line for line in screen.findChildren(QLineEdit) if line.isVisible())


def touch(qtbot: QtBot, screen: ApplicantScreen, *names: str) -> None:
    for name in names:
        qtbot.wait(1)  # a page just drawn has no places for its controls yet
        control = next(each for each in screen.findChildren(Touchable, name) if each.isVisible())
        QTest.mouseClick(control, LEFT)


def write(qtbot: QtBot, screen: ApplicantScreen, part: str, text: str) -> None:
    if screen.opened != part:
        touch(qtbot, screen, f"open-{part}")
    field(screen).setText(text)


def said(screen: QWidget) -> str:
    return "\n".join(each.text for each in screen.findChildren(Paragraph) if each.isVisible())


def keys(screen: ApplicantScreen) -> set[str]:
    return {each.objectName() for each in screen.findChildren(Touchable) if each.isVisible()}


def test_a_name_is_enough(qtbot: QtBot, screen: ApplicantScreen) -> None:
    assert not screen.ready
    write(qtbot, screen, "name", " Selma Zitouna-Test ")
    with qtbot.waitSignal(screen.given) as given:
        screen.go()
    assert given.args == [Applicant("Selma Zitouna-Test")]


def test_spaces_are_no_name(qtbot: QtBot, screen: ApplicantScreen) -> None:
    write(qtbot, screen, "name", "   ")
    assert not screen.ready


def test_a_complaint_may_have_no_name(screen: ApplicantScreen) -> None:
    screen.show_applicant(Applicant(), anonymous=True)
    assert screen.ready
    assert "without a name" in said(screen)


def test_everything_is_written_with_fingers_only(qtbot: QtBot, screen: ApplicantScreen) -> None:
    touch(qtbot, screen, "key-shift", "key-s", "key-e", "key-l", "key-m", "key-a")
    touch(qtbot, screen, "open-phone", "key-2", "key-2", *["key-0"] * 5, "key-1")
    touch(qtbot, screen, "open-identity", "identity-cin", *["key-0"] * 7, "key-9")
    with qtbot.waitSignal(screen.given) as given:
        screen.go()
    assert given.args == [Applicant("Selma", "22000001", IdentityKind.CIN, "00000009")]


def test_the_way_on_opens_with_the_first_letter_and_is_told_once(qtbot: QtBot, screen: ApplicantScreen) -> None:
    changes: list[bool] = []
    screen.changed.connect(lambda: changes.append(screen.ready))
    touch(qtbot, screen, "key-a", "key-a", "key-backspace", "key-backspace")
    assert changes == [True, False]


@pytest.mark.parametrize("phone", ["78000001", "22 000 001", "0033100000000", "+21678000001", ""])
def test_a_phone_that_can_be_rung(qtbot: QtBot, screen: ApplicantScreen, phone: str) -> None:
    write(qtbot, screen, "name", "Selma")
    write(qtbot, screen, "phone", phone)
    assert screen.ready
    with qtbot.waitSignal(screen.given) as given:
        screen.go()
    assert given.args == [Applicant("Selma", phone.replace(" ", ""))]


@pytest.mark.parametrize("phone", ["7800000", "1234567890", "six", "٢٢٠٠٠٠٠١"])
def test_a_phone_that_cannot_is_told_why(qtbot: QtBot, screen: ApplicantScreen, phone: str) -> None:
    write(qtbot, screen, "name", "Selma")
    write(qtbot, screen, "phone", phone)
    assert not screen.ready
    assert "has 8 digits" in said(screen)
    touch(qtbot, screen, "open-name")
    assert "has 8 digits" in said(screen), "also when it is closed: it keeps the person from going on"


def test_a_card_number_has_eight_digits_and_keeps_its_zeros(qtbot: QtBot, screen: ApplicantScreen) -> None:
    write(qtbot, screen, "name", "Selma")
    touch(qtbot, screen, "open-identity", "identity-cin")
    readiness = []
    for number in ("0123456", "00000000", "٠١٢٣٤٥٦٧", "0123 4567"):
        write(qtbot, screen, "identity", number)
        readiness.append(screen.ready)
    assert readiness == [False, False, False, True]
    with qtbot.waitSignal(screen.given) as given:
        screen.go()
    assert given.args == [Applicant("Selma", "", IdentityKind.CIN, "01234567")]


def test_an_unusual_first_digit_is_remarked_and_stops_nobody(qtbot: QtBot, screen: ApplicantScreen) -> None:
    write(qtbot, screen, "name", "Selma")
    touch(qtbot, screen, "open-identity", "identity-cin")
    write(qtbot, screen, "identity", "91234567")
    assert "first digit" in said(screen)
    assert screen.ready
    write(qtbot, screen, "identity", "01234567")
    assert "first digit" not in said(screen)


def test_another_paper_has_another_number(qtbot: QtBot, screen: ApplicantScreen) -> None:
    screen.show_applicant(SELMA, anonymous=False)
    touch(qtbot, screen, "open-identity", "identity-passport")
    assert field(screen).text() == ""
    field(screen).setText("A 1234567")
    with qtbot.waitSignal(screen.given) as given:
        screen.go()
    assert given.args == [Applicant(SELMA.name, SELMA.phone, IdentityKind.PASSPORT, "A1234567")]


def test_a_paper_without_a_number_is_no_paper(qtbot: QtBot, screen: ApplicantScreen) -> None:
    write(qtbot, screen, "name", "Selma")
    touch(qtbot, screen, "open-identity", "identity-foreigner-card")
    with qtbot.waitSignal(screen.given) as given:
        screen.go()
    assert given.args == [Applicant("Selma")]


def test_each_part_opens_with_the_keys_it_needs(qtbot: QtBot, screen: ApplicantScreen) -> None:
    assert "key-a" in keys(screen)
    touch(qtbot, screen, "open-phone")
    assert "key-7" in keys(screen)
    touch(qtbot, screen, "open-identity")
    assert not [key for key in keys(screen) if key.startswith("key-")], "there is nothing to write yet"
    touch(qtbot, screen, "identity-passport")
    assert "key-a" in keys(screen)
    touch(qtbot, screen, "identity-cin")
    assert "key-7" in keys(screen)


def test_closed_parts_show_what_was_written(screen: ApplicantScreen) -> None:
    screen.show_applicant(SELMA, anonymous=False)
    seen = {each.objectName(): each.accessibleDescription() for each in screen.findChildren(ClosedField)}
    assert seen == {
        "open-phone": "\u206878\u00a0000\u00a0001\u2069",
        "open-identity": "National card \u206801234567\u2069",
    }


def test_another_language_keeps_what_is_open_and_written(qtbot: QtBot, screen: ApplicantScreen) -> None:
    write(qtbot, screen, "phone", "2200")
    screen.retranslate(Theme(0.5, Language.ARABIC), Translator(Language.ARABIC))
    assert (screen.opened, field(screen).text()) == ("phone", "2200")


def test_nothing_stays_of_the_person_before(qtbot: QtBot, screen: ApplicantScreen) -> None:
    screen.show_applicant(SELMA, anonymous=False)
    touch(qtbot, screen, "open-phone", "key-5", "open-identity", "key-5")
    screen.clear()
    qtbot.wait(20)  # deferred deletions
    lines = screen.findChildren(QLineEdit)
    assert [(line.text(), line.isUndoAvailable(), line.isRedoAvailable()) for line in lines] == [("", False, False)]
    assert screen.applicant == Applicant()
    assert "01234567" not in "".join(each.accessibleDescription() for each in screen.findChildren(QWidget))


def test_nothing_written_can_be_carried_away(qtbot: QtBot, screen: ApplicantScreen) -> None:
    write(qtbot, screen, "name", "Selma")
    line = field(screen)
    QTest.mouseDClick(line, LEFT)
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert line.selectedText() == ""
    clipboard = QApplication.clipboard()
    assert [clipboard.text(mode) for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)] == ["", ""]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("part", ["name", "phone", "identity"])
def test_the_whole_page_is_in_sight_above_the_keys(qtbot: QtBot, language: Language, part: str) -> None:
    application()
    window = Window(Wording("بلدية الكاف", "Commune du Kef", "El Kef town hall"), language, 60, 1080, 1920)
    qtbot.addWidget(window)
    screen = ApplicantScreen(window.theme, window.translator)
    window.add(screen)
    screen.show_applicant(replace(SELMA, identity_number="52345678"), anonymous=False)
    window.show_screen(screen, (2, 5))
    window.show()
    if part != "name":
        touch(qtbot, screen, f"open-{part}")
    qtbot.wait(20)
    area = screen.findChild(QScrollArea)
    assert area is not None
    assert area.verticalScrollBar().maximum() == 0
    assert field(screen).hasFocus()
    window.shut()


def test_a_number_no_phone_here_begins_with_is_told_by_its_digit(qtbot: QtBot, screen: ApplicantScreen) -> None:
    screen.show_applicant(replace(SELMA, phone="12000001"), anonymous=False)
    touch(qtbot, screen, "open-phone")
    assert "begins with \u20681\u2069" in said(screen)
    assert not screen.ready
