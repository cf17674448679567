"""One exchange with the centre: read what waits, talk, settle. No transaction is open while talking."""

from dataclasses import dataclass
from typing import Protocol

from sync.messages import Outcome
from sync.outbox import Outbox
from sync.transport import Transport

BATCH = 500


class Pages(Protocol):
    """Where scanned pages are kept until the centre has them."""

    def read(self, sha256: str) -> bytes:
        """Raises OSError when the page is no longer there."""
        ...

    def drop(self, sha256: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What one exchange settled. `more`: something still waits, exchange again at once."""

    events: int
    pages: int
    more: bool


def exchange_once(outbox: Outbox, pages: Pages, transport: Transport) -> Exchanged:
    """Facts, or one page when no fact waits: a fact never waits behind a scan. Raises CentralUnreachable."""
    batch = outbox.next_batch(BATCH)
    if batch is not None:
        outbox.settle(transport.send_batch(batch))
        return Exchanged(len(batch.links), 0, more=outbox.waiting() > 0)
    waiting = outbox.waiting_pages(1)
    for sha256 in waiting:
        outcome = _send_page(sha256, pages, transport)
        outbox.settle_page(sha256, outcome)
        if outcome is Outcome.ACCEPTED:
            pages.drop(sha256)
    return Exchanged(0, len(waiting), more=outbox.waiting() > 0)


def _send_page(sha256: str, pages: Pages, transport: Transport) -> Outcome:
    try:
        page = pages.read(sha256)
    except OSError:
        return Outcome.REFUSED  # lost on this disk: say so once, and let the next page pass
    return transport.send_page(sha256, page)
