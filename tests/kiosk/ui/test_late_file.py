"""A file that is late: one touch where it is followed, one look, one touch, and the town hall hears of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from civic.reference import Reference
from civic.tracking import TrackingKey, new_tracking_key
from kiosk.app import Kiosk
from kiosk.flow import Step
from kiosk.own_centre import OwnCentre
from kiosk.store.key_file import KeyFile
from kiosk.ui.player import Player
from kiosk.ui.screens.ticket import PaperState
from sync.messages import DossierDeposited
from tests.central.invented import KioskLine, a_deposit
from tests.kiosk.devices.reader_end import ReaderEnd
from tests.kiosk.ui.citizen import reads, type_digits, words_on
from tests.kiosk.ui.test_follow_at_the_centre import centre, joined, port

__all__ = ["centre", "joined", "port"]
LATE = Reference(26, 15, 385)


@pytest.fixture
def key() -> TrackingKey:
    return new_tracking_key()


@pytest.fixture
def late(centre: OwnCentre, joined: Kiosk, key: TrackingKey, tmp_path: Path) -> str:
    """The square of a complaint of two months ago, deposited at another kiosk and answered by nobody."""
    folder = tmp_path / "other"
    centre.enrol(15, folder)
    own = KeyFile(folder).read()
    assert own is not None
    long_ago = datetime.now(UTC).replace(microsecond=0) - timedelta(days=60)
    deposit = replace(a_deposit(key), reference=LATE, service_id="complaint", answers={}, deposited_at=long_ago)
    assert KioskLine(centre.url, own, 15).say(deposit) == [""]
    return f"{centre.url}/T/{key.token}".upper()


def complaint_filed(qtbot: QtBot, kiosk: Kiosk) -> Reference:
    """Its own number, once the paper is out and the centre has it."""
    ticket = kiosk.visits.ticket
    qtbot.waitUntil(lambda: ticket.paper is PaperState.OUT and kiosk.visits.step is Step.TICKET, timeout=60_000)
    qtbot.waitUntil(lambda: kiosk.outbox.waiting() == 0, timeout=60_000)
    assert ticket.receipt is not None
    assert ticket.receipt.deposit is not None
    assert ticket.receipt.deposit.promised.due_on is not None
    return ticket.receipt.deposit.reference


def test_who_shows_the_receipt_of_a_late_file_complains_with_two_touches(
    qtbot: QtBot, joined: Kiosk, centre: OwnCentre, port: ReaderEnd, late: str, tmp_path: Path
) -> None:
    player = Player(joined.window, joined.visits, tmp_path)
    player.touch("language-en")
    port.show(late)
    reads(qtbot, joined, "days late")
    player.touch("complain-late")
    said = words_on(joined)
    for words in ("A file is late", str(LATE).replace("-", "\u2011"), "No name given", "own goal: answer by"):
        assert words in said
    player.touch("go")
    complaint = complaint_filed(qtbot, joined)

    password = centre.add_agent("amel", 3)
    desk = requests.Session()
    desk.cookies.set("lang", "en")
    desk.post(f"{centre.url}/desk/sign-in", data={"name": "amel", "password": password}, timeout=60)
    read = desk.get(f"{centre.url}/desk?file={complaint}", timeout=60).text
    assert f'href="/desk?file={LATE}"' in read
    assert "No name was given" in read
    assert str(LATE.number) in desk.get(f"{centre.url}/desk?file={LATE}", timeout=60).text


def test_who_typed_the_two_numbers_changes_their_mind_or_complains(
    qtbot: QtBot, joined: Kiosk, late: str, key: TrackingKey, tmp_path: Path
) -> None:
    assert late
    player = Player(joined.window, joined.visits, tmp_path)
    player.touch("language-en")
    player.touch("follow")
    type_digits(player, str(LATE))
    type_digits(player, key.pin)
    player.touch("go")
    reads(qtbot, joined, "days late")
    player.touch("complain-late")
    player.touch("change-questions")
    assert joined.visits.question.id == "category"
    player.touch("restart")
    assert joined.visits.step is Step.WELCOME
    assert joined.outbox.waiting() == 0


def test_a_file_that_is_not_late_offers_no_complaint(
    qtbot: QtBot, joined: Kiosk, late: str, key: TrackingKey, tmp_path: Path, centre: OwnCentre, port: ReaderEnd
) -> None:
    fresh = new_tracking_key()
    own = KeyFile(tmp_path / "other").read()
    assert own is not None
    line = KioskLine(centre.url, own, 15)
    deposit: DossierDeposited = replace(
        a_deposit(fresh), reference=Reference(26, 15, 386), service_id="complaint", answers={}
    )
    assert line.say(deposit) == [""]
    player = Player(joined.window, joined.visits, tmp_path)
    player.touch("language-en")
    port.show(f"{centre.url}/T/{fresh.token}".upper())
    reads(qtbot, joined, "The town aims to answer by")
    assert joined.window.findChild(QWidget, "complain-late") is None
    assert "I complain" not in words_on(joined)
