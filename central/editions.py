"""The editions of the town's cards: what it published, which of them holds, and what earlier ones said."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from central.changes import note_change
from central.database import Database
from central.dossiers import check_catalog, settle_terms
from central.seal_keys import SealKeys
from central.settings import CentreFault
from central.tables import editions
from civic.card import CatalogFault
from civic.catalog import Catalog, Service
from civic.edition import Edition, card_names, files_in, pack, read_edition, read_packed
from sync.messages import CardsOffer, cards_statement

_MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class InForce:
    """The edition that holds. `offer` is None while the town has published none: kiosks then have cards of their own.

    Its catalogue finds also the services of earlier editions, because files of them are there.
    """

    number: int
    sha256: str
    edition: Edition
    offer: CardsOffer | None

    @property
    def catalog(self) -> Catalog:
        return self.edition.catalog


@dataclass(frozen=True, slots=True)
class Published:
    """What came of publishing: the names of files that are new, changed or gone; none when nothing differed."""

    number: int
    services: int
    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


class Editions:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._mine = editions.c.municipality == database.municipality
        self._read = lru_cache(maxsize=8)(self._catalog_of)

    def number(self) -> int:
        """Of the edition that holds."""
        with self._database.reading() as connection:
            return _last(connection, self._mine)

    def in_force(self) -> InForce:
        """Raises CentreFault, as when another program published what this one cannot read."""
        query = select(editions).where(self._mine).order_by(editions.c.number.desc())
        with self._database.reading() as connection:
            newest, *earlier = connection.execute(query).all()
        edition = _read(newest.packed)
        offer = CardsOffer(newest.number, newest.sha256, bytes.fromhex(newest.signature)) if newest.number else None
        former = _former(edition.catalog, [each.packed for each in earlier])
        whole = replace(edition, catalog=replace(edition.catalog, former=former))
        return InForce(newest.number, newest.sha256, whole, offer)

    def packed(self, sha256: str) -> bytes | None:
        """A published edition as kiosks ask for it; None for what never was one."""
        published = self._mine & (editions.c.sha256 == sha256) & (editions.c.number > 0)
        with self._database.reading() as connection:
            found: bytes | None = connection.execute(select(editions.c.packed).where(published).limit(1)).scalar()
        return found

    def service(self, number: int, service_id: str) -> Service | None:
        """A card as it was in that edition; None where there was no such card, or is no such edition."""
        catalog = self._read(number)
        return None if catalog is None else next((each for each in catalog if each.id == service_id), None)

    def _catalog_of(self, number: int) -> Catalog | None:
        which = self._mine & (editions.c.number == number)
        with self._database.reading() as connection:
            packed = connection.execute(select(editions.c.packed).where(which)).scalar()
        return None if packed is None else _read(packed).catalog


def begin(database: Database, folder: Path, now: datetime, *, anew: bool = False) -> None:
    """While the town has published nothing, the cards in the centre's folder hold. Raises CentreFault.

    `anew`: as they are now; else as they were when the centre started last, because by those it has promised.
    """
    town = database.municipality
    mine = editions.c.municipality == town
    with database.reading() as connection:
        there = connection.execute(select(func.max(editions.c.number)).where(mine)).scalar()
    if there or (there == 0 and not anew):
        return
    packed = _packed(folder)
    with database.writing() as connection:
        note_change(connection, town)  # two processes that start together come one after the other
        connection.execute(delete(editions).where(mine, editions.c.number == 0))
        _keep(connection, town, 0, packed, b"", now)


def publish(database: Database, keys: SealKeys, folder: Path, now: datetime) -> Published:
    """From now on these cards hold, at the centre and at every kiosk. Raises CentreFault: then nothing has changed."""
    packed = _packed(folder)
    catalog, town = _read(packed).catalog, database.municipality
    mine = editions.c.municipality == town
    with database.writing() as connection:
        note_change(connection, town)
        last = _last(connection, mine)
        earlier = select(editions.c.packed).where(mine).order_by(editions.c.number.desc())
        before, *older = connection.execute(earlier).scalars()
        said = _compared(files_in(before), files_in(packed))
        if last and before == packed:
            return Published(last, len(catalog.services), **said)
        check_catalog(connection, town, replace(catalog, former=_former(catalog, [before, *older])))
        held = _read(before).catalog
        settle_terms(connection, town, replace(held, former=_former(held, older)))
        number = max(last + 1, int(now.timestamp()) // _MINUTE_S)
        signature = keys.vouch(cards_statement(number, hashlib.sha256(packed).hexdigest()))
        _keep(connection, town, number, packed, signature, now)
    return Published(number, len(catalog.services), **said)


def _packed(folder: Path) -> bytes:
    """What lies there, once every mistake in it is told by its file and line. Raises CentreFault."""
    try:
        read_edition(folder)
        packed = pack(folder)
        read_packed(packed)
    except CatalogFault as fault:
        raise CentreFault(f"{fault}\nNothing was changed: correct this, then try again.") from None
    except OSError as fault:
        raise CentreFault(f"{fault.filename}: cannot be read: {fault.strerror}") from None
    return packed


def _read(packed: bytes) -> Edition:
    try:
        return read_packed(packed)
    except CatalogFault as fault:
        raise CentreFault(f"The published cards cannot be used by this program: {fault}") from None


def _former(catalog: Catalog, earlier: list[bytes]) -> tuple[Service, ...]:
    """The services of earlier editions, the latest first, that this one has no more."""
    known = {service.id: service for service in catalog}
    for packed in earlier:
        if not set(card_names(packed)) <= known.keys():
            known = {service.id: service for service in _read(packed).catalog} | known
    return tuple(each for name, each in known.items() if name not in {service.id for service in catalog})


def _last(connection: Connection, mine: ColumnElement[bool]) -> int:
    return int(connection.execute(select(func.coalesce(func.max(editions.c.number), 0)).where(mine)).scalar_one())


def _keep(connection: Connection, town: str, number: int, packed: bytes, signature: bytes, now: datetime) -> None:
    row: dict[str, Any] = {"municipality": town, "number": number, "packed": packed, "published_at": now}
    row |= {"sha256": hashlib.sha256(packed).hexdigest(), "signature": signature.hex()}
    connection.execute(insert(editions).values(row))


def _compared(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, tuple[str, ...]]:
    return {
        "new": tuple(name for name in after if name not in before),
        "changed": tuple(name for name in after if name in before and after[name] != before[name]),
        "gone": tuple(name for name in before if name not in after),
    }
