"""A citizen at the kiosk with a receipt: what they do and read, for several tests."""

from pytestqt.qtbot import QtBot

from civic.language import Language
from kiosk.app import Kiosk
from kiosk.flow import Step
from kiosk.services.receipt import Deposit
from kiosk.ui.notice import Notice
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.player import Player
from kiosk.ui.screens.ticket import PaperState


def words_on(kiosk: Kiosk) -> str:
    notices = [each.accessibleName() for each in kiosk.window.findChildren(Notice) if each.isVisible()]
    return "\n".join(notices + [each.text for each in kiosk.window.findChildren(Paragraph) if each.isVisible()])


def reads(qtbot: QtBot, kiosk: Kiosk, words: str) -> None:
    """Wait until the person reads that."""
    qtbot.waitUntil(lambda: words in words_on(kiosk), timeout=60_000)


def file_complaint(qtbot: QtBot, kiosk: Kiosk, player: Player, language: Language = Language.ENGLISH) -> Deposit:
    player.play(kiosk.visits.catalog["complaint"], language)
    player.confirm()
    ticket = kiosk.visits.ticket
    qtbot.waitUntil(lambda: ticket.paper is PaperState.OUT and kiosk.visits.step is Step.TICKET, timeout=60_000)
    assert ticket.receipt is not None
    assert ticket.receipt.deposit is not None
    return ticket.receipt.deposit


def type_digits(player: Player, number: str) -> None:
    for digit in number.replace("-", ""):
        player.touch(f"key-{digit}")


def choose_permit(kiosk: Kiosk, player: Player) -> None:
    """A building permit, with the first answer everywhere, up to who asks."""
    for name in ("request", "group-building", "service-building-permit"):
        player.touch(name)
    while kiosk.visits.step is Step.QUESTIONS:
        question = kiosk.visits.question
        assert question is not None
        player.touch("option-" + next(option.id for option in question.options if option.stop is None))
    player.touch("go")


def introduce(kiosk: Kiosk, player: Player, name: str, phone: str, card: str) -> None:
    """A permit up to its papers, in English, by somebody who says all that may be said of oneself."""
    player.touch("language-en")
    choose_permit(kiosk, player)
    for letter in name:
        player.touch(f"key-{letter}")
    player.touch("open-phone")
    type_digits(player, phone)
    player.touch("open-identity")
    player.touch("identity-cin")
    type_digits(player, card)
    player.touch("go")
