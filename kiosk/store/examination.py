"""Whether a store holds what was written into it. SQLite proves how its pages hang together, not what they say."""

from sqlalchemy import Connection, text

from kiosk.store import numbers
from kiosk.store.paper_key import PaperKey
from kiosk.store.tickets import prepared
from sync.outbox import is_sound

_SPOILT = (
    """SELECT 1 FROM tickets WHERE state NOT IN ('prepared', 'held', 'void') OR language NOT IN ('ar', 'fr', 'en')
        OR substr(number, 2) <> printf('%02d', position) OR date(day) IS NOT day
        OR datetime(prepared_at) IS NULL LIMIT 1""",
    """SELECT 1 FROM dossiers WHERE complete NOT IN (0, 1) OR datetime(deposited_at) IS NULL
        OR substr(reference, 1, 3) <> printf('%02d-', year) OR substr(reference, 7, 7) <> printf('-%05d-', number)
        OR substr(reference, 14) <> printf('%02d',
            98 - CAST(replace(substr(reference, 1, 12), '-', '') AS INTEGER) * 100 % 97) LIMIT 1""",
    """SELECT 1 FROM reminders WHERE date(day) IS NOT day OR date(answer_by) IS NOT answer_by
        OR datetime(asked_at) IS NULL OR length(reference) <> 15 LIMIT 1""",
)
"""Rows that say two things at once, or what no kiosk writes."""


def holds_what_was_written(connection: Connection, key: PaperKey) -> bool:
    """Raises DBAPIError when a table or a column is not there, OSError."""
    if any(connection.execute(text(spoilt)).first() for spoilt in _SPOILT) or not is_sound(connection):
        return False
    try:
        prepared(connection, key)
    except (LookupError, TypeError, ValueError):
        return False
    return numbers.are_plausible(connection)
