"""Who heard it read aloud: one witness who can sign, with their national card; a second where one is wanted."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from civic.assistance import Witness
from civic.dossier import is_card_number
from kiosk.ui.buttons import Button
from kiosk.ui.field import Field
from kiosk.ui.panel import Panel
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.screens.writing import WritingScreen
from kiosk.ui.theme import SMALL, STRONG, Ink, Type

_WRITTEN = Type(40)
_NOBODY = Witness("", "")


class WitnessesScreen(WritingScreen):
    """All fields stand open: only a counter has this screen, and there a keyboard goes from one to the next."""

    given = Signal(object)
    """The witnesses, as a tuple."""

    witnesses: tuple[Witness, ...] = (_NOBODY,)

    @property
    def go_label(self) -> str:
        return self._("It was read and agreed to: file it")

    @property
    def ready(self) -> bool:
        return all(each.name.strip() and is_card_number(_digits(each.card)) for each in self.witnesses)

    @property
    def onward(self) -> tuple[str, ...]:
        """The first field in which something is still to be written; then the last touch."""
        for nth, each in enumerate(self.witnesses):
            if not each.name.strip():
                return (f"name-{nth}",)
            if not is_card_number(_digits(each.card)):
                return (f"card-{nth}",)
        return ("go",)

    def go(self) -> None:
        self.given.emit(tuple(Witness(each.name.strip(), _digits(each.card)) for each in self.witnesses))

    def clear(self) -> None:
        self.witnesses = (_NOBODY,)
        self.refresh()

    def build(self, page: QVBoxLayout) -> None:
        _ = self._
        who = _("A grown person who can sign, and shows a national card.")
        self.heading(page, _("Who heard it read aloud?"), who)
        for nth, witness in enumerate(self.witnesses):
            page.addWidget(self._witness(nth, witness))
        more = len(self.witnesses) == 1
        words = _("Add a second witness") if more else _("One witness is enough")
        second = Button("second-witness", words, self.theme, kind=SMALL)
        second.clicked.connect(lambda: self._count(2 if more else 1))
        page.addWidget(second)
        page.addStretch(1)

    def _count(self, number: int) -> None:
        self.witnesses = (*self.witnesses, _NOBODY)[:number]
        self.refresh()

    def _witness(self, nth: int, witness: Witness) -> Panel:
        panel = Panel(self.theme, Ink.PAPER, Ink.TEAL)
        _ = self._
        for part, title, written in (
            ("name", _("Name of the witness"), witness.name),
            ("card", _("Number of their national card"), witness.card),
        ):
            panel.inside.addWidget(Paragraph(title, self.theme, STRONG))
            panel.inside.addWidget(self._field(nth, part, title, written))
        wrong = Paragraph("", self.theme, SMALL, Ink.BRICK)
        panel.inside.addWidget(wrong)
        card = panel.findChild(Field, f"card-{nth}")

        def remark(text: str) -> None:
            done = len(_digits(text)) >= len("00000000")
            objection = _("The number of a national identity card has 8 digits.")
            wrong.say(objection if done and not is_card_number(_digits(text)) else "")
            wrong.setVisible(bool(wrong.text))

        remark(witness.card)
        if card is not None:
            card.textChanged.connect(remark)
        return panel

    def _field(self, nth: int, part: str, title: str, written: str) -> Field:
        line = Field(f"{part}-{nth}", written, self.theme.font(_WRITTEN), self.theme.px(100))
        line.setAccessibleName(title)
        if part == "card":
            line.setMaxLength(12)
            line.hold_number(self.theme.language.right_to_left)
        line.textChanged.connect(lambda text: self._keep(nth, part, text))
        if line.objectName() in self.onward:
            self.write_into(line)
        return line

    def _keep(self, nth: int, part: str, text: str) -> None:
        before = self.ready
        changed = replace(self.witnesses[nth], name=text) if part == "name" else replace(self.witnesses[nth], card=text)
        self.witnesses = (*self.witnesses[:nth], changed, *self.witnesses[nth + 1 :])
        if self.ready is not before:
            self.changed.emit()


def _digits(typed: str) -> str:
    return typed.replace(" ", "")
