"""Which cards a kiosk believes, fetches and shows; and that whatever else comes over the line changes nothing."""

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from civic.card import CatalogFault
from civic.edition import MOST_PACKED, pack
from kiosk.services.town_cards import ShownCards, TownCards, open_cards
from kiosk.store.card_file import CardFile, KeptCards
from kiosk.store.seal_file import SealFile
from sync.messages import CardsOffer, cards_statement
from sync.signing import KioskKey
from sync.transport import CentralUnreachable
from tests.kiosk.store.test_seal_file import TOWN, offered
from tests.own_cards import ASSETS, OwnCards


@dataclass
class Centre:
    """What it gives by the name it is asked for."""

    given: dict[str, bytes] = field(default_factory=dict)
    asked: int = 0

    def ask(self, sha256: str, most: int) -> bytes:
        self.asked += 1
        if sha256 not in self.given:
            raise CentralUnreachable("the line is cut")
        return self.given[sha256][: most + 1]

    def offers(self, number: int, packed: bytes, town: KioskKey = TOWN) -> CardsOffer:
        sha256 = hashlib.sha256(packed).hexdigest()
        self.given[sha256] = packed
        return CardsOffer(number, sha256, town.sign(cards_statement(number, sha256)))


class Kiosk:
    """One kiosk on one disk, opened again and again."""

    def __init__(self, folder: Path, centre: Centre) -> None:
        self.file, self.seal, self._centre = CardFile(folder), SealFile(folder), centre
        self.seconds = 0.0
        assert self.seal.pin(offered(1))
        self.open()

    def open(self, *, settled: bool = True) -> ShownCards:
        shown = open_cards(self.file, ASSETS / "catalog", settled=settled)
        self.cards = TownCards(self.file, self._centre.ask, shown, lambda: self.seconds)
        return shown

    def hear(self, offer: CardsOffer | None) -> None:
        if (cards := self.cards.fetch(offer)) is not None:
            self.cards.keep(cards)


@pytest.fixture
def town(tmp_path: Path) -> OwnCards:
    return OwnCards(tmp_path / "town")


@pytest.fixture
def centre() -> Centre:
    return Centre()


@pytest.fixture
def kiosk(tmp_path: Path, centre: Centre) -> Kiosk:
    (tmp_path / "kiosk").mkdir()
    return Kiosk(tmp_path / "kiosk", centre)


def shows(kiosk: Kiosk, number: int, fee: str) -> None:
    shown = kiosk.open()
    assert shown.number == number
    told = shown.edition.catalog["birth-extract"].fee
    assert told is not None
    assert fee in told.text.en


def test_what_the_town_publishes_is_shown_by_the_kiosk_that_opens_next(
    kiosk: Kiosk, centre: Centre, town: OwnCards
) -> None:
    shows(kiosk, 0, "0.500")
    kiosk.hear(None)
    town.change_fee()
    kiosk.hear(centre.offers(7, pack(town.cards)))
    waits = [kiosk.cards.coming]
    shows(kiosk, 7, "0.700")
    assert [*waits, kiosk.cards.coming] == [True, False]
    kiosk.hear(centre.offers(7, pack(town.cards)))
    assert centre.asked == 1, "it has them"


def test_while_a_paper_of_before_has_still_to_come_out_the_cards_of_before_are_shown(
    kiosk: Kiosk, centre: Centre, town: OwnCards
) -> None:
    """A power cut fell between a promise and its paper: the paper says what was promised."""
    town.change_fee()
    kiosk.hear(centre.offers(7, pack(town.cards)))
    assert kiosk.open(settled=False).number == 0
    assert kiosk.cards.coming, "it is opened again once all papers are out"
    kiosk.hear(centre.offers(7, pack(town.cards)))
    assert centre.asked == 1
    shows(kiosk, 7, "0.700")


def test_an_older_edition_never_comes_back(kiosk: Kiosk, centre: Centre, town: OwnCards) -> None:
    old = centre.offers(7, pack(town.cards))
    town.change_fee()
    kiosk.hear(centre.offers(8, pack(town.cards)))
    kiosk.hear(old)
    shows(kiosk, 8, "0.700")
    kiosk.hear(old)
    shows(kiosk, 8, "0.700")
    assert not kiosk.file.refused()


def test_cards_another_key_signed_are_not_even_fetched(
    kiosk: Kiosk, centre: Centre, town: OwnCards, expected_logs: list[str]
) -> None:
    expected_logs.append("this kiosk's town did not sign them")
    town.change_fee()
    signed = centre.offers(7, pack(town.cards))
    kiosk.hear(centre.offers(7, pack(town.cards), KioskKey.make()))
    kiosk.hear(CardsOffer(8, signed.sha256, signed.signature))
    assert centre.asked == 0
    assert kiosk.file.refused()
    shows(kiosk, 0, "0.500")
    kiosk.hear(signed)
    shows(kiosk, 7, "0.700")
    kiosk.hear(signed)
    assert not kiosk.file.refused(), "whatever number the other key had given"


def test_a_kiosk_no_town_has_enrolled_believes_nobody(
    centre: Centre, town: OwnCards, tmp_path: Path, expected_logs: list[str]
) -> None:
    expected_logs.append("this kiosk's town did not sign them")
    file = CardFile(tmp_path)
    shown = open_cards(file, ASSETS / "catalog", settled=True)
    assert TownCards(file, centre.ask, shown).fetch(centre.offers(7, pack(town.cards))) is None
    assert centre.asked == 0


