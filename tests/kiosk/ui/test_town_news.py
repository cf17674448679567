"""The first screen tells how many wait and what the town hall has to say, and nothing it does not know."""

from datetime import UTC, datetime, timedelta

from pytestqt.qtbot import QtBot

from civic.language import Wording
from kiosk.app import Kiosk
from kiosk.ui.buttons import Card
from kiosk.ui.player import Player, run_for
from sync.messages import Changes, HallLine, TownNotice
from tests.kiosk.ui.citizen import reads, words_on

NOTICE = Wording("مغلق يوم الجمعة", "Fermé vendredi", "Closed on Friday")


def say(kiosk: Kiosk, waiting: int, *notices: Wording, ago: timedelta = timedelta(0)) -> None:
    """As if the centre had been heard then."""
    now = datetime.now(UTC)
    today = kiosk.news._today()
    told = tuple(TownNotice(each, today) for each in notices)
    changes = Changes(now.isoformat(), True, False, now, (), (), HallLine(today, waiting, ()), told)
    kiosk.mirror.apply(changes, kiosk.mirror.cursor())
    if ago:
        with kiosk.store.transaction() as connection:
            connection.exec_driver_sql("UPDATE mirror SET heard_at = ?", ((now - ago).isoformat(),))
    kiosk.news.look()


def test_how_many_wait_is_told_and_changes_without_a_new_page(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    player.touch("language-en")
    say(kiosk, 7)
    reads(qtbot, kiosk, "7 people wait.")
    card = kiosk.window.findChild(Card, "number")
    say(kiosk, 1)
    reads(qtbot, kiosk, "1 person waits.")
    say(kiosk, 0)
    reads(qtbot, kiosk, "Nobody waits.")
    assert kiosk.window.findChild(Card, "number") is card


def test_what_is_not_known_is_not_told(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    player.touch("language-en")
    say(kiosk, 7)
    reads(qtbot, kiosk, "7 people wait.")
    say(kiosk, 7, ago=timedelta(minutes=2))
    qtbot.waitUntil(lambda: "wait." not in words_on(kiosk), timeout=60_000)


def test_a_notice_is_told_in_the_language_of_who_reads_also_without_the_centre(
    qtbot: QtBot, kiosk: Kiosk, player: Player
) -> None:
    say(kiosk, 7, NOTICE, ago=timedelta(days=1))
    reads(qtbot, kiosk, NOTICE.ar)
    player.touch("language-fr")
    assert NOTICE.fr in words_on(kiosk)
    player.touch("request")
    assert NOTICE.fr not in words_on(kiosk)
    player.touch("restart")
    assert NOTICE.fr in words_on(kiosk)
    say(kiosk, 7)
    qtbot.waitUntil(lambda: NOTICE.fr not in words_on(kiosk), timeout=60_000)


def test_while_somebody_is_served_nothing_is_looked_for(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    player.touch("language-en")
    player.touch("request")
    say(kiosk, 7)
    run_for(200)
    assert kiosk.visits.welcome.waiting is None
