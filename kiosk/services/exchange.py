"""One exchange with the centre, and what goes with it. Used by the thread that talks with the centre."""

import logging

from kiosk.services.numbering import Numbering
from kiosk.services.town_seal import TownSeal
from kiosk.store.database import Store, StoreFault
from kiosk.store.vault import Vault
from sync.engine import Exchanged, exchange_once
from sync.outbox import Outbox
from sync.transport import Transport

_log = logging.getLogger(__name__)


class Exchange:
    """Tells the centre what waits, hears of its seal, asks what a new store must know."""

    def __init__(
        self,
        outbox: Outbox,
        vault: Vault,
        transport: Transport,
        store: Store,
        seal: TownSeal,
        numbering: Numbering,
    ) -> None:
        self._outbox = outbox
        self._vault = vault
        self._transport = transport
        self._store = store
        self._seal = seal
        self._numbering = numbering

    def once(self) -> Exchanged:
        """What was erased by it leaves the files. Raises CentralUnreachable."""
        more = False
        try:
            done = exchange_once(self._outbox, self._vault, self._transport)
            more = done.more
        except StoreFault as fault:
            _log.warning("the centre is told nothing for now: the store is %s", fault.trouble)
            return Exchanged(0, 0, more=False)
        finally:
            if not more:
                self._store.scrub()
        self._seal.refresh()
        self._numbering.refresh()
        return done
