"""How a person asks for the voice and leads it: five keys, a long touch anywhere, a touch on a text, four corners."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from kiosk.devices.base import Speaker
from kiosk.ui.corners import Corners
from kiosk.ui.header import Crest
from kiosk.ui.keyboard import Key
from kiosk.ui.loudness import volume_words
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.reading import Told, read
from kiosk.ui.voice import Voice
from kiosk.ui.walk import Walk
from kiosk.ui.window import Window

_LONG_MS = 2500
"""A finger that stays so long on the glass, and still, asks to be led without seeing."""
_STILL = 24
"""How far it may stray meanwhile, in design pixels."""
REPEAT = Qt.Key.Key_F5
"""The fifth key, as the keypad sends it: once more; and the first of all to a kiosk that is silent."""
PLUGGED, PULLED = Qt.Key.Key_F15, Qt.Key.Key_F16
"""What a keypad with a socket sends when a headset comes into it, and when it is pulled out."""
_STEPS = {Qt.Key.Key_VolumeUp: 1, Qt.Key.Key_VolumeDown: -1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Listening(QObject):
    """Belongs to the window of a kiosk that has a voice. While nobody asked for it, only the asking is heard."""

    def __init__(self, window: Window, speaker: Speaker) -> None:
        super().__init__(window)
        self._window = window
        self.speaker = speaker
        self.voice = Voice(window, speaker)
        self._walk = Walk(window, self.voice)
        self._corners: Corners | None = None
        self._listened = False
        self._down: QPointF | None = None
        self._long = QTimer(self, interval=_LONG_MS, singleShot=True)
        self._long.timeout.connect(self._turn_corners)
        window.worn.connect(self._lay_corners)
        window.glass.installEventFilter(self)

    def close(self) -> None:
        self._window.glass.removeEventFilter(self)
        self._long.stop()
        self.voice.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002  Qt asks so
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._window.touched()
            return self._press(event)
        if isinstance(event, QMouseEvent):
            self._feel(event)
        return False

    def _press(self, event: QKeyEvent) -> bool:
        """True when that was all the key is for."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._change_volume(_STEPS[key])
            return True
        if key == PULLED or not self.voice.on:
            if self.voice.on is (key == PULLED) and key in (REPEAT, PLUGGED, PULLED):
                self._window.turn_voice()
            return key in (REPEAT, PLUGGED, PULLED)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._walk.go(1 if key == Qt.Key.Key_Down else -1)
        elif key in _ENTER:
            if not event.isAutoRepeat():
                self._walk.choose()
        elif key == Qt.Key.Key_Escape:
            self._walk.back()
        elif key == REPEAT:
            self._walk.repeat()
        else:
            return False
        return True

    def _change_volume(self, steps: int) -> None:
        """By the keypad's own keys: at once, and said at that loudness."""
        comfort = self._window.theme.comfort
        volume = comfort.volume.step(steps)
        self._window.wear(replace(comfort, volume=volume))
        if self.voice.on:
            self.voice.tell([Told(self._window, volume_words(volume, self._window.translator))])

    def _feel(self, event: QMouseEvent) -> None:
        at = event.position()
        if event.type() == QEvent.Type.MouseButtonPress:
            self._down = at
            self.voice.hush()
            if not isinstance(self._under(at), Crest | Key):
                self._long.start()
        elif event.type() == QEvent.Type.MouseMove and self._strayed(at):
            self._long.stop()
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._lift(at)

    def _lift(self, at: QPointF) -> None:
        self._long.stop()
        touched, self._down = None if self._strayed(at) else self._under(at), None
        if self.voice.on and isinstance(touched, Paragraph):
            self.voice.tell([told for told in read(self._window) if told.widget is touched])

    def _under(self, at: QPointF) -> QWidget | None:
        return self._window.childAt(at.toPoint())

    def _strayed(self, at: QPointF) -> bool:
        """Also a finger that has been understood: its end touches nothing."""
        return self._down is None or (at - self._down).manhattanLength() > self._window.theme.px(_STILL)

    def _turn_corners(self) -> None:
        comfort, current = self._window.theme.comfort, self._window.current
        if not comfort.corners and (current is None or not current.aloud):
            return
        under = None if self._down is None else self._under(self._down)
        if isinstance(under, QAbstractButton):
            under.setDown(False)
        self._down = None
        if not comfort.corners:
            self._window.close_comfort()
        self._window.wear(replace(comfort, voice=comfort.voice or not comfort.corners, corners=not comfort.corners))

    def _lay_corners(self) -> None:
        """As the person wants it now; the words of how it is used are shown, and so they are said."""
        comfort, _ = self._window.theme.comfort, self._window.translator
        self.speaker.volume = comfort.volume
        if self._corners is not None:
            self._corners.hide()
            self._corners.deleteLater()
            self._corners = None
        if comfort.corners:
            self._corners = Corners(self._window, self._window.theme, _)
            self._corners.touched.connect(self._lead)
        elif comfort.voice and not self._listened:
            self._window.tell(
                _("Touch a text and you hear it. If you do not see: keep a finger on the glass, anywhere."), "sound"
            )
        self._listened = comfort.voice

    def _lead(self, corner: str) -> None:
        match corner:
            case "before":
                self._walk.go(-1)
            case "next":
                self._walk.go(1)
            case "choose":
                self._walk.choose()
            case _again:
                self._walk.repeat()
