"""Whatever a line may do to what a kiosk and its centre say, in any order: every fact arrives once, every page whole.

Hypothesis draws the schedules, and makes one that breaks a promise as short as it can. Kiosk and centre are real; only
the line between them is a function, and the centre is called in this process, so that a schedule takes milliseconds.
"""

import sqlite3
import traceback
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from central.findings import list_findings
from central.kiosks import revoke_kiosk
from central.seal_keys import SealKeys
from central.verifying import verify
from kiosk.services.enrolment import Enrolment, EnrolmentFault
from kiosk.store.database import open_store
from kiosk.store.key_file import KeyFile
from kiosk.store.seal_file import SealFile
from sync.engine import exchange_once
from sync.messages import Answer, Batch, EnrolmentCode, Flaw, Outcome
from sync.sealing import PAGE
from sync.transport import CentralUnreachable, HttpTransport
from tests.campaign.called_centre import CENTRE_URL
from tests.campaign.fated_line import CARRIED, FATES, FatedLine
from tests.campaign.fresh_town import KIOSK, FreshTown, fresh_town
from tests.campaign.tally import Tally
from tests.campaign.word import Word
from tests.campaign.working_day import LARGE_PAGE_BYTES, PAGE_BYTES, Kiosk

_FORESEEN = {200, 201, 204, 401, 403, 404, 409, 429}
"""What a centre answers to what a kiosk says: heard, or not at this time, not twice, not by this key or code, and of a
page's chunk that it comes too late or out of its place."""
_PAUSE = timedelta(minutes=16)
_STEPS = 25
_AT_ONCE = 1000
"""Schedules that are drawn together: of each, what was drawn is remembered."""
_MEMORY = Path("/dev", "shm")
"""Nothing here is to outlive a power cut, and a disk would be waited for at every change."""
_FAR_S = 10 * 366 * 86_400
_LONG_S = 2 * 86_400
_IN_A_ROW, _PATIENCE = 4, 200
_FATES = st.lists(st.just(CARRIED) | st.sampled_from(FATES), max_size=4)


class Gullible(HttpTransport):
    """Takes silence for consent."""

    def send_batch(self, batch: Batch) -> tuple[Answer, ...]:
        try:
            return super().send_batch(batch)
        except CentralUnreachable:
            return tuple(Answer(each.id, Outcome.ACCEPTED) for each in batch.links)


