"""Between a kiosk and the centre: everything arrives once, nothing is lost, nobody waits behind a scan."""

import gzip
import io
import json
import socket
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import requests
from requests.adapters import BaseAdapter
from sqlalchemy import Engine, create_engine

from civic.dossier import Applicant, Document
from civic.language import Language
from civic.reference import Reference
from sync.engine import Exchanged, exchange_once
from sync.messages import (
    UPLOADS_PATH,
    ByToken,
    DossierDeposited,
    Fact,
    Outcome,
    SignedIn,
    SignIn,
    TicketVoided,
    Unopened,
    read_batch,
)
from sync.outbox import Outbox, WaitingPage, metadata
from sync.signing import KioskKey, claimed_key, hear, is_signed
from sync.transport import CentralUnreachable, HttpTransport, KeyUnknown, Refused
from sync.worker import SyncWorker

NOW = datetime(2026, 11, 23, 8, 41, tzinfo=UTC)
SOURCE = "/el-kef/kiosk/014"
KEY = KioskKey.make()
Answering = Callable[[requests.PreparedRequest], tuple[int, Any]]


class FakeCentre(BaseAdapter):
    """A network that is one function: a request in, a status and a JSON answer out."""

    def __init__(self, answer: Answering) -> None:
        super().__init__()
        self._answer = answer
        self.asked: list[requests.PreparedRequest] = []
        self.clock: datetime | None = None
        self.tus: dict[str, str] = {}
        """What it says of an upload, instead of having taken all."""

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        body: Any = request.body
        request.body = body and body.read()
        self.asked.append(request)
        response = requests.Response()
        response.request = request
        response.url = request.url or ""
        response.status_code, said = self._answer(request)
        if is_page(request):
            took = {"Upload-Offset": str(len(request.body or b""))}
            response.headers.update({"Tus-Resumable": "1.0.0", **(self.tus or took)})
        if self.clock is not None:
            response.headers["Date"] = format_datetime(self.clock, usegmt=True)
        response.raw = io.BytesIO(said if isinstance(said, bytes) else json.dumps(said).encode())
        return response

    def close(self) -> None: ...


class Shelf:
    """Pages in memory."""

    def __init__(self, **pages: bytes) -> None:
        self.pages = dict(pages)

    def read(self, sha256: str) -> bytes:
        if sha256 not in self.pages:
            raise FileNotFoundError(sha256)
        return self.pages[sha256]

    def drop(self, sha256: str) -> None:
        del self.pages[sha256]


def transport_to(answer: Answering, clock: datetime = NOW) -> tuple[HttpTransport, FakeCentre]:
    centre = FakeCentre(answer)
    session = requests.Session()
    session.mount("http://", centre)
    return HttpTransport("http://centre.test/", lambda: KEY, session, lambda: clock), centre


def is_page(request: requests.PreparedRequest) -> bool:
    return request.path_url.startswith(UPLOADS_PATH)


def accept(request: requests.PreparedRequest) -> tuple[int, Any]:
    if is_page(request):
        return 201, b""
    return 200, {"answers": [{"id": each["id"], "outcome": "accepted", "reason": ""} for each in sent(request)]}


def sent(request: requests.PreparedRequest) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = told(request)["events"]
    return events


def told(request: requests.PreparedRequest) -> dict[str, Any]:
    """The batch of a request, whose signature was looked at."""
    assert isinstance(request.body, bytes)
    assert request.headers["Content-Encoding"] == "gzip"
    assert hear(request, KEY.public).holds(request.body)
    body: dict[str, Any] = json.loads(gzip.decompress(request.body))
    batch, signature = read_batch(SOURCE, body)
    assert is_signed(KEY.public, batch.head.statement(), signature)
    return body


def voided(number: int) -> TicketVoided:
    return TicketVoided(f"ticket-{number}", str(200 + number), date(2026, 11, 23))


def deposited(*pages: str) -> DossierDeposited:
    return DossierDeposited(
        reference=Reference(26, 14, 1),
        service_id="permit",
        language=Language.ARABIC,
        deposited_at=NOW,
        answers={},
        applicant=Applicant("Selma Zitouna-Test"),
        documents=(Document("deed", pages),),
        missing=(),
        excuses={},
        token_hash="ab" * 32,
        pin_salt="00",
        pin_hash="cd" * 32,
    )


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{tmp_path / 'outbox.sqlite'}")
    metadata.create_all(engine)
    return engine


