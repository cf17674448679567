"""Before anyone comes: every paper is drawn twice for nobody, and what both have in common is kept by the printer."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from civic.catalog import Catalog, Service
from civic.language import Language
from civic.reference import Reference
from kiosk.devices.base import Printer, PrinterFault, Raster
from kiosk.devices.raster_parts import parts
from kiosk.services.receipt import Deposit, Office, Paper, Promised, Receipt
from kiosk.services.ticketing import DrawFace

_LEAST_BYTES = 100
"""A part that is smaller costs as much by its key as by its dots."""


class Rehearsal:
    """Used by the printer's thread alone, in small steps, so that a citizen's paper never waits for all of it.

    It also finds the fonts and letters: the first face a process draws takes ten times as long as the next.
    """

    def __init__(self, catalog: Catalog, office: Office, printer: Printer, draw: DrawFace) -> None:
        self._catalog = catalog
        self._office = office
        self._printer = printer
        self._draw = draw
        self._steps = self._rehearse()

    def run_in(self, thread: Executor) -> None:
        """All of it, each step behind whatever has come meanwhile: a citizen's paper goes first."""
        with suppress(RuntimeError):  # the kiosk is being switched off
            thread.submit(self._step_in, thread)

    def _step_in(self, thread: Executor) -> None:
        if self.go_on():
            self.run_in(thread)

    def go_on(self) -> bool:
        """One step: draw a paper, or have the printer keep a part. False when all is done, or it keeps no more."""
        try:
            return next(self._steps, False)
        except PrinterFault:
            return False

    def _rehearse(self) -> Iterator[bool]:
        """Arabic and French first, then English; when the printer has no room left, that is all."""
        for language in (Language.ARABIC, Language.ENGLISH):
            for service in _in_order(self._catalog):
                of_service: dict[Raster, None] = {}
                for one in _receipts(self._office, service, language):
                    of_service |= dict.fromkeys(self._common(one, _another(one)))
                    yield True
                for picture in of_service:
                    yield self._printer.learn(picture)

    def _common(self, one: Receipt, other: Receipt) -> list[Raster]:
        """What stands on both papers, each of them a copy."""
        faces = [self._draw(receipt, self._printer.width_px, True) for receipt in (one, other)]
        inks, others = ([part.ink for part in parts(face)] for face in faces)
        changeless = set(others)
        return [ink for ink in inks if ink in changeless and len(ink.rows) >= _LEAST_BYTES]


def _in_order(catalog: Catalog) -> list[Service]:
    """The paper one would wait for longest, and the two that say least but what all others of their kind say too.

    Then the tickets, because more people come for one than file anything; then the other receipts, the longest first.
    """
    longest = max(catalog, key=_papers)
    tickets = [service for service in catalog if not service.tracked]
    receipts = sorted((service for service in catalog if service.tracked), key=_papers, reverse=True)
    shortest = [min(kind, key=_papers) for kind in (receipts, tickets) if kind]
    return list({service.id: service for service in (longest, *shortest, *tickets, *receipts)}.values())


def _papers(service: Service) -> int:
    return sum(not paper.optional for paper in service.requirements)


def _receipts(office: Office, service: Service, language: Language) -> Iterator[Receipt]:
    """A receipt for everything a service can be told: each delay, complete or not, with all its papers."""
    now = datetime(2000, 1, 1, 1, 11)  # noqa: DTZ001  printed only; no clock is asked
    bring = tuple(Paper(each.name, 0, each.copies) for each in service.requirements)
    receipt = Receipt(
        office=office,
        service=service.name,
        language=language,
        number="000",
        given_at=now,
        deposit=None,
        added=None,
        bring=() if service.tracked else bring,
        fee=None if service.fee is None else service.fee.text,
    )
    if not service.tracked:
        yield receipt
    for deadline in service.deadlines:
        due_on = deadline.due_on(now.date())
        promised = Promised(deadline.days, due_on, deadline.kind, deadline.basis, deadline.starts_complete)
        deposit = Deposit(
            reference=Reference(0, 0, 1),
            pin="000000",
            tracking_url="HTTPS://EXAMPLE/",
            papers_asked=any(not each.optional for each in service.requirements),
            received=tuple(replace(paper, pages=1) for paper in bring),
            missing=(),
            excused=(),
            promised=promised,
        )
        yield replace(receipt, deposit=deposit)
        if bring:
            owed = replace(deposit, missing=bring, promised=replace(promised, due_on=None))
            yield replace(receipt, deposit=owed)


def _another(receipt: Receipt) -> Receipt:
    """The same for somebody else, on another day: nothing that may change is the same."""
    deposit = receipt.deposit
    if deposit is not None:
        due_on = deposit.promised.due_on
        later = None if due_on is None else due_on + timedelta(days=4321)
        deposit = replace(
            deposit,
            reference=Reference(88, 88, 88888),
            pin="888888",
            tracking_url="HTTPS://EXAMPLE/8",
            promised=replace(deposit.promised, due_on=later),
        )
    return replace(receipt, number="888", given_at=receipt.given_at + timedelta(days=8888, hours=8), deposit=deposit)
