"""However a paper was laid on the glass, the page that is kept is straight, whole, upright, and judged."""

import random
from functools import cache

import cv2
import numpy as np
import pytest

from civic.remark import Remark
from kiosk.page.paper import clear_ground
from kiosk.page.pixels import PictureFault, Pixels, decode, encode
from kiosk.page.reading import Page, read_page
from kiosk.page.remark import SIDES
from tests.kiosk.page.invented import Glass, invented_card, write_paper

DPI = 200
LANGUAGES = pytest.mark.parametrize("arabic", [True, False], ids=["arabic", "french"])


@cache
def sheet(arabic: bool, nth: int = 0) -> Pixels:
    return write_paper(random.Random(100 + nth), arabic).pixels  # noqa: S311  a drawing


def seen_on(glass: Glass, paper: Pixels, nth: int = 0) -> Page:
    return read_page(glass.lay(paper, DPI, random.Random(nth)), DPI)  # noqa: S311


def off(found_deg: float, true_deg: float) -> float:
    return abs((found_deg - true_deg + 180) % 360 - 180)


@LANGUAGES
@pytest.mark.parametrize("lid", [255, 200, 60], ids=["white lid", "grey lid", "dark lid"])
def test_a_paper_laid_askew_comes_straight(arabic: bool, lid: int) -> None:
    for nth, angle in enumerate((-9.5, -3.2, -0.4, 1.7, 6.1, 9.9)):
        glass = Glass(angle, lid=lid, noise=1.5 + nth / 2, shadow=0.2 * (nth % 2))
        page = seen_on(glass, sheet(arabic), nth)
        assert off(page.turned_deg, angle) <= 0.2
        assert page.remark is None


@LANGUAGES
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_paper_laid_the_wrong_way_up_is_turned(arabic: bool, quarters: int) -> None:
    square = sheet(arabic)[:1600]  # fits the glass on its side too
    paper = np.ascontiguousarray(np.rot90(square, quarters))
    for angle in (-4.0, 2.5):
        assert off(seen_on(Glass(angle, lid=60), paper).turned_deg, angle + 90 * quarters) <= 0.2


def test_few_words_are_left_as_they_lie() -> None:
    """Two or three lines do not tell which way up they are: nothing is turned on a guess."""
    label = sheet(arabic=False)[300:430]
    paper = np.ascontiguousarray(np.rot90(label, 2))
    assert off(seen_on(Glass(0.0), paper).turned_deg, 0.0) <= 0.2


def test_a_sheet_before_a_dark_lid_is_cut_out_to_its_size() -> None:
    page = seen_on(Glass(4.0, lid=60), sheet(arabic=True))
    millimetres = [pixels * 25.4 / page.dpi for pixels in page.pixels.shape[1::-1]]
    assert millimetres == pytest.approx([210, 297], abs=2.5)
    assert np.percentile(page.pixels, 1) < 90 < 200 < np.percentile(page.pixels[:4], 5)  # no thread of the lid


@pytest.mark.parametrize("lid", [255, 60])
def test_a_card_is_cut_out_straight_and_keeps_its_colours(lid: int) -> None:
    card = invented_card()
    page = seen_on(Glass(-8.0, lid=lid, at_mm=(20, -60), noise=1.0), card)
    assert [pixels * 25.4 / page.dpi for pixels in page.pixels.shape[1::-1]] == pytest.approx([85.6, 54], abs=1.5)
    same = cv2.resize(card, page.pixels.shape[1::-1])[60:-60, 60:-60].astype(np.int16)
    assert np.abs(page.pixels[60:-60, 60:-60] - same).mean() < 12


def test_a_photo_in_a_letter_is_left_as_it_is() -> None:
    letter = sheet(arabic=False).copy()
    photo = cv2.resize(invented_card(), (600, 400))
    letter[1700:2100, 500:1100] = photo
    page = seen_on(Glass(0.0, noise=0.5), letter)
    rows, columns = page.pixels.shape[:2]
    top, left = 1700 + (rows - letter.shape[0]) // 2, 500 + (columns - letter.shape[1]) // 2
    shown = page.pixels[top : top + 400, left : left + 600]
    assert np.abs(shown[20:-20, 20:-20].astype(np.int16) - photo[20:-20, 20:-20]).mean() < 6


