"""What a kiosk says arrives as it was said; anything else is refused without repeating a word of it."""

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic.assistance import HIGHEST_COUNTER, Assistance, Witness
from civic.deadline import DeadlineKind
from civic.dossier import Applicant, Document, Given, IdentityKind
from civic.excuse import Excuse
from civic.kiosk_part import Part
from civic.language import Language, Wording
from civic.reference import Reference
from civic.reuse import HeldPaper
from civic.ticket import HeldBy, TicketState
from civic.voice_note import VoiceNote
from civic.workflow import Party
from sync.messages import (
    MOST_PAPERS,
    MOST_REMINDERS,
    Answer,
    Asked,
    ByPin,
    ByToken,
    CalledNumber,
    CardsOffer,
    Changes,
    ChangesWanted,
    DossierDeposited,
    Event,
    Fact,
    FileRecord,
    HallLine,
    Holder,
    Inquiry,
    KioskChecked,
    LockedFile,
    MessageFault,
    Outcome,
    Owed,
    PapersAdded,
    Passed,
    Pledge,
    Reason,
    ReasonAsked,
    SignedIn,
    SignIn,
    Standing,
    TicketHeld,
    TicketVoided,
    Told,
    TownNotice,
    Unopened,
    Verdict,
    Visit,
    Whereabouts,
    coming_to_json,
    held_to_json,
    help_to_json,
    lock,
    read_coming,
    read_found,
    read_held,
    read_help_wanted,
    read_inquiry,
    read_sign_in,
    read_signed_in,
    unlock,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
IDENTIFIERS = TEXTS.filter(bool)
HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)
MOMENTS = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=1))]),
)
REFERENCES = st.builds(Reference, st.integers(0, 99), st.integers(0, 999), st.integers(1, 99_999))
CODES = st.sampled_from(["fine", "paper-out", "key_unknown", "a" * 40])
APPLICANTS = st.builds(Applicant, TEXTS, TEXTS, st.none() | st.sampled_from(IdentityKind), TEXTS)
WITNESSES = st.lists(st.builds(Witness, TEXTS, TEXTS), max_size=2).map(tuple)
ASSISTANCES = st.none() | st.builds(Assistance, TEXTS, st.integers(1, HIGHEST_COUNTER), WITNESSES)
GIVEN = st.builds(Given, REFERENCES, st.dates())
DOCUMENTS = st.builds(Document, IDENTIFIERS, st.lists(HASHES, max_size=3).map(tuple), st.none() | GIVEN)


def excused(deposit: DossierDeposited) -> st.SearchStrategy[DossierDeposited]:
    """The same, with some of the missing papers that cannot come."""
    if not deposit.missing:
        return st.just(deposit)
    excuses = st.dictionaries(st.sampled_from(deposit.missing), st.sampled_from(Excuse), max_size=2)
    return excuses.map(lambda said: replace(deposit, excuses=said))


