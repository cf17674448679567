"""Hearing the centre: what it says is kept with its cursor, whatever the line does, until nobody listens any more."""

import json
import threading
from datetime import UTC, date, datetime
from typing import Any

import pytest
import requests

from sync.listener import Listener
from sync.messages import Changes, HallLine
from sync.signing import hear
from sync.transport import CentralUnreachable, KeyUnknown
from tests.sync.test_exchange import KEY, transport_to

AT = datetime(2026, 11, 23, 8, 41, tzinfo=UTC)


def news(cursor: str, *, more: bool = False) -> Changes:
    return Changes(cursor, False, more, AT, (), (), HallLine(date(2026, 11, 23), 3, ()))


class Notebook:
    """A mirror in memory."""

    def __init__(self) -> None:
        self.kept: list[str] = [""]
        self.heeded: list[str] = []
        self.forgot = threading.Event()

    def cursor(self) -> str:
        return self.kept[-1]

    def apply(self, changes: Changes, after: str) -> None:
        assert after == self.cursor()
        self.kept.append(changes.cursor)

    def heed(self, changes: Changes) -> None:
        assert changes.cursor == self.cursor(), "the mirror comes first"
        self.heeded.append(changes.cursor)

    def forget(self) -> None:
        self.forgot.set()


class Town:
    """A centre that says one thing after another; a fault is raised. After the last it is silent until `opened`."""

    def __init__(self, *said: Changes | Exception) -> None:
        self._said = list(said)
        self.asked: list[str] = []
        self.silent = threading.Event()
        self.opened = threading.Event()

    def changes(self, cursor: str) -> Changes:
        self.asked.append(cursor)
        if not self._said:
            self.silent.set()
            self.opened.wait(60)
            return news("too late")
        said = self._said.pop(0)
        if isinstance(said, Exception):
            raise said
        return said


def listen(town: Town, until: threading.Event | None = None) -> Notebook:
    """What was kept once the centre is silent."""
    notebook = Notebook()
    listener = Listener(notebook, town, notebook.heed, retry_s=(0.0, 0.01))
    listener.start()
    assert (until or town.silent).wait(60)
    listener.stop()
    town.opened.set()
    return notebook


def test_each_answer_is_kept_and_asked_on_from() -> None:
    town = Town(news("one", more=True), news("two"), news("three"))
    notebook = listen(town)
    assert notebook.kept == ["", "one", "two", "three"]
    assert notebook.heeded == ["one", "two", "three"]
    assert town.asked == ["", "one", "two", "three"]


def test_a_line_that_fails_is_tried_again_from_where_it_was() -> None:
    town = Town(news("one"), CentralUnreachable("cut"), CentralUnreachable("cut"), news("two"))
    assert listen(town).kept == ["", "one", "two"]
    assert town.asked == ["", "one", "one", "one", "two"]


def test_a_kiosk_that_is_a_stranger_forgets_what_it_heard() -> None:
    town = Town(news("one"), KeyUnknown("revoked"))
    assert listen(town).forgot.is_set()


def test_a_bug_is_told_and_ends_nothing(expected_logs: list[str]) -> None:
    expected_logs.append("in a way nobody foresaw")
    town = Town(ZeroDivisionError(), news("one"))
    assert listen(town).kept == ["", "one"]


def test_what_comes_after_the_end_is_not_kept() -> None:
    town = Town()
    notebook = listen(town)
    for thread in threading.enumerate():
        if thread.name == "listener":
            thread.join(60)
    assert notebook.kept == [""]
    assert notebook.heeded == []


def test_the_end_waits_for_what_is_being_kept() -> None:
    begun, may_end = threading.Event(), threading.Event()

    class Slow(Notebook):
        def apply(self, changes: Changes, after: str) -> None:
            begun.set()
            assert may_end.wait(60)
            super().apply(changes, after)

    notebook, town = Slow(), Town(news("one"))
    listener = Listener(notebook, town, notebook.heed)
    listener.start()
    assert begun.wait(60)
    stopping = threading.Thread(target=listener.stop)
    stopping.start()
    stopping.join(0.05)
    assert stopping.is_alive()
    may_end.set()
    stopping.join(60)
    assert notebook.kept == ["", "one"]
    town.opened.set()


def test_the_question_is_signed_and_says_how_far_it_heard() -> None:
    def answer(request: requests.PreparedRequest) -> tuple[int, Any]:
        assert isinstance(request.body, bytes)
        assert hear(request, KEY.public).holds(request.body)
        assert json.loads(request.body) == {"cursor": "one", "wait_s": 25}
        return 200, news("two").to_json()

    transport, _ = transport_to(answer)
    assert transport.changes("one") == news("two")


@pytest.mark.parametrize("answer", [{}, [], {"cursor": "two"}, b"<html>hotel wifi</html>"])
def test_whatever_else_answers_is_not_the_centre(answer: object) -> None:
    transport, _ = transport_to(lambda _: (200, answer))
    with pytest.raises(CentralUnreachable, match="another shape"):
        transport.changes("")


def test_a_stranger_is_told_so() -> None:
    transport, _ = transport_to(lambda _: (401, {"refusal": "stranger", "error": "Enrol it."}))
    with pytest.raises(KeyUnknown):
        transport.changes("")
