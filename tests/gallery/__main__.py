"""`make gallery`: every screen, paper and page in every state worth a look, to leaf through after a change."""

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from civic.language import Language
from kiosk.app import Kiosk, application, open_kiosk
from kiosk.hall import AGENT, COUNTER, simulated_settings
from kiosk.own_centre import OwnCentre
from kiosk.selftest import HEIGHT, WIDTH
from kiosk.services.intake import Prepared
from kiosk.settings import Settings
from kiosk.store.vault import Vault
from sync.messages import Fact
from tests.gallery.centre import show_centre
from tests.gallery.counter import show_counter
from tests.gallery.papers import show_papers
from tests.gallery.photographer import Photographer
from tests.gallery.screens import Visitor, Walk
from tests.gallery.sheet import Sheet


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description="Pictures of the whole product.")
    parser.add_argument("--out", type=Path, default=Path("build/gallery"))
    out = parser.parse_args().out
    shutil.rmtree(out, ignore_errors=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sheet = Sheet(out)
    with tempfile.TemporaryDirectory() as folder, OwnCentre(Path(folder) / "centre") as centre:
        _show_hall(sheet, centre, Path(folder))
    print(f"{sheet.count} pictures: {sheet.write()}")


def _show_hall(sheet: Sheet, centre: OwnCentre, folder: Path) -> None:
    application()
    settings = simulated_settings(folder, centre)
    centre.enrol(settings.kiosk, settings.data)
    kiosk = open_kiosk(settings, WIDTH, HEIGHT)
    try:
        kiosk.window.show()
        visitor = Visitor(kiosk.window, kiosk.visits, folder)
        show_papers(sheet, kiosk.visits.catalog, settings.town, settings.site)
        files = _file(kiosk, visitor)
        Walk(kiosk, visitor, Photographer(kiosk, visitor, sheet)).walk()
        visitor.wait(lambda: kiosk.outbox.waiting() == 0 or None, "the centre did not take what was filed")
        show_centre(
            sheet, centre, files, lambda fact, pages: _tell(kiosk, visitor, fact, Vault(settings.data / "vault"), pages)
        )
    finally:
        kiosk.close()
    _show_counter(sheet, centre, folder, settings)


def _show_counter(sheet: Sheet, centre: OwnCentre, folder: Path, settings: Settings) -> None:
    kiosk = open_kiosk(replace(settings, counter=COUNTER), 1280, 800)
    try:
        kiosk.window.show()
        visitor = Visitor(kiosk.window, kiosk.visits, folder)
        at_rest = Photographer(kiosk, visitor, sheet, room="counter")
        show_counter(kiosk, visitor, at_rest.look, centre.add_agent(AGENT, COUNTER))
    finally:
        kiosk.close()


def _tell(kiosk: Kiosk, visitor: Visitor, fact: Fact, vault: Vault, pages: Iterable[bytes]) -> None:
    for page in pages:
        vault.put(page)
    with kiosk.store.transaction() as connection:
        kiosk.outbox.put(connection, fact, datetime.now(UTC))
    kiosk.worker.wake()
    visitor.wait(lambda: kiosk.outbox.waiting() == 0 or None, "the centre did not take the kiosk's word")


def _file(kiosk: Kiosk, visitor: Visitor) -> dict[str, str]:
    """A permit, a complaint and a number, for the centre's pages; the tracking address of each file."""
    kept: list[Prepared] = []
    kiosk.visits.deposited.connect(kept.append)
    for service in ("building-permit", "complaint", "signature-legalisation"):
        visitor.play(kiosk.visits.catalog[service], Language.ARABIC)
        visitor.confirm()
        visitor.wait(lambda: kiosk.visits.ticket.ready or None, "no paper came")
        visitor.touch("go")
    return {
        service: each.receipt.deposit.tracking_url
        for service, each in zip(("permit", "complaint"), kept, strict=False)
        if each.receipt.deposit is not None
    }


if __name__ == "__main__":
    main()
