"""For the technician: what waits to be told to the centre, since when and why, and two ways to bring it there."""

import time
from collections.abc import Callable
from datetime import tzinfo
from pathlib import Path

from kiosk.services.stick import Stick
from kiosk.store.database import Store, in_use
from kiosk.store.key_file import KeyFile
from kiosk.store.seal_file import SealFile
from kiosk.store.vault import Vault
from sync.engine import exchange_once
from sync.outbox import Outbox, Untold
from sync.transport import CentralUnreachable, HttpTransport

_PATIENCE_S = 60.0
"""A kiosk that runs tries again after half a minute at most."""
_GLANCE_S = 0.5


class OutboxDoor:
    """Of the kiosk whose data lie in `folder`. Speaks to `say`, a line at a time. Raises StoreFault."""

    def __init__(self, folder: Path, store: Store, zone: tzinfo, say: Callable[[str], None]) -> None:
        self._folder = folder
        self._store = store
        self._outbox = Outbox(store.transaction, "")
        self._vault = Vault(folder / "vault")
        self._zone = zone
        self._say = say

    def show(self, transport: HttpTransport) -> bool:
        """What waits, what was refused, and what the centre says now; whether all is well."""
        untold, pages = self._outbox.untold(), len(self._outbox.unsettled_pages())
        for each in untold:
            self._say(self._line(each))
        facts = sum(not each.refused for each in untold)
        self._say(f"Waiting: facts {facts}, pages {pages}. Refused: {len(untold) - facts}.")
        why = _why(transport)
        self._say(why or "The centre answers and knows this kiosk.")
        return not untold and not pages and not why

    def send(self, transport: HttpTransport) -> bool:
        """Try now; whether nothing waits any more. The kiosk that runs does it itself, so it is only waited for."""
        running = in_use(self._folder / "kiosk.sqlite")
        before, end = self._outbox.waiting(), time.monotonic() + _PATIENCE_S
        try:
            while running and self._outbox.waiting() and time.monotonic() < end:
                time.sleep(_GLANCE_S)
            while not running and exchange_once(self._outbox, self._vault, transport).more:
                pass
        except CentralUnreachable as fault:
            self._say(f"Not sent: {fault}.")
        self._store.scrub()
        left = self._outbox.waiting()
        self._say(f"Told: {before - left}. Waiting: {left}.")
        return left == 0

    def export(self, folder: Path) -> bool:
        """Fill a USB stick; whether that could be done. Nothing is erased here. Raises OSError."""
        key, seal = KeyFile(self._folder).read(), SealFile(self._folder).find()
        if key is None or seal is None:
            self._say("This kiosk has no key, or no seal of its town: enrol it first, then what waits can be exported.")
            return False
        carried = Stick(self._outbox, self._vault, key, seal).fill(folder)
        self._say(f"Sealed, in {folder}: facts {carried.facts}, pages {carried.pages}.")
        self._say(
            "At the centre: python -m central import, with that folder. Here all of it stays until the line is back."
        )
        return True

    def _line(self, each: Untold) -> str:
        since = each.since.astimezone(self._zone).strftime("%Y-%m-%d %H:%M")
        of = f"  {each.reference}" if each.reference else ""
        return f"{each.number:6}  {since}  {each.kind}{of}" + (f"  refused: {each.reason}" if each.refused else "")


def _why(transport: HttpTransport) -> str:
    """Why the centre takes nothing; empty when it would."""
    try:
        transport.greet()
    except CentralUnreachable as fault:
        return f"The centre takes nothing now: {fault}."
    return ""
