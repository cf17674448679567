"""Words said instead of written: one speaks, hears it again, says it again or goes on."""

from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from civic.catalog import Question
from civic.voice_note import LONGEST_S, VoiceNote, clock
from kiosk.ui.buttons import Button, Card, Look
from kiosk.ui.language import isolate
from kiosk.ui.microphone import BigMicrophone, LevelTrace
from kiosk.ui.panel import Mark
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.screens.base import Screen
from kiosk.ui.theme import STRONG, TITLE, Ink


class Hearing(Enum):
    """Where the words are."""

    LISTENING = auto()
    KEEPING = auto()
    """They are said, and being sealed."""
    KEPT = auto()
    NOTHING = auto()
    """The microphone heard, but nobody spoke, or too softly."""


class VoiceNoteScreen(Screen):
    """Shows how one hearing goes. While it listens or plays, nothing is read over it."""

    finished = Signal()
    """The person has said all."""
    again_wanted = Signal()
    playing_wanted = Signal(bool)
    """Their own words are to be heard, or no longer."""
    writing_wanted = Signal()
    answered = Signal(str)

    question: Question | None = None
    hearing = Hearing.NOTHING
    note: VoiceNote | None = None
    can_play = False
    """Whether this kiosk has a voice, and still the sound."""
    playing = False
    seconds = 0
    """For how long it has listened."""
    _microphone: BigMicrophone | None = None
    _trace: LevelTrace | None = None
    _left: Paragraph | None = None

    def show_listening(self, question: Question) -> None:
        self.question, self.note, self.seconds = question, None, 0
        self._turn(Hearing.LISTENING)

    def show_level(self, level: float, seconds: int) -> None:
        """How loud it is, from 0 to 1, that many seconds after the beginning."""
        if self._microphone is not None and self._trace is not None:
            self._microphone.show_level(level)
            self._trace.show_level(level)
        if seconds != self.seconds and self._left is not None:
            self.seconds = seconds
            self._left.say(self._left_words())

    def show_keeping(self) -> None:
        self._turn(Hearing.KEEPING)

    def show_nothing(self) -> None:
        self._turn(Hearing.NOTHING)

    def show_note(self, question: Question, note: VoiceNote, *, can_play: bool) -> None:
        self.question, self.note, self.can_play = question, note, can_play
        self._turn(Hearing.KEPT)

    def show_playing(self, playing: bool) -> None:
        self.playing = playing
        self.refresh()

    def clear(self) -> None:
        self.question, self.note, self.seconds, self.can_play = None, None, 0, False
        self._turn(Hearing.NOTHING)

    @property
    def quiet(self) -> bool:
        return self.playing or self.hearing is Hearing.LISTENING

    def end_quiet(self) -> None:
        if self.playing:
            self.playing_wanted.emit(False)
        else:
            self.finished.emit()

    @property
    def go_label(self) -> str:
        match self.hearing:
            case Hearing.LISTENING:
                return self._("I have finished")
            case Hearing.KEEPING | Hearing.KEPT:
                return self._("Continue")
            case Hearing.NOTHING:
                return ""

    @property
    def ready(self) -> bool:
        return self.hearing is not Hearing.KEEPING

    def go(self) -> None:
        if self.hearing is Hearing.LISTENING:
            self.finished.emit()
        elif self.note is not None:
            self.answered.emit(str(self.note))

    def drop(self) -> None:
        super().drop()
        self._microphone, self._trace, self._left = None, None, None

    def build(self, page: QVBoxLayout) -> None:
        self._microphone, self._trace, self._left = None, None, None
        if self.question is None:
            return
        page.addWidget(Paragraph(self.question.text[self.theme.language], self.theme, TITLE))
        match self.hearing:
            case Hearing.LISTENING:
                self._build_listening(page)
            case Hearing.KEEPING:
                page.addWidget(Paragraph(self._("One moment, please."), self.theme, STRONG, Ink.DEEP))
            case Hearing.KEPT if self.note is not None:
                self._build_note(page, self.note)
            case _nothing:
                self._build_nothing(page)
        page.addStretch(1)

    def _turn(self, hearing: Hearing) -> None:
        self.hearing, self.playing = hearing, False
        self.refresh()

    def _build_listening(self, page: QVBoxLayout) -> None:
        said = self.row()
        said.addWidget(Paragraph(self._("We are listening: speak."), self.theme, STRONG, Ink.DEEP), 1)
        self._microphone = BigMicrophone("microphone", self._("Touch when you have finished"), self.theme, Look.NOW)
        self._microphone.clicked.connect(self.finished)
        self._trace = LevelTrace(self.theme, self._("How loud you are"))
        self._left = Paragraph(self._left_words(), self.theme, STRONG)
        said.addWidget(self._left)
        page.addLayout(said)
        page.addWidget(self._trace)
        page.addWidget(self._microphone)

    def _left_words(self) -> str:
        return self._("{time} left").format(time=isolate(clock(LONGEST_S - self.seconds)))

    def _build_note(self, page: QVBoxLayout, note: VoiceNote) -> None:
        said = QHBoxLayout()
        said.setSpacing(self.theme.px(18))
        said.addWidget(Mark(self.theme, "", "check", Ink.OLIVE, 88))
        words = self._("Your words are recorded: {time}.").format(time=isolate(note.length))
        said.addWidget(Paragraph(words, self.theme, STRONG), 1, Qt.AlignmentFlag.AlignVCenter)
        page.addLayout(said)
        if self.can_play:
            words = self._("I stop it") if self.playing else self._("I hear it again")
            look = Look.NOW if self.playing else Look.PLAIN
            play = Card("hear-note", "stop" if self.playing else "sound", words, "", self.theme, look)
            play.clicked.connect(lambda: self.playing_wanted.emit(not self.playing))
            page.addWidget(play)
        again = Card("say-again", "microphone", self._("I say it again"), "", self.theme)
        again.clicked.connect(self.again_wanted)
        page.addWidget(again)
        page.addLayout(self._other_way())

    def _build_nothing(self, page: QVBoxLayout) -> None:
        sentence = self._("We heard nothing. Come nearer and speak again.")
        page.addWidget(Paragraph(sentence, self.theme, STRONG, Ink.BRICK))
        again = BigMicrophone("microphone", self._("I speak"), self.theme, Look.GO)
        again.clicked.connect(self.again_wanted)
        page.addWidget(again)
        page.addLayout(self._other_way())

    def _other_way(self) -> QBoxLayout:
        line = self.row()
        write = Button("write-instead", self._("I write it instead"), self.theme, icon="keyboard")
        write.clicked.connect(self.writing_wanted)
        line.addWidget(write)
        if not self.theme.comfort.is_large:
            line.addStretch(1)
        return line
