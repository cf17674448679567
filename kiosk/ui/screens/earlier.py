"""Papers given before: the receipt of an earlier file opens what it holds, and the person says what to use again."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from civic.reuse import Reusable
from kiosk.services.earlier import LineDown
from kiosk.ui.buttons import Card, Look
from kiosk.ui.language import isolate, unbroken
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.screens.receipt import ReceiptScreen
from kiosk.ui.theme import STRONG, TITLE, Ink

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class EarlierScreen(ReceiptScreen):
    """The form, then the wait, then what need not be scanned; everything is used again unless it is touched."""

    chosen_again = Signal(object)
    """The Documents that need not be scanned; none, when nothing is there to be used again."""

    offers: tuple[Reusable, ...] | LineDown | None = None
    left_out: frozenset[str] = frozenset()

    def show_offers(self, offers: tuple[Reusable, ...] | LineDown) -> None:
        self.wait, self.unread, self.offers = None, None, offers
        self.refresh()
        self.start_at_top()

    @property
    def title(self) -> str:
        return self._("Papers you gave before")

    @property
    def answered(self) -> bool:
        return self.offers is not None

    def forget_answer(self) -> None:
        super().forget_answer()
        self.offers, self.left_out = None, frozenset()

    @property
    def go_label(self) -> str:
        if self.wait is not None:
            return ""
        if not self.answered:
            return self._("Show these papers")
        chosen = len(self._chosen)
        if chosen:
            return self._.count("Use {n} paper again", "Use {n} papers again", chosen)
        return self._("Continue")

    def go(self) -> None:
        if self.answered:
            self.chosen_again.emit(tuple(each.document for each in self._chosen))
        else:
            super().go()

    def build(self, page: QVBoxLayout) -> None:
        if isinstance(self.offers, tuple) and self.offers:
            self._build_offers(page, self.offers)
        elif isinstance(self.offers, tuple):
            self._say(page, self._("Nothing of that file can be used again here: scan your papers as usual."))
        elif self.offers is not None:
            self._say(page, self._("The town hall cannot be asked just now: scan your papers as usual."))
        else:
            super().build(page)

    @property
    def _chosen(self) -> tuple[Reusable, ...]:
        offers = self.offers if isinstance(self.offers, tuple) else ()
        return tuple(each for each in offers if each.requirement.id not in self.left_out)

    def _build_offers(self, page: QVBoxLayout, offers: tuple[Reusable, ...]) -> None:
        _ = self._
        self.heading(page, self.title, _("Use them again? Touch one to leave it out. An agent will confirm them."))
        for each in offers:
            used = each.requirement.id not in self.left_out
            said = _("Already given on {date}, valid until {until}.")
            given_on, until = (isolate(unbroken(_.date(day))) for day in (each.held.given.on, each.valid_until))
            more = said.format(date=given_on, until=until) + " " + (_("It is used again.") if used else _("Left out."))
            name = each.requirement.name[self.theme.language]
            look, icon = (Look.CHOSEN, "check") if used else (Look.PLAIN, "document")
            card = Card(f"again-{each.requirement.id}", icon, name, more, self.theme, look, STRONG)
            card.clicked.connect(partial(self._turn, each.requirement.id))
            page.addWidget(card)
        page.addStretch(1)

    def _turn(self, requirement_id: str) -> None:
        self.left_out = self.left_out ^ {requirement_id}
        self.refresh()

    def _say(self, page: QVBoxLayout, sentence: str) -> None:
        page.addStretch(1)
        page.addWidget(Paragraph(sentence, self.theme, TITLE, Ink.INK, _CENTRE))
        page.addStretch(1)
