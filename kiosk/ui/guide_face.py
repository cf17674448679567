"""The list of what a service needs, on paper: to tick at home, or to open on a phone."""

from PySide6.QtCore import QPointF

from civic.catalog import Requirement
from civic.deadline import Deadline
from civic.language import Language
from kiosk.devices.base import Raster
from kiosk.services.guide import Guide
from kiosk.services.receipt import Paper as Listed
from kiosk.ui import paper_words as words
from kiosk.ui.face import LEAST, SECOND, STRONG, TEXT, Face
from kiosk.ui.language import Translator
from kiosk.ui.paper import CENTRE, MARGIN, Paper, square
from kiosk.ui.qr_code import qr_modules

_TICK = 40
"""Width of the square to tick, and the white after it."""


def draw_guide(guide: Guide, language: Language, width_px: int) -> Raster:
    """The whole list. Arabic first; the second language is French, or English for who reads it."""
    return _GuideFace(guide, language, Paper(width_px)).draw()


class _GuideFace(Face):
    def __init__(self, guide: Guide, language: Language, paper: Paper) -> None:
        super().__init__(guide.office, language, paper)
        self._guide = guide

    def draw(self) -> Raster:
        paper, guide = self._paper, self._guide
        self._head()
        self._centred(self._both(words.guide, self._title, TEXT))
        paper.gap(8)
        self._centred(self._wording(guide.service.name, STRONG, TEXT))
        if guide.service.conditions:
            self._section(words.conditions)
            for condition in guide.service.conditions:
                self._pair(self._wording(condition.text, TEXT, LEAST), MARGIN)
                paper.gap(6)
        if guide.needed:
            self._section(words.papers)
            for needed in guide.needed:
                self._needed(needed)
        self._facts()
        rows = qr_modules(guide.url)
        paper.code(guide.url, rows, min(6, paper.width // len(rows)))
        self._centred(self._both(words.on_a_phone, SECOND, LEAST))
        paper.gap(8)
        self._foot()
        return paper.finish()

    def _needed(self, needed: Requirement) -> None:
        """A square to tick, the paper, and what exactly is meant."""
        paper = self._paper
        paper.gap(4)
        mark = QPointF(MARGIN + 2, paper.y + 8)
        paper.draw(lambda painter: square(painter, mark))
        listed = Listed(needed.name, 0, needed.copies)
        self._pair(self._both(lambda _: words.name(_, listed), TEXT, LEAST), MARGIN + _TICK)
        if needed.optional:
            self._pair(self._both(words.where_it_applies, SECOND, LEAST), MARGIN + _TICK)
        for told in (needed.hint, needed.where):
            if told is not None:
                self._pair(self._wording(told, SECOND, LEAST), MARGIN + _TICK)
        paper.gap(3)
        paper.dashes()

    def _facts(self) -> None:
        """How long, and how much."""
        guide, paper = self._guide, self._paper
        paper.gap(12)
        deadline = guide.deadline
        if deadline is not None:
            label = self._both(lambda _: words.time_to_answer(_, deadline.kind), SECOND, LEAST)
            paper.panels([*label, *self._both(lambda _: _days(_, deadline), STRONG, SECOND)])
            paper.gap(8)
        elif guide.delay is not None:
            label = self._both(words.how_long, SECOND, LEAST)
            paper.panels([*label, *self._wording(guide.delay, STRONG, SECOND)])
        if guide.service.fee is not None:
            self._fee(guide.service.fee.text)

    def _foot(self) -> None:
        paper = self._paper
        paper.rule()
        paper.gap(4)
        day, time = self._ar.short_date(self._guide.given_at), self._ar.time(self._guide.given_at)
        paper.text((f"{day}   {time}", Language.ENGLISH, SECOND), CENTRE)
        self._centred(self._both(lambda _: words.place(_, self._office), SECOND, LEAST))
        self._centred(self._both(words.no_receipt, SECOND, LEAST))


def _days(_: Translator, deadline: Deadline) -> str:
    days = words.days(_, deadline.days)
    return f"{days} · {words.from_complete(_)}" if deadline.starts_complete else days
