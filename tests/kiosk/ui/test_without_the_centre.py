"""The centre is down: who holds a receipt reads where the file was, and how old that is; and hears it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from civic.language import Language
from kiosk.app import Kiosk, application, open_kiosk
from kiosk.devices.simulated import SimulatedReader, SimulatedSpeaker
from kiosk.flow import Step
from kiosk.own_centre import OwnCentre
from kiosk.services.last_known import LastKnown
from kiosk.services.receipt import Deposit
from kiosk.settings import CentreSettings, ReaderKind, ReaderSettings, Settings, SpeakerKind, SpeakerSettings
from kiosk.ui.language import Translator
from kiosk.ui.last_known import age_words
from kiosk.ui.player import Player
from tests.journeys.hall import plain
from tests.kiosk.ui.citizen import file_complaint, reads, type_digits, words_on
from tests.kiosk.ui.listener import Listener
from tests.kiosk.ui.test_whereabouts import FILE

CUT = "The town hall cannot be reached from here just now."


@pytest.fixture
def hall(qtbot: QtBot, settings: Settings, tmp_path: Path) -> Iterator[tuple[Kiosk, OwnCentre]]:
    """A kiosk that hears its centre, which can be switched off."""
    application()
    with OwnCentre(tmp_path / "centre") as centre:
        centre.enrol(settings.kiosk, settings.data)
        kiosk = open_kiosk(
            replace(
                settings,
                reader=ReaderSettings(ReaderKind.SIMULATED),
                speaker=SpeakerSettings(SpeakerKind.SIMULATED),
                centre=CentreSettings(centre.url, centre.url),
            ),
            540,
            960,
        )
        kiosk.window.show()
        qtbot.waitExposed(kiosk.window)
        yield kiosk, centre
        kiosk.close()


def hear_of_it(qtbot: QtBot, kiosk: Kiosk, player: Player) -> Deposit:
    """A complaint is filed, and the centre has told this kiosk where it is."""
    deposit = file_complaint(qtbot, kiosk, player)
    qtbot.waitUntil(lambda: kiosk.mirror.by_reference(deposit.reference) is not None, timeout=60_000)
    player.touch("go")
    return deposit


def test_without_the_centre_the_receipt_shows_what_was_known_and_how_old_it_is(
    qtbot: QtBot, hall: tuple[Kiosk, OwnCentre], tmp_path: Path
) -> None:
    kiosk, centre = hall
    player = Player(kiosk.window, kiosk.visits, tmp_path)
    deposit = hear_of_it(qtbot, kiosk, player)
    centre.close()
    player.touch("language-en")
    assert isinstance(kiosk.reader, SimulatedReader)
    kiosk.reader.show(deposit.tracking_url)
    reads(qtbot, kiosk, "What we knew at")
    workflow = kiosk.visits.catalog["complaint"].workflow
    assert workflow is not None
    for words in (CUT, "wait until the town hall answers", workflow.first.name.en, "The town aims to answer by"):
        assert words in words_on(kiosk)
    assert "Your number today" not in words_on(kiosk), "who waits before it is not known any more"
    player.touch("language-ar")
    assert "ما كنّا نعرفه على الساعة" in words_on(kiosk)
    player.touch("language-fr")
    assert "Ce que nous savions à" in words_on(kiosk)
    player.touch("go")
    assert kiosk.visits.step is Step.WELCOME
    assert kiosk.visits.receipts.follow.found is None


def test_the_two_numbers_open_it_too_and_the_number_alone_does_not(
    qtbot: QtBot, hall: tuple[Kiosk, OwnCentre], tmp_path: Path
) -> None:
    kiosk, centre = hall
    player = Player(kiosk.window, kiosk.visits, tmp_path)
    deposit = hear_of_it(qtbot, kiosk, player)
    centre.close()
    player.touch("language-en")
    player.touch("follow")
    type_digits(player, str(deposit.reference))
    type_digits(player, "000000" if deposit.pin != "000000" else "000001")
    player.touch("go")
    reads(qtbot, kiosk, "This kiosk remembers nothing that these two numbers open")
    assert "What we knew" not in words_on(kiosk)
    player.touch("back")
    player.touch("follow")
    type_digits(player, str(deposit.reference))
    type_digits(player, deposit.pin)
    player.touch("go")
    reads(qtbot, kiosk, "What we knew at")


def test_once_the_centre_is_back_one_touch_tells_how_it_is_now(
    qtbot: QtBot, hall: tuple[Kiosk, OwnCentre], tmp_path: Path
) -> None:
    kiosk, centre = hall
    player = Player(kiosk.window, kiosk.visits, tmp_path)
    deposit = hear_of_it(qtbot, kiosk, player)
    centre.close()
    player.touch("language-en")
    assert isinstance(kiosk.reader, SimulatedReader)
    kiosk.reader.show(deposit.tracking_url)
    reads(qtbot, kiosk, CUT)
    with OwnCentre(tmp_path / "centre", port=int(centre.url.rpartition(":")[2])):
        player.touch("ask-again")
        reads(qtbot, kiosk, "Your number today")
        assert "What we knew" not in words_on(kiosk)


def test_who_does_not_see_hears_first_how_old_it_is(
    qtbot: QtBot, hall: tuple[Kiosk, OwnCentre], tmp_path: Path
) -> None:
    kiosk, centre = hall
    player = Player(kiosk.window, kiosk.visits, tmp_path)
    deposit = hear_of_it(qtbot, kiosk, player)
    centre.close()
    player.touch("language-fr")
    assert kiosk.listening is not None
    assert isinstance(kiosk.listening.speaker, SimulatedSpeaker)
    person = Listener(qtbot, kiosk, kiosk.listening.speaker)
    kiosk.window.turn_voice()
    assert isinstance(kiosk.reader, SimulatedReader)
    kiosk.reader.show(deposit.tracking_url)
    person.hears("Ce que nous savions à")
    person.hears("La mairie ne peut pas être jointe d'ici pour le moment.")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, ("ما كنّا نعرفه على الساعة 10:42", "Ce que nous savions à 10:42", "What we knew at 10:42")),
        (
            1,
            (
                "ما كنّا نعرفه أمس على الساعة 10:42",
                "Ce que nous savions hier à 10:42",
                "What we knew yesterday at 10:42",
            ),
        ),
        (
            3,
            (
                "ما كنّا نعرفه يوم 20 نوفمبر 2026 على الساعة 10:42",
                "Ce que nous savions le 20 novembre 2026 à 10:42",
                "What we knew on 20 November 2026 at 10:42",
            ),
        ),
        (-1, ("ما كنّا", "Ce que nous savions le 24 novembre", "What we knew on 24 November 2026 at 10:42")),
    ],
    ids=["today", "yesterday", "days ago", "a clock set back"],
)
def test_an_age_is_told_as_people_tell_it(days: int, words: tuple[str, str, str]) -> None:
    known_at = datetime(2026, 11, 23, 10, 42) - timedelta(days=days)  # noqa: DTZ001  the town's
    aged = LastKnown(FILE, known_at, days)
    for language, said in zip(Language, words, strict=True):
        assert plain(age_words(aged, Translator(language))).startswith(said)
