"""Which numbers a kiosk gave, as far as the centre was told: for a kiosk whose own store is lost."""

from datetime import date

from sqlalchemy import Connection, func, select

from central.database import Database
from central.kiosks import Kiosk
from central.tables import dossiers, reminders, tickets
from civic.reference import Reference
from sync.messages import NumbersGiven

_DAYS = 7
"""The last ones on which tickets were given: whatever day the kiosk's clock shows, it is hardly another."""


def numbers_given(database: Database, kiosk: Kiosk) -> NumbersGiven:
    mine = (dossiers.c.municipality == kiosk.municipality) & (dossiers.c.kiosk == kiosk.number)
    year = func.substr(dossiers.c.reference, 1, 2)
    asked = (reminders.c.municipality == kiosk.municipality) & (reminders.c.kiosk == kiosk.number)
    with database.reading() as connection:
        highest = connection.execute(select(func.max(dossiers.c.reference)).where(mine).group_by(year)).scalars().all()
        last = connection.execute(select(func.max(reminders.c.number)).where(asked)).scalar()
        positions = _positions(connection, kiosk)
    references = [Reference.parse(each) for each in highest]
    return NumbersGiven({each.year: each.number for each in references}, positions, last or 0)


def _positions(connection: Connection, kiosk: Kiosk) -> dict[date, dict[int, int]]:
    """Of all lanes of its site: `217` is the 17th of lane 2."""
    here = (tickets.c.municipality == kiosk.municipality) & (tickets.c.site == kiosk.site)
    days = select(tickets.c.day).where(here).distinct().order_by(tickets.c.day.desc()).limit(_DAYS)
    given = select(tickets.c.day, tickets.c.number).where(here, tickets.c.day.in_(days))
    found: dict[date, dict[int, int]] = {}
    for day, number in connection.execute(given):
        if number.isdecimal() and len(number) > 1 and number[0] != "0":
            lanes = found.setdefault(day, {})
            lanes[int(number[0])] = max(int(number[1:]), lanes.get(int(number[0]), 0))
    return found
