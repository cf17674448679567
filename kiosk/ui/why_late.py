"""A late file on the screen: ask why, what was asked, and what the town hall answered."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.devices.base import PrinterState
from kiosk.services.reminders import Reminder
from kiosk.ui.buttons import Button, Look
from kiosk.ui.faults import printer_sentence
from kiosk.ui.language import Translator, isolate, unbroken
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.screens.ticket import PaperState
from kiosk.ui.theme import SMALL, STRONG, TEXT, Ink, Theme
from sync.messages import Asked, Standing, Whereabouts


class WhyLate(QWidget):
    """`reminder`: of this very visit, its paper on the way or not. `today`: nobody asks twice in a day."""

    wanted = Signal()
    print_wanted = Signal()

    def __init__(
        self,
        found: Whereabouts,
        reminder: tuple[Reminder, PaperState, PrinterState] | None,
        today: date | None,
        theme: Theme,
        _: Translator,
    ) -> None:
        super().__init__()
        self._theme, self._ = theme, _
        self._page = QVBoxLayout(self)
        self._page.setContentsMargins(0, 0, 0, 0)
        self._page.setSpacing(theme.px(20))
        answered = [each for each in found.asked if each.reason is not None]
        waiting = [each for each in found.asked if each.reason is None and found.standing is Standing.OPEN]
        for each in answered:
            self._add_answer(each)
        if reminder is not None:
            self._add_question(reminder[0].asked_at.date(), reminder[0].number, reminder[0].answer_by)
            self._add_paper(*reminder[1:])
        else:
            for each in waiting:
                self._add_question(each.asked_on, each.number, each.answer_by)
        asked_today = any(each.asked_on == today for each in waiting) or reminder is not None
        if found.pledge.late_days and found.standing is Standing.OPEN and not asked_today:
            self._add_button("ask-why", _("Ask why it is late"), Look.PLAIN, self.wanted)

    def _add_answer(self, asked: Asked) -> None:
        _, reason = self._, asked.reason
        if reason is not None:
            on = _("The town hall says why, on {date}:").format(date=isolate(_.date(reason.on)))
            self._page.addWidget(Paragraph(on, self._theme, SMALL, Ink.MUTE))
            self._page.addWidget(Paragraph(isolate(reason.words[self._theme.language]), self._theme, STRONG))

    def _add_question(self, asked_on: date, number: str, answer_by: date) -> None:
        _ = self._
        said = _("You asked on {date} why it is late (reminder {number}).")
        owed = _("The town hall owes you the reason by {date}: its own goal, not a delay set by law.")
        asked = said.format(date=isolate(_.date(asked_on)), number=isolate(unbroken(number)))
        self._page.addWidget(Paragraph(asked, self._theme, STRONG))
        self._page.addWidget(Paragraph(owed.format(date=isolate(_.date(answer_by))), self._theme, TEXT))

    def _add_paper(self, paper: PaperState, printer: PrinterState) -> None:
        _ = self._
        failed = paper is PaperState.FAILED
        if failed:
            words = printer_sentence(printer, _) + " " + _("Your question is asked all the same: note its number.")
        else:
            out = _("Take your paper: it is your proof.")
            words = _("Your paper is coming out…") if paper is PaperState.COMING else out
        self._page.addWidget(Paragraph(words, self._theme, TEXT, Ink.BRICK if failed else Ink.DEEP))
        if failed:
            self._add_button("print-reminder", _("Try printing again"), Look.NOW, self.print_wanted)

    def _add_button(self, name: str, words: str, look: Look, wanted: object) -> None:
        icon = "speech" if look is Look.PLAIN else ""
        button = Button(name, words, self._theme, look, icon=icon)
        button.clicked.connect(wanted)
        self._page.addWidget(button)
