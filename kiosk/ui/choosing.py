"""From what a person wants to the service that does it: by what they come for, or by its name."""

from PySide6.QtCore import QObject, Signal

from civic.catalog import Catalog
from civic.edition import WELCOMED
from civic.search import Index
from kiosk.flow import Flow, Step
from kiosk.ui.language import Translator
from kiosk.ui.screens.base import Screen
from kiosk.ui.screens.choose import ChooseScreen
from kiosk.ui.screens.groups import GroupsScreen
from kiosk.ui.screens.search import SearchScreen
from kiosk.ui.theme import Theme

AGENT, COMPLAINT = WELCOMED
"""The two services the welcome leads to by itself: to speak with somebody, and to complain."""


class Choosing(QObject):
    """Three screens of which a person sees two."""

    moved = Signal()
    """The flow leads to another screen."""
    chosen = Signal(str)

    def __init__(self, catalog: Catalog, flow: Flow, theme: Theme, _: Translator) -> None:
        super().__init__()
        self._catalog = catalog
        self._flow = flow
        self._groups = {group.id: group for group in catalog.groups}
        self.groups = GroupsScreen(theme, _)
        self.choose = ChooseScreen(theme, _)
        self.search = SearchScreen(theme, _, Index(catalog).find)
        self.groups.entered.connect(self._enter)
        self.groups.search_wanted.connect(self._search)
        self.search.agent_wanted.connect(lambda: self.chosen.emit(AGENT))
        for screen in (self.choose, self.search):
            screen.chosen.connect(self.chosen)

    @property
    def screens(self) -> tuple[Screen, ...]:
        return self.groups, self.choose, self.search

    def offer(self) -> None:
        """The person wants something."""
        self._flow.offer()
        self.moved.emit()

    def show(self, step: Step) -> Screen:
        """The screen of that step, filled."""
        if step is Step.GROUPS:
            self.groups.show_groups(self._catalog.groups)
            return self.groups
        if step is Step.SEARCH:
            self.search.refresh()
            return self.search
        self.choose.show_group(self._flow.group)
        return self.choose

    def _enter(self, group_id: str) -> None:
        self._flow.enter(self._groups[group_id])
        self.moved.emit()

    def _search(self) -> None:
        self._flow.search()
        self.moved.emit()