@pytest.fixture
def outbox(engine: Engine) -> Outbox:
    return Outbox(engine.begin, SOURCE)


def put(engine: Engine, outbox: Outbox, *facts: Fact) -> None:
    for fact in facts:
        with engine.begin() as connection:
            outbox.put(connection, fact, NOW)


def test_facts_are_told_in_the_order_they_became_true(engine: Engine, outbox: Outbox) -> None:
    put(engine, outbox, voided(1), voided(2), voided(3))
    transport, centre = transport_to(accept)
    assert exchange_once(outbox, Shelf(), transport) == Exchanged(events=3, pages=0, more=False)
    [request] = centre.asked
    assert [event["sequence"] for event in sent(request)] == ["0000000001", "0000000002", "0000000003"]
    assert claimed_key(request) == KEY.id
    assert request.url == "http://centre.test/exchange/events"


def test_a_fact_undone_with_its_transaction_was_never_there(engine: Engine, outbox: Outbox) -> None:
    with engine.connect() as connection:
        connection.begin()
        outbox.put(connection, voided(1), NOW)
        connection.rollback()
    put(engine, outbox, voided(2))
    assert [event.sequence for event in outbox.waiting_events(9)] == [1]


def test_what_was_accepted_is_erased_with_the_name_in_it(engine: Engine, outbox: Outbox) -> None:
    put(engine, outbox, deposited())
    transport, _ = transport_to(accept)
    exchange_once(outbox, Shelf(), transport)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT body FROM outbox_events").scalar_one() is None


def test_a_lost_answer_means_the_same_is_said_again(engine: Engine, outbox: Outbox) -> None:
    put(engine, outbox, voided(1))
    transport, lost = transport_to(lambda _: (502, "the answer was lost on the way"))
    with pytest.raises(CentralUnreachable, match="status 502"):
        exchange_once(outbox, Shelf(), transport)
    transport, centre = transport_to(accept)
    exchange_once(outbox, Shelf(), transport)
    assert sent(lost.asked[0]) == sent(centre.asked[0])
    assert outbox.waiting() == 0


def test_a_refused_fact_is_kept_with_its_reason_and_blocks_nothing(engine: Engine, outbox: Outbox) -> None:
    put(engine, outbox, voided(1), voided(2))

    def refuse_the_first(request: requests.PreparedRequest) -> tuple[int, Any]:
        first, second = sent(request)
        refused = {"id": first["id"], "outcome": "refused", "reason": "unknown service"}
        return 200, {"answers": [refused, {"id": second["id"], "outcome": "accepted", "reason": ""}]}

    transport, _ = transport_to(refuse_the_first)
    assert exchange_once(outbox, Shelf(), transport).more is False
    assert [(each.outcome, each.reason) for each in outbox.refused()] == [(Outcome.REFUSED, "unknown service")]


def test_a_scan_goes_only_while_no_fact_waits(engine: Engine, outbox: Outbox) -> None:
    put(engine, outbox, deposited("aa" * 32, "bb" * 32))
    shelf = Shelf(**{"aa" * 32: b"one", "bb" * 32: b"two"})
    transport, centre = transport_to(accept)
    assert exchange_once(outbox, shelf, transport) == Exchanged(events=1, pages=0, more=True)
    assert exchange_once(outbox, shelf, transport) == Exchanged(events=0, pages=1, more=True)
    put(engine, outbox, voided(1))
    assert exchange_once(outbox, shelf, transport) == Exchanged(events=1, pages=0, more=True)
    assert exchange_once(outbox, shelf, transport) == Exchanged(events=0, pages=1, more=False)
    assert [is_page(request) for request in centre.asked] == [False, True, False, True]
    assert shelf.pages == {}
    assert outbox.unsettled_pages() == frozenset()


def _answer(status: int, words: object, _request: requests.PreparedRequest) -> tuple[int, object]:
    return status, words


def test_a_page_the_centre_has_not_taken_stays_here(engine: Engine, outbox: Outbox) -> None:
    put(engine, outbox, deposited("aa" * 32))
    shelf = Shelf(**{"aa" * 32: b"one"})
    exchange_once(outbox, shelf, transport_to(accept)[0])
    for status, words in ((507, b""), (413, b"<h1>Too large</h1>"), (422, {"message": "no"}), (400, [])):  # a proxy's
        transport, centre = transport_to(partial(_answer, status, words))
        centre.tus = {"Tus-Resumable": "0.1.0"}
        with pytest.raises(CentralUnreachable):
            exchange_once(outbox, shelf, transport)
        assert outbox.next_page() == WaitingPage("aa" * 32, "")
    transport, _ = transport_to(lambda _: (422, {"error": "This page is not what its name says."}))
    assert exchange_once(outbox, shelf, transport).more is False
    assert shelf.pages
    assert outbox.unsettled_pages() == {"aa" * 32}


