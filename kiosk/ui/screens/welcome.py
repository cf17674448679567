"""The first screen: what would you like to do?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from kiosk.devices.base import PrinterState
from kiosk.ui.buttons import Card, Look
from kiosk.ui.comfort import TextSize
from kiosk.ui.faults import printer_sentence
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.screens.base import Screen
from kiosk.ui.theme import GAP, GREETING, STRONG, TEXT, Ink


class WelcomeScreen(Screen):
    """Four ways in. When no paper will come, people should know before they start."""

    request_wanted = Signal()
    complaint_wanted = Signal()
    number_wanted = Signal()
    follow_wanted = Signal()

    can_go_back = False
    printer = PrinterState.READY

    def show_welcome(self, printer: PrinterState = PrinterState.READY) -> None:
        self.printer = printer
        self.refresh()

    def build(self, page: QVBoxLayout) -> None:
        _ = self._
        page.addSpacing(self.theme.px(20))
        page.addWidget(Paragraph(_("Welcome"), self.theme, GREETING))
        page.addWidget(Paragraph(_("Touch what you want. You can go back at any time."), self.theme, TEXT, Ink.MUTE))
        page.addSpacing(self.theme.px(20))
        request = Card(
            "request",
            "file-new",
            _("I need a service or a paper"),
            _("Building permit, extract, signature, taxes…"),
            self.theme,
            Look.GO,
        )
        complaint = Card(
            "complaint",
            "complaint",
            _("I make a complaint"),
            _("Lighting, road, cleanliness, a late file…"),
            self.theme,
        )
        number = Card(
            "number",
            "ticket",
            _("I take a number for the window"),
            _("For everything else: an agent receives you"),
            self.theme,
        )
        follow = Card(
            "follow", "follow", _("I follow my file"), _("Where it is, its date, what is missing"), self.theme
        )
        across = 2 if self.theme.wide and self.theme.comfort.size is TextSize.USUAL else 1
        cards = QGridLayout()
        cards.setSpacing(self.theme.px(GAP))
        meanings = (self.request_wanted, self.complaint_wanted, self.number_wanted, self.follow_wanted)
        for nth, (card, meaning) in enumerate(zip((request, complaint, number, follow), meanings, strict=True)):
            card.clicked.connect(meaning)
            cards.addWidget(card, nth // across, nth % across)
        page.addLayout(cards)
        page.addStretch(1)
        if not self.printer.can_print:
            notice = printer_sentence(self.printer, _) + " " + _("You can file all the same and note your number.")
            page.addWidget(Paragraph(notice, self.theme, STRONG, Ink.BRICK))

    def clear(self) -> None:
        self.printer = PrinterState.READY
