"""A kiosk whose store was damaged: what it saved is told in another life, and counts once; its numbers go on."""

from central.database import Database
from central.findings import list_findings
from central.verifying import verify
from civic.tracking import new_tracking_key
from sync.messages import NUMBERS_PATH, Batch, Flaw, NumbersGiven
from tests.central.invented import KioskLine, a_deposit, a_ticket
from tests.central.test_exchange_chain import found, waiting, wrong


def again(kiosk: KioskLine, told: Batch) -> Batch:
    """The same facts under the same ids, in the life the kiosk is in now, with one more."""
    fresh = kiosk.batch(*(a_ticket(str(301 + nth)) for nth in range(len(told.messages) + 1)))
    saved = [{**old, "sequence": new["sequence"]} for old, new in zip(told.messages, fresh.messages[:-1], strict=True)]
    batch = Batch.of(kiosk.source, kiosk.life, fresh.head.previous, [*saved, fresh.messages[-1]])
    kiosk.previous = batch.head.hash
    return batch


def test_what_was_saved_and_told_before_is_told_again_and_counts_once(kiosk: KioskLine, database: Database) -> None:
    before = kiosk.batch(a_ticket("201"), a_ticket("<b>"))
    kiosk.send(before)
    kiosk.begin_life()
    saved = again(kiosk, before)
    for _ in range(2):
        outcomes = [answer["outcome"] for answer in kiosk.send(saved).json()["answers"]]
        assert outcomes == ["accepted", "refused", "accepted"]
    assert kiosk.say(a_ticket("202")) == [""]
    assert waiting(database) == 3
    assert found(database) == [(Flaw.RESTART, 0)]
    assert wrong(database) == []
    assert [life.facts for life in verify(database)].count(4) == 1
    assert "technician's screen" in list_findings(database)[0].sentence


def test_what_was_saved_in_other_words_is_not_believed(kiosk: KioskLine, database: Database) -> None:
    before = kiosk.batch(a_ticket("201"))
    kiosk.send(before)
    kiosk.begin_life()
    other = kiosk.batch(a_ticket("202"))
    changed = {**other.messages[0], "id": before.links[0].id}
    [answer] = kiosk.send(Batch.of(kiosk.source, kiosk.life, other.head.previous, [changed])).json()["answers"]
    assert (answer["outcome"], waiting(database)) == ("refused", 1)
    assert (Flaw.EDIT, 1) in found(database)


def test_a_saved_fact_that_never_came_is_missed_in_its_new_life_too(kiosk: KioskLine, database: Database) -> None:
    before = kiosk.batch(a_ticket("201"))
    kiosk.send(before)
    kiosk.begin_life()
    kiosk.send(again(kiosk, before))
    kiosk.batch(a_ticket("203"))
    assert kiosk.say(a_ticket("204")) == [""]
    assert (Flaw.GAP, 4) in found(database)


def test_a_kiosk_is_told_which_numbers_it_gave(kiosk: KioskLine) -> None:
    kiosk.say(a_deposit(new_tracking_key(), 12), a_deposit(new_tracking_key(), 9))
    kiosk.say(a_ticket("217"), a_ticket("2104"), a_ticket("305"), a_ticket("A12"))
    answer = kiosk.ask("GET", NUMBERS_PATH, b"")
    assert answer.headers["Cache-Control"] == "no-store"
    given = NumbersGiven.from_json(answer.json())
    assert given == NumbersGiven({26: 12}, {a_ticket("217").day: {2: 104, 3: 5}}, 0)
