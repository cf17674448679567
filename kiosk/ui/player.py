"""Plays one visit by touching the real screens, as a technician's finger would, and photographs each of them."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget

from civic.catalog import QuestionKind, Service
from civic.language import Language
from kiosk.flow import Step
from kiosk.ui.choosing import AGENT, COMPLAINT
from kiosk.ui.visit import Visits
from kiosk.ui.window import Window

_NAMES = {Language.ARABIC: "سلمى", Language.FRENCH: "selma", Language.ENGLISH: "selma"}
_PATIENCE_S = 120.0
_Found = TypeVar("_Found")


class PlayFault(Exception):
    """The visit did not go as it must; the words say where it stopped."""


Touch = Callable[[QWidget, QPoint], None]
"""Touches a control at that point of it; returns once the control has felt it."""


def click(control: QWidget, at: QPoint) -> None:
    """A touch that needs no screen: it comes to the window, which gives it to whatever lies there."""
    window = control.window()
    place = control.mapTo(window, at)
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def run_for(ms: int) -> None:
    """Let the kiosk run as it does in its hall. `QTest.qWait` would keep Python to itself, and its threads waiting."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


class Player:
    """`folder` receives the pictures, numbered in the order a person sees them."""

    def __init__(self, window: Window, visits: Visits, folder: Path, touch: Touch = click) -> None:
        self._window = window
        self._visits = visits
        self._folder = folder
        self._touch = touch
        self._shots = 0
        self.touched_at = 0.0

    def play(self, service: Service, language: Language) -> None:
        """From the welcome to the last screen before the paper; `confirm` is the last touch. Raises PlayFault."""
        self.touch(f"language-{language.value}")
        self.photograph("welcome")
        self._choose(service)
        last = Step.REVIEW if service.tracked else Step.GUIDE
        while self._visits.step is not last:
            self._answer(service, language)
        self.photograph("review")

    def _choose(self, service: Service) -> None:
        if service.id == COMPLAINT:
            self.touch("complaint")
        elif service.id == AGENT:
            self.touch("number")
        else:
            self.touch("request")
            self.photograph("groups")
            group = next(each for each in self._visits.catalog.groups if service in each.services)
            self.touch(f"group-{group.id}")
            self.photograph("choose")
            self.touch(f"service-{service.id}")

    def confirm(self) -> None:
        self.touch("go")

    def touch(self, name: str) -> None:
        """Touch the middle of the control of that name. Raises PlayFault when it is not there to be touched."""
        run_for(1)  # a page just drawn has still to be laid out
        control = self.wait(lambda: self._find(name), f"“{name}” is not on the screen")
        while arrow := _way_to(control):
            self.touch(arrow)
            control = self.wait(lambda: self._find(name), f"“{name}” is no longer on the screen")
        still = f"the screen did not come to rest with “{name}” on it"  # what came by itself may have drawn it anew
        control = self.wait(lambda: self._find(name) if self._window.is_steady else None, still)
        self.touched_at = time.perf_counter()
        self._touch(control, control.rect().center())

    def photograph(self, name: str) -> None:
        run_for(30)  # one turn of the event loop lays the page out, the next paints it
        self._shots += 1
        self._window.grab().save(str(self._folder / f"{self._shots:02}-{name}.png"))

    def wait(self, until: Callable[[], _Found | None], why: str) -> _Found:
        """What `until` finds, once it finds it. Raises PlayFault with `why` after two minutes."""
        end = time.monotonic() + _PATIENCE_S
        while (found := until()) is None:
            if time.monotonic() > end:
                raise PlayFault(why)
            run_for(2)
        return found

    def _answer(self, service: Service, language: Language) -> None:
        step = self._visits.step
        if step is Step.QUESTIONS:
            self._answer_question(language)
        elif step is Step.GUIDE:
            self.photograph("guide")
            self.touch("go")
        elif step is Step.APPLICANT:
            for letter in _NAMES[language]:
                self.touch(f"key-{letter}")
            self.photograph("applicant")
            self.touch("go")
        elif step is Step.DOCUMENTS:
            self._scan(service)
        else:
            raise PlayFault(f"the visit came to the screen “{step}”")

    def _answer_question(self, language: Language) -> None:
        question = self._visits.question
        if question.kind is QuestionKind.CHOICE:
            self.photograph(f"question-{question.id}")
            self.touch("option-" + next(option.id for option in question.options if option.stop is None))
            return
        if question.kind is QuestionKind.PLACE:
            self.touch("map")
        else:
            for letter in _NAMES[language]:
                self.touch(f"key-{letter}")
        self.photograph(f"question-{question.id}")
        self.touch("go")

    def _scan(self, service: Service) -> None:
        self.photograph("documents")
        for requirement in self._visits.documents.requirements:
            if requirement.optional:
                continue
            self.touch("scan")
            self.wait(lambda: self._find("next-paper") or self._fault(), "the scanner did not finish")
            if self._visits.documents.fault is not None:
                raise PlayFault(f"the scanner says “{self._visits.documents.fault}” at {service.id}")
            self.photograph(f"scanned-{requirement.id}")
            self.touch("next-paper")
        self.touch("go")

    def _fault(self) -> QWidget | None:
        return self._window if self._visits.documents.fault is not None else None

    def _find(self, name: str) -> QWidget | None:
        found = self._window.findChildren(QWidget, name)
        return next((each for each in found if each.isVisible() and each.isEnabled()), None)


def _way_to(control: QWidget) -> str:
    """The arrow that turns the page towards a control whose middle is out of sight; empty when it is in sight."""
    parent = control.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    if parent is None:
        return ""
    page = parent.viewport()
    y = control.mapTo(page, control.rect().center()).y()
    return "page-up" if y < 0 else "page-down" if y >= page.height() else ""