def test_a_page_lost_on_this_disk_does_not_hold_up_the_next(engine: Engine, outbox: Outbox) -> None:
    put(engine, outbox, deposited("aa" * 32))
    transport, _ = transport_to(accept)
    exchange_once(outbox, Shelf(), transport)
    assert exchange_once(outbox, Shelf(), transport) == Exchanged(events=0, pages=1, more=False)


def test_a_page_goes_on_where_the_centre_said_also_from_another_start(engine: Engine, outbox: Outbox) -> None:
    put(engine, outbox, deposited("aa" * 32))
    shelf = Shelf(**{"aa" * 32: b"one"})
    transport, centre = transport_to(accept)
    exchange_once(outbox, shelf, transport)
    centre.tus = {"Location": "https://other.test/exchange/uploads/one", "Upload-Offset": "2"}
    assert exchange_once(outbox, shelf, transport) == Exchanged(events=0, pages=0, more=True)
    assert outbox.next_page() == WaitingPage("aa" * 32, "/exchange/uploads/one")
    transport, centre = transport_to(lambda request: (200 if request.method == "HEAD" else 204, b""))
    centre.tus = {"Upload-Offset": "2"}
    assert exchange_once(outbox, shelf, transport).more
    centre.tus = {"Upload-Offset": "3"}
    assert exchange_once(outbox, shelf, transport) == Exchanged(events=0, pages=1, more=False)
    head, *patches = centre.asked
    assert (head.method, head.body, {each.url for each in centre.asked}) == (
        "HEAD",
        None,
        {"http://centre.test/exchange/uploads/one"},
    )
    for each in patches:
        assert (each.method, each.body) == ("PATCH", b"e")
        assert hear(each, KEY.public).headers["upload-offset"] == "2"
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM outbox_uploads").scalar_one() == 0


@pytest.mark.parametrize(
    ("told", "why"), [({"Tus-Resumable": "0.1.0"}, "status 201"), ({"Upload-Offset": "three"}, "another shape")]
)
def test_a_page_is_with_the_centre_only_when_tus_says_so(
    engine: Engine, outbox: Outbox, told: dict[str, str], why: str
) -> None:
    put(engine, outbox, deposited("aa" * 32))
    transport, centre = transport_to(accept)
    exchange_once(outbox, Shelf(), transport)
    centre.tus = told
    with pytest.raises(CentralUnreachable, match=why):
        exchange_once(outbox, Shelf(**{"aa" * 32: b"one"}), transport)
    assert outbox.waiting() == 1


def test_an_answer_without_a_body_says_in_its_header_that_the_clock_is_wrong(engine: Engine, outbox: Outbox) -> None:
    put(engine, outbox, deposited("aa" * 32))
    outbox.note_upload("aa" * 32, "/exchange/uploads/one")
    exchange_once(outbox, Shelf(), transport_to(accept)[0])
    transport, centre = transport_to(lambda _: (401, b"") if len(centre.asked) == 1 else (200, b""))
    centre.clock = NOW
    centre.tus = {"WWW-Authenticate": 'Signature refusal="clock"', "Upload-Offset": "3"}
    assert exchange_once(outbox, Shelf(**{"aa" * 32: b"one"}), transport).pages == 1
    assert [each.method for each in centre.asked] == ["HEAD", "HEAD"]


