"""A complaint as the agent reads it: what it is about, where that is, and which file is late."""

import hashlib
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from dataclasses import replace

import pytest
import requests
from sqlalchemy import select

from central.database import Database
from central.tables import dossiers
from civic.dossier import Applicant
from civic.reference import Reference
from civic.spot import Spot
from civic.town import Point
from civic.tracking import TrackingKey
from civic.voice_note import VoiceNote
from tests.central.invented import PASSWORD, KioskLine, a_deposit, a_ticket
from tests.central.test_desk import REFERENCE, Counter, text_of

HOSPITAL = Point(36.17806, 8.70511)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def counter(centre: str, amel: str) -> Counter:
    counter = Counter(centre)
    counter.sign_in(amel, PASSWORD)
    return counter


def complain(kiosk: KioskLine, key: TrackingKey, answers: Mapping[str, str]) -> None:
    """Without a name."""
    deposit = replace(
        a_deposit(key), service_id="complaint", answers=answers, applicant=Applicant(), documents=(), missing=()
    )
    ticket = replace(a_ticket("217", deposit.reference), service_id="complaint")
    assert kiosk.say(deposit, ticket) == ["", ""]


def about(spot: Spot | str) -> dict[str, str]:
    return {"category": "lighting", "place": str(spot), "story": "the lamp is out"}


def picture(counter: Counter, language: str = "fr") -> requests.Response:
    return counter.browser.get(f"{counter.centre}/desk/files/{REFERENCE}/place.svg?lang={language}", timeout=60)


def test_an_agent_reads_the_neighbourhood_and_sees_the_place(
    kiosk: KioskLine, key: TrackingKey, counter: Counter
) -> None:
    complain(kiosk, key, about(Spot("cite-hached", HOSPITAL)))
    read = counter.see(f"?file={REFERENCE}")
    for words in ("Street lighting", "Cité Hached", "near: Regional hospital", "36.17806, 8.70511", "right roughly"):
        assert words in read
    assert "cite-hached;" not in read
    drawn = ElementTree.fromstring(picture(counter).content)  # noqa: S314  our own picture
    names = {each.text for each in drawn.iter(f"{SVG}text")}
    assert {"Hôpital régional", "Jebel Dyr", "Gare"} <= names
    assert "محطة القطار" in picture(counter, "ar").text
    assert "محطة القطار" in picture(counter, "of a house never heard of").text


def test_the_pin_stands_where_the_citizen_touched(kiosk: KioskLine, key: TrackingKey, counter: Counter) -> None:
    complain(kiosk, key, about(Spot(point=HOSPITAL)))
    drawn = ElementTree.fromstring(picture(counter).content)  # noqa: S314  our own picture
    moved = [each.get("transform", "") for each in drawn.iter(f"{SVG}g") if each.find(f"{SVG}circle") is not None]
    pins = [each for each in moved if "scale" not in each]
    discs = [(each.get("cx"), each.get("cy")) for each in drawn if each.tag == f"{SVG}circle"]
    assert any(pins == [f"translate({x} {y})"] for x, y in discs), "on the hospital itself"
    assert "marked on the map" in counter.see(f"?file={REFERENCE}")


@pytest.mark.parametrize(
    ("spot", "read"),
    [
        (Spot(words="behind the school"), "behind the school"),
        (Spot("a-neighbourhood-of-before"), "a-neighbourhood-of-before"),
        ("شارع بورقيبة", "شارع بورقيبة"),
        (Spot("cite-hached", Point(36.8, 10.2)), "Cité Hached"),
    ],
    ids=["written", "gone from the list", "of an older kiosk", "pinned outside the town"],
)
def test_a_place_in_words_alone_needs_no_picture(
    kiosk: KioskLine, key: TrackingKey, counter: Counter, spot: Spot | str, read: str
) -> None:
    complain(kiosk, key, about(spot))
    page = counter.see(f"?file={REFERENCE}")
    assert read in page
    assert "place.svg" not in page
    assert picture(counter).status_code == 404


def test_the_place_of_a_complaint_is_for_agents_alone(centre: str, kiosk: KioskLine, key: TrackingKey) -> None:
    complain(kiosk, key, about(Spot(point=HOSPITAL)))
    assert requests.get(f"{centre}/desk/files/{REFERENCE}/place.svg", timeout=60).status_code == 403


def test_no_other_file_has_a_place(counter: Counter) -> None:
    assert picture(counter).status_code == 404


