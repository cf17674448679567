"""The rows found in a damaged store, taken into a new one when their values can be what a kiosk writes."""

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table

from civic.language import Language
from civic.reference import Reference
from civic.ticket import TicketState, ticket_number
from kiosk.store import tables
from kiosk.store.tickets import Sealed
from kiosk.store.wreck import Row

_HASH = re.compile(r"[0-9a-f]{64}")
_Values = dict[str, Any]
_Check = Callable[[_Values], bool]


def take_over(connection: Connection, rows: Sequence[Row], settled: Mapping[str, TicketState]) -> None:
    """`settled`: what facts say became of tickets. A ticket that was never printed, and whose paper cannot be read any
    more, keeps its number: it is offered without the rest.
    """
    found = {
        table: [values for row in rows if (values := _read(table, row, check)) is not None]
        for table, check in _CHECKS.items()
    }
    for ticket in found[tables.tickets]:
        _settle(ticket, settled)
    found[tables.tickets].sort(key=lambda ticket: bool(ticket["state"] == TicketState.PREPARED.value))
    for table, each in found.items():
        if each:
            connection.execute(table.insert().prefix_with("OR IGNORE"), each)


def _read(table: Table, row: Row, check: _Check) -> _Values | None:
    """The values by their columns; None when the row is of another table, or not as it was written."""
    columns = list(table.columns)
    if len(row.values) != len(columns):
        return None
    values = {column.name: value for column, value in zip(columns, row.values, strict=True)}
    if values[columns[0].name] is None:
        values[columns[0].name] = row.key
    try:
        return values if check(values) else None
    except (AttributeError, LookupError, TypeError, ValueError):
        return None


def _is_dossier(values: _Values) -> bool:
    reference = Reference.parse(values["reference"])
    datetime.fromisoformat(values["deposited_at"])
    values["complete"] = {0: False, 1: True}[values["complete"]]
    said = (values["year"], values["number"], values["reference"])
    return said == (reference.year, reference.number, str(reference)) and values["service"].isprintable()


def _is_receipt(values: _Values) -> bool:
    reference, opens = values.values()
    return str(Reference.parse(reference)) == reference and _HASH.fullmatch(opens) is not None


def _is_reminder(values: _Values) -> bool:
    date.fromisoformat(values["day"])
    date.fromisoformat(values["answer_by"])
    datetime.fromisoformat(values["asked_at"])
    return str(Reference.parse(values["reference"])) == values["reference"] and int(values["number"]) > 0


def _is_ticket(values: _Values) -> bool:
    date.fromisoformat(values["day"])
    datetime.fromisoformat(values["prepared_at"])
    TicketState(values["state"])
    Language(values["language"])
    if values["reference"] is not None and str(Reference.parse(values["reference"])) != values["reference"]:
        return False
    values["sealed"] = _readable(values["sealed"])
    number = ticket_number(int(values["number"][0]), values["position"])
    return number == values["number"] and bool(values["id"]) and values["service"].isprintable()


def _is_beginning(values: _Values) -> bool:
    values["asked"] = {0: False, 1: True}[values["asked"]]
    said = str.__add__(values["wreck"], values["missing"])
    return min(values["saved"], values["lost"]) >= 0 and said.isprintable()


_CHECKS: dict[Table, _Check] = {
    tables.dossiers: _is_dossier,
    tables.receipts: _is_receipt,
    tables.reminders: _is_reminder,
    tables.tickets: _is_ticket,
    tables.beginnings: _is_beginning,
}


def _readable(sealed: Any) -> str | None:
    """What is locked proves itself when it is unlocked; what an older kiosk kept is not locked."""
    try:
        if str.startswith(sealed, "{"):
            Sealed.from_json(sealed)
        else:
            base64.b64decode(sealed, validate=True)
    except (AttributeError, LookupError, TypeError, ValueError):
        return None
    return str(sealed)


def _settle(ticket: _Values, settled: Mapping[str, TicketState]) -> None:
    if ticket["id"] in settled:
        ticket["state"] = settled[ticket["id"]].value
    if ticket["state"] != TicketState.PREPARED.value:
        ticket["sealed"] = None