FACTS: st.SearchStrategy[Fact] = st.one_of(
    st.builds(
        DossierDeposited,
        reference=REFERENCES,
        service_id=TEXTS,
        language=st.sampled_from(Language),
        deposited_at=MOMENTS,
        answers=st.dictionaries(TEXTS, TEXTS, max_size=3),
        applicant=APPLICANTS,
        documents=st.lists(DOCUMENTS, max_size=3).map(tuple),
        missing=st.lists(IDENTIFIERS, max_size=3).map(tuple),
        excuses=st.just({}),
        token_hash=HASHES,
        pin_salt=st.binary(max_size=16).map(bytes.hex),
        pin_hash=HASHES,
        assistance=ASSISTANCES,
    ).flatmap(excused),
    st.builds(PapersAdded, REFERENCES, MOMENTS, st.lists(DOCUMENTS, max_size=3).map(tuple), ASSISTANCES),
    st.builds(
        TicketHeld,
        ticket_id=IDENTIFIERS,
        number=TEXTS,
        day=st.dates(),
        service_id=TEXTS,
        reference=st.none() | REFERENCES,
        language=st.sampled_from(Language),
        held_at=MOMENTS,
        by=st.sampled_from(HeldBy),
    ),
    st.builds(ReasonAsked, REFERENCES, st.integers(1, MOST_REMINDERS), MOMENTS, st.dates()),
    st.builds(TicketVoided, IDENTIFIERS, TEXTS, st.dates()),
    st.builds(
        KioskChecked,
        checked_at=MOMENTS,
        parts=st.dictionaries(st.sampled_from(Part), st.builds(Told, st.sampled_from(Verdict), CODES)),
        papers_left=st.none() | st.integers(0, MOST_PAPERS),
    ),
)
EVENTS = st.builds(Event, TEXTS, TEXTS, st.integers(1, 9_999_999_999), MOMENTS, FACTS, HASHES)
WORDINGS = st.builds(Wording, TEXTS, TEXTS, TEXTS)
COUNTS = st.integers(0, 9999)
PLEDGES = st.builds(
    Pledge,
    days=COUNTS,
    kind=st.sampled_from(DeadlineKind),
    basis=WORDINGS,
    due_on=st.none() | st.dates(),
    answered_on=st.none() | st.dates(),
    paused=st.booleans(),
    late_days=COUNTS,
)
REASONS = st.builds(Reason, WORDINGS, st.dates())
WHEREABOUTS = st.builds(
    Whereabouts,
    reference=REFERENCES,
    service_id=TEXTS,
    service=WORDINGS,
    standing=st.sampled_from(Standing),
    turn=st.sampled_from(Party),
    history=st.lists(st.builds(Passed, WORDINGS, st.dates()), min_size=1, max_size=3).map(tuple),
    coming=st.lists(WORDINGS, max_size=2).map(tuple),
    owed=st.lists(st.builds(Owed, TEXTS, WORDINGS, TEXTS, st.booleans()), max_size=2).map(tuple),
    pledge=PLEDGES,
    shares=st.dictionaries(st.sampled_from(Holder), COUNTS),
    visit=st.none() | st.builds(Visit, TEXTS, st.sampled_from(TicketState), st.none() | COUNTS, COUNTS),
    asked=st.lists(st.builds(Asked, TEXTS, st.dates(), st.dates(), st.none() | REASONS), max_size=2).map(tuple),
)
RECORDS = st.builds(
    FileRecord,
    service_id=TEXTS,
    days=COUNTS,
    kind=st.sampled_from(DeadlineKind),
    steps=st.lists(st.tuples(TEXTS, MOMENTS), min_size=1, max_size=30).map(tuple),
    owed=st.lists(st.tuples(TEXTS, st.booleans()), max_size=3).map(tuple),
)
LOCKED = st.builds(
    LockedFile, REFERENCES, HASHES, st.binary(max_size=9), HASHES, st.binary(max_size=9), st.none() | st.dates()
)
LINES = st.builds(HallLine, st.dates(), COUNTS, st.lists(st.builds(CalledNumber, TEXTS, COUNTS), max_size=3).map(tuple))
CHANGES = st.builds(
    Changes,
    cursor=TEXTS,
    reset=st.booleans(),
    more=st.booleans(),
    at=MOMENTS,
    files=st.lists(LOCKED, max_size=3).map(tuple),
    gone=st.lists(REFERENCES, max_size=3).map(tuple),
    line=LINES,
    notices=st.lists(st.builds(TownNotice, WORDINGS, st.dates()), max_size=2).map(tuple),
    cards=st.none() | st.builds(CardsOffer, COUNTS, HASHES, st.binary(max_size=64)),
    dismissed=st.lists(TEXTS, max_size=2).map(tuple),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)

NAME = "منجي المخترع"
DEPOSIT = Event(
    id="11111111-1111-4111-8111-111111111111",
    source="kiosk/014",
    sequence=7,
    time=datetime(2026, 11, 23, 8, 41, tzinfo=UTC),
    fact=DossierDeposited(
        reference=Reference(26, 14, 385),
        service_id="building-permit",
        language=Language.ARABIC,
        deposited_at=datetime(2026, 11, 23, 8, 41, tzinfo=UTC),
        answers={"inside": "yes"},
        applicant=Applicant(NAME, "20123456", IdentityKind.CIN, "01234567"),
        documents=(Document("plans", ("ab" * 32, "cd" * 32)),),
        missing=("survey", "ownership"),
        excuses={"ownership": Excuse.LOST},
        token_hash="ef" * 32,
        pin_salt="00" * 16,
        pin_hash="12" * 32,
        assistance=Assistance("amel", 3, (Witness("هادي المخترع", "07654321"),)),
    ),
    previous="98" * 32,
)


def over_the_wire(message: dict[str, Any]) -> Any:
    return json.loads(json.dumps(message))


@given(EVENTS)
def test_every_fact_arrives_as_it_was_said(event: Event) -> None:
    assert Event.from_json(over_the_wire(event.to_json())) == event


