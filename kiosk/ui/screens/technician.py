"""The technician's screen, behind a PIN: how everything is, tests at a touch, the last faults, and a new roll."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum, auto
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from civic.kiosk_part import Part, part_name
from kiosk.devices.base import PrinterState, ReaderState
from kiosk.devices.fault_list import Fault
from kiosk.services.health import Finding
from kiosk.services.roll_change import RollStep
from kiosk.ui.buttons import Button, Look
from kiosk.ui.health_words import device_sentence, finding_sentence
from kiosk.ui.language import isolate
from kiosk.ui.panel import Mark, Panel
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.pin_pad import PinPad
from kiosk.ui.roll_guide import RollGuide
from kiosk.ui.screens.base import Screen
from kiosk.ui.theme import SMALL, STRONG, TEXT, Ink
from sync.messages import Verdict

_MARKS = {Verdict.GOOD: ("check", Ink.OLIVE), Verdict.NOTE: ("alert", Ink.OCHRE), Verdict.BAD: ("alert", Ink.BRICK)}
_LAST = 6


class Page(Enum):
    LOCKED = auto()
    PAUSED = auto()
    """After too many wrong PINs."""
    BENCH = auto()
    ROLL = auto()


class Note(Enum):
    """What came of the last test."""

    NOTHING = auto()
    WORKING = auto()
    WRONG_PIN = auto()
    STRIP_OUT = auto()
    STRIP_READ = auto()
    PAGE_SEEN = auto()


class TechnicianScreen(Screen):
    """Draws again only what is new: what a finger is on must not move every other second."""

    pin_entered = Signal(str)
    strip_wanted = Signal()
    scan_wanted = Signal()
    centre_wanted = Signal()
    roll_wanted = Signal()
    roll_changed = Signal()
    """The new roll is in, as the person says: some printers do not feel their cover."""
    hidden = Signal()

    can_go_back = False
    aloud = False
    page = Page.LOCKED
    note: Note | PrinterState | Finding = Note.NOTHING
    step = RollStep.OPEN
    thumbnail = b""
    morning: tuple[datetime, bool] | None = None
    """When the kiosk last tried itself, and whether all was well."""
    findings: Mapping[Part, Finding] = MappingProxyType({})
    faults: tuple[Fault, ...] = ()

    def show_page(self, page: Page, note: Note = Note.NOTHING) -> None:
        self.page, self.note, self.thumbnail = page, note, b""
        self.refresh()

    def show_findings(self, findings: tuple[Finding, ...], faults: tuple[Fault, ...]) -> None:
        """Some parts, as they are now; the others stay."""
        new = MappingProxyType({**self.findings, **{each.part: each for each in findings}})
        if (new, faults) != (self.findings, self.faults):
            self.findings, self.faults = new, faults
            if self.page is Page.BENCH:
                self.refresh()

    def show_note(self, note: "Note | Finding", thumbnail: bytes = b"") -> None:
        """What came of a test; with the small picture of a page that was scanned."""
        self.note, self.thumbnail = note, thumbnail
        self.refresh()

    def show_step(self, step: RollStep) -> None:
        self.step = step
        self.refresh()

    @property
    def go_label(self) -> str:
        return self._("Back") if self.page is Page.ROLL and self.step is not RollStep.READY else self._("I am done")

    def go(self) -> None:
        if self.page is Page.ROLL:
            self.show_page(Page.BENCH)
        else:
            self.went_on.emit()

    def clear(self) -> None:
        self.page, self.note, self.thumbnail, self.step = Page.LOCKED, Note.NOTHING, b"", RollStep.OPEN
        self.findings, self.faults, self.morning = MappingProxyType({}), (), None
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        self.hidden.emit()
        super().hideEvent(event)

    def build(self, page: QVBoxLayout) -> None:
        match self.page:
            case Page.LOCKED | Page.PAUSED:
                self._build_lock(page)
            case Page.ROLL:
                self._build_roll(page)
            case Page.BENCH:
                self._build_bench(page)
        page.addStretch(1)

    def _build_lock(self, page: QVBoxLayout) -> None:
        _ = self._
        page.addSpacing(self.theme.px(120))
        self.heading(page, _("For the technician"), _("Type the PIN of this kiosk."))
        if self.page is Page.PAUSED:
            page.addWidget(Paragraph(_("Too many wrong PINs: wait five minutes."), self.theme, STRONG, Ink.BRICK))
            return
        if self.note is Note.WRONG_PIN:
            page.addWidget(Paragraph(_("This is not the PIN."), self.theme, STRONG, Ink.BRICK))
        pad = PinPad(self.theme, _)
        pad.entered.connect(self.pin_entered)
        page.addWidget(pad)

    def _build_roll(self, page: QVBoxLayout) -> None:
        _ = self._
        title, more, color = {
            RollStep.OPEN: (_("Change the roll"), _("This page goes on by itself."), Ink.MUTE),
            RollStep.LOAD: (_("Change the roll"), _("The cover is open."), Ink.MUTE),
            RollStep.PAPER: (
                _("No paper is seen"),
                _("Open the cover again and pull a hand's length of paper out."),
                Ink.BRICK,
            ),
            RollStep.READY: (_("The printer is ready"), _("The paper is counted from now on."), Ink.OLIVE),
        }[self.step]
        self.heading(page, title)
        page.addWidget(Paragraph(more, self.theme, TEXT, color))
        page.addWidget(RollGuide(self.step, self.theme, _))
        if self.step is not RollStep.READY:
            sure = Button("roll-changed", _("The new roll is in, but this page does not go on"), self.theme, kind=SMALL)
            sure.clicked.connect(self.roll_changed)
            page.addWidget(sure)

    def _build_bench(self, page: QVBoxLayout) -> None:
        self.heading(page, self._("For the technician"))
        page.addLayout(self._tests())
        if self.note is not Note.NOTHING:
            page.addWidget(self._came())
        page.addWidget(self._parts())
        page.addWidget(self._history())

    def _parts(self) -> Panel:
        panel = Panel(self.theme)
        for part in Part:
            if (finding := self.findings.get(part)) is not None:
                panel.inside.addLayout(self._part(finding))
        if not self.findings:
            panel.inside.addWidget(Paragraph(self._("Everything is being asked…"), self.theme, TEXT, Ink.MUTE))
        return panel

    def _part(self, finding: Finding) -> QHBoxLayout:
        icon, fill = _MARKS[finding.verdict]
        line = QHBoxLayout()
        line.setSpacing(self.theme.px(22))
        line.addWidget(Mark(self.theme, "", icon, fill, 44), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Paragraph(part_name(finding.part, self._), self.theme, STRONG))
        color = Ink.BRICK if finding.verdict is Verdict.BAD else Ink.MUTE
        words.addWidget(Paragraph(finding_sentence(finding, self._), self.theme, SMALL, color))
        line.addLayout(words, 1)
        return line

    def _tests(self) -> QGridLayout:
        _ = self._
        tests = QGridLayout()
        tests.setSpacing(self.theme.px(18))
        busy = self.note is Note.WORKING
        for nth, (name, words, meaning) in enumerate(
            (
                ("print-strip", _("Print a test strip"), self.strip_wanted),
                ("scan-page", _("Scan a page"), self.scan_wanted),
                ("ask-centre", _("Ask the centre"), self.centre_wanted),
                ("change-roll", _("Change the roll"), self.roll_wanted),
            )
        ):
            button = Button(name, words, self.theme, Look.NOW if name == "change-roll" else Look.PLAIN)
            button.setEnabled(not busy)
            button.clicked.connect(meaning)
            tests.addWidget(button, nth // 2, nth % 2)
        return tests

    def _came(self) -> Panel:
        panel = Panel(self.theme, Ink.CREAM, Ink.OCHRE)
        words, color = self._note_words()
        panel.inside.addWidget(Paragraph(words, self.theme, STRONG, color))
        if self.thumbnail:
            picture = QPixmap()
            picture.loadFromData(self.thumbnail)
            label = QLabel()
            label.setPixmap(picture.scaledToHeight(self.theme.px(300), Qt.TransformationMode.SmoothTransformation))
            label.setAccessibleName(self._("The page as it was scanned"))
            panel.inside.addWidget(label)
        return panel

    def _note_words(self) -> tuple[str, Ink]:
        _ = self._
        match self.note:
            case Finding() as finding:
                return f"{part_name(finding.part, _)} — {finding_sentence(finding, _)}", Ink.BRICK
            case Note.STRIP_OUT:
                return _("The strip is out. Now scan it, or hold it in front of the code reader."), Ink.INK
            case Note.STRIP_READ:
                return _("The strip was read back: printer, paper and reading work."), Ink.OLIVE
            case Note.PAGE_SEEN:
                return _("A page came. No test strip of today is on it."), Ink.INK
            case _working:
                return _("One moment…"), Ink.MUTE

    def _history(self) -> Panel:
        """This morning's test, then the last faults, latest first."""
        _ = self._
        panel = Panel(self.theme)
        if self.morning is not None:
            at, well = self.morning
            words = (
                _("Tested by itself at {time}: all well.") if well else _("Tested by itself at {time}: not all well.")
            )
            panel.inside.addWidget(Paragraph(words.format(time=isolate(self._moment(at))), self.theme, SMALL, Ink.INK))
        title = _("Last faults") if self.faults else _("No fault since the kiosk was started.")
        panel.inside.addWidget(Paragraph(title, self.theme, SMALL, Ink.MUTE))
        for fault in reversed(self.faults[-_LAST:]):
            name = part_name(self._part_of(fault), _)
            words = f"{isolate(self._moment(fault.at))}  {name} — {device_sentence(fault.state, _)}"
            panel.inside.addWidget(Paragraph(words, self.theme, SMALL))
        return panel

    def _moment(self, at: datetime) -> str:
        return f"{self._.short_date(at)} {self._.time(at)}"

    def _part_of(self, fault: Fault) -> Part:
        if isinstance(fault.state, PrinterState):
            return Part.PRINTER
        return Part.READER if isinstance(fault.state, ReaderState) else Part.SCANNER
