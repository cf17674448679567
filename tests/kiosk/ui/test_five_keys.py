"""A person who does not see files a complaint and a permit: up, down, select, back, once more, and a voice."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from civic.language import Language
from kiosk.flow import Step
from kiosk.settings import Settings
from kiosk.ui.language import Translator
from tests.kiosk.ui.by_ear import complain, goes_on, hear_the_ticket
from tests.kiosk.ui.listener import BACK, DOWN, REPEAT, SELECT, UP, Listener, listening_kiosk

_ = Translator(Language.FRENCH)


@pytest.fixture
def listener(qtbot: QtBot, settings: Settings) -> Iterator[Listener]:
    with listening_kiosk(qtbot, settings, private=True) as listener:
        listener.press(REPEAT)
        listener.hears("Je suis mon dossier")
        yield listener


def test_a_complaint_is_filed_and_its_number_heard(qtbot: QtBot, listener: Listener) -> None:
    complain(qtbot, listener)


def test_a_permit_with_all_its_papers_is_filed(qtbot: QtBot, listener: Listener) -> None:
    visits = listener.kiosk.visits
    listener.choose("Je demande un service")
    permit = visits.catalog["building-permit"]
    group = next(each for each in visits.catalog.groups if permit in each.services)
    listener.hears(group.name[Language.FRENCH])
    listener.choose(group.name[Language.FRENCH])
    listener.hears(permit.name[Language.FRENCH])
    listener.choose(permit.name[Language.FRENCH])
    while visits.step is Step.QUESTIONS:
        question = visits.question
        listener.hears(question.text[Language.FRENCH])
        answer = next(each for each in question.options if each.stop is None)
        listener.choose(answer.text[Language.FRENCH])
        goes_on(qtbot, visits, question)
    listener.hears(_("Your papers"))
    listener.choose(_("Continue"))
    listener.hears(_("Who are you?"))
    assert "Pas encore possible" in listener.go_to(_("Continue"))
    listener.write(_("Your name"), "selma")
    assert "selma" in listener.heard[-1]
    listener.choose(_("Continue"))
    for paper in visits.documents.requirements:
        if paper.optional:
            continue
        listener.hears(paper.name[Language.FRENCH])
        listener.choose(_("Scan"))
        listener.hears(_("Remove the page"))
        listener.choose(_("Next paper"))
    listener.choose(_("Continue"))
    listener.hears("selma")
    listener.choose(_("I confirm"))
    hear_the_ticket(qtbot, listener)


def test_up_goes_back_and_the_ends_meet(listener: Listener) -> None:
    listener.press(DOWN)
    first = listener.heard[-1]
    listener.press(DOWN)
    listener.press(UP)
    assert listener.heard == [first]
    listener.press(UP)
    assert listener.heard != [first]
    listener.press(DOWN)
    assert listener.heard == [first]


def test_once_more_says_where_one_is_and_then_the_whole_page(listener: Listener) -> None:
    here = listener.go_to("Je fais une réclamation")
    listener.press(REPEAT)
    assert listener.heard == [here]
    listener.press(REPEAT)
    assert listener.heard[0] == "Bienvenue"
    assert here in listener.heard


def test_back_leads_out_of_the_keys_to_their_field_and_then_to_the_screen_before(listener: Listener) -> None:
    listener.choose("Je demande un service")
    listener.hears("Chercher")
    listener.choose("Chercher")
    listener.hears("Que cherchez-vous ?")
    listener.write("Que cherchez-vous ?", "mur")
    listener.press(BACK)
    listener.hears("1 sur")
    assert listener.kiosk.visits.step is Step.GROUPS
    listener.press(BACK)
    listener.hears("Bienvenue")


def test_what_is_chosen_is_said(listener: Listener) -> None:
    listener.choose("Accessibilité")
    listener.hears("Mieux voir, mieux toucher")
    listener.choose("Texte clair sur fond noir")
    listener.hears("Texte clair sur fond noir Choisi")
    listener.press(BACK)
    listener.hears("Bienvenue")


def test_a_letter_is_heard_before_it_is_written_and_the_word_after(listener: Listener) -> None:
    listener.choose("Je demande un service")
    listener.hears("Chercher")
    listener.choose("Chercher")
    listener.hears("Que cherchez-vous ?")
    listener.go_to("Que cherchez-vous ?", "Choisissez-le pour écrire.")
    listener.press(SELECT)
    listener.go_to("u")
    listener.press(SELECT)
    listener.hears("u")
    listener.go_to("n")
    listener.press(SELECT)
    listener.hears("un")
