"""Papers given before, in pictures: the form that opens an earlier file, and what of it is used again, if anything."""

from collections.abc import Callable
from datetime import date

from civic.dossier import Given
from civic.reference import Reference
from civic.reuse import HeldPaper, reusable
from kiosk.app import Kiosk
from kiosk.services.earlier import LineDown
from kiosk.ui.player import Player

Show = Callable[[str], None]
_ON = date(2026, 11, 3)


def show_earlier(kiosk: Kiosk, player: Player, show: Show) -> None:
    """From the papers of a permit and back to them, with nothing used again."""
    screen, permit = kiosk.visits.receipts.earlier, kiosk.visits.catalog["building-permit"]
    player.touch("earlier")
    show("earlier-form")
    held = [
        HeldPaper(permit.id, each.id, each.shared, ("ab" * 32,), Given(Reference(26, 14, 385), _ON))
        for each in permit.requirements
    ]
    screen.show_offers(reusable(permit, permit.requirements, held, _ON))
    player.touch("again-survey")
    show("earlier-offered")
    screen.show_offers(())
    show("earlier-nothing")
    screen.show_offers(LineDown())
    show("earlier-line-down")
    player.touch("back")
