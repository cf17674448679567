"""Who comes to the kiosk: files, reads what it says, and does what people do when no paper comes."""

import re
import threading
import time
from random import Random

from civic.language import Language
from kiosk.ui.language import Translator
from tests.campaign.hall import Hall
from tests.journeys.hall import PATIENCE_S

arabic = Translator(Language.ARABIC)
OUT = arabic("Take your paper: it is your proof.")
NOTED = arabic("Keep what you noted: it opens your file.")
FAILED = arabic("The paper did not come out")
WELCOME = arabic("Welcome")
CUT = arabic("Papers that may not have come out")
_COMPLAINT = ("complaint", "option-lighting", "go", "key-ل", "go", "go", "go")
_WITH_NAME = ("complaint", "option-roads", "go", "key-م", "go", "key-س", "key-ل", "go", "go")
_TICKET = ("request", "group-papers", "service-signature-legalisation")
_LAST_TOUCH_S = 0.5
_PATIENT_S = 8.0


class PowerCut(Exception):
    """The kiosk was killed while somebody stood before it."""


class Citizens:
    """What people would swear to: the numbers they were `shown` as theirs, `noted`, or had staff `cancelled`."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self.shown: set[str] = set()
        self.noted: set[str] = set()
        self.cancelled: set[str] = set()
        self._coming_cut: threading.Timer | None = None

    def visit(self, chance: Random) -> str:
        """One visit to its end, whatever happens; a line that tells it."""
        told: list[str] = []
        try:
            self._visit(chance, told)
        except PowerCut:
            told.append("power cut")
        if self._coming_cut is not None:
            self._coming_cut.join()
            self._coming_cut = None
        while self._hall.killed:
            self.recover(chance, told)
        self._hall.mend()
        return ", ".join(told)

    def recover(self, chance: Random, told: list[str]) -> None:
        """The power is back: staff print or cancel what was left, until people are welcome or it is cut again."""
        try:
            self._recover(chance, told)
        except PowerCut:
            told.append("power cut again")

    def _recover(self, chance: Random, told: list[str]) -> None:
        seen = self._hall.restart_kiosk()
        if chance.random() < 0.7:
            self._hall.mend()
        while CUT in seen:
            left = self._hall.remember()
            if not left:
                seen = self._await(WELCOME)
                break
            number, ticket_id = left[0].receipt.number, left[0].ticket_id
            verb = "void" if chance.random() < 0.2 else "print"
            told.append(f"{verb} {number}")
            if verb == "void":
                self.cancelled.add(number)
            seen = self._settle(f"{verb}-{number}", ticket_id)
            self._hall.mend()

    def _settle(self, touch: str, ticket_id: str) -> str:
        """Touch it, and wait until it is settled, or the screen has said for long why not.

        It is the same sentence as before the touch, so that only time tells; a second touch would be a second paper.
        """
        self._do("touch", touch)
        touched_at = time.monotonic()
        end = touched_at + PATIENCE_S
        while time.monotonic() < end:
            seen = self._do("look")
            if ticket_id not in {each.ticket_id for each in self._hall.remember()}:
                return self._await(WELCOME, CUT)
            waited = time.monotonic() - touched_at > _PATIENT_S
            if waited and any(sentence in seen for sentence in _PRINTER_SENTENCES):
                return seen
            time.sleep(0.05)
        raise AssertionError(f"in vain: {touch}")

    def _visit(self, chance: Random, told: list[str]) -> None:
        touches = chance.choice([_COMPLAINT, _WITH_NAME, _TICKET, _TICKET])
        told.append(touches[0])
        kill_before = chance.randrange(len(touches)) if chance.random() < 0.08 else None
        self._hall.watch_paper()
        if chance.random() < 0.55:
            told.append(self._hall.break_printer(chance))
        for nth, name in enumerate(touches):
            if nth == kill_before:
                told.append(f"killed before “{name}”")
                self._hall.kill()
            self._do("touch", name)
        if chance.random() < 0.2:
            after_s = chance.random() * _LAST_TOUCH_S
            told.append(f"killed {after_s * 1000:.0f} ms after the last touch")
            self._coming_cut = threading.Timer(after_s, self._hall.kill)
            self._coming_cut.start()
        self._do("touch", "go")
        self._take(chance, told)

    def _take(self, chance: Random, told: list[str]) -> None:
        """Paper in the hand, or number noted; then the person leaves."""
        seen = self._await(OUT, FAILED)
        while FAILED in seen:
            self._hall.remember()
            number = self._number(seen)
            if chance.random() < 0.5:
                self.noted.add(number)
                self._do("touch", "go")
                seen = self._await(NOTED)
                told.append(f"{number} noted")
            else:
                if chance.random() < 0.7:
                    self._hall.mend()
                self._do("touch", "print-again")
                seen = self._await(OUT, FAILED)
                told.append(f"{number} again")
        told.append(f"{self._number(seen)} held")
        if chance.random() < 0.15:
            told.append("copy")
            self._do("touch", "copy")
            self._await(OUT)
        self._do("touch", "go")

    def _number(self, seen: str) -> str:
        [number] = re.findall(r"^\d{3,5}$", seen, re.MULTILINE)
        self.shown.add(number)
        return str(number)

    def _await(self, *sentences: str) -> str:
        """What is seen, once one of the sentences is."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            seen = self._do("look")
            if any(each in seen for each in sentences):
                return seen
            time.sleep(0.03)
        raise AssertionError(f"nobody reads {sentences}: {seen}")

    def _do(self, verb: str, *words: str) -> str:
        try:
            return self._hall.kiosk.do(verb, *words)
        except (AssertionError, OSError, ValueError):
            if self._hall.killed:
                raise PowerCut from None
            raise


_PRINTER_SENTENCES = tuple(
    arabic(each)
    for each in (
        "The printer has no paper.",
        "The cover of the printer is open.",
        "The paper is caught in the printer.",
        "The printer does not answer.",
    )
)
