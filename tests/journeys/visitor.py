"""A citizen at a kiosk that runs as it does in a hall: `python -m tests.journeys.visitor FOLDER`, on a screen of X.

It opens the kiosk by its own door, with `FOLDER/kiosk.toml`. A line on standard input is what the citizen does, a list
in JSON: a verb and its words. Each is answered by a line that holds what came of it, or the fault that stopped it.
The papers to scan lie in `FOLDER/pile`: the next one is laid on the glass before each touch on “Scan”.
"""

import gc
import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QSocketNotifier, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from civic.language import Language
from kiosk.__main__ import main
from kiosk.app import application
from kiosk.ui.player import Player, PlayFault
from kiosk.ui.visit import Visits
from kiosk.ui.window import Window
from tests.screen import Finger, Point


class Hand(QObject):
    """Touches the glass where the control lies, and waits until the window has felt it."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        super().__init__()
        self._finger = Finger(os.environ["DISPLAY"])
        self._folder = folder
        self._felt = False
        app.installEventFilter(self)

    def touch(self, control: QWidget, at: QPoint) -> None:
        if control.objectName() == "scan":
            self._lay_paper()
        place = control.mapToGlobal(at)
        self._finger.tap((place.x(), place.y()))
        self._wait_felt()

    def swipe(self, start: Point, end: Point) -> None:
        self._finger.swipe(start, end)
        self._wait_felt()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.MouseButtonRelease and isinstance(watched, QWidget):
            self._felt = True
        return False

    def _wait_felt(self) -> None:
        while not self._felt:
            QTest.qWait(1)
        self._felt = False

    def _lay_paper(self) -> None:
        for paper in sorted((self._folder / "pile").iterdir())[:1]:
            paper.replace(self._folder / "glass.pnm")


class Visitor:
    """The verbs. Words are what a person sees or, with a screen reader, hears."""

    def __init__(self, hand: Hand, folder: Path) -> None:
        [self._window] = [each for each in QApplication.topLevelWidgets() if isinstance(each, Window)]
        gc.unfreeze()  # the kiosk puts what it built once out of the collector's sight
        [self._visits] = [each for each in gc.get_objects() if isinstance(each, Visits)]
        self._hand = hand
        self._player = Player(self._window, self._visits, folder / "screens", hand.touch)

    def do(self, verb: str, *words: str) -> object:
        """Raises PlayFault."""
        match verb:
            case "play":
                self._player.play(self._visits.catalog[words[0]], Language(words[1]))
            case "touch":
                self._player.touch(words[0])
            case "swipe":
                left, top, right, bottom = map(int, words)
                self._hand.swipe((left, top), (right, bottom))
            case "wait":
                self._player.wait(lambda: words[0] in self._seen() or None, f"nobody reads “{words[0]}”")
            case "photograph":
                self._player.photograph(words[0])
            case "remember":
                return self._remembered()
            case "stumble":
                QTimer.singleShot(0, self._stumble)
        return self._seen()

    def _seen(self) -> str:
        shown = [each for each in self._window.findChildren(QWidget) if not each.visibleRegion().isEmpty()]
        return "\n".join(each.accessibleName() for each in shown if each.accessibleName())

    def _remembered(self) -> str:
        """Every word in any widget, shown or not."""
        said = []
        for each in QApplication.allWidgets():
            said.append(each.accessibleName())
            if isinstance(each, QLineEdit):
                said.append(each.text())
            if isinstance(each, QPlainTextEdit):
                said.append(each.toPlainText())
        return "\n".join(filter(None, said))

    def _stumble(self) -> None:
        raise RuntimeError("a mistake of the programmer, in the middle of a visit")


class Ear(QObject):
    """Hears the lines while the kiosk's own loop runs."""

    def __init__(self, hand: Hand, folder: Path) -> None:
        super().__init__()
        self._hand = hand
        self._folder = folder
        self._visitor: Visitor | None = None
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._hear)

    def _hear(self) -> None:
        line = sys.stdin.readline()
        if not line:
            self._notifier.setEnabled(False)
            return
        if self._visitor is None:
            self._visitor = Visitor(self._hand, self._folder)
        try:
            answer = {"said": self._visitor.do(*json.loads(line))}
        except PlayFault as fault:
            answer = {"fault": f"{fault}; seen: {self._visitor.do('look')}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def visit(folder: Path) -> int:
    ear = Ear(Hand(application(), folder), folder)
    status = main(["run", "--profile", str(folder / "kiosk.toml")])
    del ear
    return status


if __name__ == "__main__":
    sys.exit(visit(Path(sys.argv[1])))
