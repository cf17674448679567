"""A receipt in front of a real reader, with a real centre behind the kiosk."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from civic.language import Language
from kiosk.app import Kiosk, application, open_kiosk
from kiosk.devices.base import ReaderState
from kiosk.devices.simulated import SimulatedReader
from kiosk.flow import Step
from kiosk.own_centre import OwnCentre
from kiosk.settings import CentreSettings, ReaderKind, ReaderSettings, Settings
from kiosk.ui.player import Player
from sync.messages import Unopened
from tests.kiosk.devices.reader_end import ReaderEnd
from tests.kiosk.ui.citizen import file_complaint, reads, type_digits, words_on


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[OwnCentre]:
    with OwnCentre(tmp_path / "centre") as centre:
        yield centre


@pytest.fixture
def port(tmp_path: Path) -> Iterator[ReaderEnd]:
    end = ReaderEnd(tmp_path / "ttyReader")
    yield end
    end.pull()


@pytest.fixture
def joined(qtbot: QtBot, settings: Settings, centre: OwnCentre, port: ReaderEnd) -> Iterator[Kiosk]:
    """A kiosk with a centre that answers and a reader on a serial line."""
    application()
    centre.enrol(settings.kiosk, settings.data)
    reader = ReaderSettings(ReaderKind.SERIAL, str(port.port), 9600)
    kiosk = open_kiosk(replace(settings, reader=reader, centre=CentreSettings(centre.url, centre.url)), 540, 960)
    kiosk.window.show()
    qtbot.waitExposed(kiosk.window)
    opened = kiosk.reader
    assert opened is not None
    qtbot.waitUntil(lambda: opened.state() is ReaderState.READY, timeout=60_000)
    yield kiosk
    kiosk.close()


def test_a_complaint_is_filed_and_its_receipt_shows_where_it_is(
    qtbot: QtBot, joined: Kiosk, port: ReaderEnd, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    player = Player(joined.window, joined.visits, tmp_path)
    deposit = file_complaint(qtbot, joined, player)
    player.touch("go")
    qtbot.waitUntil(lambda: joined.outbox.waiting() == 0, timeout=60_000)
    workflow = joined.visits.catalog["complaint"].workflow
    assert workflow is not None
    port.show(deposit.tracking_url)
    reads(qtbot, joined, workflow.first.name.ar)
    player.touch("language-en")
    said = words_on(joined)
    for words in ("Complaint", workflow.first.name.en, "Your number today", "The town aims to answer by", "The answer"):
        assert words in said
    player.touch("go")
    assert joined.visits.step is Step.WELCOME
    assert joined.visits.receipts.follow.found is None

    player.touch("language-en")
    player.touch("follow")
    type_digits(player, str(deposit.reference))
    type_digits(player, "000000" if deposit.pin != "000000" else "000001")
    player.touch("go")
    reads(qtbot, joined, "This file number and this PIN do not go together.")
    type_digits(player, deposit.pin)
    player.touch("go")
    reads(qtbot, joined, workflow.first.name.en)
    token = deposit.tracking_url.rpartition("/")[2]
    centre_log = (tmp_path / "centre" / "centre.log").read_text()
    assert "/exchange/follow" in centre_log
    assert token not in (caplog.text + centre_log).upper()


def test_a_file_the_centre_has_not_heard_of_yet_is_on_its_way(
    qtbot: QtBot, kiosk: Kiosk, player: Player, settings: Settings, centre: OwnCentre
) -> None:
    deposit = file_complaint(qtbot, kiosk, player)
    with kiosk.store.transaction() as connection:  # as when the line was just back and the events have still to go
        connection.exec_driver_sql("DELETE FROM outbox_events")
    centre.enrol(settings.kiosk, settings.data)
    joined = CentreSettings(centre.url, settings.centre.tracking)
    reader = ReaderSettings(ReaderKind.SIMULATED)
    again = open_kiosk(replace(settings, centre=joined, language=Language.ENGLISH, reader=reader), 540, 960)
    again.window.show()
    try:
        assert isinstance(again.reader, SimulatedReader)
        again.reader.show(deposit.tracking_url)
        reads(qtbot, again, "Your file is on its way")
        again.reader.show(deposit.tracking_url[:-2] + ("AA" if deposit.tracking_url[-2:] != "AA" else "BA"))
        reads(qtbot, again, "The town hall knows no file with this code.")
        again.visits.receipts.follow.show_found(Unopened.TOO_OFTEN)
        reads(qtbot, again, "Wait a quarter of an hour")
    finally:
        again.close()