@given(st.builds(Answer, TEXTS, st.sampled_from(Outcome), TEXTS))
def test_every_answer_arrives_as_it_was_given(answer: Answer) -> None:
    assert Answer.from_json(over_the_wire(answer.to_json())) == answer


@given(st.builds(ByToken, TEXTS) | st.builds(ByPin, REFERENCES, TEXTS))
def test_an_inquiry_arrives_as_it_was_made(inquiry: Inquiry) -> None:
    assert read_inquiry(over_the_wire(inquiry.to_json())) == inquiry


@given(WHEREABOUTS | st.sampled_from(Unopened))
def test_a_file_is_found_where_the_centre_says_it_is(found: Whereabouts | Unopened) -> None:
    assert read_found(over_the_wire(found.to_json())) == found


HELD = st.builds(HeldPaper, TEXTS, TEXTS, TEXTS, st.lists(HASHES, max_size=2).map(tuple), GIVEN)


@given(st.lists(HELD, max_size=3).map(tuple))
def test_what_a_file_holds_arrives_as_it_is(held: tuple[HeldPaper, ...]) -> None:
    assert read_held(over_the_wire(held_to_json(held))) == held


@pytest.mark.parametrize("why", list(Unopened))
def test_a_file_that_does_not_open_tells_of_no_paper(why: Unopened) -> None:
    assert read_held(over_the_wire(why.to_json())) is why


@given(st.booleans())
def test_a_call_for_help_and_its_answer_are_a_yes_or_a_no(said: bool) -> None:
    assert read_help_wanted(over_the_wire(help_to_json(said))) is said
    assert read_coming(over_the_wire(coming_to_json(said))) is said


@given(JSON, st.sampled_from([read_inquiry, read_found, read_held, read_help_wanted, read_coming]))
def test_what_is_no_inquiry_and_no_answer_to_one_is_refused(message: Any, read: Callable[[Any], object]) -> None:
    with pytest.raises(MessageFault):
        read(message)


@given(CHANGES)
def test_what_is_new_arrives_as_it_was_told(changes: Changes) -> None:
    assert Changes.from_json(over_the_wire(changes.to_json())) == changes


@given(st.builds(ChangesWanted, TEXTS, COUNTS, st.dictionaries(TEXTS.filter(bool), TEXTS, max_size=2)))
def test_what_is_wanted_arrives_as_it_was_asked(wanted: ChangesWanted) -> None:
    assert ChangesWanted.from_json(over_the_wire(wanted.to_json())) == wanted


@given(JSON, st.sampled_from([Changes.from_json, ChangesWanted.from_json]))
def test_what_tells_nothing_new_is_refused(message: Any, read: Callable[[Any], object]) -> None:
    with pytest.raises(MessageFault):
        read(message)


def test_a_kiosk_and_a_centre_of_before_say_nothing_of_cards_and_agents() -> None:
    assert ChangesWanted.from_json({"cursor": "one", "wait_s": 25}) == ChangesWanted("one", 25)
    told = Changes("one", False, False, DEPOSIT.time, (), (), HallLine(date(2026, 11, 23), 0, ()))
    said = over_the_wire(replace(told, cards=CardsOffer(1, "ab" * 32, b"signed"), dismissed=("amel",)).to_json())
    del said["cards"], said["dismissed"]
    assert Changes.from_json(said) == told


@pytest.mark.parametrize(
    "offer",
    [
        {},
        [],
        {"number": "1", "sha256": "ab" * 32, "signature": ""},
        {"number": 1, "sha256": "ab", "signature": ""},
        {"number": 1, "sha256": "ab" * 32, "signature": "yes"},
        {"number": 2**31, "sha256": "ab" * 32, "signature": ""},
    ],
)
def test_what_offers_no_edition_is_refused(offer: Any) -> None:
    with pytest.raises(MessageFault):
        CardsOffer.from_json(offer)


def test_a_cursor_has_an_end() -> None:
    with pytest.raises(MessageFault):
        ChangesWanted.from_json({"cursor": "x" * 301, "wait_s": 0})


@given(RECORDS, REFERENCES, HASHES, HASHES)
def test_a_locked_file_is_opened_by_its_own_secret_alone(
    record: FileRecord, reference: Reference, secret: str, other: str
) -> None:
    locked = lock(record, reference, secret)
    assert unlock(locked, reference, secret) == record
    if other != secret:
        assert unlock(locked, reference, other) is None
    assert unlock(locked, replace(reference, year=(reference.year + 1) % 100), secret) is None
    assert unlock(locked[:-1], reference, secret) is None
    assert unlock(b"", reference, secret) is None
    assert len(lock(record, reference, secret)) % 512 == 28, "a nonce and a tag, and around the words whole blocks"


