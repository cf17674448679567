"""What an agent reads of the hall's kiosks, and does before the first citizen asks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import pytest
import requests

from central.database import Database
from central.desk.kiosk_words import told_sentence
from central.language import Translator
from civic.kiosk_part import Part, part_name
from civic.language import Language
from kiosk.devices.base import PrinterState, ReaderState, ScannerState
from kiosk.services.health import Condition, Finding
from sync.messages import KioskChecked, Told, Verdict
from tests.central.invented import PASSWORD, KioskLine, enrol_kiosk

PARTS = {
    Part.PRINTER: Told(Verdict.BAD, "paper-out"),
    Part.PAPER: Told(Verdict.NOTE, "ends_soon"),
    Part.SCANNER: Told(Verdict.GOOD, "ready"),
    Part.CENTRE: Told(Verdict.BAD, "unreachable"),
}
ILL = KioskChecked(datetime.now(UTC), PARTS, 12)
WELL = replace(ILL, parts={Part.PRINTER: Told(Verdict.GOOD, "ready"), Part.SCANNER: PARTS[Part.SCANNER]})


class Agent:
    """An agent's browser without JavaScript."""

    def __init__(self, centre: str, name: str) -> None:
        self.centre = centre
        self.browser = requests.Session()
        form = {"name": name, "password": PASSWORD, "counter": ""}
        self.browser.post(f"{centre}/desk/sign-in", data=form, timeout=60)

    def see(self, path: str, language: str = "en") -> str:
        return self.browser.get(f"{self.centre}{path}?lang={language}", timeout=60).text

    def kiosks(self, language: str = "en") -> str:
        return self.see("/desk/kiosks", language)


@pytest.fixture
def agent(centre: str, amel: str) -> Agent:
    return Agent(centre, amel)


def test_how_the_kiosks_are_is_for_agents_alone(centre: str) -> None:
    assert "Sign in" in requests.get(f"{centre}/desk/kiosks?lang=en", timeout=60).text


def test_a_hall_without_kiosks_says_so(agent: Agent) -> None:
    assert "No kiosk is enrolled here yet." in agent.kiosks()


def test_an_agent_reads_what_is_wrong_what_to_do_what_is_well_and_how_much_paper_is_left(
    agent: Agent, kiosk: KioskLine
) -> None:
    assert kiosk.say(ILL) == [""]
    page = agent.kiosks()
    for words in (
        "Kiosk \u2068014\u2069",
        "Needs a hand",
        "It has no paper: put in a new roll.",
        "Have a new roll at hand.",
        "so the line works again",
        "✓&nbsp;Scanner",
        "1 kiosk needs a hand.",
    ):
        assert words in page
    assert "✓&nbsp;Printer" not in page
    assert "No check today" not in page
    assert "left on the roll" not in page, "the printer knows better than a reckoning"
    kiosk.say(WELL)
    assert "About 12 receipts are left on the roll." in agent.kiosks()


@pytest.mark.parametrize(("language", "word"), [("ar", "ضعوا لفافة جديدة"), ("fr", "mettez un rouleau neuf")])
def test_it_is_said_in_the_language_of_the_agent(agent: Agent, kiosk: KioskLine, language: str, word: str) -> None:
    kiosk.say(ILL)
    assert word in agent.kiosks(language)


def test_a_kiosk_that_is_silent_since_yesterday_is_not_told_well(agent: Agent, kiosk: KioskLine) -> None:
    assert "It has not reported yet." in agent.kiosks()
    kiosk.say(replace(WELL, checked_at=datetime.now(UTC) - timedelta(days=1, minutes=1)))
    page = agent.kiosks()
    assert "No check today" in page
    assert "Look whether it is switched on" in page
    assert "✓" not in page
    assert "receipts" not in page


def test_the_counter_says_how_many_kiosks_need_a_hand(agent: Agent, kiosk: KioskLine, database: Database) -> None:
    assert '<b class="hands"' in agent.see("/desk")
    kiosk.say(WELL)
    assert '<b class="hands"' not in agent.see("/desk")
    assert "No kiosk needs a hand." in agent.kiosks()
    assert "All is well" in agent.kiosks()
    enrol_kiosk(database, 15, site="annexe")
    assert '<b class="hands"' not in agent.see("/desk"), "nobody walks to another site"
    kiosk.say(ILL)
    assert "! \u20681\u2069" in agent.see("/desk")


TROUBLES = [
    *(Finding(Part.PRINTER, state) for state in PrinterState if state is not PrinterState.READY),
    *(
        Finding(Part.SCANNER, state)
        for state in ScannerState
        if state not in (ScannerState.READY, ScannerState.EMPTY, ScannerState.STOPPED)
    ),
    Finding(Part.READER, ReaderState.OFFLINE),
    Finding(Part.PAPER, Condition.ENDS_SOON),
    Finding(Part.CENTRE, Condition.UNREACHABLE),
    Finding(Part.CENTRE, Condition.KEY_UNKNOWN),
    Finding(Part.CLOCK, Condition.WRONG_TIME),
    Finding(Part.OUTBOX, Condition.REFUSED),
    Finding(Part.OUTBOX, Condition.WAITS_LONG),
    Finding(Part.DISK, Condition.TOO_LITTLE),
    Finding(Part.MEMORY, Condition.TOO_LITTLE),
    Finding(Part.STORE, Condition.UNSEALED),
    Finding(Part.STORE, Condition.DAMAGED),
]


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda each: f"{each.part}-{each.condition}")
def test_each_trouble_a_kiosk_finds_in_the_morning_has_its_own_sentence(trouble: Finding) -> None:
    _ = Translator(Language.ENGLISH, ZoneInfo("Africa/Tunis"))
    told = Told(trouble.verdict, trouble.condition.value)
    assert told_sentence(trouble.part, told, _) != told_sentence(trouble.part, replace(told, code="unheard-of"), _)


@pytest.mark.parametrize("word", [*PrinterState, *ScannerState, *ReaderState, *Condition])
def test_whatever_a_kiosk_finds_can_be_told(word: StrEnum) -> None:
    check = KioskChecked(ILL.checked_at, {Part.PRINTER: Told(Verdict.NOTE, word.value)}, None)
    assert KioskChecked.from_json(check.to_json()) == check


def test_a_word_of_a_later_kiosk_is_told_by_its_verdict(agent: Agent, kiosk: KioskLine) -> None:
    kiosk.say(replace(ILL, parts={Part.PROGRAM: Told(Verdict.BAD, "haunted")}, papers_left=None))
    page = agent.kiosks()
    assert "Something is wrong with it: call the technician." in page
    assert "haunted" not in page
    assert "receipts are left" not in page


def test_each_part_has_a_name() -> None:
    _ = Translator(Language.ARABIC, ZoneInfo("Africa/Tunis"))
    assert len({part_name(part, _) for part in Part}) == len(Part)
