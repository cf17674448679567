"""A complaint from the first word to its number, by somebody who only hears, whatever they press."""

from pytestqt.qtbot import QtBot

from civic.catalog import Question, QuestionKind
from civic.language import Language
from kiosk.flow import Step
from kiosk.ui.language import Translator
from kiosk.ui.screens.ticket import PaperState
from kiosk.ui.visit import Visits
from tests.kiosk.ui.listener import Listener

_ = Translator(Language.FRENCH)


def complain(qtbot: QtBot, listener: Listener) -> None:
    """Every question answered with its first answer, no name; to the welcome after it."""
    visits = listener.kiosk.visits
    listener.choose("Je fais une réclamation")
    while visits.step is Step.QUESTIONS:
        question = visits.question
        title = question.text[Language.FRENCH]
        listener.hears(title)
        if question.kind is QuestionKind.PLACE:
            listener.choose(_("Neighbourhood"))
            listener.hears(_("Which neighbourhood?"))
            listener.choose("La Médina")
        elif question.options:
            answer = question.options[0].text[Language.FRENCH]
            listener.hears(answer)
            listener.choose(answer)
        else:
            listener.write(title, "rue")
            assert "rue" in listener.heard[-1]
            listener.choose(_("Continue"))
        goes_on(qtbot, visits, question)
    if visits.step is Step.APPLICANT:
        listener.hears(_("Who are you?"))
        listener.hears(_("You may stay without a name."))
        listener.choose(_("Continue"))
    if visits.step is Step.DOCUMENTS:
        listener.hears(_("Your papers"))
        listener.choose(_("Continue"))
    listener.hears(_("Look at it once more."))
    listener.choose(_("I confirm"))
    hear_the_ticket(qtbot, listener)


def goes_on(qtbot: QtBot, visits: Visits, asked: Question) -> None:
    """The next question comes, or the next screen."""
    qtbot.waitUntil(lambda: visits.step is not Step.QUESTIONS or visits.question is not asked)


def hear_the_ticket(qtbot: QtBot, listener: Listener) -> None:
    """The number, the file number and the PIN digit by digit, and that the paper is out."""
    ticket = listener.kiosk.visits.ticket
    qtbot.waitUntil(lambda: ticket.paper is PaperState.OUT, timeout=60_000)
    assert ticket.receipt is not None
    assert ticket.receipt.deposit is not None
    deposit = ticket.receipt.deposit
    listener.hears(_("Take your paper: it is your proof."))
    listener.hears(ticket.receipt.number)
    listener.hears(", ".join(" ".join(group) for group in str(deposit.reference).split("-")))
    listener.hears(" ".join(deposit.pin[:3]) + ", " + " ".join(deposit.pin[3:]))
    listener.choose(_("I am done"))
    qtbot.waitUntil(lambda: listener.kiosk.visits.step is Step.WELCOME)
