"""The paper of who asked why their file is late: when, which file, and by when the town aims to say why."""

from civic.deadline import DeadlineKind
from civic.language import Language
from kiosk.devices.base import Raster
from kiosk.services.reminders import Reminder
from kiosk.ui import paper_words as words
from kiosk.ui.face import LEAST, SECOND, STRONG, TEXT, Face
from kiosk.ui.language import isolate, unbroken
from kiosk.ui.paper import CENTRE, MARGIN, Frame, Paper


def draw_reminder(reminder: Reminder, language: Language, width_px: int, copy: bool) -> Raster:
    """Arabic first; the second language is French, or English for who reads it."""
    return _ReminderFace(reminder, language, Paper(width_px)).draw(copy)


class _ReminderFace(Face):
    def __init__(self, reminder: Reminder, language: Language, paper: Paper) -> None:
        super().__init__(reminder.office, language, paper)
        self._reminder = reminder

    def draw(self, copy: bool) -> Raster:
        paper, reminder = self._paper, self._reminder
        self._head()
        if copy:
            paper.panels([(self._side_by_side(words.copy), Language.ARABIC, STRONG)], frame=Frame.BLACK)
            paper.gap(8)
        self._centred(self._both(words.reminder, self._title, TEXT))
        paper.gap(8)
        for label, number in ((words.reminder_number, reminder.number), (words.file_number, str(reminder.reference))):
            digits = (isolate(unbroken(number)), Language.ENGLISH, self._digits(48, 36))
            paper.panels([(self._side_by_side(label), Language.ARABIC, SECOND), digits])
            paper.gap(8)
        self._pair(self._wording(reminder.service, STRONG, TEXT), MARGIN)
        paper.gap(10)
        self._centred(self._both(lambda _: words.asked_why(_, reminder), TEXT, SECOND))
        paper.gap(12)
        self._owed()
        self._centred(self._both(words.where_told, TEXT, SECOND))
        paper.gap(10)
        paper.rule()
        paper.gap(4)
        self._centred(self._both(lambda _: words.place(_, self._office), SECOND, LEAST))
        return paper.finish()

    def _owed(self) -> None:
        """Between dashes: it is the town's own goal."""
        paper, answer_by = self._paper, self._reminder.answer_by
        paper.panels(self._both(words.owes_reason, TEXT, SECOND), frame=Frame.DASHES)
        paper.gap(4)
        for _, kind in ((self._ar, TEXT), (self._second, SECOND)):
            paper.text((words.promise(_, DeadlineKind.GOAL), _.language, kind), CENTRE)
            paper.text((isolate(unbroken(_.date(answer_by))), _.language, STRONG), CENTRE)
        paper.gap(12)