def test_a_record_of_another_shape_is_named_so_once_it_is_open() -> None:
    class Later(FileRecord):
        def to_json(self) -> dict[str, Any]:
            return {**super().to_json(), "steps": []}

    later = Later("permit", 45, DeadlineKind.LEGAL, (("filed", datetime(2026, 11, 23, tzinfo=UTC)),), ())
    reference = Reference(26, 14, 385)
    with pytest.raises(MessageFault):
        unlock(lock(later, reference, "ab" * 32), reference, "ab" * 32)


@given(WHEREABOUTS, st.data())
def test_the_whereabouts_of_a_file_are_whole_or_nothing(found: Whereabouts, data: st.DataObject) -> None:
    message = over_the_wire(found.to_json())
    del message[data.draw(st.sampled_from(sorted(message.keys() - {"asked"})))]
    with pytest.raises(MessageFault):
        read_found(message)


@given(WHEREABOUTS)
def test_a_centre_from_before_anybody_asked_says_nothing_of_it(found: Whereabouts) -> None:
    message = over_the_wire(found.to_json())
    del message["asked"]
    assert read_found(message) == replace(found, asked=())


@pytest.mark.parametrize("number", [0, -1, True, "7", None, MOST_REMINDERS + 1])
def test_a_reminder_has_a_number_that_can_be_printed(number: object) -> None:
    said = ReasonAsked(Reference(26, 14, 385), 7, DEPOSIT.time, date(2026, 11, 30)).to_json()
    assert ReasonAsked.from_json(said).number == 7
    with pytest.raises((TypeError, ValueError)):
        ReasonAsked.from_json({**said, "number": number})


@pytest.mark.parametrize("days", [-1, True, 4.0, "4", None])
def test_days_are_counted_in_whole_numbers(days: object) -> None:
    pledge = {"days": 4, "kind": "goal", "basis": {"ar": "", "fr": "", "en": ""}, "due_on": None}
    kept = {**pledge, "answered_on": None, "paused": False, "late_days": 0}
    assert Pledge.from_json(kept).days == 4
    with pytest.raises((TypeError, ValueError)):
        Pledge.from_json({**kept, "days": days})


def test_what_opens_a_file_is_not_shown_by_a_log() -> None:
    inquiries = (ByToken("ABCDEFGHIJKLMNOPQRSTUVWX23"), ByPin(Reference(26, 14, 385), "123456"))
    assert not [each for each in inquiries if "ABC" in repr(each) or "123456" in repr(each)]
    with pytest.raises(MessageFault) as fault:
        read_inquiry({"reference": "26-014-00385-97", "pin": ["123456"]})
    assert "123456" not in str(fault.value)


def test_only_a_paper_that_is_missing_has_an_excuse() -> None:
    message = over_the_wire(DEPOSIT.to_json())
    message["data"]["excuses"] = {"plans": "lost"}
    with pytest.raises(MessageFault):
        Event.from_json(message)


def test_an_event_is_a_cloudevent() -> None:
    assert {key: value for key, value in DEPOSIT.to_json().items() if key != "data"} == {
        "specversion": "1.0",
        "id": "11111111-1111-4111-8111-111111111111",
        "source": "kiosk/014",
        "sequence": "0000000007",
        "type": "dossier.deposited",
        "time": "2026-11-23T08:41:00+00:00",
        "datacontenttype": "application/json",
        "previoushash": "98" * 32,
    }


def test_an_immediate_visit_has_no_reference() -> None:
    held = TicketHeld(
        "t", "201", date(2026, 11, 23), "signature-legalisation", None, Language.FRENCH, DEPOSIT.time, HeldBy.PAPER
    )
    assert held.to_json()["reference"] is None
    assert TicketHeld.from_json(over_the_wire(held.to_json())) == held


CHECK = KioskChecked(DEPOSIT.time, {Part.PRINTER: Told(Verdict.BAD, "paper-out")}, 120)


def test_a_kiosk_that_does_not_know_its_paper_says_so() -> None:
    unknown = replace(CHECK, papers_left=None)
    assert KioskChecked.from_json(over_the_wire(unknown.to_json())) == unknown


