"""Where is my file? The receipt's square is shown to the reader, or its two numbers are typed; then where it is."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from kiosk.devices.base import PrinterState
from kiosk.services.following import Found, KnownHere, NotReached
from kiosk.services.last_known import LastKnown
from kiosk.services.reminders import Reminder
from kiosk.ui.buttons import Button, Look
from kiosk.ui.language import isolate, unbroken
from kiosk.ui.last_known import build_last_known
from kiosk.ui.panel import Mark, Panel
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.screens.receipt import ReceiptScreen
from kiosk.ui.screens.ticket import PaperState
from kiosk.ui.theme import SMALL, STRONG, TEXT, TITLE, Ink
from kiosk.ui.whereabouts import build_whereabouts
from kiosk.ui.why_late import WhyLate
from sync.messages import Standing, Unopened, Whereabouts

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_TELLING = (Whereabouts, KnownHere, LastKnown)
"""What tells of a file, and is read to its end."""


class FollowScreen(ReceiptScreen):
    """The form, then the wait, then what was found."""

    again_wanted = Signal()
    """Ask for the same file once more."""
    papers_wanted = Signal(object)
    """The person has papers with them that their file lacks: its Whereabouts."""
    complaint_wanted = Signal(object)
    """The file is late, and the person wants the town hall to hear of it: its Reference."""
    reason_wanted = Signal(object)
    """The file is late, and the person wants to be told why: its Whereabouts."""
    reminder_wanted = Signal(object)
    """The Reminder again: its paper did not come out."""

    papers: Mapping[str, frozenset[str]] = MappingProxyType({})
    """The papers each service asks for, as far as this kiosk has its card."""
    today: Callable[[], date] | None = None
    found: Found | None = None
    reminder: tuple[Reminder, PaperState, PrinterState] | None = None
    """Given for the file that was found, and how its paper fares."""

    def show_found(self, found: Found) -> None:
        """What opens nothing leads back to the form, with a sentence."""
        if isinstance(found, Unopened):
            self.show_unopened(found)
            return
        self.wait, self.unread, self.found, self.reminder = None, None, found, None
        self.refresh()
        self.start_at_top()

    def show_reminder(self, reminder: Reminder, paper: PaperState, printer: PrinterState) -> None:
        """The question why it is late is asked, and its paper is there, or on its way, or not."""
        self.reminder = (reminder, paper, printer)
        self.refresh()

    @property
    def title(self) -> str:
        return self._("Where is my file?")

    @property
    def answered(self) -> bool:
        return self.found is not None

    def forget_answer(self) -> None:
        super().forget_answer()
        self.found, self.reminder = None, None

    @property
    def go_label(self) -> str:
        if self.wait is not None:
            return ""
        if isinstance(self.found, _TELLING):
            return self._("I am done")
        return self._("Try again") if isinstance(self.found, NotReached) else self._("Show my file")

    def go(self) -> None:
        if isinstance(self.found, _TELLING):
            self.went_on.emit()
        elif isinstance(self.found, NotReached):
            self.again_wanted.emit()
        else:
            super().go()

    def refresh(self) -> None:
        self.can_go_back = not isinstance(self.found, _TELLING)
        super().refresh()

    def build(self, page: QVBoxLayout) -> None:
        if isinstance(self.found, Whereabouts):
            late = (self._why_late(self.found), self._complaint(self.found))
            build_whereabouts(page, self.found, self.theme, self._, self._offer(self.found), late)
        elif isinstance(self.found, LastKnown):
            build_last_known(page, self.found, self.theme, self._, self.again_wanted)
        elif isinstance(self.found, NotReached):
            self._build_not_reached(page, self.found)
        elif isinstance(self.found, KnownHere):
            self._build_on_its_way(page, self.found)
        else:
            super().build(page)

    def _why_late(self, found: Whereabouts) -> WhyLate:
        today = None if self.today is None else self.today()
        why = WhyLate(found, self.reminder, today, self.theme, self._)
        why.wanted.connect(lambda: self.reason_wanted.emit(found))
        why.print_wanted.connect(self._want_reminder)
        return why

    def _want_reminder(self) -> None:
        if self.reminder is not None:
            self.reminder_wanted.emit(self.reminder[0])

    def _complaint(self, found: Whereabouts) -> Button | None:
        """Of a file that is late: the town hall can be told so with one touch."""
        if not found.pledge.late_days or found.standing is not Standing.OPEN:
            return None
        button = Button("complain-late", self._("I complain that it is late"), self.theme, icon="late-file")
        button.clicked.connect(lambda: self.complaint_wanted.emit(found.reference))
        return button

    def _offer(self, found: Whereabouts) -> Button | None:
        """To add what the file lacks, here and now, if this kiosk knows those papers."""
        known = self.papers.get(found.service_id, frozenset())
        if found.standing is not Standing.OPEN or known.isdisjoint(each.requirement for each in found.owed):
            return None
        add = Button("add-papers", self._("I have papers to add"), self.theme, Look.NOW)
        add.clicked.connect(lambda: self.papers_wanted.emit(found))
        return add

    def _build_not_reached(self, page: QVBoxLayout, found: NotReached) -> None:
        self._say(page, "alert", self._("The centre does not answer just now"))
        advice = self._("Nothing is lost. Try again in a few minutes, or ask at the counter.")
        page.addWidget(Paragraph(advice, self.theme, TEXT, Ink.INK, _CENTRE))
        if self.digits[1]:
            check = self._("This kiosk remembers nothing that these two numbers open: check them on your receipt.")
            page.addWidget(Paragraph(check, self.theme, TEXT, Ink.INK, _CENTRE))
        if found.known is not None:
            page.addWidget(Paragraph(self._("What this kiosk knows by itself:"), self.theme, SMALL, Ink.MUTE))
            self._build_known(page, found.known)
        page.addStretch(1)

    def _build_on_its_way(self, page: QVBoxLayout, known: KnownHere) -> None:
        self._say(page, "clock", self._("Your file is on its way"))
        more = self._("It was kept at this kiosk and goes to the town hall by itself. Look again in a few minutes.")
        page.addWidget(Paragraph(more, self.theme, TEXT, Ink.INK, _CENTRE))
        self._build_known(page, known)
        page.addStretch(1)

    def _say(self, page: QVBoxLayout, icon: str, title: str) -> None:
        page.addSpacing(self.theme.px(90))
        page.addWidget(Mark(self.theme, "", icon, Ink.OCHRE, 130), 0, _CENTRE)
        page.addWidget(Paragraph(title, self.theme, TITLE, Ink.INK, _CENTRE))

    def _build_known(self, page: QVBoxLayout, known: KnownHere) -> None:
        """Of papers only that some were missing: whether all are there is for an agent to say."""
        _ = self._
        panel = Panel(self.theme)
        reference = _("File {reference}").format(reference=isolate(unbroken(str(known.reference))))
        deposited = _("Deposited here on {date}").format(date=isolate(_.date(known.deposited_on)))
        panel.inside.addWidget(Paragraph(known.service[self.theme.language], self.theme, STRONG))
        for words in (reference, deposited, "" if known.complete else _("Some papers were missing.")):
            if words:
                panel.inside.addWidget(Paragraph(words, self.theme, TEXT))
        page.addWidget(panel)
