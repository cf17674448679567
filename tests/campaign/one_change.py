"""`python -m tests.campaign.one_change DATA NAME`: a kiosk starts on its disk, and one thing of many is changed there.

Says `begun` once it has started, then what `working_day` says. Each change is a row of steps, and of each step there is
all or nothing: it is one transaction, or one file.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from civic.card import read_catalog
from civic.course import Standing
from civic.deadline import DeadlineKind
from civic.dossier import Draft
from civic.kiosk_part import Part
from civic.language import Language, Wording
from civic.reference import Reference
from civic.workflow import Party
from kiosk.devices.base import Raster
from kiosk.devices.simulated import SimulatedPrinter
from kiosk.services.health import Condition, Finding
from kiosk.services.numbering import Numbering
from kiosk.services.reminders import Reminder, Reminders
from kiosk.services.report import Report
from kiosk.store import tickets, tries
from kiosk.store.key_file import KeyFile
from kiosk.store.mirror import Mirror
from kiosk.store.salvage import open_or_salvage
from kiosk.store.seal_file import SealFile
from sync.engine import exchange_once
from sync.messages import (
    Changes,
    HallLine,
    LockedFile,
    NumbersGiven,
    Passed,
    Pledge,
    SealOffer,
    TownNotice,
    Whereabouts,
    offer_statement,
)
from sync.signing import KioskKey
from tests.campaign.working_day import CARDS, PLACE, Kiosk, SayingCentre, say, some_seal

_FILE = Reference(26, 7, 9000)
"""Of another kiosk."""
BEGUN = "begun"
_WORDS = Wording("نصّ", "Texte", "Text")


class Change:
    """The steps, at one kiosk; `say` tells what each made true."""

    def __init__(self, kiosk: Kiosk, say: Callable[[str], None]) -> None:
        self._kiosk = kiosk
        self._say = say

    def deposit(self) -> None:
        self._kiosk.deposit(self._say)

    def give_number(self) -> None:
        service = read_catalog(CARDS)["signature-legalisation"]
        self._kiosk.numbered(
            self._kiosk.intake.deposit(Draft(service), Language.FRENCH, self._kiosk.new_key()), self._say
        )

    def add_paper(self) -> None:
        draft, page = self._kiosk.draft()
        prepared = self._kiosk.intake.add(replace(draft, joins=_FILE, owed=("survey",)), Language.ARABIC)
        self._say(f"added {_FILE} {page}")
        self._kiosk.numbered(prepared, self._say)

    def hold(self) -> None:
        self._kiosk.hold(self._prepared(), self._say)

    def void(self) -> None:
        ticket_id = self._prepared()
        self._kiosk.ticketing.void(ticket_id)
        self._say(f"voided {ticket_id}")

    def ask_why(self) -> None:
        pledge = Pledge(45, DeadlineKind.LEGAL, _WORDS, date(2026, 1, 7), None, paused=False, late_days=9)
        passed = (Passed(_WORDS, date(2025, 11, 23)),)
        file = Whereabouts(
            _FILE, "building-permit", _WORDS, Standing.OPEN, Party.COUNTER, passed, (), (), pledge, {}, None
        )
        Reminders(self._kiosk.store, self._kiosk.outbox, PLACE, SimulatedPrinter(), _no_paper, 7, self._kiosk.now).ask(
            file
        )
        self._say(f"asked {_FILE}")

    def report(self) -> None:
        Report(self._kiosk.store, self._kiosk.outbox, self._kiosk.now).keep(
            (Finding(Part.PAPER, Condition.FINE, amount=90),), self._kiosk.now()
        )

    def exchange(self) -> None:
        exchange_once(self._kiosk.outbox, self._kiosk.vault, SayingCentre(self._say))

    def begin_page(self) -> None:
        """Its first chunk is there."""
        page = self._kiosk.outbox.next_page()
        assert page is not None
        self._kiosk.outbox.note_upload(page.sha256, "/begun")

    def scrub(self) -> None:
        self._kiosk.store.scrub()

    def hear(self) -> None:
        now = self._kiosk.now()
        files = tuple(LockedFile(Reference(26, 7, nth), f"{nth:064}", b"a", "b", b"c", None) for nth in range(1, 30))
        notices = (TownNotice(_WORDS, now.date()),)
        Mirror(self._kiosk.store.transaction, self._kiosk.now).apply(
            Changes("one", True, False, now, files, (), HallLine(now.date(), 3, ()), notices), ""
        )

    def forget_heard(self) -> None:
        Mirror(self._kiosk.store.transaction, self._kiosk.now).forget()

    def try_pin(self) -> None:
        with self._kiosk.store.transaction() as connection:
            assert tries.may_try(connection, _FILE, self._kiosk.now())

    def forget_tries(self) -> None:
        with self._kiosk.store.transaction() as connection:
            tries.forget(connection, _FILE)

    def learn_numbers(self) -> None:
        given = NumbersGiven({26: 40}, {self._kiosk.now().date(): {2: 70}}, 5)
        Numbering(self._kiosk.store, lambda: given, 2).refresh()

    def propose_key(self) -> None:
        KeyFile(self._kiosk.data).propose()

    def pin_seal(self) -> None:
        town, public = KioskKey.make(), some_seal().public
        assert SealFile(self._kiosk.data).pin(SealOffer(town.public, 1, public, town.sign(offer_statement(1, public))))

    def keep_key(self) -> None:
        KeyFile(self._kiosk.data).keep()

    def _prepared(self) -> str:
        """The ticket whose paper may be out or not."""
        with self._kiosk.store.transaction() as connection:
            [ticket] = tickets.prepared(connection, self._kiosk.store.paper_key)
        return ticket.id


CHANGES: Mapping[str, Sequence[Callable[[Change], None]]] = {
    "start": (),
    "save": (),
    "deposit": (Change.deposit,),
    "give a number": (Change.give_number,),
    "add a paper": (Change.add_paper,),
    "hold": (Change.hold,),
    "void": (Change.void,),
    "ask why": (Change.ask_why,),
    "report": (Change.report,),
    "tell": (Change.exchange, Change.begin_page, Change.exchange, Change.scrub),
    "hear": (Change.hear, Change.forget_heard),
    "try a PIN": (Change.try_pin, Change.forget_tries),
    "learn numbers": (Change.learn_numbers,),
    "enrol": (Change.propose_key, Change.pin_seal, Change.keep_key),
}
"""`start` is the first one, on an empty disk; `save` that on a damaged store."""


def _no_paper(_reminder: Reminder, _language: Language, _width_px: int, _copy: bool) -> Raster:
    raise AssertionError("nothing is printed here")


def command(name: str, data: Path) -> list[str]:
    """Such a change, as a recorder is told."""
    return ["tests.campaign.one_change", str(data), name]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.campaign.one_change")
    parser.add_argument("data", type=Path)
    parser.add_argument("name", choices=CHANGES)
    asked = parser.parse_args()
    with closing(open_or_salvage(asked.data / "kiosk.sqlite", lambda: datetime.now(UTC).date())) as store:
        change = Change(Kiosk(asked.data, store, find_seal=some_seal), say)
        say(BEGUN)
        for step in CHANGES[asked.name]:
            step(change)


if __name__ == "__main__":
    main()
