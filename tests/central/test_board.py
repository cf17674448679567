"""What the hall reads on its display: a number, a counter, who was called before, how many wait."""

import asyncio
from datetime import UTC, datetime

import pytest
import requests
from sqlalchemy import text

from central.agents import Agent
from central.changes import note_change
from central.database import Database
from central.kiosks import HALL, Kiosk
from central.news import News
from central.queueing import Queue, hold
from central.settings import Settings
from civic.card import read_catalog
from civic.ticket import TicketState
from tests.central.invented import a_ticket

AMEL = Agent("amel", HALL, 3, "seal")
SAMI = Agent("sami", HALL, 5, "seal")


@pytest.fixture
def queue(database: Database, settings: Settings) -> Queue:
    return Queue(database, read_catalog(settings.catalog), settings.zone, lambda: datetime.now(UTC))


def board(centre: str, site: str = HALL) -> str:
    return requests.get(f"{centre}/board", params={"site": site}, timeout=60).text


def take_numbers(database: Database, *numbers: str) -> None:
    """Citizens take these numbers at kiosk 014, one after another."""
    kiosk = Kiosk(database.municipality, 14, HALL)
    for number in numbers:
        with database.writing() as connection:
            hold(connection, kiosk, [a_ticket(number)], note_change(connection, database.municipality))


def test_before_anybody_is_called_the_board_greets_with_the_name_of_the_town(centre: str) -> None:
    page = board(centre)
    assert "بلدية الكاف" in page
    assert "Commune du Kef" in page


def test_the_number_called_last_is_the_large_one(centre: str, queue: Queue, database: Database) -> None:
    take_numbers(database, "201", "202", "203")
    queue.call_next(AMEL, "")
    queue.call_next(SAMI, "")
    queue.call_again(SAMI, next(each.id for each in queue.line(HALL).called if each.number == "202"))
    page = board(centre)
    assert '<p class="number">202</p>' in page
    assert "<b>201</b><i>3</i>" in page
    assert "203" not in page


def test_a_missed_number_is_not_waiting_and_may_be_called_again(queue: Queue, database: Database) -> None:
    take_numbers(database, "201", "202")
    queue.call_next(AMEL, "")
    called = queue.serving(AMEL)
    assert called is not None
    queue.finish(AMEL, called.id, TicketState.MISSED)
    line = queue.line(HALL)
    assert [each.number for each in line.waiting] == ["202"]
    assert [each.number for each in line.missed] == ["201"]
    queue.call_again(SAMI, called.id)
    again = queue.serving(SAMI)
    assert again is not None
    assert (again.number, again.calls) == ("201", 2)


def test_another_site_has_a_board_of_its_own(centre: str, queue: Queue, database: Database) -> None:
    take_numbers(database, "201")
    queue.call_next(AMEL, "")
    assert "201" in board(centre)
    assert "201" not in board(centre, "annex")


def test_an_open_board_hears_of_each_change(database: Database) -> None:
    async def listen() -> list[str]:
        news = News(database)
        watching = asyncio.create_task(news.watch(lambda: None))
        events = aiter(news.stream(None).body_iterator)
        heard = [str(await anext(events))]
        await asyncio.to_thread(take_numbers, database, "201")
        while len(set(heard)) < 2:
            heard.append(str(await anext(events)))
        news.close()
        watching.cancel()
        return heard

    assert all(line.startswith("data: ") for line in asyncio.run(listen()))


def test_a_database_out_of_reach_is_told_once_and_waited_for(
    database: Database, expected_logs: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    def rename(table: str, name: str) -> None:
        with database.writing() as connection:
            connection.execute(text(f"ALTER TABLE {table} RENAME TO {name}"))

    async def listen() -> str:
        news = News(database)
        events = aiter(news.stream(None).body_iterator)
        assert await anext(events) == "data: 0\n\n"
        watching = asyncio.create_task(news.watch(lambda: None))
        while not caplog.records:
            await asyncio.sleep(0.01)
        await asyncio.to_thread(rename, "elsewhere", "municipalities")
        heard = str(await anext(events))
        news.close()
        watching.cancel()
        return heard

    expected_logs.append("the database does not answer")
    rename("municipalities", "elsewhere")
    assert asyncio.run(listen()) == "data: 1\n\n"
    assert len(caplog.records) == 1
