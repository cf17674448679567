"""The form that opens a file: its receipt's square is shown or laid on the glass, or its two numbers are typed."""

from enum import StrEnum, auto
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from civic.reference import Reference, ReferenceFault
from civic.tracking import PIN_DIGITS
from kiosk.devices.base import ScannerState
from kiosk.ui.answer_words import file_words
from kiosk.ui.buttons import Button
from kiosk.ui.faults import scanner_sentence
from kiosk.ui.field import ClosedField, Field
from kiosk.ui.keyboard import Layout
from kiosk.ui.language import isolate, unbroken
from kiosk.ui.page_picture import LampBar
from kiosk.ui.panel import Panel
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.screens.writing import WritingScreen
from kiosk.ui.theme import DIGITS, SMALL, STRONG, TITLE, Ink
from sync.messages import ByPin, Unopened

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_DIGITS_IN = {"reference": 12, "pin": PIN_DIGITS}


class Wait(StrEnum):
    """What the person waits for."""

    CENTRE = auto()
    GLASS = auto()


class OnGlass(StrEnum):
    """What came of a look at the glass that went well."""

    NO_CODE = auto()


class ReceiptScreen(WritingScreen):
    """The form, then the wait. One of the two numbers is open at a time, the keys under it."""

    inquired = Signal(object)
    """The two numbers are typed: a ByPin."""
    glass_wanted = Signal()
    """The receipt lies on the scanner."""

    has_reader = False
    """Whether a code reader sees what is held before it; without one, the receipt may be laid on the scanner."""
    digits = ("", "")
    opened = "reference"
    wait: Wait | None = None
    unread: ScannerState | OnGlass | None = None
    """Why the receipt on the glass told nothing."""
    unopened: Unopened | None = None
    """Why what was shown or typed opened nothing."""
    _lamp: LampBar | None = None
    _was_ready = False

    def show_form(self, reference: Reference | None = None) -> None:
        """With a `reference` already read, only its PIN is wanting."""
        self.digits = ("" if reference is None else str(reference).replace("-", ""), "")
        self.opened = "reference" if reference is None else "pin"
        self._begin(None)

    def show_asking(self) -> None:
        self._begin(Wait.CENTRE)

    def show_reading(self) -> None:
        """The lamp moves under the receipt."""
        self._begin(Wait.GLASS)

    def show_share(self, share: float) -> None:
        """How far the lamp is, from 0 to 1; what comes late, after the look, changes nothing."""
        if self.wait is Wait.GLASS and self._lamp is not None:
            self._lamp.show_share(share)

    def show_unread(self, why: ScannerState | OnGlass | None) -> None:
        """The form again, as it was; None when the glass told something."""
        self.wait, self.unread = None, why
        self.refresh()
        self.start_at_top()

    @property
    def title(self) -> str:
        """What the form is for."""
        raise NotImplementedError

    @property
    def answered(self) -> bool:
        """Whether the town hall's answer stands there, and no form."""
        return False

    @property
    def ready(self) -> bool:
        typed = self._reference is not None and len(self.digits[1]) == PIN_DIGITS
        return self.wait is not None or self.answered or typed

    @property
    def onward(self) -> tuple[str, ...]:
        """From the file number to its PIN."""
        return ("open-pin", "go") if self._reference is not None and self.opened == "reference" else ("go",)

    def drop(self) -> None:
        super().drop()
        self._lamp = None

    def go(self) -> None:
        reference = self._reference
        if reference is not None:
            self.inquired.emit(ByPin(reference, self.digits[1]))

    def show_unopened(self, why: Unopened) -> None:
        """The form again, with a sentence."""
        self.digits = (self.digits[0], "")
        self.opened = "pin" if self.digits[0] else "reference"
        self._begin(None)
        self.unopened = why
        self.refresh()
        self.start_at_top()

    def clear(self) -> None:
        self.show_form()

    def refresh(self) -> None:
        super().refresh()
        self._was_ready = self.ready

    def build(self, page: QVBoxLayout) -> None:
        self._lamp = None
        if self.wait is not None:
            self._build_wait(page, self.wait)
        else:
            self._build_form(page)

    def forget_answer(self) -> None:
        """Whatever the town hall said before is no longer shown."""
        self.unopened = None

    def _begin(self, wait: Wait | None) -> None:
        self.wait, self.unread = wait, None
        self.forget_answer()
        self.refresh()

    @property
    def _reference(self) -> Reference | None:
        try:
            return Reference.parse(self.digits[0])
        except ReferenceFault:
            return None

    def _build_wait(self, page: QVBoxLayout, wait: Wait) -> None:
        reading = wait is Wait.GLASS
        words = self._("Reading your receipt…") if reading else self._("Asking the town hall…")
        page.addStretch(1)
        page.addWidget(Paragraph(words, self.theme, TITLE, Ink.INK, _CENTRE))
        if reading:
            self._lamp = LampBar(0.0, self.theme, self._("How far the scanner is"))
            page.addWidget(self._lamp)
        page.addStretch(1)

    def _build_form(self, page: QVBoxLayout) -> None:
        _ = self._
        held = _("Hold the square code of your receipt in front of the reader, or type its two numbers.")
        laid = _("Lay your receipt on the scanner, its printed side down, and touch “Scan”. Or type its two numbers.")
        typed = _("Type the two numbers of your receipt.")
        by_glass = not self.has_reader and self.unread is not ScannerState.OFFLINE
        self.heading(page, self.title, held if self.has_reader else laid if by_glass else typed)
        refusal = self._refusal(self.unopened) if self.unopened is not None else self._unread_sentence()
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
