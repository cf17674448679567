"""A file is late: its citizen asks why with one touch, leaves with a dated paper, and reads the answer later."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import requests
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from civic.tracking import TrackingKey
from kiosk.app import Kiosk
from kiosk.devices.printer_model import Roll
from kiosk.devices.simulated import SimulatedPrinter
from kiosk.flow import Step
from kiosk.own_centre import OwnCentre
from kiosk.ui.player import Player
from sync.messages import ReasonAsked
from tests.central.test_desk import Counter
from tests.kiosk.devices.reader_end import ReaderEnd
from tests.kiosk.ui.citizen import reads, words_on
from tests.kiosk.ui.test_follow_at_the_centre import centre, joined, port
from tests.kiosk.ui.test_late_file import LATE, key, late
from tests.kiosk.ui.test_whereabouts import FILE, with_pledge

__all__ = ["centre", "joined", "key", "late", "port"]
OUT = "Take your paper: it is your proof."


def shows(kiosk: Kiosk, name: str) -> bool:
    return bool([each for each in kiosk.window.findChildren(QWidget, name) if each.isVisible()])


def open_late(kiosk: Kiosk, player: Player) -> None:
    """As when the centre said so just before its line was cut."""
    player.touch("language-en")
    player.touch("follow")
    kiosk.visits.receipts.follow.show_found(replace(with_pledge(late_days=5), reference=LATE))


def asked(kiosk: Kiosk) -> list[ReasonAsked]:
    facts = [event.fact for event in kiosk.outbox.waiting_events(50)]
    return [fact for fact in facts if isinstance(fact, ReasonAsked)]


def test_who_asks_has_it_on_paper_and_reads_the_answer_at_a_kiosk_and_on_a_phone(
    qtbot: QtBot, joined: Kiosk, centre: OwnCentre, port: ReaderEnd, late: str, key: TrackingKey, tmp_path: Path
) -> None:
    player = Player(joined.window, joined.visits, tmp_path)
    player.touch("language-en")
    port.show(late)
    reads(qtbot, joined, "days late")
    player.touch("ask-why")
    reads(qtbot, joined, OUT)
    assert "(reminder \u2068014\u201100001\u2069)" in words_on(joined)
    assert not shows(joined, "ask-why"), "once a day"
    assert shows(joined, "complain-late")
    qtbot.waitUntil(lambda: joined.outbox.waiting() == 0, timeout=60_000)
    assert joined.outbox.refused() == ()
    player.touch("go")
    assert joined.visits.receipts.follow.reminder is None

    player.touch("language-en")
    port.show(late)
    reads(qtbot, joined, "The town hall owes you the reason by")
    assert not shows(joined, "ask-why")

    counter = Counter(centre.url)
    counter.sign_in("amel", centre.add_agent("amel", 3))
    assert f'href="/desk?file={LATE}"' in counter.see()
    counter.wish(f"files/{LATE}/reason", file=str(LATE), ready="outside")
    said = "We wait for the opinion of another public body, and have reminded it."
    port.show(late)
    reads(qtbot, joined, said)
    assert "The town hall owes you the reason" not in words_on(joined)
    assert said in requests.get(f"{centre.url}/T/{key.token}?lang=en", timeout=60).text


def test_with_the_line_down_the_question_is_kept_once_a_day_and_told_later(
    qtbot: QtBot, kiosk: Kiosk, player: Player
) -> None:
    open_late(kiosk, player)
    player.touch("ask-why")
    reads(qtbot, kiosk, OUT)
    open_late_again = replace(with_pledge(late_days=5), reference=LATE)
    kiosk.visits.receipts.follow.show_found(open_late_again)
    player.touch("ask-why")
    reads(qtbot, kiosk, OUT)
    assert [(fact.reference, fact.number) for fact in asked(kiosk)] == [(LATE, 1)]
    kiosk.visits.receipts.follow.show_found(replace(open_late_again, reference=FILE.reference))
    player.touch("ask-why")
    reads(qtbot, kiosk, "014\u201100002")
    reads(qtbot, kiosk, OUT)
    assert [fact.number for fact in asked(kiosk)] == [1, 2]


def test_a_paper_that_does_not_come_out_takes_nothing_back(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    assert isinstance(kiosk.printer, SimulatedPrinter)
    kiosk.printer.model.set_roll(Roll.OUT)
    open_late(kiosk, player)
    player.touch("ask-why")
    reads(qtbot, kiosk, "Your question is asked all the same: note its number.")
    assert len(asked(kiosk)) == 1
    kiosk.printer.model.set_roll(Roll.FULL)
    player.touch("print-reminder")
    reads(qtbot, kiosk, OUT)
    assert len(asked(kiosk)) == 1
    assert kiosk.visits.step is Step.FOLLOW


def test_a_disk_that_refuses_asks_nothing_and_says_so(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    open_late(kiosk, player)

    def turn(connection: Any, _record: Any, _proxy: Any) -> None:
        """The disk is worn for the citizen's thread alone: what the kiosk does beside it would be logged."""
        connection.execute(f"PRAGMA query_only = {int(threading.current_thread().name.startswith('store'))}")

    event.listen(kiosk.store.engine, "checkout", turn)
    player.touch("ask-why")
    qtbot.waitUntil(lambda: kiosk.visits.step is Step.TROUBLE, timeout=60_000)
    assert OUT not in words_on(kiosk)
    assert asked(kiosk) == []
