"""What is it called? The services found so far stand under what is written."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from civic.catalog import Service
from kiosk.ui.buttons import Button
from kiosk.ui.field import Field
from kiosk.ui.language import Translator
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.screens.writing import WritingScreen
from kiosk.ui.theme import TEXT, Ink, Theme, Type
from kiosk.ui.tile import Row

_MOST = 4
"""Services shown at once: one letter more finds fewer."""
_WRITTEN = Type(40)
_LONGEST = 40

Find = Callable[[str], tuple[Service, ...]]


class FoundRow(Row):
    """One service found, or nothing. It stays while its service changes, so that nothing else moves."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("service-", "", "", "", theme)
        self.service: Service | None = None

    def show_service(self, service: Service | None) -> None:
        self.service = service
        self.setVisible(service is not None)
        if service is not None:
            self.setObjectName(f"service-{service.id}")
            self.picture, self.words = service.icon, service.name[self.theme.language]
            self.setAccessibleName(self.words)
            self.updateGeometry()
            self.update()


class SearchScreen(WritingScreen):
    """Finds as one writes. Who finds nothing can always ask an agent."""

    chosen = Signal(str)
    agent_wanted = Signal()

    between = 12
    typed = ""

    def __init__(self, theme: Theme, _: Translator, find: Find) -> None:
        super().__init__(theme, _)
        self._find = find
        self._rows: list[FoundRow] = []
        self._remark: Paragraph | None = None
        self._agent: Button | None = None

    def build(self, page: QVBoxLayout) -> None:
        self.heading(page, self._("What are you looking for?"))
        field = Field("search-words", self.typed, self.theme.font(_WRITTEN), self.theme.beside(100))
        field.setAccessibleName(self._("What are you looking for?"))
        field.setMaxLength(_LONGEST)
        field.textChanged.connect(self._search)
        page.addWidget(field)
        self._remark = Paragraph("", self.theme, TEXT, Ink.MUTE)
        page.addWidget(self._remark)
        self._rows = [FoundRow(self.theme) for _nth in range(_MOST)]
        across = 2 if self.theme.wide and not self.theme.comfort.is_large else 1
        grid = QGridLayout()
        grid.setSpacing(self.theme.px(self.between))
        for position, row in enumerate(self._rows):
            row.clicked.connect(partial(self._choose, row))
            grid.addWidget(row, position // across, position % across)
        for column in range(across):
            grid.setColumnStretch(column, 1)
        page.addLayout(grid)
        self._agent = Button("ask-agent", self._("I take a number to see an agent"), self.theme, icon="agent")
        self._agent.clicked.connect(self.agent_wanted)
        page.addWidget(self._agent)
        page.addStretch(1)
        self._search(self.typed)
        self.write_into(field)

    @property
    def onward(self) -> tuple[str, ...]:
        """The first that was found."""
        return tuple(row.objectName() for row in self._rows if row.service is not None)[:1]

    def clear(self) -> None:
        self.typed = ""
        self.refresh()

    def drop(self) -> None:
        super().drop()
        self._rows, self._remark, self._agent = [], None, None

    def _choose(self, row: FoundRow) -> None:
        if row.service is not None:
            self.chosen.emit(row.service.id)

    def _search(self, typed: str) -> None:
        self.typed = typed
        found = self._find(typed)
        for position, row in enumerate(self._rows):
            row.show_service(found[position] if position < len(found) else None)
        if self._remark is not None and self._agent is not None:
            self._remark.say(self._said_of(found))
            self._remark.setVisible(bool(self._remark.text))
            self._agent.setVisible(bool(typed.strip()) and not found)

    def _said_of(self, found: tuple[Service, ...]) -> str:
        if not self.typed.strip():
            return self._("Write a word: house, birth, signature, shop…")
        if not found:
            return self._("Nothing is called so here. Try another word, or ask an agent.")
        if len(found) > _MOST:
            return self._("These and others: write one letter more.")
        return ""
