"""Who serves at which counter, small and always in sight, and how the counter is left."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from kiosk.ui.buttons import Button
from kiosk.ui.language import Translator, isolate
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.theme import GAP, SMALL, STRONG, Theme

LOCK_KEY = "F12"


class Attendance(QWidget):
    """While nobody is signed in, only the counter stands there."""

    lock_wanted = Signal()

    def __init__(self, counter: int, agent: str, theme: Theme, _: Translator) -> None:
        super().__init__()
        way = QBoxLayout.Direction.TopToBottom if theme.wide else QBoxLayout.Direction.LeftToRight
        line = QBoxLayout(way, self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(GAP if not theme.wide else 8))
        at = _("Counter {number}").format(number=isolate(str(counter)))
        line.addWidget(Paragraph(f"{at} · {isolate(agent)}" if agent else at, theme, STRONG))
        if agent:
            lock = Button("lock", _("Lock ({key})").format(key=isolate(LOCK_KEY)), theme, kind=SMALL, tall=84)
            lock.clicked.connect(self.lock_wanted)
            line.addWidget(lock)
