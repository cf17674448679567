"""The first screen: what would you like to do?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from civic.language import Wording
from kiosk.devices.base import PrinterState
from kiosk.ui.buttons import Card, Look
from kiosk.ui.comfort import TextSize
from kiosk.ui.faults import printer_sentence
from kiosk.ui.panel import Panel
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
    waiting: int | None = None
    """How many wait in the hall; None when that is not known just now."""
    notices: tuple[Wording, ...] = ()
    """What the town hall tells everybody."""
    _crowd: Paragraph | None = None

    def show_welcome(self, printer: PrinterState = PrinterState.READY) -> None:
        self.printer = printer
        self.refresh()

    def show_news(self, waiting: int | None, notices: tuple[Wording, ...]) -> None:
        """Numbers change in place: a page drawn anew under a finger would lose its touch."""
        self.waiting = waiting
        if notices != self.notices:
            self.notices = notices
            self.refresh()
        elif self._crowd is not None:
            self._crowd.say(self._crowd_words())
            self._crowd.setVisible(bool(self._crowd.text))

    def _crowd_words(self) -> str:
        _ = self._
        if self.waiting is None:
            return _("Touch what you want. You can go back at any time.") if self._crowded else ""
        return _.count("{n} person waits.", "{n} people wait.", self.waiting) if self.waiting else _("Nobody waits.")

    @property
    def _crowded(self) -> bool:
        """Whether a screen is so low that one line has to say either how many wait or what to do."""
        return self.theme.wide and not self.notices

    def drop(self) -> None:
        self._crowd = None
        super().drop()

    def build(self, page: QVBoxLayout) -> None:
        _ = self._
        self._crowd = crowd = Paragraph(self._crowd_words(), self.theme, TEXT, Ink.MUTE)
        self._greet(page, crowd)
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
        if not self._crowded:
            page.addWidget(crowd)
            crowd.setVisible(bool(crowd.text))
        page.addStretch(1)
        if not self.printer.can_print:
            notice = printer_sentence(self.printer, _) + " " + _("You can file all the same and note your number.")
            page.addWidget(Paragraph(notice, self.theme, STRONG, Ink.BRICK))

    def _greet(self, page: QVBoxLayout, crowd: Paragraph) -> None:
        _ = self._
        if not (self.theme.wide and self.notices):  # a low screen has no room for both
            page.addSpacing(self.theme.px(20))
            page.addWidget(Paragraph(_("Welcome"), self.theme, GREETING))
        if self._crowded:
            page.addWidget(crowd)
        elif not self.theme.wide:
            advice = _("Touch what you want. You can go back at any time.")
            page.addWidget(Paragraph(advice, self.theme, TEXT, Ink.MUTE))
        for words in self.notices:
            panel = Panel(self.theme, Ink.MIST, Ink.TEAL)
            panel.inside.addWidget(Paragraph(words[self.theme.language], self.theme, STRONG))
            page.addWidget(panel)
        page.addSpacing(self.theme.px(20))

    def clear(self) -> None:
        self.printer = PrinterState.READY
