"""What one must bring is known before one queues: on the screen, on paper, on a phone."""

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from civic.catalog import Catalog
from civic.dossier import Draft
from civic.language import Language
from kiosk.app import Kiosk
from kiosk.devices.printer_model import Roll
from kiosk.devices.simulated import SimulatedPrinter
from kiosk.flow import Step
from kiosk.ui.guide_face import draw_guide
from kiosk.ui.player import Player
from tests.kiosk.ui.citizen import reads, words_on


def printer_of(kiosk: Kiosk) -> SimulatedPrinter:
    assert isinstance(kiosk.printer, SimulatedPrinter)
    return kiosk.printer


def come_for(player: Player, group: str, service: str, language: Language = Language.ENGLISH) -> None:
    for name in (f"language-{language.value}", "request", f"group-{group}", f"service-{service}"):
        player.touch(name)


def codes_on(paper: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(paper.convert("L"))]


def test_before_taking_a_number_one_reads_what_to_bring_how_long_it_takes_and_what_it_costs(
    kiosk: Kiosk, player: Player
) -> None:
    come_for(player, "family", "family-booklet")
    service = kiosk.visits.catalog["family-booklet"]
    assert service.fee is not None
    assert service.delay is not None
    said = words_on(kiosk)
    for told in (service.fee.text, service.delay.text, *(paper.name for paper in service.requirements)):
        assert told.en in said


def test_a_condition_is_read_before_anything_is_asked(kiosk: Kiosk, player: Player) -> None:
    come_for(player, "family", "birth-registration")
    [condition] = kiosk.visits.catalog["birth-registration"].conditions
    assert condition.text.en in words_on(kiosk)


def test_only_what_the_answers_ask_for_is_listed(kiosk: Kiosk, player: Player) -> None:
    come_for(player, "building", "demolition-permit")
    player.touch("option-rebuild")
    assert kiosk.visits.step is Step.GUIDE
    listed = [paper.id for paper in kiosk.visits.guide.guide.needed] if kiosk.visits.guide.guide else []
    assert listed == ["application", "ownership", "permit-copy"]
    assert "The town's own goal to answer" in words_on(kiosk)


def test_the_list_is_printed_with_a_square_that_opens_it_on_a_phone(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    come_for(player, "building", "demolition-permit")
    player.touch("option-rebuild")
    player.touch("print-guide")
    reads(qtbot, kiosk, "Your list is printed")
    [paper] = printer_of(kiosk).model.papers
    assert codes_on(paper) == ["HTTPS://KEF.EXAMPLE/SERVICES/DEMOLITION-PERMIT/REASON/REBUILD"]
    assert kiosk.outbox.waiting_events(9) == (), "nothing is filed, and no number waits"
    player.touch("go")
    assert kiosk.visits.step is Step.APPLICANT


def test_the_square_is_on_the_screen_too(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    come_for(player, "papers", "certified-copy")
    assert "Photograph this square" not in words_on(kiosk)
    player.touch("phone-guide")
    assert "Photograph this square" in words_on(kiosk)
    kiosk.window.grab().save(str(player._folder / "screen.png"))
    qtbot.wait(50)
    with Image.open(player._folder / "screen.png") as screen:
        assert codes_on(screen.resize((1080, 1920))) == ["HTTPS://KEF.EXAMPLE/SERVICES/CERTIFIED-COPY"]
    player.touch("phone-guide")
    assert "Photograph this square" not in words_on(kiosk)


def test_without_paper_the_list_is_offered_on_the_phone(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    printer_of(kiosk).model.set_roll(Roll.OUT)
    come_for(player, "papers", "certified-copy")
    player.touch("print-guide")
    reads(qtbot, kiosk, "Take the list on your phone instead.")
    player.touch("phone-guide")
    assert "Photograph this square" in words_on(kiosk)


def test_what_a_person_wrote_is_in_no_address(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    come_for(player, "business", "public-space")
    for letter in "selma":
        player.touch(f"key-{letter}")
    player.touch("go")
    guide = kiosk.visits.guide.guide
    assert guide is not None
    assert guide.url == "HTTPS://KEF.EXAMPLE/SERVICES/PUBLIC-SPACE"


def test_an_agent_needs_nothing_brought_and_nothing_is_offered_to_take_away(kiosk: Kiosk, player: Player) -> None:
    player.touch("number")
    assert not [each for each in kiosk.window.findChildren(QWidget, "print-guide") if each.isVisible()]


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("language", list(Language))
def test_every_list_fits_its_paper_and_its_square_can_be_read(kiosk: Kiosk, width: int, language: Language) -> None:
    catalog: Catalog = kiosk.visits.catalog
    for service in catalog:
        guide = kiosk.visits._hall.guidance.guide(Draft(service))
        face = draw_guide(guide, language, width)
        paper = Image.frombytes("1", (face.width_px, face.height_px), face.rows, "raw", "1;I").convert("L")
        assert codes_on(paper) == [guide.url]
        margins = (paper.crop((left, 0, left + 6, face.height_px)) for left in (0, width - 6))
        assert [each.getextrema() for each in margins] == [(255, 255)] * 2
