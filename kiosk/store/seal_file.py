"""The town's seal: what this kiosk seals personal data with, and cannot open them again."""

from pathlib import Path

import orjson

from kiosk.store.own_file import write_own
from sync.messages import MessageFault, SealOffer
from sync.sealing import Seal
from sync.signing import is_signed


class SealFile:
    """`seal.json` in the kiosk's folder: the town's last word on its seal, and the key that signs such words."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "seal.json"

    def find(self) -> Seal | None:
        """None while the kiosk was never enrolled, or when the file cannot be read."""
        kept = self._read()
        return None if kept is None else Seal(kept.key)

    def town(self) -> bytes | None:
        """The public key of the town this kiosk was enrolled in, None while it was never enrolled."""
        kept = self._read()
        return None if kept is None else kept.town

    def pin(self, offer: SealOffer) -> bool:
        """A person enrols this kiosk at that town; whether the offer is what the town signed. Raises OSError."""
        if not is_signed(offer.town, offer.statement(), offer.signature):
            return False
        write_own(self._path, orjson.dumps(offer.to_json()))
        return True

    def learn(self, offer: SealOffer) -> bool:
        """Take a newer seal of the same town; whether the offer may be believed at all. Raises OSError.

        A kiosk that was enrolled before towns had seals believes the first it hears.
        """
        kept = self._read()
        if kept is None:
            return self.pin(offer)
        if offer.town != kept.town:
            return False
        return offer.number <= kept.number or self.pin(offer)

    def _read(self) -> SealOffer | None:
        try:
            return SealOffer.from_json(orjson.loads(self._path.read_bytes()))
        except (MessageFault, OSError, ValueError):
            return None
