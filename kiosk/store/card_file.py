"""The town's cards as this kiosk has them from its centre: those it shows, and those it takes up next."""

import base64
import hashlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import orjson

from kiosk.store.own_file import sync_names, write_own
from kiosk.store.seal_file import SealFile
from sync.messages import CardsOffer, MessageFault
from sync.signing import is_signed


@dataclass(frozen=True, slots=True)
class KeptCards:
    """An edition, and the word of the town for it. Its bytes are those that were signed."""

    offer: CardsOffer
    packed: bytes


class CardFile:
    """`cards.json` and `cards-coming.json` in the kiosk's folder, each all of an edition or nothing.

    A disk that spoilt them has none, nor has a kiosk that was enrolled at another town since. `cards-refused.json` is
    there while the centre offers an edition that this kiosk would not have.
    """

    def __init__(self, folder: Path) -> None:
        self._shown = folder / "cards.json"
        self._coming = folder / "cards-coming.json"
        self._refused = folder / "cards-refused.json"
        self._seal = SealFile(folder)

    def believes(self, offer: CardsOffer) -> bool:
        """Whether the town this kiosk was enrolled at signed it."""
        town = self._seal.town()
        return town is not None and is_signed(town, offer.statement(), offer.signature)

    def shown(self) -> KeptCards | None:
        return self._kept(self._shown)

    def coming(self) -> KeptCards | None:
        return self._kept(self._coming)

    def newest(self) -> int:
        """The number of the newest edition that is here, 0 when none is."""
        return max((each.offer.number for each in (self.shown(), self.coming()) if each is not None), default=0)

    def keep(self, cards: KeptCards) -> None:
        """They are taken up when nobody is there. Raises OSError."""
        told = {**cards.offer.to_json(), "packed": base64.b64encode(cards.packed).decode()}
        write_own(self._coming, orjson.dumps(told))

    def take_up(self) -> None:
        """What was coming is what is shown from now on. Raises OSError."""
        self._coming.rename(self._shown)
        sync_names(self._shown.parent)

    def drop(self) -> None:
        """What is shown is of no use to this program. Raises OSError."""
        self._shown.unlink()
        sync_names(self._shown.parent)

    def refuse(self, number: int) -> None:
        """A disk that will not have it says so by other means."""
        with suppress(OSError):
            write_own(self._refused, orjson.dumps({"number": number}))

    def forgive(self) -> None:
        """What was refused is offered no more."""
        with suppress(OSError):
            self._refused.unlink(missing_ok=True)

    def refused(self) -> bool:
        """Whether the centre offers newer cards than this kiosk would have."""
        return self._refused.exists()

    def _kept(self, path: Path) -> KeptCards | None:
        try:
            said = orjson.loads(path.read_bytes())
            offer, packed = CardsOffer.from_json(said), base64.b64decode(said["packed"], validate=True)
        except (MessageFault, OSError, KeyError, TypeError, ValueError):
            return None
        whole = hashlib.sha256(packed).hexdigest() == offer.sha256
        return KeptCards(offer, packed) if whole and self.believes(offer) else None
