"""When the kiosk itself is unwell: what happened, what a person does now, and what a power cut left to finish."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from kiosk.devices.base import PrinterState
from kiosk.services.intake import Prepared
from kiosk.store.database import StoreTrouble
from kiosk.ui.buttons import Button, Look
from kiosk.ui.faults import printer_sentence, store_sentence
from kiosk.ui.language import isolate
from kiosk.ui.panel import Mark, Panel
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.screens.base import Screen
from kiosk.ui.theme import SMALL, STRONG, TEXT, TITLE, Ink

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class TroubleScreen(Screen):
    """One sentence for the person; `unfinished` tickets each with what can be done about them.

    `fault`: why nothing could be kept, or why the paper of an unfinished ticket did not come.
    """

    print_wanted = Signal(str)
    void_wanted = Signal(str)

    can_go_back = False
    fault: StoreTrouble | PrinterState | None = None
    busy = False
    unfinished: tuple[Prepared, ...] = ()

    def show_trouble(self, fault: StoreTrouble | None) -> None:
        """None: something nobody foresaw."""
        self.fault = fault
        self.unfinished = ()
        self.refresh()

    def show_unfinished(self, unfinished: tuple[Prepared, ...], fault: PrinterState | None = None) -> None:
        """Tickets whose paper nobody is known to hold; `fault` says why printing one just failed."""
        self.fault = fault
        self.busy = False
        self.unfinished = unfinished
        self.refresh()

    def show_busy(self) -> None:
        """What was touched is being done: nothing else can be touched meanwhile."""
        self.fault = None
        self.busy = True
        self.refresh()

    @property
    def go_label(self) -> str:
        return "" if self.unfinished else self._("Start again")

    def clear(self) -> None:
        self.fault = None
        self.busy = False
        self.unfinished = ()
        self.refresh()

    def build(self, page: QVBoxLayout) -> None:
        _ = self._
        if self.unfinished:
            self.heading(
                page,
                _("Papers that may not have come out"),
                _("These numbers are true. Print the paper, or cancel the number."),
            )
        else:
            page.addStretch(1)
            page.addWidget(Mark(self.theme, "", "alert", Ink.OCHRE, 150), 0, _CENTRE)
            page.addWidget(Paragraph(_("Sorry, something went wrong"), self.theme, TITLE, Ink.INK, _CENTRE))
            page.addWidget(Paragraph(_("Nothing you confirmed was lost."), self.theme, TEXT, Ink.MUTE, _CENTRE))
        if sentence := self._sentence():
            align = None if self.unfinished else _CENTRE
            page.addWidget(Paragraph(sentence, self.theme, STRONG, Ink.DEEP if self.busy else Ink.BRICK, align))
        for prepared in self.unfinished:
            page.addWidget(self._ticket(prepared))
        page.addStretch(1)

    def _sentence(self) -> str:
        if self.busy:
            return self._("One moment, please.")
        match self.fault:
            case StoreTrouble() as trouble:
                return store_sentence(trouble, self._)
            case PrinterState() as state:
                return printer_sentence(state, self._)
            case _nothing:
                return "" if self.unfinished else self._("Please touch “Start again”, or go to the window.")

    def _ticket(self, prepared: Prepared) -> Panel:
        receipt = prepared.receipt
        panel = Panel(self.theme)
        number = self._("Number {number}").format(number=isolate(receipt.number))
        panel.inside.addWidget(Paragraph(number, self.theme, STRONG))
        what = f"{receipt.service[self.theme.language]} · {isolate(self._.time(receipt.given_at))}"
        panel.inside.addWidget(Paragraph(what, self.theme, TEXT, Ink.MUTE))
        actions = self.row()
        paper = Button(f"print-{receipt.number}", self._("Print it"), self.theme, Look.NOW)
        paper.clicked.connect(lambda: self.print_wanted.emit(prepared.ticket_id))
        void = Button(f"void-{receipt.number}", self._("Cancel this number"), self.theme, kind=SMALL)
        void.clicked.connect(lambda: self.void_wanted.emit(prepared.ticket_id))
        for button in (paper, void):
            button.setEnabled(not self.busy)
            actions.addWidget(button)
        panel.inside.addLayout(actions)
        return panel
