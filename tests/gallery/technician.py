"""The technician's visit in pictures: the door, the bench with a dead printer, a roll changed, a strip read back."""

import io
from collections.abc import Callable

from civic.kiosk_part import Part
from kiosk.app import Kiosk
from kiosk.devices.printer_model import Roll
from kiosk.devices.simulated import SimulatedPrinter, SimulatedScanner
from kiosk.hall import PIN
from kiosk.services.roll_change import RollStep
from kiosk.ui.player import Player
from kiosk.ui.screens.technician import Note, Page
from sync.messages import Verdict


def show_technician(kiosk: Kiosk, player: Player, show: Callable[[str], None]) -> None:
    """`show` takes the pictures of what is on the screen, in every language. Leaves the welcome behind."""
    assert isinstance(kiosk.printer, SimulatedPrinter)
    assert isinstance(kiosk.scanner, SimulatedScanner)
    screen, model = kiosk.technician.screen, kiosk.printer.model

    def until(fact: Callable[[], bool]) -> None:
        player.wait(lambda: fact() or None, "the technician's screen did not follow")

    def finds(part: Part, verdict: Verdict) -> bool:
        return part in screen.findings and screen.findings[part].verdict is verdict

    kiosk.window.crest_held.emit()
    show("technician-door")
    screen.show_page(Page.LOCKED, Note.WRONG_PIN)
    show("technician-wrong-pin")
    screen.show_page(Page.PAUSED)
    show("technician-paused")
    screen.show_page(Page.LOCKED)
    for digit in PIN:
        player.touch(f"pin-{digit}")
    player.touch("pin-enter")
    until(lambda: finds(Part.PRINTER, Verdict.GOOD) and finds(Part.MEMORY, Verdict.GOOD))
    show("technician-bench")
    model.set_roll(Roll.OUT)
    kiosk.scanner.jam()
    until(lambda: finds(Part.PRINTER, Verdict.BAD) and finds(Part.SCANNER, Verdict.BAD))
    show("technician-faults")
    player.touch("print-strip")
    until(lambda: screen.note not in (Note.NOTHING, Note.WORKING))
    show("technician-no-paper")
    kiosk.scanner.mend()
    player.touch("change-roll")
    for step in RollStep:
        screen.show_step(step)
        show(f"technician-roll-{step.value}")
    model.set_roll(Roll.FULL)
    player.touch("go")
    until(lambda: finds(Part.PRINTER, Verdict.GOOD))
    player.touch("print-strip")
    until(lambda: screen.note is Note.STRIP_OUT)
    show("technician-strip")
    paper = io.BytesIO()
    model.papers[-1].save(paper, "PNG")
    kiosk.scanner.insert(paper.getvalue())
    player.touch("scan-page")
    until(lambda: screen.note is Note.STRIP_READ)
    show("technician-strip-read")
    player.touch("go")
