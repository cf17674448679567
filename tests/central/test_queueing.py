"""The line is fair: in the order people came, one counter for one number, and no wish done twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from central.agents import Agent
from central.changes import note_change
from central.database import Database
from central.kiosks import HALL, Kiosk
from central.queueing import Queue, hold, void
from central.refusal import Refused
from central.settings import Settings
from civic.card import read_catalog
from civic.language import Language
from civic.ticket import HeldBy, TicketState
from sync.messages import TicketHeld, TicketVoided

KIOSK = Kiosk("el-kef", 14, HALL)
AMEL = Agent("amel", HALL, 3, "seal")
SAMI = Agent("sami", HALL, 5, "seal")


class Hall:
    """The line of El Kef, with citizens who take numbers one after another."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.queue = Queue(database, read_catalog(settings.catalog), settings.zone, lambda: datetime.now(UTC))
        self._database = database
        self._zone = settings.zone

    def take(self, number: str) -> TicketHeld:
        at = datetime.now(UTC)
        today = at.astimezone(self._zone).date()
        fact = TicketHeld(
            str(uuid4()), number, today, "signature-legalisation", None, Language.ARABIC, at, HeldBy.PAPER
        )
        with self._database.writing() as connection:
            hold(connection, KIOSK, fact, note_change(connection, KIOSK.municipality))
        return fact

    def void(self, ticket: TicketHeld) -> None:
        fact = TicketVoided(ticket.ticket_id, ticket.number, ticket.day)
        with self._database.writing() as connection:
            void(connection, KIOSK, fact, note_change(connection, KIOSK.municipality))

    def number_at(self, agent: Agent) -> str | None:
        ticket = self.queue.serving(agent)
        return None if ticket is None else ticket.number


@pytest.fixture
def hall(database: Database, settings: Settings) -> Hall:
    return Hall(database, settings)


def test_who_came_first_is_called_first(hall: Hall) -> None:
    for number in ("203", "101", "202"):
        hall.take(number)
    hall.queue.call_next(AMEL, "")
    assert hall.number_at(AMEL) == "203"
    assert [each.number for each in hall.queue.line(HALL).waiting] == ["101", "202"]


def test_agents_who_press_next_together_never_get_the_same_number(hall: Hall) -> None:
    for nth in range(12):
        hall.take(f"2{nth:02}")
    agents = [Agent(f"agent-{nth}", HALL, nth + 1, "seal") for nth in range(8)]
    with ThreadPoolExecutor(len(agents)) as pool:
        list(pool.map(lambda agent: hall.queue.call_next(agent, ""), agents))
    numbers = [hall.number_at(agent) for agent in agents]
    assert None not in numbers
    assert len(set(numbers)) == len(agents)
    assert len(hall.queue.line(HALL).waiting) == 4


def test_next_pressed_twice_calls_one_number(hall: Hall) -> None:
    hall.take("201")
    hall.take("202")
    hall.queue.call_next(AMEL, "")
    hall.queue.call_next(AMEL, "")
    assert hall.number_at(AMEL) == "201"


def test_next_ends_the_visit_before_it(hall: Hall) -> None:
    first = hall.take("201")
    hall.take("202")
    hall.queue.call_next(AMEL, "")
    hall.queue.call_next(AMEL, first.ticket_id)
    assert hall.number_at(AMEL) == "202"
    with pytest.raises(Refused, match="already over"):
        hall.queue.finish(AMEL, first.ticket_id, TicketState.SERVED)


def test_next_with_nobody_waiting_leaves_the_counter_free(hall: Hall) -> None:
    hall.queue.call_next(AMEL, "")
    assert hall.number_at(AMEL) is None


def test_a_number_at_another_counter_cannot_be_taken_from_it(hall: Hall) -> None:
    ticket = hall.take("201")
    hall.queue.call_next(AMEL, "")
    with pytest.raises(Refused, match="another counter"):
        hall.queue.call_again(SAMI, ticket.ticket_id)
    with pytest.raises(Refused, match="already over"):
        hall.queue.finish(SAMI, ticket.ticket_id, TicketState.SERVED)


def test_an_agent_ends_a_visit_before_calling_somebody_who_was_missed(hall: Hall) -> None:
    missed = hall.take("201")
    hall.take("202")
    hall.queue.call_next(AMEL, "")
    hall.queue.finish(AMEL, missed.ticket_id, TicketState.MISSED)
    hall.queue.call_next(AMEL, "")
    with pytest.raises(Refused, match="Finish this visit"):
        hall.queue.call_again(AMEL, missed.ticket_id)


def test_a_number_nobody_holds_cannot_be_called(hall: Hall) -> None:
    with pytest.raises(Refused, match="no such number"):
        hall.queue.call_again(AMEL, "unheard-of")


def test_a_void_number_no_longer_waits_and_a_called_one_cannot_be_void(hall: Hall) -> None:
    first, second = hall.take("201"), hall.take("202")
    hall.void(first)
    assert [each.number for each in hall.queue.line(HALL).waiting] == ["202"]
    hall.queue.call_next(AMEL, "")
    with pytest.raises(Refused, match="cannot be void"):
        hall.void(second)
