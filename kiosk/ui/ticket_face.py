"""The face of the paper: the récépissé of a deposit or the ticket of an immediate service, in two languages at once."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF

from civic.deadline import DeadlineKind
from civic.language import Language, Wording
from kiosk.devices.base import Raster
from kiosk.services.receipt import Deposit, Promised, Receipt
from kiosk.services.receipt import Paper as Listed
from kiosk.ui import paper_words as words
from kiosk.ui.language import Translator, isolate, unbroken
from kiosk.ui.paper import CENTRE, MARGIN, Frame, Paper, Text, crest, square, tick
from kiosk.ui.qr_code import qr_modules
from kiosk.ui.theme import Type

_NAME = Type(34, bold=True, title=True)
_STRONG = Type(27, bold=True)
_TEXT = Type(25)
_BOLD = Type(25, bold=True)
_SECOND = Type(22)
"""The second language: smaller, and never under `_LEAST`, still read with ease at 8 dots a millimetre."""
_LEAST = Type(20)
_DATE = Type(46, bold=True, title=True)
_WIDE_PX = 500
"""From this width on (80 mm paper) things stand side by side; below it, one under the other."""
_CREST = 76
_BETWEEN = 24
"""Between two columns."""


def draw_face(receipt: Receipt, width_px: int, copy: bool) -> Raster:
    """The whole paper. Arabic first; the second language is French, or English for who chose it."""
    return _Face(receipt, Paper(width_px)).draw(copy)


Say = Callable[[Translator], str]
"""A sentence, said by whoever translates."""


class _Face:
    def __init__(self, receipt: Receipt, paper: Paper) -> None:
        self._receipt = receipt
        self._paper = paper
        second = Language.ENGLISH if receipt.language is Language.ENGLISH else Language.FRENCH
        self._ar, self._second = Translator(Language.ARABIC), Translator(second)
        self._wide = paper.width >= _WIDE_PX

    def draw(self, copy: bool) -> Raster:
        self._head()
        self._paper.seam()
        if copy:
            self._paper.panels([(self._side_by_side(words.copy), Language.ARABIC, _STRONG)], frame=Frame.BLACK)
            self._paper.gap(8)
        if self._receipt.deposit is None:
            self._ticket()
        else:
            self._deposit(self._receipt.deposit)
        self._foot()
        return self._paper.finish()

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
        self._pair(self._both(say, _STRONG, _SECOND), MARGIN)
        self._paper.gap(2)
        self._paper.rule(2)
        self._paper.seam()

    # the parts, from the top down

    def _head(self) -> None:
        """The crest on the reading side, the town, its citizen space."""
        paper, town = self._paper, self._receipt.office.town
        arabic, second = town.ar, town[self._second.language]
        if self._wide:
            arabic, second = f"{arabic} · {words.space(self._ar)}", f"{second} · {words.space(self._second)}"
        names: list[Text] = [(arabic, Language.ARABIC, _NAME), (isolate(second), Language.ARABIC, _SECOND)]
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
            paper.text((self._side_by_side(words.space), Language.ARABIC, _SECOND), CENTRE)
            paper.gap(4)
        paper.rule()
        paper.gap(8)

    def _deposit(self, deposit: Deposit) -> None:
        paper = self._paper
        self._centred(self._both(_deposit_title(deposit), self._title, _TEXT))
        paper.gap(8)
        number = isolate(unbroken(str(deposit.reference)))
        label = (self._side_by_side(words.file_number), Language.ARABIC, _SECOND)
        paper.panels([label, (number, Language.ENGLISH, self._digits(58, 40))])
        paper.gap(10)
        pin = isolate(unbroken(f"{deposit.pin[:3]} {deposit.pin[3:]}"))
        paper.panels(
            [*self._both(words.pin, _SECOND, _SECOND), (pin, Language.ENGLISH, self._digits(48, 34))],
            [*self._both(words.queue_number, _SECOND, _SECOND), (self._number, Language.ENGLISH, self._digits(48, 34))],
        )
        self._what()
        if deposit.received:
            self._section(words.received)
            for listed in deposit.received:
                self._listed(listed)
        if deposit.missing:
            self._section(words.to_bring)
            for listed in deposit.missing:
                self._listed(listed)
        self._promise(deposit.promised)
        self._follow(deposit)

    def _ticket(self) -> None:
        paper, receipt = self._paper, self._receipt
        self._centred(self._both(words.ticket, self._title, _TEXT))
        paper.gap(8)
        paper.panels(self._both(words.queue_number, _TEXT, _SECOND), frame=Frame.BLACK)
        paper.text((self._number, Language.ENGLISH, self._digits(150, 120)), CENTRE)
        paper.seam()
        paper.rule()
        self._what()
        if receipt.bring:
            self._section(words.bring)
            for listed in receipt.bring:
                self._listed(listed)
        if receipt.fee is not None:
            self._fee(receipt.fee)

    @property
    def _number(self) -> str:
        return isolate(unbroken(self._receipt.number))

    @property
    def _title(self) -> Type:
        return Type(40 if self._wide else 33, bold=True, title=True)

    def _digits(self, wide: int, narrow: int) -> Type:
        return Type(wide if self._wide else narrow, bold=True, digits=True)

    def _what(self) -> None:
        """The service, and below it the moment."""
        paper, receipt = self._paper, self._receipt
        day, time = self._ar.short_date(receipt.given_at), self._ar.time(receipt.given_at)
        paper.gap(8)
        paper.seam()
        self._pair(self._wording(receipt.service, _STRONG, _TEXT), MARGIN)
        paper.seam()
        paper.text((f"{day}   {time}", Language.ENGLISH, _STRONG), CENTRE)
        paper.seam()

    def _wording(self, wording: Wording, first: Type, second: Type) -> list[Text]:
        return self._both(lambda _: wording[_.language], first, second)

    def _listed(self, listed: Listed) -> None:
        """A paper: a tick when it was received, with its pages when they are several; a square when still to bring."""
        paper = self._paper
        paper.gap(4)
        mark = QPointF(MARGIN + 2, paper.y + 8)
        paper.draw(lambda painter: (tick if listed.pages else square)(painter, mark))
        self._pair(self._both(lambda _: words.name(_, listed), _TEXT, _LEAST), MARGIN + 40)
        if listed.pages > 1:
            paper.seam()
            self._pair(self._both(lambda _: words.pages(_, listed.pages), _SECOND, _LEAST), MARGIN + 40)
            paper.seam()
        paper.gap(3)
        paper.seam()
        paper.dashes()
        paper.seam()

    def _promise(self, promised: Promised) -> None:
        """The date, between bars of black when it is owed by law, between dashes when it is the town's own goal."""
        paper = self._paper
        paper.gap(12)
        if promised.due_on is None:
            paper.panels(self._both(lambda _: words.delay(_, promised.days), _STRONG, _SECOND))
            paper.gap(10)
            return
        due_on = promised.due_on
        frame = Frame.BLACK if promised.kind is DeadlineKind.LEGAL else Frame.DASHES
        paper.panels(self._both(lambda _: words.promise(_, promised.kind), _TEXT, _SECOND), frame=frame)
        paper.gap(4)
        for _, kind in ((self._ar, _DATE), (self._second, _STRONG)):
            paper.text((isolate(unbroken(_.date(due_on))), _.language, kind), CENTRE)
            paper.seam()
        paper.gap(8)
        if promised.kind is DeadlineKind.LEGAL:
            paper.panels(self._both(lambda _: words.basis(_, promised), _SECOND, _LEAST), frame=frame)
        else:
            days = self._side_by_side(lambda _: words.days(_, promised.days))
            paper.panels([(days, Language.ARABIC, _SECOND)], frame=frame)
        paper.gap(6)
        if promised.needs_agent:
            self._centred(self._both(words.sure, Type(23), _SECOND))
        paper.gap(10)
        paper.seam()

    def _follow(self, deposit: Deposit) -> None:
        """The QR, and below it how to follow with a phone or without."""
        paper = self._paper
        rows = qr_modules(deposit.tracking_url)
        paper.code(deposit.tracking_url, rows, min(7, paper.width // len(rows)))
        phone = isolate(unbroken(self._receipt.office.phone))
        columns: list[list[Text]] = [
            [(words.follow(_), _.language, _BOLD), (words.how(_, phone), _.language, kind)]
            for _, kind in ((self._ar, Type(23)), (self._second, _LEAST))
        ]
        self._columns(*columns)
        paper.gap(8)
        paper.seam()

    def _fee(self, fee: Wording) -> None:
        label: Text = (self._side_by_side(words.pay), Language.ARABIC, _STRONG)
        self._paper.gap(12)
        self._paper.panels([label, *self._wording(fee, _TEXT, _SECOND)])
        self._paper.gap(12)

    def _foot(self) -> None:
        paper, office = self._paper, self._receipt.office
        paper.rule()
        paper.gap(4)
        paper.seam()
        self._centred(self._both(lambda _: words.place(_, office), _SECOND, _SECOND))
        if self._receipt.deposit is not None:
            self._centred(self._both(words.proof, _SECOND, _LEAST))


def _deposit_title(deposit: Deposit) -> Say:
    if not deposit.papers_asked:
        return words.deposit
    return words.incomplete if deposit.missing else words.complete
