"""A page in chunks: what is lost of it on the way, and how much goes at once."""

import os

import pytest

from sync.messages import UPLOADS_PATH, Outcome, page_metadata
from sync.pace import Pace
from sync.transport import CentralUnreachable
from sync.upload import FIRST_BYTES, LEAST_BYTES, MOST_BYTES, Sent, Told, Uploader

PAGE = os.urandom(3 * FIRST_BYTES)
NAME = "ab" * 32
ONE = f"{UPLOADS_PATH}/one"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class TusServer:
    """Takes chunks in `one`, so many bytes a second, and none larger than `most`; `said` is what it was asked."""

    def __init__(self, clock: Clock, bytes_per_s: float = 1e9, most: int = 10**9) -> None:
        self.clock, self.bytes_per_s, self.most = clock, bytes_per_s, most
        self.page = b""
        self.said: list[tuple[str, str, int]] = []
        self.gone = False
        self.refusing = 0

    def __call__(self, method: str, path: str, body: bytes, headers: dict[str, str], statuses: tuple[int, ...]) -> Told:
        self.said.append((method, path, len(body)))
        self.clock.now += len(body) / self.bytes_per_s
        if self.refusing:
            return self.told(self.refusing, statuses)
        if method != "POST" and self.gone:
            return self.told(404, statuses)
        if method == "POST":
            assert headers["Upload-Metadata"] == page_metadata(NAME)
            self.gone = False
        if len(body) > self.most:
            raise CentralUnreachable("the line was cut")
        if method == "PATCH" and int(headers["Upload-Offset"]) != len(self.page):
            return self.told(409, statuses)
        self.page += body
        return self.told({"POST": 201, "PATCH": 204, "HEAD": 200}[method], statuses)

    def told(self, status: int, statuses: tuple[int, ...]) -> Told:
        if status not in statuses:
            raise CentralUnreachable(f"status {status}")
        return Told(status, len(self.page), ONE)

    @property
    def chunks(self) -> list[int]:
        return [size for _, _, size in self.said if size]


@pytest.fixture
def clock() -> Clock:
    return Clock()


def send(uploader: Uploader, page: bytes, path: str = "") -> int:
    """All of it, whatever happens; how often it did not work."""
    faults = 0
    while True:
        try:
            sent = uploader.send(NAME, page, path)
        except CentralUnreachable:
            faults += 1
            continue
        if sent.outcome is not None:
            assert sent.outcome is Outcome.ACCEPTED
            return faults
        path = sent.path


def test_a_page_that_fits_a_chunk_is_one_request(clock: Clock) -> None:
    server = TusServer(clock)
    assert Uploader(server, Pace(), clock).send(NAME, PAGE[:1000], "") == Sent(Outcome.ACCEPTED)
    assert server.said == [("POST", UPLOADS_PATH, 1000)]


def test_a_longer_one_goes_on_where_it_stands_without_a_question(clock: Clock) -> None:
    server = TusServer(clock, bytes_per_s=FIRST_BYTES)
    uploader = Uploader(server, Pace(), clock)
    assert uploader.send(NAME, PAGE, "") == Sent(None, ONE)
    assert send(uploader, PAGE, ONE) == 0
    assert server.page == PAGE
    assert [method for method, _, _ in server.said] == ["POST", "PATCH", "PATCH"]


def test_a_kiosk_that_begins_again_asks_how_far_it_came(clock: Clock) -> None:
    server = TusServer(clock)
    Uploader(server, Pace(), clock).send(NAME, PAGE, "")
    assert send(Uploader(server, Pace(), clock), PAGE, ONE) == 0
    assert server.page == PAGE
    assert sum(server.chunks) == len(PAGE)
    assert [method for method, _, _ in server.said][:2] == ["POST", "HEAD"]


def test_a_page_that_is_all_there_is_not_sent_again(clock: Clock) -> None:
    server = TusServer(clock)
    server.page = PAGE
    assert Uploader(server, Pace(), clock).send(NAME, PAGE, ONE) == Sent(Outcome.ACCEPTED)
    assert server.said == [("HEAD", ONE, 0)]


