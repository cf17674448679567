"""The page of a file at the kiosk: it says what the phone's page says, and every word has its room."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from civic.deadline import DeadlineKind
from civic.language import Language, Wording
from civic.reference import Reference
from civic.ticket import TicketState
from civic.workflow import Party
from kiosk.app import Kiosk
from kiosk.services.following import KnownHere, NotReached
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.player import Player
from sync.messages import Holder, Owed, Passed, Pledge, Standing, Visit, Whereabouts


def words_on(kiosk: Kiosk) -> str:
    return "\n".join(each.text for each in kiosk.window.findChildren(Paragraph) if each.isVisible())


def said_once(text: str) -> Wording:
    return Wording(text, text, text)


PLEDGE = Pledge(45, DeadlineKind.LEGAL, said_once("Article 69"), date(2027, 1, 7), None, paused=False, late_days=0)
FILE = Whereabouts(
    reference=Reference(26, 14, 385),
    service_id="building-permit",
    service=said_once("Building permit"),
    standing=Standing.OPEN,
    turn=Party.COUNTER,
    history=(Passed(said_once("Filed"), date(2026, 11, 23)), Passed(said_once("Review"), date(2026, 11, 25))),
    coming=(said_once("Commission"),),
    owed=(),
    pledge=PLEDGE,
    shares={Holder.TOWN: 9, Holder.CITIZEN: 4, Holder.LEFT: 32},
    visit=None,
)
DEED = Owed("deed", said_once("The deed"), "cannot be read", excused=False)


def with_visit(state: TicketState, ahead: int = 0, counter: int | None = None) -> Whereabouts:
    return replace(FILE, visit=Visit("217", state, counter, ahead))


def with_pledge(**changes: object) -> Whereabouts:
    return replace(FILE, pledge=replace(PLEDGE, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("file", "told", "untold"),
    [
        (FILE, ("Review", "The counter has your file", "Answer promised by", "7 January 2027", "The law:"), ("late",)),
        (FILE, ("Days used, and days left", "since", "The answer", "Commission"), ("own goal",)),
        (replace(FILE, turn=Party.DEPARTMENT), ("A department of the town hall",), ()),
        (replace(FILE, turn=Party.COMMISSION), ("The commission has your file",), ("Your turn",)),
        (replace(FILE, turn=Party.OUTSIDE), ("Another public body has your file",), ()),
        (replace(FILE, turn=Party.CITIZEN), ("Your turn",), ("nothing to do", "stands still")),
        (
            replace(FILE, turn=Party.CITIZEN, owed=(DEED, Owed("photo", said_once("A photo"), "", excused=True))),
            ("Your turn: bring these papers", "The deed", "Not accepted:", "cannot be read", "A photo"),
            ("nothing to do",),
        ),
        (
            replace(with_pledge(paused=True), turn=Party.CITIZEN, owed=(DEED,)),
            ("The delay stands still until they reach us.",),
            (),
        ),
        (replace(with_pledge(paused=True), turn=Party.CITIZEN), ("until we hear from you",), ()),
        (replace(FILE, standing=Standing.WITHDRAWN), ("This file is closed",), ("The answer", "promised", "nothing")),
        (
            replace(with_pledge(answered_on=date(2026, 12, 1)), standing=Standing.ANSWERED, shares={Holder.TOWN: 8}),
            ("The town hall has answered", "Answered on", "Promised by", "Days used"),
            ("days left", "nothing to do"),
        ),
        (with_pledge(late_days=5), ("5 days late",), ()),
        (with_pledge(due_on=None), ("Time to answer", "45 days", "The days count from your deposit"), ("promised",)),
        (with_pledge(kind=DeadlineKind.GOAL), ("The town aims to answer by", "own goal"), ("The law", "promised")),
        (
            with_pledge(kind=DeadlineKind.GOAL, answered_on=date(2026, 12, 1)),
            ("The town aimed at", "Answered on"),
            ("Promised by",),
        ),
        (with_visit(TicketState.HELD, 3), ("217", "Your number today", "3 people are before you."), ()),
        (with_visit(TicketState.HELD), ("You are next.",), ()),
        (with_visit(TicketState.CALLED, counter=3), ("It is your number: go to counter",), ()),
        (with_visit(TicketState.MISSED, counter=3), ("nobody came", "you keep your place today"), ()),
        (with_visit(TicketState.SERVED, counter=3), ("Your visit of today is over",), ()),
    ],
)
def test_the_page_says_what_the_phone_says(
    kiosk: Kiosk, player: Player, file: Whereabouts, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    player.touch("language-en")
    player.touch("follow")
    kiosk.visits.receipts.follow.show_found(file)
    said = words_on(kiosk)
    for words in told:
        assert words in said
    for words in untold:
        assert words not in said


def test_who_is_called_reads_that_first(kiosk: Kiosk, player: Player) -> None:
    player.touch("language-en")
    player.touch("follow")
    kiosk.visits.receipts.follow.show_found(with_visit(TicketState.CALLED, counter=3))
    said = words_on(kiosk)
    assert said.index("go to counter") < said.index("The counter has your file")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    "show",
    [
        lambda follow: follow.show_found(replace(FILE, owed=(DEED,), turn=Party.CITIZEN)),
        lambda follow: follow.show_found(NotReached(KnownHere(FILE.reference, FILE.service, date(2026, 11, 23), True))),
        lambda follow: follow.show_found(KnownHere(FILE.reference, FILE.service, date(2026, 11, 23), False)),
        lambda follow: follow.show_asking(),
        lambda follow: follow.show_form(FILE.reference),
    ],
    ids=["found", "not reached", "on its way", "asking", "form"],
)
def test_every_word_has_the_room_it_needs(
    qtbot: QtBot, kiosk: Kiosk, player: Player, language: Language, show: Callable[[object], None]
) -> None:
    player.touch(f"language-{language.value}")
    player.touch("follow")
    show(kiosk.visits.receipts.follow)
    qtbot.wait(1)  # the page is laid out in the next turn

    def tight() -> list[str]:
        words = [
            each for each in kiosk.visits.receipts.follow.findChildren(Paragraph) if each.isVisible() and each.text
        ]
        return [each.text for each in words if each.height() + 1 < each.heightForWidth(each.width())]

    qtbot.waitUntil(lambda: tight() == [], timeout=60_000)
