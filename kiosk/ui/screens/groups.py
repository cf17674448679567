"""What do you want to do?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from civic.catalog import Group
from kiosk.ui.screens.base import Screen
from kiosk.ui.search_button import SearchButton
from kiosk.ui.tile import choices


class GroupsScreen(Screen):
    """What happens in a life, one picture each; and a way to find a service by its name."""

    entered = Signal(str)
    search_wanted = Signal()

    groups: tuple[Group, ...] = ()

    def show_groups(self, groups: tuple[Group, ...]) -> None:
        self.groups = groups
        self.refresh()

    def build(self, page: QVBoxLayout) -> None:
        self.heading(page, self._("What do you want to do?"))
        search = SearchButton(self._("Search with a word"), self.theme)
        search.clicked.connect(self.search_wanted)
        page.addWidget(search)
        field, each = choices(self.groups, self.theme)
        for choice, group in zip(each, self.groups, strict=True):
            choice.clicked.connect(lambda *, entered=group.id: self.entered.emit(entered))
        page.addWidget(field)
        page.addStretch(1)

    def clear(self) -> None:
        self.groups = ()
        self.refresh()
