"""Which service?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from civic.catalog import Group
from kiosk.ui.screens.base import Screen
from kiosk.ui.tile import choices


class ChooseScreen(Screen):
    """The services that go with what the person comes for."""

    chosen = Signal(str)

    group: Group | None = None

    def show_group(self, group: Group) -> None:
        self.group = group
        self.refresh()

    def build(self, page: QVBoxLayout) -> None:
        if self.group is None:
            return
        self.heading(page, self.group.name[self.theme.language], self._("What do you need?"))
        field, each = choices(self.group.services, self.theme)
        for choice, service in zip(each, self.group.services, strict=True):
            choice.clicked.connect(lambda *, chosen=service.id: self.chosen.emit(chosen))
        page.addWidget(field)
        page.addStretch(1)

    def clear(self) -> None:
        self.group = None
        self.refresh()
