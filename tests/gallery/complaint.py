"""A complaint in pictures: what is wrong, where it is on the map and in the list, which file is late, what was said."""

from collections.abc import Callable
from dataclasses import replace

from kiosk.app import Kiosk
from kiosk.services.receipt import Receipt
from kiosk.ui.player import Player
from kiosk.ui.screens.follow import FollowScreen
from kiosk.ui.screens.ticket import PaperState
from sync.messages import Standing, Whereabouts

Show = Callable[[str], None]
_STORY = "شارع"


def show_complaint(kiosk: Kiosk, player: Player, show: Show) -> Receipt:
    """`show` takes the pictures of what is on the screen, in every language. Leaves the welcome behind."""

    def touch(*names: str) -> None:
        for name in names:
            player.touch(name)

    touch("complaint")
    show("complaint-category")
    touch("more-options")
    show("complaint-category-others")
    touch("option-late-file")
    show("complaint-file")
    touch(*(f"key-{digit}" for digit in "260140038596"))
    show("complaint-file-wrong")
    touch("restart", "complaint", "option-lighting")
    _show_place(player, show, touch)
    touch("go")
    show("complaint-story")
    touch(*(f"key-{letter}" for letter in _STORY))
    show("complaint-story-written")
    touch("go")
    show("complaint-applicant")
    touch("go")
    show("complaint-documents")
    touch("go")
    show("complaint-review")
    touch("go")
    ticket = kiosk.visits.ticket
    player.wait(lambda: ticket.paper is PaperState.OUT or None, "no paper came")
    show("complaint-ticket")
    assert ticket.receipt is not None
    receipt = ticket.receipt
    touch("go")
    return receipt


def _show_place(player: Player, show: Show, touch: Callable[..., None]) -> None:
    show("complaint-map")
    touch("map")
    show("complaint-map-marked")
    touch("open-neighbourhoods")
    show("complaint-neighbourhoods")
    touch("key-س", "key-ع")
    show("complaint-neighbourhoods-found")
    touch("place-cite-essaada-1", "back")
    show("complaint-place-both")


def show_late_file(screen: FollowScreen, show: Show) -> None:
    """The file that was found, had its date passed."""
    found = screen.found
    assert isinstance(found, Whereabouts)
    screen.show_found(replace(found, standing=Standing.OPEN, pledge=replace(found.pledge, late_days=12)))
    show("follow-late")