def test_pages_rest_while_facts_go(engine: Engine, outbox: Outbox) -> None:
    put(engine, outbox, deposited("aa" * 32, "bb" * 32))
    shelf = Shelf(**{"aa" * 32: bytes(8000), "bb" * 32: bytes(8000)})
    centre = FakeCentre(accept)
    session = requests.Session()
    session.mount("http://", centre)
    transport = HttpTransport("http://centre.test/", lambda: KEY, session, lambda: NOW, pages_kbit_s=1)
    exchange_once(outbox, shelf, transport)
    assert exchange_once(outbox, shelf, transport).pages == 1
    resting = exchange_once(outbox, shelf, transport)
    assert (resting.pages, resting.more) == (0, True)
    assert 60 < resting.rest_s <= 64
    put(engine, outbox, voided(1))
    assert exchange_once(outbox, shelf, transport).events == 1
    assert [is_page(request) for request in centre.asked] == [False, True, False]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((401, {"refusal": "stranger"}), "enrol the kiosk again"),
        ((401, b"<html>Who are you?</html>"), "status 401"),
        ((302, b""), "status 302"),
        ((403, {"refusal": "a word of next year"}), "status 403"),
        ((422, {"refusal": "chain", "error": "This batch is not what the kiosk signed."}), "not what the kiosk signed"),
        ((401, {"refusal": "replay"}), "replay"),
        ((200, b"<html>Welcome to the hotel</html>"), "not the centre"),
        ((200, {"answers": [{"id": 5}]}), "not the centre"),
        ((200, []), "not the centre"),
        ((200, {"answers": []}), "did not answer every event"),
    ],
)
def test_an_answer_that_is_not_the_centres_settles_nothing(
    engine: Engine, outbox: Outbox, answer: tuple[int, Any], why: str
) -> None:
    put(engine, outbox, voided(1))
    transport, _ = transport_to(lambda _: answer)
    with pytest.raises(CentralUnreachable, match=why):
        exchange_once(outbox, Shelf(), transport)
    assert outbox.waiting() == 1


def test_a_cut_line_is_told_without_what_was_being_said(engine: Engine, outbox: Outbox) -> None:
    put(engine, outbox, deposited())

    def cut(_: requests.PreparedRequest) -> tuple[int, Any]:
        raise requests.ConnectionError("Selma Zitouna-Test")

    transport, _ = transport_to(cut)
    with pytest.raises(CentralUnreachable, match=r"no connection to the centre \(ConnectionError\)") as fault:
        exchange_once(outbox, Shelf(), transport)
    assert "Selma" not in str(fault.value)


def test_a_kiosk_opens_its_own_line_when_none_is_given() -> None:
    with pytest.raises(CentralUnreachable):
        HttpTransport("http://127.0.0.1:9", lambda: KEY).greet()


def test_a_file_is_asked_for_with_what_opens_it_in_no_address() -> None:
    transport, centre = transport_to(lambda _: (200, {"unopened": "unknown"}))
    assert transport.follow(ByToken("ABCDEFGHIJKLMNOPQRSTUVWX23")) is Unopened.UNKNOWN
    [request] = centre.asked
    assert request.url == "http://centre.test/exchange/follow"
    assert claimed_key(request) == KEY.id


@pytest.mark.parametrize("answer", [(404, {}), (200, b"<html>Welcome to the hotel</html>"), (200, {}), (401, b"")])
def test_only_the_centre_itself_may_say_that_a_file_is_unknown(answer: tuple[int, Any]) -> None:
    transport, _ = transport_to(lambda _: answer)
    with pytest.raises(CentralUnreachable):
        transport.follow(ByToken("ABCDEFGHIJKLMNOPQRSTUVWX23"))


def test_the_centre_says_by_which_name_it_knows_an_agent() -> None:
    transport, centre = transport_to(lambda _: (200, {"agent": "amel", "seal": "ab"}))
    assert transport.sign_in(SignIn("Amel ", "olive-tree-2026")) == SignedIn("amel", "ab")
    [request] = centre.asked
    assert request.url == "http://centre.test/exchange/agent"
    assert claimed_key(request) == KEY.id


def test_a_wrong_password_is_said_to_be_wrong() -> None:
    transport, _ = transport_to(lambda _: (200, {"agent": None}))
    assert transport.sign_in(SignIn("amel", "olive-tree-2027")) is None


@pytest.mark.parametrize("answer", [(404, {}), (200, b"<html>Welcome to the hotel</html>"), (200, {}), (200, [])])
def test_only_the_centre_itself_says_whether_a_password_is_right(answer: tuple[int, Any]) -> None:
    transport, _ = transport_to(lambda _: answer)
    with pytest.raises(CentralUnreachable):
        transport.sign_in(SignIn("amel", "olive-tree-2026"))