def test_what_is_not_what_was_signed_is_kept_out_and_asked_for_again_later(
    kiosk: Kiosk, centre: Centre, town: OwnCards, expected_logs: list[str]
) -> None:
    expected_logs.append("they are not what the town signed")
    town.change_fee()
    offer = centre.offers(7, pack(town.cards))
    right = centre.given[offer.sha256]
    for wrong in (right[: len(right) // 2], right + b"x", right.replace(b"PK", b"KP"), b"x" * (MOST_PACKED + 9), b""):
        centre.given[offer.sha256] = wrong
        kiosk.hear(offer)
        kiosk.hear(offer)
        kiosk.seconds += 601
    assert centre.asked == 5, "not again and again"
    shows(kiosk, 0, "0.500")
    assert kiosk.file.refused()
    centre.given[offer.sha256] = right
    kiosk.hear(offer)
    shows(kiosk, 7, "0.700")
    kiosk.hear(offer)
    assert not kiosk.file.refused()


def test_cards_this_program_cannot_read_are_kept_out_until_it_can(
    kiosk: Kiosk, centre: Centre, town: OwnCards, expected_logs: list[str]
) -> None:
    """The centre's program is newer: its cards have a word this one does not know."""
    expected_logs += ["“colour” is not a word of this file", "no edition of a town's cards"]
    town.change_fee()
    kiosk.hear(centre.offers(7, pack(town.cards)))
    town.change("catalog/birth-extract.toml", "tracked = false", 'tracked = false\ncolour = "teal"')
    kiosk.hear(centre.offers(8, pack(town.cards)))
    kiosk.hear(centre.offers(8, b"no edition at all"))
    shows(kiosk, 7, "0.700")
    assert kiosk.file.refused()


def test_a_line_that_is_cut_and_a_disk_that_is_full_are_tried_again_with_the_next_word(
    kiosk: Kiosk, centre: Centre, town: OwnCards, tmp_path: Path
) -> None:
    town.change_fee()
    offer = centre.offers(7, pack(town.cards))
    right = centre.given.pop(offer.sha256)
    kiosk.hear(offer)
    centre.given[offer.sha256] = right
    in_the_way = tmp_path / "kiosk" / f"cards-coming.json.{os.getpid()}"
    in_the_way.mkdir()
    kiosk.hear(offer)
    in_the_way.rmdir()
    assert kiosk.file.coming() is None
    kiosk.hear(offer)
    assert not kiosk.file.refused()
    shows(kiosk, 7, "0.700")


def test_with_a_spoilt_file_it_shows_its_own_cards_and_fetches_those_of_the_town_again(
    kiosk: Kiosk, centre: Centre, town: OwnCards, tmp_path: Path
) -> None:
    town.change_fee()
    offer = centre.offers(7, pack(town.cards))
    kiosk.hear(offer)
    shows(kiosk, 7, "0.700")
    (tmp_path / "kiosk" / "cards.json").write_text("this was a letter once")
    shows(kiosk, 0, "0.500")
    kiosk.hear(offer)
    shows(kiosk, 7, "0.700")


def test_a_program_that_is_older_than_the_cards_it_has_shows_its_own_and_says_so(
    kiosk: Kiosk, centre: Centre, expected_logs: list[str]
) -> None:
    expected_logs += ["which shows its own", "kept out"]
    packed = b"an edition of later years"
    offer = centre.offers(7, packed)
    kiosk.file.keep(KeptCards(offer, packed))
    shows(kiosk, 0, "0.500")
    kiosk.hear(offer)
    assert kiosk.file.refused()


def test_a_kiosk_that_is_enrolled_at_another_town_shows_the_cards_of_that_one(
    kiosk: Kiosk, centre: Centre, town: OwnCards
) -> None:
    """That town published last a month before this one did."""
    packed = pack(town.cards)
    town.change_fee()
    kiosk.hear(centre.offers(9, pack(town.cards)))
    shows(kiosk, 9, "0.700")
    other = KioskKey.make()
    assert kiosk.seal.pin(offered(1, other))
    kiosk.hear(centre.offers(7, packed, other))
    assert kiosk.cards.coming, "also before it is opened anew"
    shows(kiosk, 7, "0.500")


def test_a_disk_that_will_not_take_them_up_leaves_what_is_shown(
    kiosk: Kiosk, centre: Centre, town: OwnCards, tmp_path: Path, expected_logs: list[str]
) -> None:
    expected_logs.append("the town's new cards wait")
    town.change_fee()
    kiosk.hear(centre.offers(7, pack(town.cards)))
    (tmp_path / "kiosk" / "cards.json").mkdir()
    shows(kiosk, 0, "0.500")
    assert not kiosk.cards.coming, "or the kiosk would be opened again and again"
    (tmp_path / "kiosk" / "cards.json").rmdir()
    shows(kiosk, 7, "0.700")


def test_a_kiosk_whose_own_cards_are_broken_says_so(kiosk: Kiosk, tmp_path: Path) -> None:
    with pytest.raises(CatalogFault):
        open_cards(kiosk.file, tmp_path, settled=True)
