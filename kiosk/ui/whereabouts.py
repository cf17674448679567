"""Where a file is, told on one page as the phone's page tells it: whose turn, today's number, the date, the way."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from civic.deadline import DeadlineKind
from civic.ticket import TicketState
from civic.workflow import Party
from kiosk.ui.language import Translator, isolate, unbroken
from kiosk.ui.panel import Mark, Panel
from kiosk.ui.paragraph import Paragraph, rounded
from kiosk.ui.theme import CHOICE, NUMBER, SMALL, STRONG, TEXT, TITLE, Ink, Theme
from sync.messages import Holder, Pledge, Standing, Visit, Whereabouts

_COLORS = {
    Holder.TOWN: Ink.TEAL,
    Holder.COMMISSION: Ink.DEEP,
    Holder.OUTSIDE: Ink.MUTE,
    Holder.CITIZEN: Ink.OCHRE,
    Holder.LEFT: Ink.LINE,
}


def build_whereabouts(
    page: QVBoxLayout,
    found: Whereabouts,
    theme: Theme,
    _: Translator,
    offer: QWidget | None = None,
    late: Sequence[QWidget | None] = (),
) -> None:
    """Fill `page` from the top. `offer` stands below what the citizen has to do, `late` below how late it is."""
    reference = _("File {reference}").format(reference=isolate(unbroken(str(found.reference))))
    deposited = _("deposited on {date}").format(date=isolate(_.date(found.history[0].on)))
    page.addWidget(Paragraph(found.service[theme.language], theme, TITLE))
    page.addWidget(Paragraph(f"{reference} · {deposited}", theme, SMALL, Ink.MUTE))
    turn, visit = _turn(found, theme, _), None if found.visit is None else _visit(found.visit, theme, _)
    called = found.visit is not None and found.visit.state is TicketState.CALLED
    for panel in (visit, turn) if called else (turn, visit):  # who is called has no time to read
        if panel is not None:
            page.addWidget(panel)
        if panel is turn and offer is not None:
            page.addWidget(offer)
    if found.standing is not Standing.WITHDRAWN:
        page.addWidget(_due(found, theme, _, late))
    page.addWidget(_way(found, theme, _))
    page.addStretch(1)


def _turn(found: Whereabouts, theme: Theme, _: Translator) -> QWidget:
    """The stage, the largest words of the page, and who has to do something now."""
    yours = found.standing is Standing.OPEN and found.turn is Party.CITIZEN
    panel = Panel(theme, Ink.CREAM, Ink.OCHRE) if yours or found.owed else Panel(theme, Ink.MIST, Ink.TEAL)
    stage = found.history[-1].name[theme.language]
    panel.inside.addWidget(Paragraph(stage, theme, CHOICE))
    panel.inside.addWidget(Paragraph(_whose(found, _), theme, STRONG, Ink.INK if yours else Ink.DEEP))
    for paper in found.owed:
        panel.inside.addWidget(Paragraph(f"•  {paper.name[theme.language]}", theme, TEXT))
        if paper.reason:
            reason = _("Not accepted:") + " " + isolate(paper.reason)
            panel.inside.addWidget(Paragraph(reason, theme, SMALL, Ink.BRICK))
        elif paper.excused:
            said = _("You said that you cannot bring it: an agent looks for another way with you.")
            panel.inside.addWidget(Paragraph(said, theme, SMALL, Ink.MUTE))
    if yours and found.pledge.paused:
        owed = _("The delay stands still until they reach us.")
        still = owed if found.owed else _("The delay stands still until we hear from you.")
        panel.inside.addWidget(Paragraph(still, theme, TEXT))
    elif found.standing is Standing.OPEN and not yours:
        panel.inside.addWidget(Paragraph(_("You have nothing to do now."), theme, TEXT))
    return panel


def _whose(found: Whereabouts, _: Translator) -> str:
    if found.standing is Standing.WITHDRAWN:
        return _("This file is closed")
    if found.standing is Standing.ANSWERED:
        return _("The town hall has answered")
    match found.turn:
        case Party.CITIZEN:
            return _("Your turn: bring these papers") if found.owed else _("Your turn")
        case Party.COUNTER:
            return _("The counter has your file")
        case Party.DEPARTMENT:
            return _("A department of the town hall is working on your file")
        case Party.COMMISSION:
            return _("The commission has your file")
        case Party.OUTSIDE:
            return _("Another public body has your file")


def _visit(visit: Visit, theme: Theme, _: Translator) -> QWidget:
    called = visit.state is TicketState.CALLED
    panel = Panel(theme, Ink.CREAM if called else Ink.PAPER, Ink.OCHRE if called else Ink.LINE)
    line = QHBoxLayout()
    line.setSpacing(theme.px(34))
    number = Paragraph(isolate(visit.number), theme, NUMBER, Ink.DEEP)
    number.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
    line.addWidget(number, 0, Qt.AlignmentFlag.AlignVCenter)
    words = QVBoxLayout()
    words.addStretch(1)
    title, more = _visit_words(visit, _)
    words.addWidget(Paragraph(title, theme, STRONG))
    if more:
        words.addWidget(Paragraph(more, theme, TEXT, Ink.MUTE))
    words.addStretch(1)
    line.addLayout(words, 1)
    panel.inside.addLayout(line)
    return panel


def _visit_words(visit: Visit, _: Translator) -> tuple[str, str]:
    match visit.state:
        case TicketState.HELD:
            before = _.count("{n} person is before you.", "{n} people are before you.", visit.ahead)
            return _("Your number today"), before if visit.ahead else _("You are next.")
        case TicketState.CALLED:
            return _("It is your number: go to counter {counter}").format(counter=isolate(str(visit.counter))), ""
        case TicketState.MISSED:
            return _("Your number was called and nobody came"), _("Tell any agent: you keep your place today.")
        case _over:
            return _("Your visit of today is over"), ""


def _due(found: Whereabouts, theme: Theme, _: Translator, asking: Sequence[QWidget | None]) -> QWidget:
    """The date owed, and whose days were used until now."""
    pledge = found.pledge
    panel = Panel(theme, Ink.PAPER, Ink.BRICK if pledge.late_days else Ink.LINE)
    title, date, more = _due_words(pledge, _)
    panel.inside.addWidget(Paragraph(title, theme, SMALL, Ink.MUTE))
    panel.inside.addWidget(Paragraph(date, theme, CHOICE, Ink.DEEP))
    if pledge.late_days:
        late = _.count("This date has passed: {n} day late.", "This date has passed: {n} days late.", pledge.late_days)
        panel.inside.addWidget(Paragraph(late, theme, STRONG, Ink.BRICK))
    for each in asking:
        if each is not None:
            panel.inside.addWidget(each)
    if more:
        panel.inside.addWidget(Paragraph(more, theme, SMALL))
    if found.shares:
        panel.inside.addWidget(Shares(found, theme))
        panel.inside.addWidget(Paragraph(_shares_words(found, _), theme, SMALL))
    legal = pledge.kind is DeadlineKind.LEGAL
    basis = _("The law:") + " " + pledge.basis[theme.language]
    goal = _("The town's own goal, not a delay set by law.")
    panel.inside.addWidget(Paragraph(basis if legal else goal, theme, SMALL, Ink.MUTE))
    return panel


def _due_words(pledge: Pledge, _: Translator) -> tuple[str, str, str]:
    """What it is, the date or the days themselves, and what to know of them."""
    legal = pledge.kind is DeadlineKind.LEGAL
    days = isolate(_.count("{n} day", "{n} days", pledge.days))
    due_on = "" if pledge.due_on is None else isolate(_.date(pledge.due_on))
    if pledge.answered_on is not None:
        aimed = (_("Promised by {date}") if legal else _("The town aimed at {date}")).format(date=due_on)
        return _("Answered on"), isolate(_.date(pledge.answered_on)), f"{aimed} ({days})" if due_on else ""
    if due_on:
        return f"{_promised_by(_, legal)} ({days})", due_on, ""
    counted = _("The days count from your deposit, once an agent has confirmed that the file is complete.")
    return _("Time to answer"), days, counted


def _promised_by(_: Translator, legal: bool) -> str:
    return _("Answer promised by") if legal else _("The town aims to answer by")


def _shares_words(found: Whereabouts, _: Translator) -> str:
    names = {
        Holder.TOWN: _("Town hall"),
        Holder.COMMISSION: _("Commission"),
        Holder.OUTSIDE: _("Other body"),
        Holder.CITIZEN: _("You"),
        Holder.LEFT: _("Left"),
    }
    used = _("Days used, and days left") if found.shares.get(Holder.LEFT) else _("Days used")
    each = " · ".join(f"{names[holder]} {isolate(str(days))}" for holder, days in found.shares.items())
    return f"{used}: {each}"


class Shares(QWidget):
    """The days as one bar, from the reading side; the words beneath say the same."""

    def __init__(self, found: Whereabouts, theme: Theme) -> None:
        super().__init__()
        self._shares = found.shares
        self._theme = theme
        self.setFixedHeight(theme.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        whole, gap = sum(self._shares.values()) or 1, self._theme.px(4)
        room = self.width() - gap * (len(self._shares) - 1)
        rtl = self._theme.language.right_to_left
        at = 0.0
        for holder, days in self._shares.items():
            width = room * days / whole
            left = self.width() - at - width if rtl else at
            color = self._theme.color(_COLORS[holder])
            rounded(painter, QRectF(left, 0, width, self.height()), self._theme.px(6), color, None, 0)
            at += width + gap
        painter.end()
        event.accept()


def _way(found: Whereabouts, theme: Theme, _: Translator) -> QWidget:
    """Where the file has been, where it is, and the usual way on."""
    panel = Panel(theme)
    over = found.standing is not Standing.OPEN
    for position, step in enumerate(found.history):
        here = position == len(found.history) - 1 and not over
        since = _("since {date}").format(date=isolate(_.date(step.on)))
        date = since if here and position else isolate(_.date(step.on))
        mark = Mark(theme, "", "clock" if here else "check", Ink.OCHRE if here else Ink.OLIVE, 48)
        panel.inside.addLayout(_row(theme, mark, step.name[theme.language], date, Ink.INK))
    if not over:
        for name in (*(each[theme.language] for each in found.coming), _("The answer")):
            panel.inside.addLayout(_row(theme, Mark(theme, size=48), name, "", Ink.MUTE))
    return panel


def _row(theme: Theme, mark: Mark, name: str, date: str, ink: Ink) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.px(24))
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Paragraph(name, theme, STRONG if date else TEXT, ink))
    if date:
        words.addWidget(Paragraph(date, theme, SMALL, Ink.MUTE))
    row.addLayout(words, 1)
    return row
