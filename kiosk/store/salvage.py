"""A damaged store is put aside, and a new one begun with all that can still be read of it.

Every fact proves itself: the hash of its words stands beside them. Those that do, and that the centre has not answered
as far as is known, are told in the new life of the chain; the centre applies each id once, whatever the life. Of the
rest every row is taken whose values can be what a kiosk writes.
"""

import logging
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

from kiosk.store import beginning, numbers
from kiosk.store.beginning import Beginning
from kiosk.store.database import Store, StoreFault, StoreTrouble, disk_fault, open_store
from kiosk.store.found_facts import FoundFacts
from kiosk.store.found_rows import take_over
from kiosk.store.replacing import finish_replacing, put_aside, replace, unfinished
from kiosk.store.wreck import read_wreck
from sync.outbox import adopt

_log = logging.getLogger(__name__)


def open_or_salvage(path: Path, today: Callable[[], date]) -> Store:
    """The store; a damaged one is replaced first by what could be saved of it. Raises StoreFault."""
    try:
        finish_replacing(path)
        return open_store(path)
    except OSError as error:
        raise disk_fault(error) from error
    except StoreFault as fault:
        if fault.trouble is not StoreTrouble.CORRUPT:
            raise
    try:
        _salvage(path, today())
    except OSError as error:
        raise disk_fault(error) from error
    return open_store(path)


def _salvage(path: Path, today: date) -> None:
    wreck, wreckage = put_aside(path, today), read_wreck(path)
    facts = FoundFacts.among(wreckage)
    how = Beginning(wreck.name, len(facts.untold), len(facts.gone), facts.missing)
    part = unfinished(path)
    with closing(open_store(part)) as store, store.transaction() as connection:
        take_over(connection, wreckage.rows, facts.settled_tickets)
        adopt(connection, facts.untold, facts.pages(wreckage, path.with_name("vault")))
        ends = numbers.read_set_apart(numbers.file_beside(path))
        numbers.go_on_after(connection, numbers.behind(numbers.last_given(connection), ends, today))
        numbers.go_on_after(connection, numbers.behind(facts.numbers, ends, today))
        beginning.begin(connection, how)
    replace(path, part)
    _log.warning(
        "the store was damaged and is begun again: %s facts were saved, and these numbers could not be read: %s; "
        "the damaged file is %s",
        how.saved,
        how.missing or "none",
        wreck.name,
    )