@pytest.mark.parametrize(
    "said",
    [
        {"checked_at": "2026-11-23T07:00:00"},
        {"papers_left": -1},
        {"papers_left": True},
        {"papers_left": MOST_PAPERS + 1},
        {"papers_left": "120"},
        {"parts": None},
        {"parts": ["printer"]},
        {"parts": {"printer": {"verdict": "so-so", "code": "ready"}}},
        {"parts": {"printer": {"verdict": "bad"}}},
        *(
            {"parts": {"printer": {"verdict": "bad", "code": code}}}
            for code in ("", "Paper", "paper out", "-out", "out-", "paper\n", "p4", "a" * 41, NAME, None, ["paper-out"])
        ),
    ],
)
def test_how_a_kiosk_is_comes_in_its_own_short_words_or_not_at_all(said: dict[str, object]) -> None:
    message = Event("1", "kiosk/014", 1, DEPOSIT.time, CHECK, "98" * 32).to_json()
    assert Event.from_json(over_the_wire(message)).fact == CHECK
    with pytest.raises(MessageFault):
        Event.from_json({**message, "data": {**message["data"], **said}})


def test_a_part_that_only_later_kiosks_have_is_passed_over() -> None:
    data = CHECK.to_json()
    data["parts"]["kettle"] = {"verdict": "bad", "code": "cold"}
    assert KioskChecked.from_json(over_the_wire(data)) == CHECK


def test_what_was_spoken_goes_with_a_deposit_as_its_scanned_pages_do() -> None:
    assert isinstance(DEPOSIT.fact, DossierDeposited)
    note = VoiceNote("5e" * 32, 42)
    spoken = replace(DEPOSIT.fact, answers={"story": str(note), "place": "cite-hached;;"}, documents=())
    assert spoken.pages == {note.sha256}
    assert DossierDeposited.from_json(over_the_wire(spoken.to_json())) == spoken


@pytest.mark.parametrize("name", ["checked_at", "parts", "papers_left"])
def test_a_check_is_whole_or_nothing(name: str) -> None:
    data = CHECK.to_json()
    del data[name]
    with pytest.raises(KeyError):
        KioskChecked.from_json(data)


def test_what_a_citizen_did_alone_is_told_without_an_agent_as_ever() -> None:
    assert isinstance(DEPOSIT.fact, DossierDeposited)
    assert "assisted" not in replace(DEPOSIT.fact, assistance=None).to_json()


@pytest.mark.parametrize("counter", [0, 100, "3", True])
def test_an_agent_sits_at_a_counter_there_can_be(counter: object) -> None:
    message = over_the_wire(DEPOSIT.to_json())
    message["data"]["assisted"]["counter"] = counter
    with pytest.raises(MessageFault):
        Event.from_json(message)


def test_a_sign_in_arrives_as_it_was_typed_and_nothing_else_is_one() -> None:
    asked = SignIn("amel", "olive-tree-2026")
    assert read_sign_in(over_the_wire(asked.to_json())) == asked
    assert "olive" not in repr(asked)
    for said in ({"name": "amel"}, {"name": "amel", "password": 7}, ["amel", "olive-tree-2026"], None):
        with pytest.raises(MessageFault) as fault:
            read_sign_in(said)
        assert "olive" not in str(fault.value)


def test_who_signed_in_is_told_with_a_seal_by_a_centre_that_gives_one() -> None:
    agent = SignedIn("amel", "ab12")
    assert read_signed_in(over_the_wire(agent.to_json())) == agent
    assert read_signed_in({"agent": "amel"}) == SignedIn("amel", "")
    assert read_signed_in({"agent": None}) is None
    wrong: tuple[Any, ...] = ({}, [], None, "amel", {"agent": 7}, {"agent": "amel", "seal": 7})
    for said in wrong:
        with pytest.raises(MessageFault):
            read_signed_in(said)


def test_a_deposit_says_by_which_cards_it_was_promised_if_a_town_published_them() -> None:
    assert isinstance(DEPOSIT.fact, DossierDeposited)
    later = replace(DEPOSIT, fact=replace(DEPOSIT.fact, cards=29_745_912))
    assert Event.from_json(over_the_wire(later.to_json())) == later
    assert "cards" not in DEPOSIT.fact.to_json()


def test_a_word_of_a_later_kiosk_is_ignored() -> None:
    assert Event.from_json({**over_the_wire(DEPOSIT.to_json()), "previous": "ab" * 32}) == DEPOSIT


