"""What is needed, before one queues: what to bring, what it costs, how long it takes; to read, print or photograph."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from civic.catalog import Requirement
from civic.deadline import DeadlineKind
from civic.language import Wording
from kiosk.services.guide import Guide
from kiosk.ui.buttons import Button
from kiosk.ui.comfort import TextSize
from kiosk.ui.language import Translator
from kiosk.ui.panel import Mark, Panel
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.qr_code import QrCode
from kiosk.ui.screens.base import Screen
from kiosk.ui.theme import GAP, MARGIN, SMALL, STRONG, TEXT, Ink, Theme
from kiosk.ui.tile import Picture

_QR = 300


class TakeAway(QWidget):
    """Lies under the page, always in the same place: the list on paper, or on the phone."""

    def __init__(self, theme: Theme, _: Translator, printing: bool, on_phone: bool) -> None:
        super().__init__()
        self._theme, theme = theme, theme.at_most(TextSize.LARGER)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(MARGIN), theme.px(18), theme.px(MARGIN), theme.px(18))
        line.setSpacing(theme.px(GAP))
        self.paper = Button("print-guide", _("Print this list"), theme, kind=STRONG, icon="printer")
        self.paper.setEnabled(not printing)
        words = _("Hide the square") if on_phone else _("Take it on my phone")
        self.phone = Button("phone-guide", words, theme, kind=STRONG, icon="phone")
        line.addWidget(self.paper, 1)
        line.addWidget(self.phone, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color(Ink.SAND))
        painter.fillRect(0, 0, self.width(), self._theme.px(2), self._theme.color(Ink.LINE))
        painter.end()
        event.accept()


class GuideScreen(Screen):
    """Going on takes the number of an immediate service, or begins the file of another."""

    print_wanted = Signal()

    guide: Guide | None = None
    printing = False
    on_phone = False
    _bar: TakeAway | None = None

    def show_guide(self, guide: Guide) -> None:
        self.guide = guide
        self.printing = self.on_phone = False
        self.refresh()

    def show_printing(self, printing: bool) -> None:
        self.printing = printing
        self.refresh()

    @property
    def go_label(self) -> str:
        immediate = self.guide is not None and not self.guide.service.tracked
        return self._("Take my number") if immediate else self._("Continue")

    def clear(self) -> None:
        self.guide = None
        self.printing = self.on_phone = False
        self.refresh()

    def drop(self) -> None:
        super().drop()
        self._put_bar_away()

    def draw(self) -> None:
        self._put_bar_away()
        super().draw()
        frame = self.layout()
        if frame is None or self.guide is None or not self.guide.says_something:
            return
        self._bar = TakeAway(self.theme, self._, self.printing, self.on_phone)
        self._bar.paper.clicked.connect(self.print_wanted)
        self._bar.phone.clicked.connect(self._turn_to_phone)
        frame.addWidget(self._bar)
        self._bar.show()

    def build(self, page: QVBoxLayout) -> None:
        if self.guide is None:
            return
        service, language = self.guide.service, self.theme.language
        top = QHBoxLayout()
        top.setSpacing(self.theme.px(GAP))
        top.addWidget(Picture(service.icon, self.theme), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        self.heading(words, service.name[language], self._lead(self.guide))
        top.addLayout(words, 1)
        page.addLayout(top)
        if self.on_phone:
            page.addWidget(self._square(self.guide.url))
        if service.conditions:
            self._list(page, self._("Conditions"), [each.text for each in service.conditions])
        if self.guide.needed:
            page.addWidget(self._papers(self.guide))
        facts = self._facts(self.guide)
        if facts:
            page.addWidget(facts)
        page.addStretch(1)

    def _put_bar_away(self) -> None:
        if self._bar is not None:
            self._bar.hide()
            self._bar.deleteLater()
            self._bar = None

    def _turn_to_phone(self) -> None:
        self.on_phone = not self.on_phone
        self.refresh()
        self.start_at_top()

    def _lead(self, guide: Guide) -> str:
        if not guide.needed:
            return guide.service.example[self.theme.language]
        if guide.service.tracked:
            return self._("Have these papers with you? They are scanned in a moment.")
        return self._("Have these with you at the window.")

    def _square(self, url: str) -> Panel:
        panel = Panel(self.theme)
        line = QHBoxLayout()
        line.setSpacing(self.theme.px(GAP))
        line.addWidget(QrCode(url, self.theme, _QR))
        words = QVBoxLayout()
        words.addStretch(1)
        words.addWidget(Paragraph(self._("Photograph this square"), self.theme, STRONG))
        words.addWidget(Paragraph(self._("The same list opens on your phone."), self.theme, TEXT, Ink.MUTE))
        words.addStretch(1)
        line.addLayout(words, 1)
        panel.inside.addLayout(line)
        return panel

    def _list(self, page: QVBoxLayout, title: str, told: list[Wording]) -> None:
        panel = Panel(self.theme)
        panel.inside.addWidget(Paragraph(title, self.theme, STRONG))
        for each in told:
            panel.inside.addWidget(Paragraph(f"•  {each[self.theme.language]}", self.theme, TEXT))
        page.addWidget(panel)

    def _papers(self, guide: Guide) -> Panel:
        panel = Panel(self.theme, Ink.CREAM, Ink.OCHRE)
        title = self._("Your papers") if guide.service.tracked else self._("Bring to the window")
        panel.inside.addWidget(Paragraph(title, self.theme, STRONG))
        for nth, paper in enumerate(guide.needed, start=1):
            panel.inside.addLayout(self._paper(paper, nth))
        return panel

    def _paper(self, paper: Requirement, nth: int) -> QHBoxLayout:
        language = self.theme.language
        line = QHBoxLayout()
        line.setSpacing(self.theme.px(20))
        line.addWidget(Mark(self.theme, str(nth), size=56), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        copies = self._.count("{n} copy", "{n} copies", paper.copies) if paper.copies > 1 else ""
        words.addWidget(Paragraph(paper.name[language] + (f" ({copies})" if copies else ""), self.theme, TEXT))
        more = [self._("Where it applies.")] if paper.optional else []
        more += [told[language] for told in (paper.hint, paper.where) if told is not None]
        if more:
            words.addWidget(Paragraph(" ".join(more), self.theme, SMALL, Ink.MUTE))
        line.addLayout(words, 1)
        return line

    def _facts(self, guide: Guide) -> Panel | None:
        """How long, and how much."""
        language = self.theme.language
        told: list[tuple[str, str]] = []
        if guide.deadline is not None:
            legal = guide.deadline.kind is DeadlineKind.LEGAL
            days = self._.count("{n} day", "{n} days", guide.deadline.days)
            told.append((self._("Time to answer") if legal else self._("The town's own goal to answer"), days))
            if guide.deadline.starts_complete:
                told[-1] = (told[-1][0], days + " · " + self._("from a complete file"))
        if guide.delay is not None:
            told.append((self._("How long it takes"), guide.delay[language]))
        if guide.service.fee is not None:
            told.append((self._("To pay"), guide.service.fee.text[language]))
        if not told:
            return None
        panel = Panel(self.theme, Ink.MIST, None)
        for title, text in told:
            panel.inside.addWidget(Paragraph(title, self.theme, SMALL, Ink.MUTE))
            panel.inside.addWidget(Paragraph(text, self.theme, TEXT))
        return panel
