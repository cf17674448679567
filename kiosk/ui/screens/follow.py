"""Where is my file? The receipt's square is shown to the reader, or its two numbers are typed; then where it is."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum, auto
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from civic.reference import Reference, ReferenceFault
from civic.tracking import PIN_DIGITS
from kiosk.devices.base import PrinterState, ScannerState
from kiosk.services.following import Found, KnownHere, NotReached
from kiosk.services.reminders import Reminder
from kiosk.ui.answer_words import file_words
from kiosk.ui.buttons import Button, Look
from kiosk.ui.faults import scanner_sentence
from kiosk.ui.field import ClosedField, Field
from kiosk.ui.keyboard import Layout
from kiosk.ui.language import isolate, unbroken
from kiosk.ui.page_picture import LampBar
from kiosk.ui.panel import Mark, Panel
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.screens.ticket import PaperState
from kiosk.ui.screens.writing import WritingScreen
from kiosk.ui.theme import DIGITS, SMALL, STRONG, TEXT, TITLE, Ink
from kiosk.ui.whereabouts import build_whereabouts
from kiosk.ui.why_late import WhyLate
from sync.messages import ByPin, Standing, Unopened, Whereabouts

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_DIGITS_IN = {"reference": 12, "pin": PIN_DIGITS}


class Wait(StrEnum):
    """What the person waits for."""

    CENTRE = auto()
    GLASS = auto()


class OnGlass(StrEnum):
    """What came of a look at the glass that went well."""

    NO_CODE = auto()


class FollowScreen(WritingScreen):
    """The form, then the wait, then what was found. One of the two numbers is open at a time, the keys under it."""

    inquired = Signal(object)
    """The two numbers are typed: a ByPin."""
    again_wanted = Signal()
    """Ask for the same file once more."""
    glass_wanted = Signal()
    """The receipt lies on the scanner."""
    papers_wanted = Signal(object)
    """The person has papers with them that their file lacks: its Whereabouts."""
    complaint_wanted = Signal(object)
    """The file is late, and the person wants the town hall to hear of it: its Reference."""
    reason_wanted = Signal(object)
    """The file is late, and the person wants to be told why: its Whereabouts."""
    reminder_wanted = Signal(object)
    """The Reminder again: its paper did not come out."""

    papers: Mapping[str, frozenset[str]] = MappingProxyType({})
    """The papers each service asks for, as far as this kiosk has its card."""
    today: Callable[[], date] | None = None
    has_reader = False
    """Whether a code reader sees what is held before it; without one, the receipt may be laid on the scanner."""
    digits = ("", "")
    opened = "reference"
    wait: Wait | None = None
    unread: ScannerState | OnGlass | None = None
    """Why the receipt on the glass told nothing."""
    found: Found | None = None
    reminder: tuple[Reminder, PaperState, PrinterState] | None = None
    """Given for the file that was found, and how its paper fares."""
    _lamp: LampBar | None = None
    _was_ready = False

    def show_form(self, reference: Reference | None = None) -> None:
        """With a `reference` already read, only its PIN is wanting."""
        self.digits = ("" if reference is None else str(reference).replace("-", ""), "")
        self.opened = "reference" if reference is None else "pin"
        self.wait, self.unread, self.found, self.reminder = None, None, None, None
        self.refresh()

    def show_asking(self) -> None:
        self._show_wait(Wait.CENTRE)

    def show_reading(self) -> None:
        """The lamp moves under the receipt."""
        self._show_wait(Wait.GLASS)

    def show_share(self, share: float) -> None:
        """How far the lamp is, from 0 to 1; what comes late, after the look, changes nothing."""
        if self.wait is Wait.GLASS and self._lamp is not None:
            self._lamp.show_share(share)

    def show_unread(self, why: ScannerState | OnGlass | None) -> None:
        """The form again, as it was; None when the glass told something."""
        self.wait, self.unread = None, why
        self.refresh()
        self.start_at_top()

    def show_found(self, found: Found) -> None:
        """What opens nothing leads back to the form, with a sentence."""
        self.wait, self.unread, self.found, self.reminder = None, None, found, None
        if isinstance(found, Unopened):
            self.digits = (self.digits[0], "")
            self.opened = "pin" if self.digits[0] else "reference"
        self.refresh()
        self.start_at_top()

    def show_reminder(self, reminder: Reminder, paper: PaperState, printer: PrinterState) -> None:
        """The question why it is late is asked, and its paper is there, or on its way, or not."""
        self.reminder = (reminder, paper, printer)
        self.refresh()

    def clear(self) -> None:
        self.show_form()

    @property
    def go_label(self) -> str:
        if self.wait is not None:
            return ""
        if isinstance(self.found, Whereabouts | KnownHere):
            return self._("I am done")
        return self._("Try again") if isinstance(self.found, NotReached) else self._("Show my file")

    @property
    def ready(self) -> bool:
        return not self._writing or (self._reference is not None and len(self.digits[1]) == PIN_DIGITS)

    def go(self) -> None:
        reference = self._reference
        if isinstance(self.found, Whereabouts | KnownHere):
            self.went_on.emit()
        elif isinstance(self.found, NotReached):
            self.again_wanted.emit()
        elif reference is not None:
            self.inquired.emit(ByPin(reference, self.digits[1]))

    def refresh(self) -> None:
        self.can_go_back = not isinstance(self.found, Whereabouts | KnownHere)
        super().refresh()
        self._was_ready = self.ready

    def build(self, page: QVBoxLayout) -> None:
        self._lamp = None
        if self.wait is not None:
            self._build_wait(page, self.wait)
        elif isinstance(self.found, Whereabouts):
            late = (self._why_late(self.found), self._complaint(self.found))
            build_whereabouts(page, self.found, self.theme, self._, self._offer(self.found), late)
        elif isinstance(self.found, NotReached):
            self._build_not_reached(page, self.found)
        elif isinstance(self.found, KnownHere):
            self._build_on_its_way(page, self.found)
        else:
            self._build_form(page, self.found)

    @property
    def _writing(self) -> bool:
        return self.wait is None and (self.found is None or isinstance(self.found, Unopened))

    @property
    def _reference(self) -> Reference | None:
        try:
            return Reference.parse(self.digits[0])
        except ReferenceFault:
            return None

    def _why_late(self, found: Whereabouts) -> WhyLate:
        today = None if self.today is None else self.today()
        why = WhyLate(found, self.reminder, today, self.theme, self._)
        why.wanted.connect(lambda: self.reason_wanted.emit(found))
        why.print_wanted.connect(self._want_reminder)
        return why

    def _want_reminder(self) -> None:
        if self.reminder is not None:
            self.reminder_wanted.emit(self.reminder[0])

    def _complaint(self, found: Whereabouts) -> Button | None:
        """Of a file that is late: the town hall can be told so with one touch."""
        if not found.pledge.late_days or found.standing is not Standing.OPEN:
            return None
        button = Button("complain-late", self._("I complain that it is late"), self.theme, icon="late-file")
        button.clicked.connect(lambda: self.complaint_wanted.emit(found.reference))
        return button

    def _offer(self, found: Whereabouts) -> Button | None:
        """To add what the file lacks, here and now, if this kiosk knows those papers."""
        known = self.papers.get(found.service_id, frozenset())
        if found.standing is not Standing.OPEN or known.isdisjoint(each.requirement for each in found.owed):
            return None
        add = Button("add-papers", self._("I have papers to add"), self.theme, Look.NOW)
        add.clicked.connect(lambda: self.papers_wanted.emit(found))
        return add

    def _show_wait(self, wait: Wait) -> None:
        self.wait, self.unread, self.found, self.reminder = wait, None, None, None
        self.refresh()

    def _build_wait(self, page: QVBoxLayout, wait: Wait) -> None:
        reading = wait is Wait.GLASS
        words = self._("Reading your receipt…") if reading else self._("Asking the town hall…")
        page.addStretch(1)
        page.addWidget(Paragraph(words, self.theme, TITLE, Ink.INK, _CENTRE))
        if reading:
            self._lamp = LampBar(0.0, self.theme, self._("How far the scanner is"))
            page.addWidget(self._lamp)
        page.addStretch(1)

    def _build_form(self, page: QVBoxLayout, unopened: Unopened | None) -> None:
        _ = self._
        held = _("Hold the square code of your receipt in front of the reader, or type its two numbers.")
        laid = _("Lay your receipt on the scanner, its printed side down, and touch “Scan”. Or type its two numbers.")
        typed = _("Type the two numbers of your receipt.")
        by_glass = not self.has_reader and self.unread is not ScannerState.OFFLINE
        self.heading(page, _("Where is my file?"), held if self.has_reader else laid if by_glass else typed)
        refusal = self._refusal(unopened) if unopened is not None else self._unread_sentence()
        if refusal:
            page.addWidget(Paragraph(refusal, self.theme, STRONG, Ink.BRICK))
        if by_glass:
            scan = Button("scan-receipt", _("Scan"), self.theme)
            scan.clicked.connect(self.glass_wanted)
            page.addWidget(scan)
        for part in _DIGITS_IN:
            if part == self.opened:
                page.addWidget(self._open_part(part))
            else:
                closed = ClosedField(
                    f"open-{part}", self._title(part), isolate(unbroken(self._written(part))), self.theme
                )
                closed.clicked.connect(partial(self._open, part))
                page.addWidget(closed)
        page.addStretch(1)

    def _refusal(self, unopened: Unopened) -> str:
        if unopened is Unopened.TOO_OFTEN:
            return self._("This number was tried too often. Wait a quarter of an hour, or ask at the counter.")
        if self.digits[0]:
            return self._("This file number and this PIN do not go together. Check both on your receipt.")
        return self._("The town hall knows no file with this code. Type the two numbers printed beside it.")

    def _unread_sentence(self) -> str:
        match self.unread:
            case None | ScannerState.STOPPED:
                return ""
            case ScannerState.OFFLINE:
                return self._("The scanner does not answer. Type the two numbers of your receipt.")
            case ScannerState() as state:
                return scanner_sentence(state, self._)
            case OnGlass.NO_CODE:
                return self._("No square code was seen. Lay the receipt flat, its printed side down, and touch “Scan”.")

    def _title(self, part: str) -> str:
        return self._("File number") if part == "reference" else self._("PIN")

    def _written(self, part: str) -> str:
        return file_words(self.digits[0]) if part == "reference" else self.digits[1]

    def _open_part(self, part: str) -> Panel:
        panel = Panel(self.theme, Ink.PAPER, Ink.TEAL)
        panel.inside.addWidget(Paragraph(self._title(part), self.theme, STRONG))
        line = Field(part, self._written(part), self.theme.font(DIGITS), self.theme.px(110))
        line.setAccessibleName(self._title(part))
        line.setPlaceholderText("00-000-00000-00" if part == "reference" else "000000")
        line.hold_number(self.theme.language.right_to_left)
        panel.inside.addWidget(line)
        wrong = Paragraph("", self.theme, SMALL, Ink.BRICK)
        wrong.hide()
        panel.inside.addWidget(wrong)

        def hear(text: str) -> None:
            digits = "".join(each for each in text if each in "0123456789")[: _DIGITS_IN[part]]
            self._keep(part, digits)
            shown = self._written(part)
            if text != shown:
                line.setText(shown)
                return
            full = part == "reference" and len(digits) == _DIGITS_IN[part]
            wrong.say(self._("One digit is wrong: compare with your receipt.") if full and not self._reference else "")
            wrong.setVisible(bool(wrong.text))
            if full and self._reference:
                self._open("pin")

        line.textChanged.connect(hear)
        self.write_into(line, Layout.DIGITS)
        return panel

    def _open(self, part: str) -> None:
        self.opened = part
        self.refresh()

    def _keep(self, part: str, digits: str) -> None:
        self.digits = (digits, self.digits[1]) if part == "reference" else (self.digits[0], digits)
        if self.ready is not self._was_ready:
            self._was_ready = self.ready
            self.changed.emit()

    def _build_not_reached(self, page: QVBoxLayout, found: NotReached) -> None:
        self._say(page, "alert", self._("The centre does not answer just now"))
        advice = self._("Nothing is lost. Try again in a few minutes, or ask at the counter.")
        page.addWidget(Paragraph(advice, self.theme, TEXT, Ink.INK, _CENTRE))
        if found.known is not None:
            page.addWidget(Paragraph(self._("What this kiosk knows by itself:"), self.theme, SMALL, Ink.MUTE))
            self._build_known(page, found.known)
        page.addStretch(1)

    def _build_on_its_way(self, page: QVBoxLayout, known: KnownHere) -> None:
        self._say(page, "clock", self._("Your file is on its way"))
        more = self._("It was kept at this kiosk and goes to the town hall by itself. Look again in a few minutes.")
        page.addWidget(Paragraph(more, self.theme, TEXT, Ink.INK, _CENTRE))
        self._build_known(page, known)
        page.addStretch(1)

    def _say(self, page: QVBoxLayout, icon: str, title: str) -> None:
        page.addSpacing(self.theme.px(90))
        page.addWidget(Mark(self.theme, "", icon, Ink.OCHRE, 130), 0, _CENTRE)
        page.addWidget(Paragraph(title, self.theme, TITLE, Ink.INK, _CENTRE))

    def _build_known(self, page: QVBoxLayout, known: KnownHere) -> None:
        """Of papers only that some were missing: whether all are there is for an agent to say."""
        _ = self._
        panel = Panel(self.theme)
        reference = _("File {reference}").format(reference=isolate(unbroken(str(known.reference))))
        deposited = _("Deposited here on {date}").format(date=isolate(_.date(known.deposited_on)))
        panel.inside.addWidget(Paragraph(known.service[self.theme.language], self.theme, STRONG))
        for words in (reference, deposited, "" if known.complete else _("Some papers were missing.")):
            if words:
                panel.inside.addWidget(Paragraph(words, self.theme, TEXT))
        page.addWidget(panel)
