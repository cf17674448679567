"""The questions of a service, one after the other: each kind on the screen made for it, in writing or by voice."""

from PySide6.QtCore import QObject, Signal

from civic.catalog import QuestionKind
from civic.voice_note import VoiceNote
from kiosk.flow import Flow, Step
from kiosk.ui.dictating import Dictating
from kiosk.ui.hall import Hall
from kiosk.ui.language import Translator
from kiosk.ui.screens.base import Screen
from kiosk.ui.screens.place import PlaceScreen
from kiosk.ui.screens.questions import QuestionsScreen
from kiosk.ui.screens.voice_note import VoiceNoteScreen
from kiosk.ui.tasks import Tasks
from kiosk.ui.theme import Theme


class Asking(QObject):
    """Three screens of one part of the visit."""

    answered = Signal(str)
    moved = Signal()
    """The same question is on another screen now."""

    def __init__(self, flow: Flow, hall: Hall, tasks: Tasks, theme: Theme, _: Translator) -> None:
        super().__init__()
        self._flow = flow
        self._questions = QuestionsScreen(theme, _)
        self._place = PlaceScreen(theme, _)
        self._voice_note = VoiceNoteScreen(theme, _)
        self.dictating = Dictating(self._voice_note, hall, tasks)
        self._by_voice = False
        self._writing = ""
        """The question whose answer is to be written, though it was said before."""
        self._typed: dict[str, str] = {}
        """What stood in the field of a question when the person wanted to speak."""
        for screen in self.screens:
            screen.answered.connect(self._answer)
        self._questions.speaking_wanted.connect(self._speak)
        self._voice_note.again_wanted.connect(self._speak)
        self._voice_note.writing_wanted.connect(self._write)
        self.dictating.failed.connect(self._write_after_all)

    @property
    def screens(self) -> tuple[QuestionsScreen, PlaceScreen, VoiceNoteScreen]:
        return self._questions, self._place, self._voice_note

    def show(self) -> Screen:
        """The screen of the question being asked, filled."""
        question = self._flow.question
        answer = self._flow.draft.answers.get(question.id, "")
        spoken = VoiceNote.find(answer)
        note = spoken or self.dictating.said(question)
        if self._by_voice:
            return self._voice_note
        if note is not None and self._writing != question.id:
            self._by_voice = True
            self.dictating.show(question, note)
            return self._voice_note
        self._questions.can_speak = self.dictating.possible
        screen = self._place if question.kind is QuestionKind.PLACE else self._questions
        screen.show_question(question, self._typed.get(question.id) or ("" if spoken else answer))
        return screen

    def back(self) -> bool:
        """Whether the question had something to go back to: its field, the map from its list, its first page."""
        if self._flow.step is not Step.QUESTIONS:
            return False
        if self._by_voice:
            waiting = self._voice_note.note is None
            self.leave()
            if waiting:
                self.moved.emit()
            return waiting
        screen = self._place if self._flow.question.kind is QuestionKind.PLACE else self._questions
        return screen.turn_back()

    def leave(self) -> None:
        """The person goes to something else; what they said stays until they have gone."""
        self.dictating.leave()
        self._by_voice, self._writing = False, ""

    def forget(self) -> None:
        self.leave()
        self.dictating.forget()
        self._typed.clear()
        self._questions.microphone_failed = False

    def _answer(self, answer: str) -> None:
        question = self._flow.question
        if not self._by_voice:
            self.dictating.unsay(question)
        self._typed.pop(question.id, None)
        self.leave()
        self.answered.emit(answer)

    def _speak(self) -> None:
        question = self._flow.question
        if not self._by_voice:
            self._by_voice, self._typed[question.id] = True, self._questions.answer
        self.dictating.begin(question)
        self.moved.emit()

    def _write(self) -> None:
        """What was said is not wanted any more."""
        question = self._flow.question
        self.leave()
        self.dictating.unsay(question)
        self._writing = question.id
        self.moved.emit()

    def _write_after_all(self) -> None:
        """Nobody is heard here: what was typed before is still there."""
        self._questions.microphone_failed = True
        self._write()
