"""A paper one does not have: what helps to get it, or why it cannot come, told on paper and to the town hall."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from civic.excuse import Excuse
from civic.language import Language
from kiosk.app import Kiosk
from kiosk.ui.player import Player
from kiosk.ui.screens.documents import DocumentsScreen
from kiosk.ui.screens.ticket import PaperState
from sync.messages import DossierDeposited
from tests.kiosk.ui.citizen import choose_permit, words_on


@pytest.fixture
def papers(kiosk: Kiosk, player: Player) -> DocumentsScreen:
    """Someone stands before the papers of a building permit."""
    choose_permit(kiosk, player)
    player.touch("key-س")
    player.touch("go")
    kiosk.window.speak(Language.ENGLISH)
    return kiosk.visits.documents


def opened(papers: DocumentsScreen) -> int:
    return [each.id for each in papers.requirements].index(papers.open_id)


def shows(kiosk: Kiosk, name: str) -> bool:
    return bool([each for each in kiosk.window.findChildren(QWidget, name) if each.isVisible()])


def test_whoever_has_not_got_it_reads_why_it_is_asked_and_where_to_get_it(
    kiosk: Kiosk, player: Player, papers: DocumentsScreen
) -> None:
    player.touch("paper-ownership")
    player.touch("skip")
    said = words_on(kiosk)
    assert "Why it is asked" in said
    assert "So that the town hall knows that the applicant is the owner." in said
    assert "The certificate is given by the regional land registry." in said
    player.touch("have-it")
    assert shows(kiosk, "scan")
    player.touch("skip")
    before = opened(papers)
    player.touch("will-bring")
    assert opened(papers) == before + 1
    assert kiosk.visits._flow.draft.excuses == {}


def test_a_paper_that_cannot_come_is_told_on_the_receipt_and_to_the_town_hall(
    qtbot: QtBot, kiosk: Kiosk, player: Player, papers: DocumentsScreen
) -> None:
    first, second = papers.requirements[:2]
    for name in ("skip", "cannot-bring", "excuse-lost", "skip", "will-bring", "go"):
        player.touch(name)
    assert "You cannot bring these: an agent will look for another way with you" in words_on(kiosk)
    player.touch("change-documents")
    [row] = [each for each in kiosk.window.findChildren(QWidget, f"paper-{first.id}") if each.isVisible()]
    assert row.accessibleName() == f"{first.name.en}, It cannot come"
    player.touch("go")
    player.confirm()
    qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.OUT, timeout=60_000)
    receipt = kiosk.visits.ticket.receipt
    assert receipt is not None
    assert receipt.deposit is not None
    assert [each.name for each in receipt.deposit.excused] == [first.name]
    assert second.name in [each.name for each in receipt.deposit.missing]
    assert first.name not in [each.name for each in receipt.deposit.missing]
    assert not receipt.deposit.complete
    assert receipt.deposit.promised.due_on is None
    [fact] = [each.fact for each in kiosk.outbox.waiting_events(9) if isinstance(each.fact, DossierDeposited)]
    assert fact.excuses == {first.id: Excuse.LOST}
    assert first.id in fact.missing


def test_a_paper_that_is_found_again_has_no_excuse(
    qtbot: QtBot, kiosk: Kiosk, player: Player, papers: DocumentsScreen
) -> None:
    first = papers.requirements[0].id
    for name in ("skip", "cannot-bring", "excuse-other", f"paper-{first}", "scan"):
        player.touch(name)
    qtbot.waitUntil(lambda: first in papers.documents, timeout=60_000)
    assert kiosk.visits._flow.draft.excuses == {}
    assert papers.excuses == {}
