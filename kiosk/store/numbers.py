"""The numbers people are given: of files, tickets and reminders. None is given twice, even when the store is lost.

A hundred at a time is set apart in a small file beside the store, on the disk before the first of them is given. So
whatever becomes of the store, a new one goes on behind all that may have been given.
"""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, func, select
from sqlalchemy.dialects.sqlite import insert

from kiosk.store.own_file import write_own
from kiosk.store.tables import dossiers, floors, reminders, tickets

_HUNDRED = 100
_MOST_SERIES = 60
"""Two months of days; the oldest is forgotten."""
REMINDERS = "reminders"


def references(year: int) -> str:
    """The name of a series: the references of a year (0-99)."""
    return f"references {year:02}"


def tickets_of(day: date) -> str:
    return f"tickets {day.isoformat()}"


def give(connection: Connection, series: str, last: Select[Any]) -> int:
    """The number after the last one (`last` selects it) and after all that were set apart before this store was begun.

    Taken once the caller has kept it, in the same transaction. Raises OSError.
    """
    floor = connection.execute(select(floors.c.number).where(floors.c.series == series)).scalar() or 0
    number: int = max(connection.execute(last).scalar_one(), floor) + 1
    path = file_of(connection)
    ends = read_set_apart(path) or {}
    if number > ends.get(series, 0):
        kept = {name: end for name, end in ends.items() if name != series} | {series: number + _HUNDRED - 1}
        write_own(path, json.dumps(dict(list(kept.items())[-_MOST_SERIES:])).encode())
    return number


def read_set_apart(path: Path) -> dict[str, int] | None:
    """Up to which number each series was set apart; None when that file is lost too. Raises OSError."""
    try:
        ends = json.loads(path.read_bytes())
        return {str(series): int(end) for series, end in ends.items()}
    except (AttributeError, FileNotFoundError, TypeError, ValueError):
        return None


def go_on_after(connection: Connection, ends: Mapping[str, int]) -> None:
    """From each of these on; a series that is further already stays so."""
    for series, end in ends.items():
        row = insert(floors).values(series=series, number=end)
        further = {"number": func.max(floors.c.number, row.excluded.number)}
        connection.execute(row.on_conflict_do_update(index_elements=[floors.c.series], set_=further))


def last_given(connection: Connection) -> dict[str, int]:
    """Of each series the rows of this store tell of."""
    years = select(dossiers.c.year, func.max(dossiers.c.number)).group_by(dossiers.c.year)
    days = select(tickets.c.day, func.max(tickets.c.position)).group_by(tickets.c.day)
    given = {references(year): last for year, last in connection.execute(years)}
    given |= {f"tickets {day}": last for day, last in connection.execute(days)}
    asked = connection.execute(select(func.max(reminders.c.number))).scalar()
    return given if asked is None else given | {REMINDERS: asked}


def behind(given: Mapping[str, int], ends: Mapping[str, int] | None, today: date) -> dict[str, int]:
    """Where to go on after a store that is damaged, of which the numbers `given` are known.

    What is set apart in the file holds all that were given. Where the file is lost as well (`ends` is None, or does not
    name a series), it is a hundred behind what is known: a page of a store holds fewer.
    """
    known = given if ends else {references(today.year % 100): 0, tickets_of(today): 0, REMINDERS: 0, **given}
    ends = ends or {}
    return {series: max(last, ends.get(series, last + _HUNDRED)) for series, last in known.items()}


def are_plausible(connection: Connection) -> bool:
    """Whether the last of each series lies in the hundred set apart last: else rows are gone, or were changed."""
    ends = read_set_apart(file_of(connection)) or {}
    given = last_given(connection)
    before = dict(connection.execute(select(floors.c.series, floors.c.number)).all())
    for series, end in ends.items():
        last = max(given.get(series, 0), before.get(series, 0))
        if not end - _HUNDRED <= last <= max(end, before.get(series, 0)):
            return False
    return True


def file_beside(store: Path) -> Path:
    return store.with_name("numbers.json")


def file_of(connection: Connection) -> Path:
    return file_beside(Path(str(connection.engine.url.database)))