def test_an_edition_is_asked_for_by_its_name_and_read_as_far_as_it_may_be_long() -> None:
    transport, centre = transport_to(lambda _: (200, b"cards" * 100_000))
    assert transport.ask_cards("ab" * 32, 500_000) == b"cards" * 100_000
    assert len(transport.ask_cards("ab" * 32, 70_000)) == 70_001, "one more than it may be: it is too long"
    assert {each.url for each in centre.asked} == {f"http://centre.test/exchange/cards/{'ab' * 32}"}
    assert claimed_key(centre.asked[0]) == KEY.id


def test_an_edition_that_breaks_off_is_asked_for_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\nthe beginning of")

        speaking = threading.Thread(target=answer)
        speaking.start()
        port = listening.getsockname()[1]
        with pytest.raises(CentralUnreachable, match="broke while it spoke"):
            HttpTransport(f"http://127.0.0.1:{port}", lambda: KEY).ask_cards("ab" * 32, 90_000)
        speaking.join()


def test_an_edition_nobody_has_is_none() -> None:
    transport, _ = transport_to(lambda _: (404, {"error": "The town never published these cards."}))
    with pytest.raises(CentralUnreachable):
        transport.ask_cards("ab" * 32, 90_000)


class Line:
    """An exchange that does what each call is told to do, and says when all of it was done."""

    def __init__(self, *doings: Exchanged | Exception) -> None:
        self._doings = list(doings)
        self.done = threading.Event()

    def exchange(self) -> Exchanged:
        doing = self._doings.pop(0) if self._doings else Exchanged(0, 0, more=False)
        if not self._doings:
            self.done.set()
        if isinstance(doing, Exception):
            raise doing
        return doing


def run(line: Line) -> None:
    worker = SyncWorker(line.exchange, retry_s=(0.001, 0.002))
    worker.start()
    worker.wake()
    assert line.done.wait(30)
    worker.stop()


def test_the_worker_goes_on_while_something_waits() -> None:
    run(Line(Exchanged(100, 1, more=True), Exchanged(3, 1, more=True), Exchanged(0, 1, more=False)))


def test_the_worker_tries_again_when_the_line_is_back() -> None:
    away = CentralUnreachable("no connection")
    run(Line(away, away, away, Exchanged(1, 0, more=False)))


def test_a_fact_wakes_the_worker_while_pages_rest() -> None:
    line, resting = Line(Exchanged(0, 0, more=True, rest_s=3600), Exchanged(1, 0, more=False)), threading.Event()

    def exchange() -> Exchanged:
        done = line.exchange()
        resting.set()
        return done

    worker = SyncWorker(exchange)
    worker.start()
    assert resting.wait(30)
    assert not line.done.is_set()
    worker.wake()
    assert line.done.wait(30)
    worker.stop()


def test_a_bug_in_the_exchange_is_logged_and_the_town_still_hears_the_rest(expected_logs: list[str]) -> None:
    expected_logs.append("failed in a way nobody foresaw")
    run(Line(ZeroDivisionError(), Exchanged(1, 0, more=False)))


def test_news_wakes_the_worker_from_its_rest() -> None:
    rested, woken = threading.Event(), threading.Event()

    def exchange() -> Exchanged:
        (woken if rested.is_set() else rested).set()
        return Exchanged(0, 0, more=False)

    worker = SyncWorker(exchange)
    worker.start()
    assert rested.wait(30)
    worker.wake()
    assert woken.wait(30)
    worker.stop()


def test_it_is_seen_whether_the_worker_is_in_the_middle_of_a_sentence() -> None:
    begun, may_end = threading.Event(), threading.Event()

    def exchange() -> Exchanged:
        begun.set()
        assert may_end.wait(60)
        return Exchanged(0, 0, more=False)

    worker = SyncWorker(exchange)
    rested = [worker.at_rest]
    worker.start()
    assert begun.wait(60)
    rested.append(worker.at_rest)
    may_end.set()
    worker.stop()
    assert [*rested, worker.at_rest] == [True, False, True]


def test_an_event_follows_the_one_before_it_also_when_that_one_was_erased(engine: Engine, outbox: Outbox) -> None:
    put(engine, outbox, voided(1), voided(2))
    transport, first = transport_to(accept)
    exchange_once(outbox, Shelf(), transport)
    put(engine, outbox, voided(3))
    transport, second = transport_to(accept)
    exchange_once(outbox, Shelf(), transport)
    assert told(second.asked[0])["previous"] == told(first.asked[0])["head"]
    assert told(second.asked[0])["life"] == told(first.asked[0])["life"]


