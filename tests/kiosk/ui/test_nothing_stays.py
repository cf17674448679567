"""Once a person has gone, nothing they said is left: in no widget, no object, no clipboard, no file."""

import gc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from kiosk.app import Kiosk, application, open_kiosk
from kiosk.own_centre import OwnCentre
from kiosk.settings import CentreSettings, Settings
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.player import Player, run_for
from kiosk.ui.screens.ticket import PaperState
from tests.kiosk.ui.citizen import introduce

NAME, PHONE, CARD = "zqxjkvw", "78424242", "04242424"


@pytest.fixture
def kiosk(qtbot: QtBot, settings: Settings, tmp_path: Path) -> Iterator[Kiosk]:
    """A kiosk with a centre that answers: what it tells, it erases."""
    application()
    with OwnCentre(tmp_path / "centre") as centre:
        centre.enrol(settings.kiosk, settings.data)
        kiosk = open_kiosk(replace(settings, centre=CentreSettings(centre.url, centre.url)), 540, 960)
        kiosk.window.show()
        qtbot.waitExposed(kiosk.window)
        yield kiosk
        kiosk.close()


def say_everything(kiosk: Kiosk, player: Player) -> None:
    """A permit up to its papers, with a name, a phone and a card's number."""
    introduce(kiosk, player, NAME, PHONE, CARD)
    assert kiosk.visits._flow.draft.applicant.name == NAME


def file_it(qtbot: QtBot, kiosk: Kiosk, player: Player) -> tuple[str, ...]:
    """The secrets of the receipt."""
    player.touch("go")
    player.touch("go")
    qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.OUT, timeout=60_000)
    receipt = kiosk.visits.ticket.receipt
    assert receipt is not None
    assert receipt.deposit is not None
    player.touch("go")
    qtbot.waitUntil(lambda: kiosk.outbox.waiting() == 0, timeout=60_000)
    return receipt.deposit.pin, receipt.deposit.tracking_url.rpartition("/")[2]


def words_of(window: QWidget) -> str:
    told = [each.accessibleName() + each.toolTip() + each.windowTitle() for each in window.findChildren(QWidget)]
    told += [each.text for each in window.findChildren(Paragraph)]
    told += [each.text() for each in window.findChildren(QLineEdit)]
    told += [each.toPlainText() for each in window.findChildren(QPlainTextEdit)]
    return "\n".join(told)


def told_by_objects(secrets: tuple[str, ...]) -> list[str]:
    """The types of what Python still holds that has one of the secrets in it; the test's own names for them aside."""
    gc.collect()
    mine = (__name__, "secrets")
    found = []
    gc.unfreeze()  # what was built at the start is looked into as well
    for each in gc.get_objects():
        if isinstance(each, dict | list | tuple | set) and each is not secrets:
            values: Any = each.values() if isinstance(each, dict) else each
            held = [value for value in list(values) if type(value) is str and any(one in value for one in secrets)]
            if held and not (isinstance(each, dict) and (each.get("__name__") in mine)):
                found.append(f"{type(each).__name__} of {len(each)}")
    return found


def test_a_visit_that_was_left_in_the_middle_leaves_nothing(
    qtbot: QtBot, kiosk: Kiosk, player: Player, settings: Settings
) -> None:
    say_everything(kiosk, player)
    kiosk.window.left_alone.emit()
    look_for(qtbot, (NAME, PHONE, CARD), kiosk, settings.data)


def test_a_filed_request_leaves_nothing_once_the_town_hall_has_it(
    qtbot: QtBot, kiosk: Kiosk, player: Player, settings: Settings
) -> None:
    say_everything(kiosk, player)
    pin, token = file_it(qtbot, kiosk, player)
    look_for(qtbot, (NAME, PHONE, CARD, pin, token), kiosk, settings.data)


def look_for(qtbot: QtBot, secrets: tuple[str, ...], kiosk: Kiosk, data: Path) -> None:
    run_for(100)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    clipboard = QApplication.clipboard()
    seen = words_of(kiosk.window) + clipboard.text() + clipboard.text(QClipboard.Mode.Selection)
    assert not [each for each in secrets if each in seen]
    assert told_by_objects(secrets) == []
    qtbot.waitUntil(lambda: not lying_in(data, secrets), timeout=60_000)


def lying_in(data: Path, secrets: tuple[str, ...]) -> list[str]:
    """The kiosk's files that still hold one of the secrets."""
    files = {each.name: each.read_bytes() for each in data.rglob("*") if each.is_file()}
    return [name for name, each in files.items() if any(one.encode() in each for one in secrets)]
