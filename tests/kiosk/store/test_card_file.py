"""The cards a kiosk has from its centre: all of an edition or nothing, whatever becomes of the machine."""

import hashlib
import sys
from pathlib import Path
from random import Random

import pytest

from civic.edition import pack
from kiosk.store.card_file import CardFile, KeptCards
from kiosk.store.seal_file import SealFile
from sync.messages import CardsOffer, cards_statement
from sync.signing import KioskKey
from tests.campaign.recorded_disk import Disk, calls_in
from tests.campaign.recorder import record
from tests.kiosk.store.test_seal_file import TOWN, offered
from tests.own_cards import ASSETS


def kept(number: int, packed: bytes = b"an edition") -> KeptCards:
    sha256 = hashlib.sha256(packed).hexdigest()
    return KeptCards(CardsOffer(number, sha256, TOWN.sign(cards_statement(number, sha256))), packed)


@pytest.fixture
def file(tmp_path: Path) -> CardFile:
    assert SealFile(tmp_path).pin(offered(1))
    return CardFile(tmp_path)


def test_what_came_is_shown_once_it_is_taken_up(file: CardFile, tmp_path: Path) -> None:
    assert (file.shown(), file.coming()) == (None, None)
    file.keep(kept(1))
    assert (file.shown(), file.coming()) == (None, kept(1))
    file.take_up()
    file.keep(kept(2, b"another"))
    assert (CardFile(tmp_path).shown(), CardFile(tmp_path).coming()) == (kept(1), kept(2, b"another"))
    file.take_up()
    assert (file.shown(), file.coming()) == (kept(2, b"another"), None)


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b"{}", b'{"number": 1}', b"\xff", "another", "no base64", "no text"]
)
def test_a_damaged_file_holds_no_cards(file: CardFile, tmp_path: Path, damage: bytes | str) -> None:
    file.keep(kept(1))
    path = tmp_path / "cards-coming.json"
    said = path.read_bytes()
    spoilt = {
        "another": said.replace(b"YW4gZWRpdGlvbg==", b"YW4gZWRpdGlvcg=="),
        "no base64": said.replace(b"YW4gZWRpdGlvbg==", b"an edition"),
        "no text": said.replace(b'"YW4gZWRpdGlvbg=="', b"7"),
    }
    path.write_bytes(spoilt[damage] if isinstance(damage, str) else damage)
    assert path.read_bytes() != said
    assert file.coming() is None
    assert file.newest() == 0


def test_what_another_town_signed_is_not_there(file: CardFile, tmp_path: Path) -> None:
    file.keep(kept(1))
    file.take_up()
    file.keep(kept(2, b"another"))
    assert file.newest() == 2
    assert SealFile(tmp_path).pin(offered(1, KioskKey.make()))
    assert (file.shown(), file.coming(), file.newest()) == (None, None, 0)


def test_what_was_refused_is_told_until_it_is_forgiven(file: CardFile, tmp_path: Path) -> None:
    assert not file.refused()
    file.forgive()
    file.refuse(2)
    assert CardFile(tmp_path).refused()
    file.forgive()
    assert not file.refused()
    CardFile(tmp_path / "nowhere").refuse(3)


def test_what_is_of_no_use_is_dropped(file: CardFile) -> None:
    file.keep(kept(1))
    file.take_up()
    file.drop()
    assert (file.shown(), file.newest()) == (None, 0)


_AT_WORK = """
import hashlib, os, sys
from pathlib import Path
from kiosk.store.card_file import CardFile, KeptCards
from sync.messages import CardsOffer
file = CardFile(Path(sys.argv[1]))
for number, path in enumerate(sys.argv[2:], start=1):
    packed = Path(path).read_bytes()
    signature = Path(path + ".signature").read_bytes()
    file.keep(KeptCards(CardsOffer(number, hashlib.sha256(packed).hexdigest(), signature), packed))
    os.write(1, f"kept {number}".encode())
    file.take_up()
    os.write(1, f"shown {number}".encode())
"""


def test_a_power_cut_leaves_the_cards_of_before_or_the_new_ones_whole(tmp_path: Path) -> None:
    data, log = tmp_path / "data", tmp_path / "strace"
    data.mkdir()
    editions = [pack(ASSETS / "catalog"), pack(ASSETS / "catalog")[::-1]]
    for nth, packed in enumerate(editions):
        (tmp_path / f"edition-{nth}").write_bytes(packed)
        (tmp_path / f"edition-{nth}.signature").write_bytes(kept(nth + 1, packed).offer.signature)
    names = [str(tmp_path / f"edition-{nth}") for nth in range(len(editions))]
    record([sys.executable, "-c", _AT_WORK, str(data), *names], log)
    disk, chance = Disk(data), Random(12)  # noqa: S311  repeatable is what it must be
    seal = offered(1)
    said, cuts, seen = {"kept": 0, "shown": 0}, 0, set[tuple[int, int]]()
    for call in calls_in(log):
        disk.do(call)
        if call.name == "say":
            verb, _, number = call.data.decode().partition(" ")
            said[verb] = int(number)
        for _ in range(6 if call.path.startswith(str(data)) or call.name == "say" else 0):
            left = tmp_path / f"left-{cuts}"
            left.mkdir()
            disk.cut(chance, left)
            cuts += 1
            assert SealFile(left).pin(seal)
            file = CardFile(left)
            shown, coming = file.shown(), file.coming()
            numbers = tuple(0 if each is None else each.offer.number for each in (shown, coming))
            seen.add((numbers[0], numbers[1]))
            assert numbers[0] >= said["shown"], "what was shown is never followed by something older"
            assert max(numbers) >= said["kept"]
            assert all(each is None or each.packed == editions[each.offer.number - 1] for each in (shown, coming))
    assert cuts > 40
    assert seen >= {(0, 0), (0, 1), (1, 0), (1, 2), (2, 0)}