def test_a_store_that_is_empty_again_begins_another_life(engine: Engine, outbox: Outbox) -> None:
    put(engine, outbox, voided(1))
    before = outbox.next_batch(9)
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM outbox_events")
    put(engine, outbox, voided(1))
    after = outbox.next_batch(9)
    assert before is not None
    assert after is not None
    assert before.head.life != after.head.life
    assert before.head.previous != after.head.previous


@pytest.mark.parametrize(("changed", "first", "then"), [(1, [2, 3], None), (2, [1], [3]), (3, [1, 2], None)])
def test_a_fact_changed_on_this_disk_is_not_told_and_blocks_nothing(
    engine: Engine, outbox: Outbox, changed: int, first: list[int], then: list[int] | None
) -> None:
    put(engine, outbox, voided(1), voided(2), voided(3))
    with engine.begin() as connection:
        connection.exec_driver_sql(
            f"UPDATE outbox_events SET body = replace(body, '20{changed}', '999') WHERE sequence = {changed}"  # noqa: S608
        )
    transport, centre = transport_to(accept)
    while exchange_once(outbox, Shelf(), transport).more:
        pass
    heard = [[int(event["sequence"]) for event in sent(each)] for each in centre.asked]
    assert heard == ([first, then] if then else [first])
    assert ["changed on the kiosk's disk" in each.reason for each in outbox.refused()] == [True]


def test_a_batch_is_never_larger_than_the_centre_takes_at_once(engine: Engine, outbox: Outbox) -> None:
    long = "a" * 900_000
    put(engine, outbox, *(TicketVoided(f"{nth}{long}", "201", date(2026, 11, 23)) for nth in range(5)))
    transport, centre = transport_to(accept)
    while exchange_once(outbox, Shelf(), transport).more:
        pass
    assert [len(sent(each)) for each in centre.asked] == [2, 2, 1]


@pytest.mark.parametrize("years", [-10, 10])
def test_a_kiosk_whose_clock_is_wrong_signs_with_the_time_of_the_centre(
    engine: Engine, outbox: Outbox, years: int
) -> None:
    put(engine, outbox, voided(1))

    def punctual(request: requests.PreparedRequest) -> tuple[int, Any]:
        late = abs(hear(request, KEY.public).created - NOW) > timedelta(minutes=5)
        return (401, {"refusal": "clock"}) if late else accept(request)

    transport, centre = transport_to(punctual, NOW + timedelta(days=365 * years))
    centre.clock = NOW
    assert exchange_once(outbox, Shelf(), transport).more is False
    clocks = {hear(request, KEY.public).clock.year for request in centre.asked}
    assert (len(centre.asked), clocks) == (2, {(NOW + timedelta(days=365 * years)).year})
    put(engine, outbox, voided(2))
    exchange_once(outbox, Shelf(), transport)
    assert len(centre.asked) == 3, "once known, it is not asked again"


def test_a_centre_that_does_not_tell_the_time_cannot_complain_of_ours(engine: Engine, outbox: Outbox) -> None:
    put(engine, outbox, voided(1))
    transport, _ = transport_to(lambda _: (401, {"refusal": "clock"}))
    with pytest.raises(CentralUnreachable, match="what time it is"):
        exchange_once(outbox, Shelf(), transport)
    assert outbox.waiting() == 1


def test_a_batch_the_centre_does_not_believe_is_another_matter_than_a_refused_fact(
    engine: Engine, outbox: Outbox
) -> None:
    put(engine, outbox, voided(1))
    transport, _ = transport_to(lambda _: (422, {"refusal": "chain", "flaw": "edit", "error": "Not what was signed."}))
    with pytest.raises(Refused, match="Not what was signed"):
        exchange_once(outbox, Shelf(), transport)
    assert outbox.refused() == ()
    assert outbox.waiting() == 1


def test_a_kiosk_that_was_never_enrolled_keeps_its_facts(engine: Engine, outbox: Outbox) -> None:
    put(engine, outbox, voided(1))
    with pytest.raises(KeyUnknown, match="enrol it"):
        exchange_once(outbox, Shelf(), HttpTransport("http://127.0.0.1:9", lambda: None))

    def unreadable() -> KioskKey:
        raise PermissionError(13, "Permission denied")

    with pytest.raises(CentralUnreachable, match="Permission denied"):
        exchange_once(outbox, Shelf(), HttpTransport("http://127.0.0.1:9", unreadable))
    assert outbox.waiting() == 1
