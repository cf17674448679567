"""The end of a visit: the number, the paper, the promise. Never says the paper is out before the printer does."""

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from civic.reference import Reference
from kiosk.devices.base import PrinterState
from kiosk.services.receipt import Receipt
from kiosk.ui.buttons import Button, Look
from kiosk.ui.faults import printer_sentence
from kiosk.ui.language import isolate, unbroken, with_unit
from kiosk.ui.panel import Mark, Panel
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.promise_panel import PromisePanel
from kiosk.ui.qr_code import QrCode
from kiosk.ui.screens.base import Screen
from kiosk.ui.theme import DIGITS, NUMBER, SMALL, STRONG, TEXT, TITLE, Ink

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class PaperState(Enum):
    """Where the paper is, as far as anyone knows."""

    COMING = "coming"
    OUT = "out"
    FAILED = "failed"
    NOTED = "noted"


class TicketScreen(Screen):
    """Shows a receipt while, and after, its paper is printed."""

    noted = Signal()
    print_wanted = Signal()
    copy_wanted = Signal()
    more_time_wanted = Signal()

    can_go_back = False
    above, between = 16, 16
    receipt: Receipt | None = None
    paper = PaperState.COMING
    printer = PrinterState.READY
    seconds = 0
    _countdown: Paragraph | None = None

    def show_receipt(self, receipt: Receipt) -> None:
        """The paper is on its way."""
        self.receipt = receipt
        self.show_paper(PaperState.COMING)

    def show_paper(self, paper: PaperState, printer: PrinterState = PrinterState.READY) -> None:
        self.paper = paper
        self.printer = printer
        self.refresh()

    @property
    def failed(self) -> bool | None:
        """True when the paper did not come out; None otherwise, so that one can wait for it."""
        return True if self.paper is PaperState.FAILED else None

    def show_seconds(self, seconds: int) -> None:
        """How long until the screen forgets this person."""
        self.seconds = seconds
        if self._countdown is not None:
            self._countdown.say(self._countdown_words())

    @property
    def go_label(self) -> str:
        if self.paper is PaperState.FAILED:
            return self._("I noted it")
        return self._("Next person") if self.theme.at_counter else self._("I am done")

    @property
    def onward(self) -> tuple[str, ...]:
        return ("print-again",) if self.paper is PaperState.FAILED else ("go",)

    @property
    def ready(self) -> bool:
        return self.paper is not PaperState.COMING

    def go(self) -> None:
        if self.paper is PaperState.FAILED:
            self.noted.emit()
        else:
            self.went_on.emit()

    def clear(self) -> None:
        self.receipt = None
        self.paper = PaperState.COMING
        self.refresh()

    def drop(self) -> None:
        super().drop()
        self._countdown = None

    def build(self, page: QVBoxLayout) -> None:
        self._countdown = None
        if self.receipt is None:
            return
        self._build_state(page, self.receipt)
        page.addWidget(self._numbers(self.receipt))
        if self.receipt.deposit is not None:
            page.addWidget(PromisePanel(self.receipt.deposit.promised, self.theme, self._))
        page.addStretch(1)
        if self.paper is not PaperState.COMING:
            page.addLayout(self._actions())
        if self.paper is not PaperState.COMING and not self.theme.at_counter:
            self._countdown = Paragraph(self._countdown_words(), self.theme, SMALL, Ink.MUTE, _CENTRE)
            page.addWidget(self._countdown)

    def _build_state(self, page: QVBoxLayout, receipt: Receipt) -> None:
        _ = self._
        failed = self.paper is PaperState.FAILED
        fill = Ink.BRICK if failed else Ink.OLIVE
        page.addWidget(Mark(self.theme, "", "alert" if failed else "check", fill, 88), 0, _CENTRE)
        if failed:
            title = _("The paper did not come out")
            more = (
                printer_sentence(self.printer, _)
                + " "
                + _("Your number is true all the same: note it, or photograph it.")
            )
        elif self.paper is PaperState.COMING:
            title, more = _("Your request is kept"), _("Your paper is coming out…")
        else:
            title = self._done_title(receipt)
            noted = _("Keep what you noted: it opens your file.")
            more = noted if self.paper is PaperState.NOTED else _("Take your paper: it is your proof.")
        page.addWidget(Paragraph(title, self.theme, TITLE, Ink.INK, _CENTRE))
        page.addWidget(Paragraph(more, self.theme, TEXT, Ink.BRICK if failed else Ink.MUTE, _CENTRE))

    def _done_title(self, receipt: Receipt) -> str:
        if receipt.added is not None:
            return self._("Your papers have joined your file")
        if receipt.deposit is None:
            return self._("Wait for your number")
        if not receipt.deposit.papers_asked:
            return self._("Your request is deposited")
        if not receipt.deposit.complete:
            return self._("Your file is deposited, some papers are missing")
        return self._("Your complete file is deposited")

    def _numbers(self, receipt: Receipt) -> QWidget:
        panel = Panel(self.theme)
        line = self.row()
        words = QVBoxLayout()
        words.addWidget(Paragraph(receipt.service[self.theme.language], self.theme, STRONG))
        words.addWidget(Paragraph(self._("Your number in the queue"), self.theme, SMALL, Ink.MUTE))
        words.addWidget(Paragraph(isolate(receipt.number), self.theme, NUMBER, Ink.DEEP))
        if receipt.added is not None:
            self._add_reference(words, receipt.added.reference)
        if receipt.deposit is not None:
            self._add_reference(words, receipt.deposit.reference)
            pin = isolate(unbroken(f"{receipt.deposit.pin[:3]} {receipt.deposit.pin[3:]}"))
            words.addWidget(Paragraph(self._("PIN: {pin}").format(pin=pin), self.theme, TEXT, personal=True))
        line.addLayout(words, 1)
        if receipt.deposit is not None:
            line.addWidget(QrCode(receipt.deposit.tracking_url, self.theme, 340))
        panel.inside.addLayout(line)
        return panel

    def _add_reference(self, words: QVBoxLayout, reference: Reference) -> None:
        words.addWidget(Paragraph(self._("File number"), self.theme, SMALL, Ink.MUTE))
        words.addWidget(Paragraph(isolate(unbroken(str(reference))), self.theme, DIGITS))

    def _actions(self) -> QBoxLayout:
        actions = self.row()
        failed = self.paper is PaperState.FAILED
        if failed:
            paper = Button("print-again", self._("Try printing again"), self.theme, Look.NOW)
            paper.clicked.connect(self.print_wanted)
        else:
            paper = Button("copy", self._("Another copy"), self.theme)
            paper.clicked.connect(self.copy_wanted)
        actions.addWidget(paper)
        if not self.theme.at_counter:
            more = Button("more-time", self._("I need more time"), self.theme)
            more.clicked.connect(self.more_time_wanted)
            actions.addWidget(more)
        return actions

    def _countdown_words(self) -> str:
        words = self._.count(
            "Your information leaves this screen in {n} second.",
            "Your information leaves this screen in {n} seconds.",
            self.seconds,
        )
        return with_unit(words, self.seconds)
