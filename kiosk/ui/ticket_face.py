"""The face of the paper: the récépissé of a deposit or the ticket of an immediate service, in two languages at once."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage

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
_SECOND = Type(22)
"""The second language: smaller, and never under `_LEAST`, still read with ease at 8 dots a millimetre."""
_LEAST = Type(20)
_DATE = Type(42, bold=True, title=True)
_WIDE_PX = 500
"""From this width on (80 mm paper) things stand side by side; below it, one under the other."""
_CREST = 76
_NARROWEST_COLUMN = 200


def draw_face(receipt: Receipt, width_px: int, copy: bool) -> QImage:
    """The whole paper, one bit a dot. Arabic first; the second language is French, or English for who chose it."""
    return _Face(receipt, Paper(width_px)).draw(copy)


def to_raster(image: QImage) -> Raster:
    """The bits the printer wants: 1 is black."""
    mono = image.convertToFormat(QImage.Format.Format_Mono)
    if mono.color(0) == QColor("black").rgb():
        mono.invertPixels()
    stride, width_bytes = mono.bytesPerLine(), (mono.width() + 7) // 8
    bits = bytes(mono.constBits())
    rows = b"".join(bits[start : start + width_bytes] for start in range(0, len(bits), stride))
    return Raster(mono.width(), mono.height(), rows)


Say = Callable[[Translator], str]
"""A sentence, said by whoever translates."""


class _Face:
    def __init__(self, receipt: Receipt, paper: Paper) -> None:
        self._receipt = receipt
        self._paper = paper
        second = Language.ENGLISH if receipt.language is Language.ENGLISH else Language.FRENCH
        self._ar, self._second = Translator(Language.ARABIC), Translator(second)
        self._wide = paper.width >= _WIDE_PX

    def draw(self, copy: bool) -> QImage:
        self._head()
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
            paper.place(second, left, top + arabic.height)
            paper.y = top + arabic.height + second.height

    def _section(self, say: Say) -> None:
        """What the lines below are."""
        self._paper.gap(10)
        self._pair(self._both(say, _STRONG, _SECOND), MARGIN)
        self._paper.gap(2)
        self._paper.rule(2)

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
        paper.panels([label, (number, Language.ENGLISH, self._digits(60, 40))])
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
        paper.panels(
            [*self._both(words.queue_number, _TEXT, _SECOND), (self._number, Language.ENGLISH, self._digits(150, 120))]
        )
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
        """The service, and the moment: beside it, or below it on narrow paper."""
        paper, receipt = self._paper, self._receipt
        day, time = self._ar.short_date(receipt.given_at), self._ar.time(receipt.given_at)
        paper.gap(8)
        moment = f"{day}\n{time}" if self._wide else f"{day}   {time}"
        when = paper.lines((moment, Language.ENGLISH, _STRONG), paper.room)
        beside = when.width + 20 if self._wide else 0
        top = paper.y
        side = Qt.AlignmentFlag.AlignRight if self._wide else None
        for text in self._wording(receipt.service, _STRONG, _TEXT):
            lines = paper.lines(text, paper.room - beside, side)
            paper.place(lines, MARGIN + beside, paper.y)
            paper.y += lines.height
        if self._wide:
            paper.place(when, MARGIN, top + 4)
            paper.y = max(paper.y, top + 4 + when.height)
        else:
            paper.place(when, MARGIN, paper.y)
            paper.y += when.height

    def _wording(self, wording: Wording, first: Type, second: Type) -> list[Text]:
        return self._both(lambda _: wording[_.language], first, second)

    def _listed(self, listed: Listed) -> None:
        """A paper: a tick and its pages when it was received, an empty square when it is still to bring."""
        paper = self._paper
        paper.gap(4)
        mark = QPointF(MARGIN + 2, paper.y + 8)
        if listed.pages:
            paper.draw(lambda painter: tick(painter, mark))
            pages = paper.lines((str(listed.pages), Language.ENGLISH, _STRONG), paper.room)
            paper.place(pages, MARGIN + 34, paper.y + 2)
        else:
            paper.draw(lambda painter: square(painter, mark))
        names = self._both(lambda _: words.name(_, listed), _TEXT, _LEAST)
        self._pair(names, MARGIN + (76 if listed.pages else 40))
        paper.gap(3)
        paper.dashes()

    def _promise(self, promised: Promised) -> None:
        """The date owed in black, the town's own goal in dashes; without a date, what starts the delay."""
        paper = self._paper
        paper.gap(12)
        if promised.due_on is None:
            paper.panels(self._both(lambda _: words.delay(_, promised.days), _STRONG, _SECOND))
            paper.gap(10)
            return
        due_on, kind = promised.due_on, promised.kind
        second = f"{words.promise(self._second, kind)} {unbroken(self._second.date(due_on))}"
        texts: list[Text] = [
            (words.promise(self._ar, kind), Language.ARABIC, _TEXT),
            (isolate(unbroken(self._ar.date(due_on))), Language.ARABIC, _DATE),
            (second, self._second.language, _TEXT),
        ]
        if kind is DeadlineKind.LEGAL:
            paper.panels([*texts, *self._both(lambda _: words.basis(_, promised), _SECOND, _SECOND)], frame=Frame.BLACK)
        else:
            days = self._side_by_side(lambda _: words.days(_, promised.days))
            paper.panels([*texts, (days, Language.ARABIC, _SECOND)], frame=Frame.DASHES)
        paper.gap(6)
        if promised.needs_agent:
            self._centred(self._both(words.sure, Type(23), _SECOND))
        paper.gap(10)

    def _follow(self, deposit: Deposit) -> None:
        """The QR, and how to follow with a phone or without: beside it where there is room, below it where not."""
        paper = self._paper
        rows = qr_modules(deposit.tracking_url)
        dots = min(7, paper.width // len(rows))
        side = len(rows) * dots
        phone = isolate(unbroken(self._receipt.office.phone))
        texts: list[Text] = []
        for _, kind in ((self._ar, Type(23)), (self._second, _LEAST)):
            texts += [(words.follow(_), _.language, _STRONG), (words.how(_, phone), _.language, kind)]
        room = paper.room - side - 4
        beside = room >= _NARROWEST_COLUMN
        top = paper.y
        paper.modules(rows, paper.width - side if beside else (paper.width - side) / 2, dots)
        if not beside:
            paper.y += side
        for text in texts:
            lines = paper.lines(text, room if beside else paper.room)
            paper.place(lines, MARGIN, paper.y)
            paper.y += lines.height
        paper.y = max(paper.y, top + side) + 8

    def _fee(self, fee: Wording) -> None:
        label: Text = (self._side_by_side(words.pay), Language.ARABIC, _STRONG)
        self._paper.gap(12)
        self._paper.panels([label, *self._wording(fee, _TEXT, _SECOND)])
        self._paper.gap(12)

    def _foot(self) -> None:
        paper, office = self._paper, self._receipt.office
        paper.rule()
        paper.gap(4)
        self._centred(self._both(lambda _: words.place(_, office), _SECOND, _SECOND))
        if self._receipt.deposit is not None:
            self._centred(self._both(words.proof, _SECOND, _LEAST))


def _deposit_title(deposit: Deposit) -> Say:
    if not deposit.papers_asked:
        return words.deposit
    return words.incomplete if deposit.missing else words.complete
