"""Between the screen one speaks at and the microphone, which hears on its own thread."""

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from civic.catalog import Question
from civic.voice_note import VoiceNote
from kiosk.devices.base import Ear, MicrophoneFault
from kiosk.services.dictation import Dictation, Spoken
from kiosk.store.database import StoreFault
from kiosk.ui.hall import Hall
from kiosk.ui.screens.voice_note import Hearing, VoiceNoteScreen
from kiosk.ui.tasks import Tasks

_log = logging.getLogger(__name__)
_Done = TypeVar("_Done")
_GLANCE_MS = 120
"""How often it looks whether what is played has come to its end."""
_TENTHS = 10


class Dictating(QObject):
    """One hearing at a time. What somebody said stays in memory until they have gone, so that they can hear it."""

    seen = Signal()
    """Somebody speaks, or listens to what they said."""
    failed = Signal()
    """The microphone does not hear."""
    refused = Signal(object)
    """The disk would not keep it: a StoreFault."""
    _heard = Signal(object, float)

    def __init__(self, screen: VoiceNoteScreen, hall: Hall, tasks: Tasks) -> None:
        super().__init__()
        self._screen = screen
        self._hall = hall
        self._tasks = tasks
        self._over = Event()
        self._tenths = 0
        self._said: dict[str, VoiceNote] = {}
        """By the question it answers."""
        self._samples: dict[VoiceNote, bytes] = {}
        self._glance = QTimer(self, interval=_GLANCE_MS)
        self._glance.timeout.connect(self._look)
        self._heard.connect(self._show_level, Qt.ConnectionType.QueuedConnection)
        screen.finished.connect(self._finish)
        screen.playing_wanted.connect(self._play)

    @property
    def possible(self) -> bool:
        """Whether this kiosk has a microphone."""
        return self._hall.dictation is not None

    def said(self, question: Question) -> VoiceNote | None:
        """What was said last to answer that, whether the person has gone on since or not."""
        return self._said.get(question.id)

    def unsay(self, question: Question) -> None:
        self._said.pop(question.id, None)

    def begin(self, question: Question) -> None:
        """From now on the person is heard; whatever was being said to them is over."""
        dictation = self._hall.dictation
        if dictation is None:
            return
        self.leave()
        if self._hall.speaker is not None:
            self._hall.speaker.hush()
        over = self._over
        self._tenths = 0
        ear = Ear(lambda level: self._heard.emit(over, level), over.is_set)
        self._screen.show_listening(question)

        def listened(samples: bytes) -> None:
            if over is not self._over:
                return
            if samples:
                self._keep(over, dictation, question, samples)
            else:
                self._screen.show_nothing()

        self._run(over, self._hall.threads.microphone, lambda: dictation.listen(ear), listened)

    def show(self, question: Question, note: VoiceNote) -> None:
        """What was said before."""
        self._screen.show_note(question, note, can_play=note in self.playable)

    @property
    def playable(self) -> frozenset[VoiceNote]:
        """What a person who is still there said, if this kiosk can sound."""
        return frozenset() if self._hall.speaker is None else frozenset(self._samples)

    def play(self, note: VoiceNote) -> None:
        """Aloud, to who wants to hear what they said."""
        if self._hall.speaker is not None and note in self.playable:
            self._hall.speaker.play(self._samples[note])
            self._glance.start()

    def leave(self) -> None:
        """The person wants to do something else: nothing is heard, and nothing is played."""
        self._over.set()
        self._over = Event()
        self.hush()

    def hush(self) -> None:
        """What is being played ends here."""
        if self._hall.speaker is not None and self._glance.isActive():
            self._hall.speaker.hush()
        self._glance.stop()

    def forget(self) -> None:
        """The person has gone."""
        self.leave()
        self._said.clear()
        self._samples.clear()

    def _finish(self) -> None:
        self._over.set()

    def _show_level(self, over: Event, level: float) -> None:
        if over is self._over and self._screen.hearing is Hearing.LISTENING:
            self._tenths += 1
            self._screen.show_level(level, self._tenths // _TENTHS)
            self.seen.emit()

    def _keep(self, over: Event, dictation: Dictation, question: Question, samples: bytes) -> None:
        self._screen.show_keeping()

        def kept(spoken: Spoken) -> None:
            if over is self._over:
                self._said[question.id] = spoken.note
                self._samples[spoken.note] = spoken.samples
                self.show(question, spoken.note)

        self._run(over, self._hall.threads.scanner, lambda: dictation.keep(samples), kept)

    def _run(self, over: Event, thread: Executor, work: Callable[[], _Done], done: Callable[[_Done], None]) -> None:
        def failed(fault: MicrophoneFault | StoreFault) -> None:
            if isinstance(fault, StoreFault):
                self.refused.emit(fault)
                return
            _log.warning("nobody can speak to this kiosk: %s", fault)
            if over is self._over:
                self.failed.emit()

        self._tasks.run(thread, work, done, failed, (MicrophoneFault, StoreFault))

    def _play(self, wanted: bool) -> None:
        note = self._screen.note
        self.hush()
        if wanted and note is not None:
            self.play(note)
        self._screen.show_playing(wanted)

    def _look(self) -> None:
        speaker = self._hall.speaker
        if speaker is not None and speaker.speaking:
            self.seen.emit()
            return
        self._glance.stop()
        if self._screen.playing:
            self._screen.show_playing(False)