def places(value: Any) -> Iterator[tuple[str | int, ...]]:
    """Every place inside a JSON value, the whole excepted."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield (key,)
        yield from ((key, *place) for place in places(each))


def spoilt(place: tuple[str | int, ...], value: object) -> Any:
    """The deposit's message with another value at that place."""
    message = over_the_wire(DEPOSIT.to_json())
    inner = message
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    return message


PLACES = [place for place in places(DEPOSIT.to_json()) if place != ("datacontenttype",)]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)))
def test_a_thing_of_the_wrong_kind_is_refused(place: tuple[str | int, ...]) -> None:
    wrong: list[object] = [3, True, 1.5, [3], {"": 3}, "\ud800", "\0"]
    if place not in (("data", "applicant", "identity_kind"), ("data", "assisted")):
        wrong.append(None)
    if place == ("data", "assisted", "counter"):
        wrong.remove(3)
    for value in wrong:
        with pytest.raises(MessageFault):
            Event.from_json(spoilt(place, value))


@given(st.sampled_from(PLACES), JSON)
def test_a_spoilt_message_is_read_or_refused_and_nothing_else(place: tuple[str | int, ...], value: object) -> None:
    with contextlib.suppress(MessageFault):
        event = Event.from_json(spoilt(place, value))
        assert Event.from_json(over_the_wire(event.to_json())) == event


@pytest.mark.parametrize("place", [place for place in PLACES if isinstance(place[-1], str)], ids=str)
def test_a_thing_that_is_missing_is_refused(place: tuple[str | int, ...]) -> None:
    if place in (("data", "excuses"), ("data", "assisted")) or (
        place[:2] in (("data", "answers"), ("data", "excuses")) and len(place) == 3
    ):
        return
    message = over_the_wire(DEPOSIT.to_json())
    inner = message
    for key in place[:-1]:
        inner = inner[key]
    del inner[place[-1]]
    with pytest.raises(MessageFault):
        Event.from_json(message)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("specversion",), "0.3"),
        (("type",), "dossier.stolen"),
        (("sequence",), "7"),
        (("sequence",), "0000000000"),
        (("sequence",), "-000000001"),
        (("sequence",), "٠٠٠٠٠٠٠٠٠٧"),
        (("sequence",), "10000000000"),
        (("sequence",), float("inf")),
        (("time",), "2026-11-23T08:41:00"),
        (("time",), "0001-01-01T00:00:00+10:00"),
        (("data", "reference"), "26-014-00385-12"),
        (("data", "language"), "de"),
        (("data", "missing"), "survey"),
        (("data", "documents"), {"requirement": "plans", "pages": []}),
        (("data", "documents", 0, "pages"), ""),
        (("data", "documents", 0, "pages", 0), "AB" * 32),
        (("data", "documents", 0, "pages", 0), "ab" * 31),
        (("data", "documents", 0, "pages", 0), " ".join(["ab"] * 32)),
        (("data", "documents", 0, "pages", 0), "../" + "ab" * 32),
        (("data", "applicant", "identity_kind"), "library-card"),
        (("data", "token_hash"), ""),
        (("data", "pin_salt"), "salt"),
        (("data", "pin_hash"), "00"),
    ],
)
def test_a_value_no_kiosk_writes_is_refused(place: tuple[str | int, ...], value: object) -> None:
    with pytest.raises(MessageFault):
        Event.from_json(spoilt(place, value))


@given(JSON)
def test_what_is_not_a_message_is_refused(value: object) -> None:
    for reader in (Event, Answer):
        with pytest.raises(MessageFault):
            reader.from_json(value)


@pytest.mark.parametrize("secret", [NAME, "20123456", "01234567"])
def test_a_refusal_never_repeats_what_was_said_about_a_person(secret: str) -> None:
    for place in PLACES:
        with pytest.raises(MessageFault) as fault:
            Event.from_json(spoilt(place, [{"": secret}]))
        assert secret not in f"{fault.value!r}"
        assert fault.value.__cause__ is None
        assert fault.value.__suppress_context__


@pytest.mark.parametrize(
    "answer",
    [
        {"id": "1", "outcome": "accepted"},
        {"id": "1", "outcome": "perhaps", "reason": ""},
        {"id": 1, "outcome": "accepted", "reason": ""},
        ["1", "accepted", ""],
        "accepted",
        None,
    ],
)
def test_an_answer_that_is_not_one_is_refused(answer: object) -> None:
    with pytest.raises(MessageFault):
        Answer.from_json(answer)
