"""The face of the paper: the récépissé of a deposit or the ticket of an immediate service, in two languages at once."""

from PySide6.QtCore import QPointF

from civic.deadline import DeadlineKind
from civic.language import Language
from kiosk.devices.base import Raster
from kiosk.services.receipt import Added, Deposit, Promised, Receipt
from kiosk.services.receipt import Paper as Listed
from kiosk.ui import paper_words as words
from kiosk.ui.face import LEAST, SECOND, STRONG, TEXT, Face, Say
from kiosk.ui.language import isolate, unbroken
from kiosk.ui.paper import CENTRE, MARGIN, Frame, Paper, Text, square, tick
from kiosk.ui.qr_code import qr_modules
from kiosk.ui.theme import Type

_BOLD = Type(25, bold=True)
_DATE = Type(46, bold=True, title=True)


def draw_face(receipt: Receipt, width_px: int, copy: bool) -> Raster:
    """The whole paper. Arabic first; the second language is French, or English for who chose it."""
    return _Face(receipt, Paper(width_px)).draw(copy)


class _Face(Face):
    def __init__(self, receipt: Receipt, paper: Paper) -> None:
        super().__init__(receipt.office, receipt.language, paper)
        self._receipt = receipt

    def draw(self, copy: bool) -> Raster:
        self._head()
        self._paper.seam()
        if copy:
            self._paper.panels([(self._side_by_side(words.copy), Language.ARABIC, STRONG)], frame=Frame.BLACK)
            self._paper.gap(8)
        if self._receipt.deposit is not None:
            self._deposit(self._receipt.deposit)
        elif self._receipt.added is not None:
            self._added(self._receipt.added)
        else:
            self._ticket()
        self._foot()
        return self._paper.finish()

    # the parts, from the top down

    def _deposit(self, deposit: Deposit) -> None:
        paper = self._paper
        self._centred(self._both(_deposit_title(deposit), self._title, TEXT))
        paper.gap(8)
        number = isolate(unbroken(str(deposit.reference)))
        label = (self._side_by_side(words.file_number), Language.ARABIC, SECOND)
        paper.panels([label, (number, Language.ENGLISH, self._digits(58, 40))])
        paper.gap(10)
        pin = isolate(unbroken(f"{deposit.pin[:3]} {deposit.pin[3:]}"))
        paper.panels(
            [*self._both(words.pin, SECOND, SECOND), (pin, Language.ENGLISH, self._digits(48, 34))],
            [*self._both(words.queue_number, SECOND, SECOND), (self._number, Language.ENGLISH, self._digits(48, 34))],
        )
        self._what()
        if deposit.where is not None:
            where = deposit.where
            self._centred(self._both(lambda _: words.where(_, where), TEXT, SECOND))
            paper.seam()
        if deposit.spoken_s:
            self._centred(self._both(lambda _: words.spoken(_, deposit.spoken_s), TEXT, SECOND))
            paper.seam()
        if deposit.received:
            self._section(words.received)
            for listed in deposit.received:
                self._listed(listed)
        if deposit.missing:
            self._section(words.to_bring)
            for listed in deposit.missing:
                self._listed(listed)
        if deposit.excused:
            self._section(words.excused)
            for listed in deposit.excused:
                self._listed(listed)
        self._promise(deposit.promised)
        if self._receipt.witnesses:
            paper.panels(self._both(lambda _: words.heard(_, self._receipt.witnesses), TEXT, SECOND), frame=Frame.EDGE)
            paper.gap(10)
        self._follow(deposit)

    def _added(self, added: Added) -> None:
        paper = self._paper
        self._centred(self._both(words.added, self._title, TEXT))
        paper.gap(8)
        number = isolate(unbroken(str(added.reference)))
        label = (self._side_by_side(words.file_number), Language.ARABIC, SECOND)
        paper.panels([label, (number, Language.ENGLISH, self._digits(58, 40))])
        paper.gap(10)
        queue = (self._number, Language.ENGLISH, self._digits(48, 34))
        paper.panels([*self._both(words.queue_number, SECOND, SECOND), queue])
        self._what()
        for heading, papers in ((words.received, added.received), (words.to_bring, added.missing)):
            if papers:
                self._section(heading)
            for listed in papers:
                self._listed(listed)
        paper.gap(12)
        self._centred(self._both(words.keep_both, STRONG, SECOND))
        paper.gap(10)
        paper.seam()

    def _ticket(self) -> None:
        paper, receipt = self._paper, self._receipt
        self._centred(self._both(words.ticket, self._title, TEXT))
        paper.gap(8)
        paper.panels(self._both(words.queue_number, TEXT, SECOND), frame=Frame.BLACK)
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

    def _what(self) -> None:
        """The service, and below it the moment."""
        paper, receipt = self._paper, self._receipt
        day, time = self._ar.short_date(receipt.given_at), self._ar.time(receipt.given_at)
        paper.gap(8)
        paper.seam()
        self._pair(self._wording(receipt.service, STRONG, TEXT), MARGIN)
        paper.seam()
        paper.text((f"{day}   {time}", Language.ENGLISH, STRONG), CENTRE)
        paper.seam()

    def _listed(self, listed: Listed) -> None:
        """A paper: a tick when it was received, with its pages when they are several; a square when still to bring."""
        paper = self._paper
        paper.gap(4)
        mark = QPointF(MARGIN + 2, paper.y + 8)
        paper.draw(lambda painter: (tick if listed.pages else square)(painter, mark))
        self._pair(self._both(lambda _: words.name(_, listed), TEXT, LEAST), MARGIN + 40)
        given_on = listed.given_on
        if given_on is not None:
            paper.seam()
            self._pair(self._both(lambda _: words.given_before(_, given_on), SECOND, LEAST), MARGIN + 40)
            paper.seam()
        elif listed.pages > 1:
            paper.seam()
            self._pair(self._both(lambda _: words.pages(_, listed.pages), SECOND, LEAST), MARGIN + 40)
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
            paper.panels(self._both(lambda _: words.delay(_, promised.days), STRONG, SECOND))
            paper.gap(10)
            return
        due_on = promised.due_on
        frame = Frame.BLACK if promised.kind is DeadlineKind.LEGAL else Frame.DASHES
        paper.panels(self._both(lambda _: words.promise(_, promised.kind), TEXT, SECOND), frame=frame)
        paper.gap(4)
        for _, kind in ((self._ar, _DATE), (self._second, STRONG)):
            paper.text((isolate(unbroken(_.date(due_on))), _.language, kind), CENTRE)
            paper.seam()
        paper.gap(8)
        if promised.kind is DeadlineKind.LEGAL:
            paper.panels(self._both(lambda _: words.basis(_, promised), SECOND, LEAST), frame=frame)
        else:
            days = self._side_by_side(lambda _: words.days(_, promised.days))
            paper.panels([(days, Language.ARABIC, SECOND)], frame=frame)
        paper.gap(6)
        if promised.needs_agent:
            self._centred(self._both(words.sure, Type(23), SECOND))
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
            for _, kind in ((self._ar, Type(23)), (self._second, LEAST))
        ]
        self._columns(*columns)
        paper.gap(8)
        paper.seam()

    def _foot(self) -> None:
        paper, office = self._paper, self._receipt.office
        paper.rule()
        paper.gap(4)
        paper.seam()
        self._centred(self._both(lambda _: words.place(_, office, self._receipt.counter), SECOND, SECOND))
        if self._receipt.deposit is not None or self._receipt.added is not None:
            self._centred(self._both(words.proof, SECOND, LEAST))


def _deposit_title(deposit: Deposit) -> Say:
    if not deposit.papers_asked:
        return words.deposit
    return words.complete if deposit.complete else words.incomplete
