"""One exchange with the centre: read what waits, talk, settle. No transaction is open while talking."""

from dataclasses import dataclass
from typing import Protocol

from sync.messages import Outcome
from sync.outbox import Outbox, WaitingPage
from sync.transport import Transport
from sync.upload import Sent

BATCH = 500


class Pages(Protocol):
    """Where scanned pages are kept until the centre has them."""

    def read(self, sha256: str) -> bytes:
        """Raises OSError when the page is no longer there."""
        ...

    def drop(self, sha256: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What one exchange settled. `more`: something still waits, exchange again; if it is a page, after `rest_s`."""

    events: int
    pages: int
    more: bool
    rest_s: float = 0.0


def exchange_once(outbox: Outbox, pages: Pages, transport: Transport) -> Exchanged:
    """Facts, or a chunk of a page when no fact waits: a fact never waits behind a scan. Raises CentralUnreachable."""
    batch = outbox.next_batch(BATCH)
    if batch is not None:
        outbox.settle(transport.send_batch(batch))
        return Exchanged(len(batch.links), 0, more=outbox.waiting() > 0)
    page = outbox.next_page()
    if page is None:
        return Exchanged(0, 0, more=False)
    if (rest_s := transport.rest_s) > 0:
        return Exchanged(0, 0, more=True, rest_s=rest_s)
    sent = _send_chunk(page, pages, transport)
    if sent.outcome is None:
        if sent.path != page.path:
            outbox.note_upload(page.sha256, sent.path)
        return Exchanged(0, 0, more=True)
    outbox.settle_page(page.sha256, sent.outcome)
    if sent.outcome is Outcome.ACCEPTED:
        pages.drop(page.sha256)
    return Exchanged(0, 1, more=outbox.waiting() > 0)


def _send_chunk(page: WaitingPage, pages: Pages, transport: Transport) -> Sent:
    try:
        content = pages.read(page.sha256)
    except OSError:
        return Sent(Outcome.REFUSED)  # lost on this disk: say so once, and let the next page pass
    return transport.send_page(page.sha256, content, page.path)
