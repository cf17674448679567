"""What the window's thread made, only the window's thread takes apart."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kiosk.app import application, open_kiosk
from kiosk.settings import Settings
from kiosk.ui.garbage import Garbage
from kiosk.ui.player import run_for


class Knot(QObject):
    """Holds itself, so that only a collection ends it; and says in which thread that was."""

    def __init__(self, ended: list[int]) -> None:
        super().__init__()
        self._ended = ended
        self._me = self

    def __del__(self) -> None:
        self._ended.append(threading.get_ident())


@pytest.fixture
def garbage(qtbot: QtBot) -> Iterator[Garbage]:
    parent = QObject()
    garbage = Garbage(parent)
    yield garbage
    garbage.close()


def work_hard() -> None:
    """As the page's reader does: more new objects than any threshold of Python's, in another thread."""
    kept = [[number] for number in range(200_000)]
    assert kept


def knots_ended_beside_a_worker() -> list[int]:
    ended: list[int] = []
    for _ in range(3):
        Knot(ended)
    worker = threading.Thread(target=work_hard)
    worker.start()
    worker.join()
    return ended


def test_a_worker_takes_no_widget_apart(garbage: Garbage) -> None:
    ended = knots_ended_beside_a_worker()
    assert ended == []
    made = [[number] for number in range(1000)]  # enough for Python to look, and all of it still in use
    run_for(1200)
    assert made
    assert ended == [threading.get_ident()] * 3


def test_without_it_the_worker_would(qtbot: QtBot) -> None:
    """What this room is for: should Python change this one day, the room may go."""
    gc.collect()
    ended = knots_ended_beside_a_worker()
    assert set(ended) - {threading.get_ident()}


def test_python_collects_by_itself_again_afterwards(qtbot: QtBot) -> None:
    parent = QObject()
    Garbage(parent).close()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_a_closed_kiosk_leaves_nothing_behind(qtbot: QtBot, settings: Settings) -> None:
    application()
    kiosk = open_kiosk(settings, 540, 960)
    kiosk.window.show()
    qtbot.waitExposed(kiosk.window)
    left = [weakref.ref(each) for each in (kiosk.window, kiosk.visits, kiosk.technician, kiosk.visits.catalog)]
    kiosk.close()
    del kiosk
    gc.collect()
    assert all(each() is None for each in left)


def test_who_is_closed_before_anybody_saw_it_keeps_nobody_waiting(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.ui.threads._PATIENCE_S", 86_400.0)
    application()
    kiosk = open_kiosk(settings, 540, 960)
    last_wish = kiosk.threads.store.submit(lambda: "done")
    kiosk.close()
    assert last_wish.result() == "done"
