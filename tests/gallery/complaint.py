"""A complaint in pictures: what is wrong, where it is on the map and in the list, which file is late, what was said."""

from collections.abc import Callable
from dataclasses import replace

from civic.language import Wording
from civic.voice_note import VoiceNote
from kiosk.app import Kiosk
from kiosk.devices.base import PrinterState
from kiosk.devices.simulated import SimulatedMicrophone
from kiosk.services.receipt import Receipt
from kiosk.ui.player import Player
from kiosk.ui.screens.ticket import PaperState
from kiosk.ui.screens.voice_note import Hearing, VoiceNoteScreen
from sync.messages import Asked, Reason, Standing, Whereabouts

Show = Callable[[str], None]
_STORY = "شارع"
_A_LOOK_S = 0.4
"""So long a tenth of a second takes, for whoever looks at a person speaking."""
_WHY = "الطريق مغلقة منذ أسبوع."


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
    _show_voice_note(kiosk, player, show, touch)
    touch(*(f"key-{letter}" for letter in _STORY))
    show("complaint-story-written")
    touch("go")
    show("complaint-applicant")
    touch("go")
    show("complaint-documents")
    touch("go")
    show("complaint-review")
    _show_review_of_speech(kiosk, show)
    touch("go")
    ticket = kiosk.visits.ticket
    player.wait(lambda: ticket.paper is PaperState.OUT or None, "no paper came")
    show("complaint-ticket")
    assert ticket.receipt is not None
    receipt = ticket.receipt
    touch("go")
    return receipt


def _show_voice_note(kiosk: Kiosk, player: Player, show: Show, touch: Callable[..., None]) -> None:
    """Somebody speaks and is heard, is not heard, and finds a microphone that fails."""
    microphone = kiosk.microphone
    assert isinstance(microphone, SimulatedMicrophone)
    microphone.tenth_s = _A_LOOK_S
    touch("speak")
    screen = kiosk.window.current
    assert isinstance(screen, VoiceNoteScreen)

    def until(hearing: Hearing) -> None:
        player.wait(lambda: screen.hearing is hearing or None, f"it did not come to {hearing}")

    player.wait(lambda: screen.seconds or None, "nobody was heard")
    show("complaint-listening")
    touch("go")
    until(Hearing.KEPT)
    show("complaint-recorded")
    screen.show_playing(True)
    show("complaint-playing")
    screen.show_keeping()
    show("complaint-keeping")
    microphone.mute()
    screen.show_playing(False)
    screen.again_wanted.emit()
    touch("go")
    until(Hearing.NOTHING)
    show("complaint-heard-nothing")
    microphone.pull()
    touch("microphone")
    player.wait(lambda: kiosk.window.current is not screen or None, "the keyboard did not come")
    show("complaint-microphone-fault")
    microphone.mend()


def _show_review_of_speech(kiosk: Kiosk, show: Show) -> None:
    """As who spoke finds it: they can hear themselves once more."""
    review, note = kiosk.visits.review, VoiceNote("0" * 64, 42)
    draft, promised = review.draft, review.promised
    assert draft is not None
    assert promised is not None
    spoken = replace(draft, answers={**draft.answers, "story": str(note)})
    review.show_draft(spoken, promised, playable=frozenset({note}))
    show("complaint-review-spoken")
    review.show_draft(draft, promised)


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


def show_late_file(kiosk: Kiosk, player: Player, show: Show) -> None:
    """The file that was found, had its date passed: why is asked, with paper and without, and answered."""
    screen = kiosk.visits.receipts.follow
    found = screen.found
    assert isinstance(found, Whereabouts)
    late = replace(found, standing=Standing.OPEN, pledge=replace(found.pledge, late_days=12))
    screen.show_found(late)
    show("follow-late")
    player.touch("ask-why")
    player.wait(lambda: (screen.reminder or ("", None))[1] is PaperState.OUT or None, "no reminder came")
    show("follow-asked-why")
    assert screen.reminder is not None
    screen.show_reminder(screen.reminder[0], PaperState.FAILED, PrinterState.PAPER_OUT)
    show("follow-asked-why-no-paper")
    day = found.history[0].on
    said = Reason(Wording(_WHY, _WHY, _WHY), day)
    answered, waiting = Asked("014-00006", day, day, said), Asked("014-00007", day, day, None)
    screen.show_found(replace(late, asked=(answered, waiting)))
    show("follow-told-why")
