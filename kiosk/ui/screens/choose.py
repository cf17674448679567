"""Which service?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from civic.catalog import Service
from kiosk.ui.buttons import Card
from kiosk.ui.screens.base import Screen


class ChooseScreen(Screen):
    """The services on offer, one card each."""

    chosen = Signal(str)

    services: tuple[Service, ...] = ()

    def show_services(self, services: tuple[Service, ...]) -> None:
        self.services = services
        self.refresh()

    def build(self, page: QVBoxLayout) -> None:
        self.heading(page, self._("What do you need?"), self._("Touch one line."))
        for service in self.services:
            language = self.theme.language
            card = Card(
                f"service-{service.id}", service.icon, service.name[language], service.example[language], self.theme
            )
            card.clicked.connect(lambda *, chosen=service.id: self.chosen.emit(chosen))
            page.addWidget(card)
        page.addStretch(1)

    def clear(self) -> None:
        self.services = ()
