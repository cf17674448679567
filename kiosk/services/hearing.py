"""What the centre says besides files and the hall: which cards the town has, and who signs in here no more."""

from collections.abc import Callable, Mapping
from typing import Protocol

from kiosk.services.agents import Agents
from kiosk.services.town_cards import TownCards
from kiosk.store.card_file import KeptCards
from sync.messages import Changes


class Line(Protocol):
    def changes(self, cursor: str, agents: Mapping[str, str]) -> Changes:
        """What is new after that cursor, perhaps after a while. Raises CentralUnreachable."""
        ...


class Hearing:
    """A line to hear the centre on. `dismissed` is told, on this very thread, which agents sign in here no more."""

    def __init__(
        self, line: Line, cards: TownCards, agents: Agents, dismissed: Callable[[tuple[str, ...]], object]
    ) -> None:
        self._line = line
        self._cards = cards
        self._agents = agents
        self._dismissed = dismissed
        self._fetched: KeptCards | None = None

    def changes(self, cursor: str) -> Changes:
        """Raises CentralUnreachable. Cards are fetched here as well, because that may take its time."""
        said = self._line.changes(cursor, self._agents.known())
        self._fetched = self._cards.fetch(said.cards)
        return said

    def heed(self, said: Changes) -> None:
        """Of what was said last."""
        if said.dismissed:
            self._agents.dismiss(said.dismissed)
            self._dismissed(said.dismissed)
        if self._fetched is not None:
            self._cards.keep(self._fetched)
