"""Who asks: only a name is needed, and what is wrong is said in one sentence."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from civic.dossier import Applicant, IdentityKind
from civic.language import Language
from kiosk.app import application
from kiosk.ui.buttons import Button
from kiosk.ui.field import Field
from kiosk.ui.language import Translator
from kiosk.ui.screens.applicant import ApplicantScreen
from kiosk.ui.theme import Theme


@pytest.fixture
def screen(qtbot: QtBot) -> ApplicantScreen:
    application()
    screen = ApplicantScreen(Theme(0.5, Language.FRENCH), Translator(Language.ENGLISH))
    qtbot.addWidget(screen)
    screen.show_applicant(Applicant(), anonymous=False)
    screen.show()
    return screen


def write(screen: ApplicantScreen, field: str, text: str) -> None:
    line = screen.findChild(QLineEdit, field)
    assert line is not None
    line.setText(text)


def touch(screen: ApplicantScreen, name: str) -> None:
    QTest.qWait(1)  # what was drawn anew is shown in the next turn of the event loop
    next(button for button in screen.findChildren(Button, name) if button.isVisible()).click()


def test_a_name_is_enough(qtbot: QtBot, screen: ApplicantScreen) -> None:
    assert not screen.ready
    write(screen, "name", " Selma Zitouna-Test ")
    with qtbot.waitSignal(screen.given) as given:
        screen.go()
    assert given.args == [Applicant("Selma Zitouna-Test")]


def test_a_complaint_may_have_no_name(screen: ApplicantScreen) -> None:
    screen.show_applicant(Applicant(), anonymous=True)
    assert screen.ready


@pytest.mark.parametrize("phone", ["78000001", "22 000 001", "0033100000000", "+21678000001", ""])
def test_a_phone_that_can_be_rung(screen: ApplicantScreen, phone: str) -> None:
    write(screen, "name", "Selma")
    write(screen, "phone", phone)
    assert screen.ready


@pytest.mark.parametrize("phone", ["7800000", "1234567890", "six"])
def test_a_phone_that_cannot(screen: ApplicantScreen, phone: str) -> None:
    write(screen, "name", "Selma")
    write(screen, "phone", phone)
    assert not screen.ready


def test_a_card_number_has_eight_digits_and_keeps_its_zeros(qtbot: QtBot, screen: ApplicantScreen) -> None:
    write(screen, "name", "Selma")
    touch(screen, "identity-cin")
    readiness = []
    for number in ("0123456", "00000000", "٠١٢٣٤٥٦٧", "0123 4567"):
        write(screen, "identity", number)
        readiness.append(screen.ready)
    assert readiness == [False, False, False, True]
    with qtbot.waitSignal(screen.given) as given:
        screen.go()
    assert given.args == [Applicant("Selma", "", IdentityKind.CIN, "01234567")]


def test_the_keyboard_types_erases_and_changes_its_letters(screen: ApplicantScreen) -> None:
    for key in (
        "key-shift",
        "key-s",
        "key-a",
        "key-space",
        "key-backspace",
        "key-layout-digits",
        "key-7",
        "key-layout-ar",
    ):
        touch(screen, key)
    touch(screen, "key-ة")
    assert screen.said["name"] == "Sa7ة"


def test_each_field_opens_the_keys_it_needs(screen: ApplicantScreen) -> None:
    touch(screen, "identity-passport")
    seen = []
    for field in ("phone", "name", "identity"):
        line = screen.findChild(Field, field)
        assert line is not None
        line.entered.emit()
        QTest.qWait(1)
        keys = {button.objectName() for button in screen.findChildren(Button) if button.isVisible()}
        seen.append("key-7" in keys)
    assert seen == [True, False, False]
