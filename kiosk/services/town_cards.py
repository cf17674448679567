"""Keeping up with the town's cards: fetched when the centre has newer ones, believed when the town signed them.

They are taken up by a kiosk that opens: so a visit ends with the cards it began with.
"""

import hashlib
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from civic.card import CatalogFault
from civic.edition import MOST_PACKED, Edition, read_edition, read_packed
from kiosk.store.card_file import CardFile, KeptCards
from sync.messages import CardsOffer
from sync.transport import CentralUnreachable

_log = logging.getLogger(__name__)
_AGAIN_S = 600.0
"""What was refused is asked for once more after that: a line that changes what it carries may have been mended."""


@dataclass(frozen=True, slots=True)
class ShownCards:
    """What this kiosk shows. `number` is 0 for the cards that came with the program.

    `waits`: newer ones are here, for when all papers of before are out.
    """

    number: int
    edition: Edition
    waits: bool


def open_cards(file: CardFile, installed: Path, *, settled: bool) -> ShownCards:
    """`settled`: no paper has still to come out that was promised by the cards so far. Raises CatalogFault."""
    if settled and file.coming() is not None:
        try:
            file.take_up()
        except OSError as fault:
            _log.warning("the town's new cards wait: %s", fault.strerror)
    waits, kept = not settled and file.coming() is not None, file.shown()
    if kept is not None:
        try:
            return ShownCards(kept.offer.number, read_packed(kept.packed), waits)
        except CatalogFault as fault:
            _log.warning("the town's cards cannot be used by this program, which shows its own: %s", fault)
            with suppress(OSError):
                file.drop()  # offered again, they are refused, and so told
    return ShownCards(0, read_edition(installed), waits)


class TownCards:
    """Belongs to the thread that hears the centre. `ask` fetches an edition by its hash, of so many bytes at most."""

    def __init__(
        self,
        file: CardFile,
        ask: Callable[[str, int], bytes],
        shown: ShownCards,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """`shown`: what this kiosk was opened with."""
        self._file = file
        self._ask = ask
        self._clock_s = clock_s
        self.coming = shown.waits
        """Newer cards than those shown are here."""
        self._refused: CardsOffer | None = None
        self._again_s = 0.0

    def fetch(self, offer: CardsOffer | None) -> KeptCards | None:
        """What is to be kept of it, if anything. A centre that breaks off is asked again with its next word."""
        if offer is None or offer.number <= self._file.newest():
            self._file.forgive()
            return None
        if offer == self._refused and self._clock_s() < self._again_s:
            return None
        try:
            return KeptCards(offer, self._fetch(offer))
        except CentralUnreachable:
            return None
        except CatalogFault as fault:
            _log.warning("the town's cards of edition %d are kept out: %s", offer.number, fault)
            self._file.refuse(offer.number)
            self._refused, self._again_s = offer, self._clock_s() + _AGAIN_S
            return None

    def keep(self, cards: KeptCards) -> None:
        """A disk that is full is tried again with the centre's next word."""
        with suppress(OSError):
            self._file.keep(cards)
            self.coming = True

    def _fetch(self, offer: CardsOffer) -> bytes:
        """Raises CatalogFault for what may not be shown, CentralUnreachable."""
        if not self._file.believes(offer):
            raise CatalogFault("this kiosk's town did not sign them")
        packed = self._ask(offer.sha256, MOST_PACKED)
        if hashlib.sha256(packed).hexdigest() != offer.sha256:
            raise CatalogFault("they are not what the town signed")
        read_packed(packed)
        return packed
