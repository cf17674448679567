"""The face of the paper: the récépissé of a deposit or the ticket of an immediate service, in two languages at once."""

from collections.abc import Callable

import qrcode
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage

from civic.deadline import DeadlineKind
from civic.language import Language, Wording
from kiosk.devices.base import Raster
from kiosk.services.receipt import Deposit, Promised, Receipt
from kiosk.services.receipt import Paper as Listed
from kiosk.ui.icons import paint_icon
from kiosk.ui.language import Translator, isolate, unbroken
from kiosk.ui.paper import BLACK, WHITE, Paper, tick
from kiosk.ui.theme import Type

_TITLE = Type(38, bold=True, title=True)
_NAME = Type(32, bold=True, title=True)
_TEXT = Type(25)
_STRONG = Type(27, bold=True)
_SMALL = Type(22)
_HUGE = Type(150, bold=True, digits=True)
_LARGE = Type(52, bold=True, digits=True)
_MIDDLE = Type(42, bold=True, digits=True)
_WIDE_PX = 500
"""From this width on (80 mm paper) things stand side by side; below it, one under the other."""


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
            self._paper.panel([(self._both(lambda _: _("COPY")), Language.ARABIC, _STRONG)], black=True)
            self._paper.gap(8)
        if self._receipt.deposit is None:
            self._ticket()
        else:
            self._deposit(self._receipt.deposit)
        self._foot()
        return self._paper.finish()

    def _both(self, say: Callable[[Translator], str], between: str = " · ") -> str:
        """The same in both languages, the second kept in its own direction."""
        return say(self._ar) + between + isolate(say(self._second))

    def _two_lines(self, say: Callable[[Translator], str], first: Type, second: Type, centre: bool = False) -> None:
        self._paper.text(say(self._ar), Language.ARABIC, first, centre)
        self._paper.text(say(self._second), self._second.language, second, centre)

    def _head(self) -> None:
        paper, town = self._paper, self._receipt.office.town
        side = 70
        crest = QRectF(paper.width - paper.margin - side, paper.y, side, side)
        paper.painter.fillRect(crest, BLACK)
        paint_icon(paper.painter, "crest", crest.adjusted(8, 8, -8, -8), WHITE)
        room = paper.room - side - 14
        arabic = paper.lines(town.ar, Language.ARABIC, _NAME, room)
        arabic.paint(paper.painter, QPointF(paper.margin, paper.y - 6), BLACK)
        space = self._both(lambda _: _("Citizen space"))
        below = paper.lines(space, Language.ARABIC, _SMALL, room)
        below.paint(paper.painter, QPointF(paper.margin, paper.y + arabic.height - 8), BLACK)
        paper.y += max(side, arabic.height + below.height - 8) + 8
        paper.rule()
        paper.gap(8)

    def _deposit(self, deposit: Deposit) -> None:
        paper, _ = self._paper, self._ar
        self._two_lines(self._title, _TITLE, _TEXT, centre=True)
        paper.gap(6)
        number = unbroken(str(deposit.reference))
        label = self._both(lambda _: _("File number"))
        large = _LARGE if self._wide else Type(40, bold=True, digits=True)
        paper.panel([(label, Language.ARABIC, _SMALL), (isolate(number), Language.ENGLISH, large)], black=False)
        paper.gap(8)
        self._numbers(deposit)
        paper.gap(8)
        self._what()
        for listed in deposit.received:
            self._received(listed)
        paper.gap(10)
        if deposit.missing:
            self._to_bring(deposit.missing, lambda _: _("Still to bring, exactly this"))
        self._promise(deposit.promised)
        self._follow(deposit)

    def _title(self, _: Translator) -> str:
        missing = self._receipt.deposit is not None and self._receipt.deposit.missing
        return _("Receipt of an incomplete file") if missing else _("Receipt of a complete file")

    def _numbers(self, deposit: Deposit) -> None:
        """The number in the queue and the PIN, side by side."""
        paper = self._paper
        half = (paper.room - 10) / 2
        top = paper.y
        queue = self._ar("Your number in the queue")
        pin = unbroken(f"{deposit.pin[:3]} {deposit.pin[3:]}")
        numbers = [
            (paper.margin + half + 10, queue, self._receipt.number),
            (paper.margin, self._both(lambda _: _("PIN")), pin),
        ]
        bottom = top
        for left, label, number in numbers:
            paper.y = top
            texts = [
                (label, Language.ARABIC, _SMALL),
                (isolate(number), Language.ENGLISH, _MIDDLE if self._wide else _STRONG),
            ]
            paper.box(left, half, texts, black=False)
            bottom = max(bottom, paper.y)
        paper.y = bottom

    def _what(self) -> None:
        """The service, and the moment of the deposit."""
        paper, receipt = self._paper, self._receipt
        moment = f"{self._ar.short_date(receipt.given_at)}  {self._ar.time(receipt.given_at)}"
        paper.text(receipt.service.ar, Language.ARABIC, _STRONG)
        paper.text(receipt.service[self._second.language], self._second.language, _TEXT)
        paper.text(isolate(moment), Language.ENGLISH, _STRONG)
        paper.gap(4)
        paper.dashes()

    def _received(self, listed: Listed) -> None:
        """A paper received, with how many pages, and a tick."""
        paper = self._paper
        side = 90
        name = paper.lines(listed.name.ar, Language.ARABIC, _TEXT, paper.room - side)
        name.paint(paper.painter, QPointF(paper.margin + side, paper.y + 4), BLACK)
        tick(paper.painter, QPointF(paper.margin + 2, paper.y + 12), 24)
        pages = paper.lines(str(listed.pages), Language.ENGLISH, _STRONG, side)
        pages.paint(paper.painter, QPointF(paper.margin + 38, paper.y + 4), BLACK)
        paper.y += max(name.height, pages.height) + 8
        paper.dashes()

    def _to_bring(self, papers: tuple[Listed, ...], title: Callable[[Translator], str]) -> None:
        paper = self._paper
        self._two_lines(title, _STRONG, _SMALL)
        for listed in papers:
            for language, _, kind in (
                (Language.ARABIC, self._ar, _TEXT),
                (self._second.language, self._second, _SMALL),
            ):
                copies = f" ({_.count('{n} copy', '{n} copies', listed.copies)})" if listed.copies > 1 else ""
                paper.text("•  " + listed.name[language] + copies, language, kind)
        paper.gap(8)

    def _promise(self, promised: Promised) -> None:
        paper, second = self._paper, self._second.language
        if promised.due_on is None:
            self._two_lines(lambda _: _delay(_, promised.days), _STRONG, _TEXT)
            paper.gap(8)
            return
        due_on, legal = promised.due_on, promised.kind is DeadlineKind.LEGAL

        def title(_: Translator) -> str:
            return _("Answer by") if legal else _("The town's own goal: answer by")

        days = self._second.count("{n} day", "{n} days", promised.days)
        paper.panel(
            [
                (title(self._ar), Language.ARABIC, _TEXT),
                (self._ar.date(due_on), Language.ARABIC, Type(38, bold=True, title=True)),
                (f"{title(self._second)} {self._second.date(due_on)} ({days})", second, _SMALL),
                (promised.basis.ar, Language.ARABIC, _SMALL),
            ],
            black=True,
        )
        paper.gap(4)
        if promised.needs_agent:
            sure = _sure
            self._two_lines(sure, _SMALL, _SMALL)
        paper.gap(8)

    def _follow(self, deposit: Deposit) -> None:
        """The QR, and how to follow with a phone or without."""
        paper = self._paper
        code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4)
        code.add_data(deposit.tracking_url)
        rows = code.get_matrix()
        dots = 7 if self._wide else 8
        side = len(rows) * dots
        phone = isolate(unbroken(self._receipt.office.phone))
        top = paper.y
        if self._wide:
            paper.modules(rows, paper.width - paper.margin - side, dots)
            room = paper.room - side - 10
            for language, _, kind in (
                (Language.ARABIC, self._ar, _TEXT),
                (self._second.language, self._second, _SMALL),
            ):
                lines = paper.lines(_how(_, phone), language, kind, room)
                lines.paint(paper.painter, QPointF(paper.margin, paper.y + 8), BLACK)
                paper.y += lines.height + 6
            paper.y = max(paper.y, top + side)
        else:
            paper.modules(rows, (paper.width - side) / 2, dots)
            paper.y += side
            self._two_lines(lambda _: _how(_, phone), _TEXT, _SMALL)

    def _ticket(self) -> None:
        paper, receipt = self._paper, self._receipt
        self._two_lines(lambda _: _("Your number in the queue"), _STRONG, _TEXT, centre=True)
        paper.text(isolate(receipt.number), Language.ENGLISH, _HUGE, centre=True)
        self._what()
        paper.gap(8)
        if receipt.bring:
            self._to_bring(receipt.bring, lambda _: _("Bring to the window"))
        if receipt.fee is not None:
            self._fee(receipt.fee)

    def _fee(self, fee: Wording) -> None:
        paper, second = self._paper, self._second.language
        paper.text(self._both(lambda _: _("To pay")), Language.ARABIC, _STRONG)
        paper.text(fee.ar, Language.ARABIC, _TEXT)
        paper.text(fee[second], second, _SMALL)
        paper.gap(8)

    def _foot(self) -> None:
        paper, office, _ = self._paper, self._receipt.office, self._ar
        paper.rule()
        where = " ".join([_("Kiosk"), isolate(office.kiosk), "·", office.site.ar])
        paper.text(where, Language.ARABIC, _SMALL)
        if self._receipt.deposit is not None:
            paper.text(_proof(_), Language.ARABIC, _SMALL)


def _delay(_: Translator, days: int) -> str:
    return _.count(
        "The delay of {n} day starts when all the papers are there.",
        "The delay of {n} days starts when all the papers are there.",
        days,
    )


def _sure(_: Translator) -> str:
    return _("This date holds once an agent has confirmed that your file is complete.")


def _how(_: Translator, phone: str) -> str:
    sentence = _("Photograph this square, or give the file number and the PIN at a kiosk, or ring {phone}.")
    return sentence.format(phone=phone)


def _proof(_: Translator) -> str:
    return _("This receipt proves the deposit (decree 93-982, article 7).")