def test_an_upload_the_centre_has_forgotten_is_begun_again(clock: Clock) -> None:
    server = TusServer(clock)
    server.gone = True
    assert Uploader(server, Pace(), clock).send(NAME, PAGE[:10], ONE) == Sent(Outcome.ACCEPTED)
    assert [method for method, _, _ in server.said] == ["HEAD", "POST"]


def test_who_believed_to_be_further_than_the_centre_asks(clock: Clock) -> None:
    server = TusServer(clock, bytes_per_s=FIRST_BYTES)
    uploader = Uploader(server, Pace(), clock)
    uploader.send(NAME, PAGE, "")
    server.page = PAGE[:-10]
    with pytest.raises(CentralUnreachable, match="409"):
        uploader.send(NAME, PAGE, ONE)
    assert send(uploader, PAGE, ONE) == 0
    assert server.page == PAGE


@pytest.mark.parametrize("status", [400, 413, 415, 422])
def test_a_page_that_will_never_be_taken_is_given_up(clock: Clock, status: int) -> None:
    server = TusServer(clock)
    server.refusing = status
    assert Uploader(server, Pace(), clock).send(NAME, PAGE, "") == Sent(Outcome.REFUSED)


def test_a_chunk_is_what_the_line_carries_in_a_second(clock: Clock) -> None:
    server = TusServer(clock, bytes_per_s=100_000)
    assert send(Uploader(server, Pace(), clock), PAGE) == 0
    assert server.chunks[0] == FIRST_BYTES
    assert server.chunks[1:-1] == pytest.approx([100_000] * 5, abs=1)


def test_on_a_good_line_chunks_grow_as_large_as_they_may(clock: Clock) -> None:
    server, page = TusServer(clock), bytes(3 * MOST_BYTES)
    assert send(Uploader(server, Pace(), clock), page) == 0
    assert server.chunks[:5] == [FIRST_BYTES, 2 * FIRST_BYTES, 4 * FIRST_BYTES, 8 * FIRST_BYTES, MOST_BYTES]


def test_on_a_line_that_carries_little_chunks_shrink_until_they_pass(clock: Clock) -> None:
    server = TusServer(clock, most=300_000)
    uploader = Uploader(server, Pace(), clock)
    assert send(uploader, bytes(5_000_000)) == 1
    assert max(server.chunks[2:]) == FIRST_BYTES, "it does not try again what failed"
    server.page = b""
    assert send(uploader, bytes(5_000_000)) == 1, "but with the next page: the line may have become better"


def test_a_chunk_is_never_smaller_than_is_worth_a_request(clock: Clock) -> None:
    server = TusServer(clock, bytes_per_s=10)
    assert send(Uploader(server, Pace(), clock), PAGE) == 0
    assert set(server.chunks[1:-1]) == {LEAST_BYTES}
    server.most = 0
    uploader = Uploader(server, Pace(), clock)
    for _ in range(9):
        with pytest.raises(CentralUnreachable):
            uploader.send(NAME, PAGE, "")
    assert server.chunks[-1] == LEAST_BYTES


def test_pages_go_no_faster_than_they_may(clock: Clock) -> None:
    server, pace = TusServer(clock), Pace(512, clock)  # 64 000 bytes a second
    uploader, path, begun_at = Uploader(server, pace, clock), "", clock.now
    while (sent := uploader.send(NAME, PAGE, path)).outcome is None:
        path = sent.path
        clock.now += pace.rest_s
        assert pace.rest_s == 0
    assert set(server.chunks[:-1]) == {64_000}
    assert clock.now + pace.rest_s - begun_at == pytest.approx(len(PAGE) / 64_000)


def test_a_chunk_that_was_lost_counts_too(clock: Clock) -> None:
    server, pace = TusServer(clock, most=0), Pace(512, clock)
    with pytest.raises(CentralUnreachable):
        Uploader(server, pace, clock).send(NAME, PAGE, "")
    assert pace.rest_s > 0.9


def test_without_a_limit_nothing_rests(clock: Clock) -> None:
    pace = Pace(None, clock)
    pace.spend(10**9)
    assert pace.rest_s == 0
