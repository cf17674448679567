"""What every paper of the hall has: the town's head, and how two languages stand together on it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF

from civic.language import Language, Wording
from kiosk.services.receipt import Office
from kiosk.ui import paper_words as words
from kiosk.ui.language import Translator, isolate
from kiosk.ui.paper import CENTRE, MARGIN, Paper, Text, crest
from kiosk.ui.theme import Type

NAME = Type(34, bold=True, title=True)
STRONG = Type(27, bold=True)
TEXT = Type(25)
SECOND = Type(22)
"""The second language: smaller, and never under `LEAST`, still read with ease at 8 dots a millimetre."""
LEAST = Type(20)
_WIDE_PX = 500
"""From this width on (80 mm paper) things stand side by side; below it, one under the other."""
_CREST = 76
_BETWEEN = 24
"""Between two columns."""

Say = Callable[[Translator], str]
"""A sentence, said by whoever translates."""


class Face:
    """Arabic first; the second language is French, or English for who chose it."""

    def __init__(self, office: Office, language: Language, paper: Paper) -> None:
        self._office = office
        self._paper = paper
        second = Language.ENGLISH if language is Language.ENGLISH else Language.FRENCH
        self._ar, self._second = Translator(Language.ARABIC), Translator(second)
        self._wide = paper.width >= _WIDE_PX

    @property
    def _title(self) -> Type:
        return Type(40 if self._wide else 33, bold=True, title=True)

    def _digits(self, wide: int, narrow: int) -> Type:
        return Type(wide if self._wide else narrow, bold=True, digits=True)

    # how two languages stand together

    def _both(self, say: Say, first: Type, second: Type) -> list[Text]:
        """The same in both languages, one under the other."""
        return [(say(_), _.language, kind) for _, kind in ((self._ar, first), (self._second, second))]

    def _side_by_side(self, say: Say) -> str:
        """The same in both languages on one line, each in its own direction."""
        return f"{say(self._ar)} · {isolate(say(self._second))}"

    def _centred(self, texts: Sequence[Text]) -> None:
        for text in texts:
            self._paper.text(text, CENTRE)
            self._paper.seam()

    def _pair(self, texts: Sequence[Text], left: float) -> None:
        """Arabic at the right edge, the second language at `left`: on one line when both fit, else on two."""
        paper = self._paper
        room = paper.width - MARGIN - left
        arabic, second = (paper.lines(text, room) for text in texts)
        top = paper.y
        paper.place(arabic, left, top)
        if arabic.width + second.width + 24 <= room:
            paper.place(second, left, top + (arabic.height - second.height) / 2)
            paper.y = top + arabic.height
        else:
            paper.y = top + arabic.height
            paper.seam()
            paper.place(second, left, paper.y)
            paper.y += second.height

    def _columns(self, *columns: Sequence[Text]) -> None:
        """Side by side from the right, or one under the other on narrow paper."""
        paper = self._paper
        across = len(columns) if self._wide else 1
        width = (paper.room - _BETWEEN * (across - 1)) / across
        top, lowest = paper.y, paper.y
        for nth, texts in enumerate(columns):
            left = MARGIN + (across - 1 - nth % across) * (width + _BETWEEN)
            paper.y = top if self._wide else lowest
            for text in texts:
                lines = paper.lines(text, width)
                paper.place(lines, left, paper.y)
                paper.y += lines.height
            lowest = max(lowest, paper.y)
        paper.y = lowest

    def _section(self, say: Say) -> None:
        """What the lines below are."""
        self._paper.gap(10)
        self._pair(self._both(say, STRONG, SECOND), MARGIN)
        self._paper.gap(2)
        self._paper.rule(2)
        self._paper.seam()

    def _wording(self, wording: Wording, first: Type, second: Type) -> list[Text]:
        return self._both(lambda _: wording[_.language], first, second)

    def _head(self) -> None:
        """The crest on the reading side, the town, its citizen space."""
        paper, town = self._paper, self._office.town
        arabic, second = town.ar, town[self._second.language]
        if self._wide:
            arabic, second = f"{arabic} · {words.space(self._ar)}", f"{second} · {words.space(self._second)}"
        names: list[Text] = [(arabic, Language.ARABIC, NAME), (isolate(second), Language.ARABIC, SECOND)]
        placed = [paper.lines(each, paper.room - _CREST - 14) for each in names]
        high = sum(lines.height for lines in placed)
        box = QRectF(paper.width - MARGIN - _CREST, paper.y, _CREST, _CREST)
        paper.draw(lambda painter: crest(painter, box))
        top = paper.y + max(0.0, (_CREST - high) / 2)
        for lines in placed:
            paper.place(lines, MARGIN, top)
            top += lines.height
        paper.y = max(box.bottom(), top) + 8
        if not self._wide:
            paper.text((self._side_by_side(words.space), Language.ARABIC, SECOND), CENTRE)
            paper.gap(4)
        paper.rule()
        paper.gap(8)

    def _fee(self, fee: Wording) -> None:
        label: Text = (self._side_by_side(words.pay), Language.ARABIC, STRONG)
        self._paper.gap(12)
        self._paper.panels([label, *self._wording(fee, TEXT, SECOND)])
        self._paper.gap(12)
