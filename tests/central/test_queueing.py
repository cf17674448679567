"""The line is fair: in the order people came, one counter for one number, and no wish done twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from central.agents import Agent
from central.changes import note_change
from central.database import Database
from central.kiosks import HALL, Kiosk
from central.queueing import Queue, hold, void
from central.refusal import Refused
from central.settings import Settings
from civic.card import read_catalog
from civic.ticket import TicketState
from sync.messages import TicketHeld, TicketVoided
from tests.central.invented import a_ticket

KIOSK = Kiosk("el-kef", 14, HALL)
AMEL = Agent("amel", HALL, 3, "seal")
SAMI = Agent("sami", HALL, 5, "seal")


class Hall:
    """The line of El Kef, with citizens who take numbers one after another."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.queue = Queue(database, read_catalog(settings.catalog), settings.zone, lambda: datetime.now(UTC))
        self._database = database

    def take(self, number: str) -> TicketHeld:
        fact = a_ticket(number)
        with self._database.writing() as connection:
            hold(connection, KIOSK, [fact], note_change(connection, KIOSK.municipality))
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


def test_agents_who_press_next_together_call_everybody_and_nobody_twice(hall: Hall) -> None:
    numbers = [str(number) for number in range(200, 240)]
    for number in numbers:
        hall.take(number)

    def work(counter: int) -> list[str]:
        agent = Agent(f"agent-{counter}", HALL, counter, "seal")
        called: list[str] = []
        current = ""
        while True:
            hall.queue.call_next(agent, current)
            visit = hall.queue.serving(agent)
            if visit is None:
                return called
            called.append(visit.number)
            current = visit.id

    with ThreadPoolExecutor(8) as counters:
        called = [number for each in counters.map(work, range(1, 9)) for number in each]
    assert sorted(called) == numbers
    assert hall.queue.line(HALL).waiting == ()


def test_next_pressed_twice_calls_one_number(hall: Hall) -> None:
    hall.take("201")
    hall.take("202")
    hall.queue.call_next(AMEL, "")
    hall.queue.call_next(AMEL, "")
    assert hall.number_at(AMEL) == "201"
    assert [each.number for each in hall.queue.line(HALL).waiting] == ["202"]


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
