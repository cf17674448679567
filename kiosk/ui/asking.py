"""The questions of a service, one after the other: each kind on the screen made for it."""

from PySide6.QtCore import QObject, Signal

from civic.catalog import QuestionKind
from kiosk.flow import Flow, Step
from kiosk.ui.language import Translator
from kiosk.ui.screens.base import Screen
from kiosk.ui.screens.place import PlaceScreen
from kiosk.ui.screens.questions import QuestionsScreen
from kiosk.ui.theme import Theme


class Asking(QObject):
    """Two screens of one part of the visit."""

    answered = Signal(str)

    def __init__(self, flow: Flow, theme: Theme, _: Translator) -> None:
        super().__init__()
        self._flow = flow
        self._questions = QuestionsScreen(theme, _)
        self._place = PlaceScreen(theme, _)
        for screen in (self._questions, self._place):
            screen.answered.connect(self.answered)

    @property
    def screens(self) -> tuple[Screen, ...]:
        return self._questions, self._place

    def show(self) -> Screen:
        """The screen of the question being asked, filled."""
        question = self._flow.question
        self._screen.show_question(question, self._flow.draft.answers.get(question.id, ""))
        return self._screen

    def back(self) -> bool:
        """Whether the question itself had something to go back to: the map from its list, the first of its pages."""
        return self._flow.step is Step.QUESTIONS and self._screen.turn_back()

    @property
    def _screen(self) -> QuestionsScreen | PlaceScreen:
        return self._place if self._flow.question.kind is QuestionKind.PLACE else self._questions