def test_a_whole_plain_page_has_no_remark() -> None:
    assert seen_on(Glass(1.0, lid=60), sheet(arabic=True, nth=1)).remark is None


@pytest.mark.parametrize("noise", [0.0, 3.0, 6.0])
def test_an_empty_page_is_blank(noise: float) -> None:
    assert seen_on(Glass(noise=noise), np.full((2339, 1654, 3), 250, np.uint8)).remark is Remark.BLANK


def test_a_signature_alone_is_no_blank_page() -> None:
    signed = np.full((2339, 1654, 3), 250, np.uint8)
    cv2.polylines(
        signed, [np.array([[400 + 9 * x, 1900 + round(40 * np.sin(x / 2))] for x in range(40)])], False, 30, 5
    )
    assert seen_on(Glass(), signed).remark is None


@LANGUAGES
def test_a_page_in_the_dark_is_too_dark(arabic: bool) -> None:
    assert seen_on(Glass(2.0, light=0.3), sheet(arabic)).remark is Remark.TOO_DARK


@LANGUAGES
def test_a_page_that_moved_is_blurred(arabic: bool) -> None:
    assert seen_on(Glass(2.0, blur_px=3.5), sheet(arabic)).remark is Remark.BLURRED
    assert seen_on(Glass(2.0, blur_px=1.2), sheet(arabic)).remark is None


@LANGUAGES
@pytest.mark.parametrize("lid", [255, 60])
@pytest.mark.parametrize(
    ("at_mm", "side"),
    [
        ((0, 90), Remark.CUT_BOTTOM),
        ((0, -90), Remark.CUT_TOP),
        ((70, 0), Remark.CUT_RIGHT),
        ((-70, 0), Remark.CUT_LEFT),
    ],
)
def test_a_page_that_lies_over_the_end_of_the_glass_is_cut(
    arabic: bool, lid: int, at_mm: tuple[float, float], side: Remark
) -> None:
    assert seen_on(Glass(2.0, at_mm=at_mm, lid=lid), sheet(arabic)).remark is side


def test_the_side_that_is_cut_is_told_of_the_page_as_it_is_shown() -> None:
    """The sheet lies head down: what runs over the far end of the glass is its head."""
    paper = np.ascontiguousarray(np.rot90(sheet(arabic=True), 2))
    assert seen_on(Glass(2.0, at_mm=(0, 90)), paper).remark is Remark.CUT_TOP
    assert len(SIDES) == 4


def test_writing_keeps_its_pixels_and_bare_paper_its_one_colour() -> None:
    seen = Glass(0.0, noise=2.0).lay(sheet(arabic=True), DPI, random.Random(1))  # noqa: S311
    page = clear_ground(seen, DPI)
    written = seen.min(2) < 215
    assert np.abs(page[written].astype(np.int16) - seen[written]).max() <= 4  # the rounding of the light
    bare = page[80:160, 150:650].reshape(-1, 3)
    assert len(np.unique(bare, axis=0)) == 1


def test_a_hairline_and_a_pale_pencil_survive() -> None:
    letter = sheet(arabic=False).copy()
    letter[2200, 300:900] = 170
    letter[2240:2244, 300:900] = 225
    page = seen_on(Glass(0.0, noise=1.5), letter).pixels
    middle = page[:, 600].astype(np.int16)[-250:].min(1)
    assert ((middle < 200).sum(), (middle < 235).sum()) >= (1, 5)


def test_a_page_weighs_little_and_carries_nothing_but_itself() -> None:
    page = seen_on(Glass(3.0, noise=4.0, shadow=0.2), sheet(arabic=True))
    file = encode(page.pixels, page.dpi, 400_000)
    assert len(file) <= 400_000
    assert b"Exif" not in file
    assert b"ICC_PROFILE" not in file


def test_even_pure_noise_fits() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (2339, 1654, 3), np.uint8)
    assert len(encode(noise, 200, 400_000)) <= 400_000


def test_half_a_file_is_no_picture() -> None:
    whole = encode(sheet(arabic=True), 200, 400_000)
    assert decode(whole).shape == (2339, 1654, 3)
    with pytest.raises(PictureFault):
        decode(whole[: len(whole) // 2])
