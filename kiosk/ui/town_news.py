"""What the centre tells the hall, on the first screen: how many wait, and the town's notices."""

from collections.abc import Callable
from concurrent.futures import Executor
from datetime import date

from PySide6.QtCore import QObject, QTimer

from kiosk.store.database import StoreFault
from kiosk.store.mirror import Mirror
from kiosk.ui.screens.welcome import WelcomeScreen
from kiosk.ui.tasks import Tasks
from sync.messages import HallLine, TownNotice

_LOOK_MS = 2000

_News = tuple[HallLine | None, tuple[TownNotice, ...]]


class TownNews(QObject):
    """Looks only while the first screen is seen."""

    def __init__(
        self, welcome: WelcomeScreen, mirror: Mirror, today: Callable[[], date], store_thread: Executor
    ) -> None:
        super().__init__()
        self._welcome = welcome
        self._mirror = mirror
        self._today = today
        self._store_thread = store_thread
        self._tasks = Tasks()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        if self._welcome.isVisible():
            self._tasks.run(self._store_thread, self._read, self._show, self._say_nothing, (StoreFault,))

    def close(self) -> None:
        self._timer.stop()
        self._tasks.forget()

    def _read(self) -> _News:
        today = self._today()
        return self._mirror.line(today), self._mirror.notices(today)

    def _show(self, news: _News) -> None:
        line, notices = news
        self._welcome.show_news(None if line is None else line.waiting, tuple(each.words for each in notices))

    def _say_nothing(self, _fault: StoreFault) -> None:
        self._welcome.show_news(None, ())