def test_a_file_that_is_late_is_one_touch_away(kiosk: KioskLine, key: TrackingKey, counter: Counter) -> None:
    late = str(Reference(26, 14, 12))
    complain(kiosk, key, {"category": "late-file", "file": late})
    read = counter.see(f"?file={REFERENCE}")
    assert "A file is late" in read
    assert f'href="/desk?file={late}"' in read
    complaint = counter.see(f"?file={late}")
    assert "There is no file with this number" in complaint


def test_what_is_no_number_is_no_way_to_a_file(kiosk: KioskLine, key: TrackingKey, counter: Counter) -> None:
    complain(kiosk, key, {"category": "late-file", "file": "the one of my aunt"})
    read = counter.see(f"?file={REFERENCE}")
    assert "the one of my aunt" in read
    assert "about-file" not in read


def test_of_who_complains_without_a_name_the_centre_has_no_name(
    kiosk: KioskLine, key: TrackingKey, database: Database, counter: Counter
) -> None:
    complain(kiosk, key, about(Spot("cite-hached")))
    with database.reading() as connection:
        row = connection.execute(select(dossiers)).mappings().one()
    person = {name: row[name] for name in ("applicant_name", "applicant_phone", "identity_kind", "identity_number")}
    assert person == {"applicant_name": "", "applicant_phone": "", "identity_kind": None, "identity_number": ""}
    assert "No name was given" in counter.see(f"?file={REFERENCE}")


SOUND = b"OggS an invented voice"
NOTE = VoiceNote(hashlib.sha256(SOUND).hexdigest(), 42)


def test_an_agent_hears_what_was_spoken_as_soon_as_the_kiosk_has_sent_it(
    kiosk: KioskLine, key: TrackingKey, counter: Counter
) -> None:
    complain(kiosk, key, {**about(Spot("cite-hached")), "story": str(NOTE)})
    read = text_of(counter.see(f"?file={REFERENCE}"))
    assert "Spoken words, 0:42" in read
    assert "They have not arrived yet" in read
    assert str(NOTE) not in read
    kiosk.put(NOTE.sha256, SOUND)
    page = counter.see(f"?file={REFERENCE}")
    assert f'<audio class="note" controls preload="metadata" src="/desk/pages/{NOTE.sha256}">' in page
    assert "They have not arrived yet" not in page
    heard = counter.browser.get(f"{counter.centre}/desk/pages/{NOTE.sha256}", timeout=60)
    assert (heard.content, heard.headers["Content-Type"]) == (SOUND, "audio/ogg")
    assert heard.headers["Content-Disposition"] == "inline", "and no name of a file"
    assert "media-src 'self'" in heard.headers["Content-Security-Policy"]


def test_a_player_gets_the_stretch_it_asks_for(kiosk: KioskLine, counter: Counter) -> None:
    kiosk.put(NOTE.sha256, SOUND)

    def hear(stretch: str) -> requests.Response:
        address = f"{counter.centre}/desk/pages/{NOTE.sha256}"
        return counter.browser.get(address, headers={"Range": stretch}, timeout=60)

    size = len(SOUND)
    for asked, told, heard in (
        ("bytes=0-", f"bytes 0-{size - 1}/{size}", SOUND),
        ("bytes=5-6", f"bytes 5-6/{size}", b"an"),
        (f"bytes=8-{size * 2}", f"bytes 8-{size - 1}/{size}", SOUND[8:]),
    ):
        answer = hear(asked)
        assert (answer.status_code, answer.headers["Content-Range"], answer.content) == (206, told, heard)
    behind = hear(f"bytes={size}-")
    assert (behind.status_code, behind.headers["Content-Range"]) == (416, f"bytes */{size}")
    assert (hear("words=1-2").status_code, hear("words=1-2").content) == (200, SOUND)


def test_what_was_spoken_is_for_agents_alone(centre: str, kiosk: KioskLine, key: TrackingKey) -> None:
    complain(kiosk, key, {**about(Spot("cite-hached")), "story": str(NOTE)})
    kiosk.put(NOTE.sha256, SOUND)
    assert requests.get(f"{centre}/desk/pages/{NOTE.sha256}", timeout=60).status_code == 403
    assert NOTE.sha256 not in requests.get(f"{centre}/T/{key.token}", timeout=60).text


def test_a_voice_note_is_no_paper(kiosk: KioskLine, key: TrackingKey, counter: Counter) -> None:
    complain(kiosk, key, {**about(Spot("cite-hached")), "story": str(NOTE)})
    kiosk.put(NOTE.sha256, SOUND)
    bound = counter.browser.get(f"{counter.centre}/desk/files/{REFERENCE}/papers/story.pdf", timeout=60)
    assert bound.status_code == 404
