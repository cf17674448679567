"""`make gallery`: every screen, paper and page in every state worth a look, to leaf through after a change."""

import argparse
import os
import shutil
import tempfile
from pathlib import Path

from civic.language import Language
from kiosk.app import Kiosk, application, open_kiosk
from kiosk.hall import KIOSK, simulated_settings
from kiosk.own_centre import OwnCentre
from kiosk.selftest import HEIGHT, WIDTH
from kiosk.services.intake import Prepared
from tests.gallery.centre import show_centre
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
    with tempfile.TemporaryDirectory() as folder, OwnCentre(Path(folder) / "centre", KIOSK) as centre:
        _show_hall(sheet, centre, Path(folder))
    print(f"{sheet.count} pictures: {sheet.write()}")


def _show_hall(sheet: Sheet, centre: OwnCentre, folder: Path) -> None:
    application()
    settings = simulated_settings(folder, centre)
    kiosk = open_kiosk(settings, WIDTH, HEIGHT)
    try:
        kiosk.window.show()
        visitor = Visitor(kiosk.window, kiosk.visits, folder)
        show_papers(sheet, kiosk.visits.catalog, settings.town, settings.site)
        files = _file(kiosk, visitor)
        Walk(kiosk, visitor, Photographer(kiosk, visitor, sheet)).walk()
        visitor.wait(lambda: kiosk.outbox.waiting() == 0 or None, "the centre did not take what was filed")
        show_centre(sheet, centre, files)
    finally:
        kiosk.close()


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
