"""The worked example of docs/protocol.md, computed anew."""

import base64
import json
import re
from pathlib import Path
from types import SimpleNamespace

from civic.tracking import hash_pin, hash_token
from sync.messages import (
    CARDS_PATH,
    CHANGES_PATH,
    ENROLMENT_PATH,
    EVENTS_PATH,
    SEAL_PATH,
    UPLOADS_PATH,
    CardsOffer,
    FileRecord,
    Flaw,
    LockedFile,
    Refusal,
    SealOffer,
    canonical,
    canonical_hash,
    first_hash,
    link,
    mark,
    open_words,
    read_batch,
    read_fact,
    unlock,
)
from sync.sealing import PAGE as SEALED_PAGE
from sync.sealing import SealKey
from sync.signing import KioskKey, hear, is_signed

PAGE = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
SIGNING, SEALING = (text.encode() for kind, text in BLOCKS if kind == "pem")
KEY, SEAL_KEY = KioskKey.from_pem(SIGNING), SealKey.from_pem(SEALING)
FIRST, STATEMENT, BATCH, OFFER, SEALED, INFO, OPENED = (text for kind, text in BLOCKS if kind == "json")
TOLD = dict(re.findall(r"^\| ([^|`]+) \| `([0-9a-f]{64})` \|$", PAGE, re.MULTILINE))
SOURCE = "/el-kef/kiosk/014"


def test_the_key_has_that_public_half_and_that_id() -> None:
    assert TOLD["public key"] == KEY.public.hex()
    assert TOLD["its id"] == KEY.id


def test_the_hashes_are_those_of_the_page() -> None:
    body = json.loads(BATCH)
    batch, _ = read_batch(SOURCE, body)
    assert TOLD["first hash of the life"] == first_hash(SOURCE, body["life"]) == batch.links[0].previous
    assert TOLD["hash of the first event's data"] == canonical_hash(body["events"][0]["data"])
    assert TOLD["hash of the first event"] == batch.links[0].hash(SOURCE) == canonical_hash(json.loads(FIRST))
    assert canonical(json.loads(FIRST)).decode() == FIRST.strip()


def test_the_batch_is_signed_over_the_statement_of_the_page() -> None:
    batch, signature = read_batch(SOURCE, json.loads(BATCH))
    assert batch.head.statement().decode() == STATEMENT.strip()
    assert signature == KEY.sign(batch.head.statement())
    assert is_signed(KEY.public, batch.head.statement(), signature)


def test_the_greeting_is_signed_over_the_base_of_the_page() -> None:
    [wire] = [text for kind, text in BLOCKS if kind == "http"]
    [base] = [text for kind, text in BLOCKS if kind == "text"]
    first, *lines = wire.strip().splitlines()
    method, path, _ = first.split()
    headers = dict(line.split(": ", 1) for line in lines)
    spoken = hear(SimpleNamespace(method=method, url=f"http://any.example{path}", headers=headers), KEY.public)
    assert spoken.holds(b"")
    assert spoken.created == spoken.clock
    for line in base.strip().splitlines()[2:4]:
        name, value = line.split(": ", 1)
        assert headers[name.strip('"').title()] == value
    parameters = base.strip().splitlines()[-1].removeprefix('"@signature-params": ')
    assert headers["Signature-Input"] == f"kiosk={parameters}"


def test_the_locked_file_of_the_page_is_opened_by_its_token_and_by_its_pin() -> None:
    [locked] = [LockedFile.from_json(json.loads(text)) for kind, text in BLOCKS if kind == "locked"]
    [record] = [FileRecord.from_json(json.loads(text)) for kind, text in BLOCKS if kind == "record"]
    found = re.search(r"token `([A-Z0-9]{26})`, PIN `([0-9]{6})`", PAGE)
    assert found is not None
    by_token, by_pin = hash_token(found[1]), hash_pin(found[2], locked.pin_salt)
    assert locked.mark == mark(by_token)
    assert unlock(locked.by_token, locked.reference, by_token) == record
    assert unlock(locked.by_pin, locked.reference, by_pin) == record


def test_the_seal_is_offered_with_the_signature_of_the_page() -> None:
    offer = SealOffer.from_json(json.loads(OFFER))
    assert (offer.town, offer.key) == (KEY.public, SEAL_KEY.seal.public)
    assert KEY.sign(offer.statement()) == offer.signature


def test_the_cards_are_offered_with_the_signature_of_the_page() -> None:
    [offer] = [CardsOffer.from_json(json.loads(text)) for kind, text in BLOCKS if kind == "cards"]
    assert KEY.sign(offer.statement()) == offer.signature
    assert json.loads(offer.statement())["protocol"] in PAGE


def test_the_sealed_event_opens_to_the_words_of_the_page() -> None:
    info, data = json.loads(INFO), json.loads(SEALED)
    sealed = base64.b64decode(data["sealed"])
    assert canonical(info).decode() == INFO.strip()
    assert SEAL_KEY.open(sealed, canonical(info)).decode() == OPENED.strip()
    assert sealed[:8].hex(" ") in PAGE
    event = {**json.loads(BATCH)["events"][0], "id": info["id"], "type": info["type"], "data": data}
    opened = open_words(SOURCE, link(event, "0" * 64), data, SEAL_KEY)
    assert read_fact(info["type"], opened) == read_fact(info["type"], {**info["data"], **json.loads(OPENED)})


def test_a_page_is_sealed_for_the_purpose_of_the_page() -> None:
    assert f"`{SEALED_PAGE.decode()}`" in PAGE


def test_every_word_of_the_centre_stands_on_the_page() -> None:
    for word in (*Flaw, *Refusal):
        assert f"`{word}`" in PAGE
    for path in (CARDS_PATH, CHANGES_PATH, ENROLMENT_PATH, EVENTS_PATH, SEAL_PATH, UPLOADS_PATH):
        assert path in PAGE