class Schedule(RuleBasedStateMachine):
    """One way the days between a kiosk and its centre may go. At the end the line is well, and all is told."""

    town: FreshTown
    kind: type[HttpTransport]

    def __init__(self) -> None:
        super().__init__()
        self.town.begin_anew()
        self.word = Word()
        self.line = FatedLine(self.town.centre)
        self.pages: dict[str, bytes] = {}
        self.code: EnrolmentCode | None = None
        self.seals = SealKeys(self.town.centre.data / "seal-keys")
        self._open()

    def _open(self) -> None:
        data, clock = self.town.kiosk, self.town.clocks.kiosk
        self.store = open_store(data / "kiosk.sqlite")
        self.kiosk = Kiosk(data, self.store, clock, SealFile(data).find, self.town.new_key)
        self.kiosk.vault.keep_only(self.kiosk.outbox.unsettled_pages())
        self.transport = self.kind(CENTRE_URL, KeyFile(data).read, self.line.session(), clock)

    # what may happen

    @rule(times=st.integers(1, 3), large=st.booleans())
    def serve(self, times: int, large: bool) -> None:
        """So many people file a request with a page, and hold a number."""
        before = self.word.pages.keys() | set()
        for _ in range(times):
            self.kiosk.serve(self.word.hear, LARGE_PAGE_BYTES if large else PAGE_BYTES)
        for reference in self.word.pages.keys() - before:
            sha256 = self.word.pages[reference]
            self.pages[sha256] = self.seals.open(self.kiosk.vault.read(sha256), PAGE)

    @rule(fates=_FATES)
    def exchange(self, fates: list[str]) -> None:
        """Until the kiosk must wait before it tries again."""
        with suppress(CentralUnreachable), self.line.fated(fates):
            for _ in range(_IN_A_ROW):
                exchange_once(self.kiosk.outbox, self.kiosk.vault, self.transport)
        self._nothing_was_settled_too_early()

    @precondition(lambda self: self.line.said)
    @rule(which=st.integers(0, 10_000))
    def hear_again(self, which: int) -> None:
        """A request of any time arrives now: late, or once more."""
        self.line.carry(self.line.said[which % len(self.line.said)])

    @rule(centre=st.booleans())
    def restart(self, centre: bool) -> None:
        """The centre, or the kiosk."""
        if centre:
            self.town.centre.start()
        else:
            self.store.close()
            self._open()

    @rule(wrong_s=st.integers(-_FAR_S, _FAR_S), passed_s=st.integers(0, _LONG_S))
    def set_clock(self, wrong_s: int, passed_s: int) -> None:
        """The kiosk's is wrong by so much from now on, after that time."""
        self.town.clocks.wrong_by = timedelta(seconds=wrong_s)
        self.town.clocks.passed += timedelta(seconds=passed_s)

    @rule(fates=_FATES, anew=st.booleans())
    def enrol(self, fates: list[str], anew: bool) -> None:
        """With a new code, or the last one, whatever became of it."""
        if anew or self.code is None:
            self.code = self.town.centre.invite(KIOSK)
        with suppress(EnrolmentFault), self.line.fated(fates):
            self._enrol(self.code)

    @rule()
    def revoke(self) -> None:
        revoke_kiosk(self.town.centre.database, KIOSK)

    @rule(fates=_FATES)
    def renew_seal(self, fates: list[str]) -> None:
        """The town makes a new key, and the kiosk asks which is the newest."""
        self.seals.renew()
        with suppress(CentralUnreachable), self.line.fated(fates):
            assert SealFile(self.town.kiosk).learn(self.transport.ask_seal())

    def _enrol(self, code: EnrolmentCode) -> None:
        line = partial(HttpTransport, session=self.line.session(), now=self.town.clocks.kiosk)
        Enrolment(CENTRE_URL, KIOSK, self.town.kiosk, line).enrol(code.digits)

    # what must be so

    def _nothing_was_settled_too_early(self) -> None:
        """Whatever the kiosk holds for told, the centre has; and it refused nothing."""
        with closing(sqlite3.connect(self.town.kiosk / "kiosk.sqlite")) as database:
            told = {id_ for (id_,) in database.execute("SELECT id FROM outbox_events WHERE state = 'accepted'")}
            sent = {page for (page,) in database.execute("SELECT sha256 FROM outbox_pages WHERE state = 'accepted'")}
            states = "SELECT state FROM outbox_events UNION SELECT state FROM outbox_pages"
            assert ("refused",) not in database.execute(states).fetchall()
        with closing(sqlite3.connect(self.town.centre.store)) as database:
            taken = {id_ for (id_,) in database.execute("SELECT id FROM inbox WHERE outcome = 'accepted'")}
        assert told <= taken
        assert sent <= self.town.centre.pages().keys()

    def teardown(self) -> None:
        """The line is well, what was ever said is heard once more, the kiosk is known: then all is told."""
        try:
            self._heal()
            self._nothing_was_settled_too_early()
            found = self.word.known_to(self.town.centre.data, 0)
            assert (found.lost, found.doubled) == (0, 0)
            assert self.town.centre.pages() == self.pages
            assert {each.flaw for each in list_findings(self.town.centre.database)} <= {Flaw.REPLAY}
            assert not [life.wrong for life in verify(self.town.centre.database) if life.wrong]
            assert self.line.statuses <= _FORESEEN
        finally:
            self.store.close()
            self.town.schedules += 1
            self.town.spoilt += self.line.spoilt

    def _heal(self) -> None:
        for request in reversed(self.line.said[:]):
            self.line.carry(request)
        self.town.clocks.passed += _PAUSE  # there may have been too many codes
        self._enrol(self.town.centre.invite(KIOSK))
        for _ in range(_PATIENCE):
            if not exchange_once(self.kiosk.outbox, self.kiosk.vault, self.transport).more:
                return
        raise AssertionError("it is never told all")


def draw_schedules(
    schedules: int, drawn_by: int | None, tell: Callable[[str], None], *, gullible: bool = False
) -> Tally:
    """So many of them, `drawn_by` a seed; the same each time without one.

    Of a broken promise it tells the shortest schedule that breaks it; then `lost` is one. A `gullible` kiosk, which
    takes silence for consent, shows that it can see a loss.
    """
    hard = settings(
        stateful_step_count=_STEPS,
        database=None,
        deadline=None,
        derandomize=drawn_by is None,
        phases=(Phase.generate,) if gullible else (Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    with TemporaryDirectory(dir=_MEMORY) as memory, fresh_town(Path(memory)) as fresh:

        class Drawn(Schedule):
            town = fresh
            kind = Gullible if gullible else HttpTransport

        for begun in range(0, schedules, _AT_ONCE):
            many = settings(hard, max_examples=min(_AT_ONCE, schedules - begun))
            try:
                run_state_machine_as_test(Drawn if drawn_by is None else seed(drawn_by + begun)(Drawn), settings=many)
            except AssertionError:
                tell(traceback.format_exc())
                return Tally(fresh.schedules, 1, 0)
        tell(f"{fresh.schedules} schedules, {fresh.spoilt} requests or answers spoilt")
        return Tally(fresh.schedules, 0, 0)
