"""Papers that never existed, in Arabic and French, laid on a glass as people do: askew, in shadow, cut."""

import random
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from kiosk.page.pixels import Pixels

_FONTS = Path("/usr/share/fonts/truetype")
FRENCH_FACES = ("noto/NotoSans-Regular.ttf", "noto/NotoSerif-Regular.ttf", "dejavu/DejaVuSans.ttf")
ARABIC_FACES = (
    "noto/NotoSansArabic-Regular.ttf",
    "noto/NotoNaskhArabic-Regular.ttf",
    "noto/NotoKufiArabic-Regular.ttf",
)
# fmt: off
_FRENCH = (
    "la", "commune", "atteste", "que", "le", "demandeur", "habite", "dans", "parcelle", "permis", "de", "bâtir",
    "propriété", "selon", "plan", "joint", "à", "cette", "demande", "signée", "devant", "nous", "et", "copie",
    "conforme", "présentée", "au", "guichet", "reçue", "pour", "être", "jugée", "rue", "du", "jasmin",
    "limite", "jardin",
)
_ARABIC = (
    "تشهد", "البلدية", "أن", "طالب", "الرخصة", "يسكن", "في", "قطعة", "الأرض", "المذكورة", "حسب", "المثال", "المصاحب",
    "لهذا", "المطلب", "الممضى", "أمامنا", "ونسخة", "مطابقة", "للأصل", "قدمت", "إلى", "الشباك", "من", "أجل", "الدراسة",
    "نهج", "الياسمين", "حدود", "الحديقة", "مع", "الجار", "والطريق", "العام", "شهادة", "ملكية",
)
# fmt: on


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet drawn upright, and the words written on it."""

    pixels: Pixels
    words: str
    dpi: int


def write_paper(
    chance: random.Random, arabic: bool, dpi: int = 200, faces: tuple[str, ...] = (), stamped: bool = True
) -> Paper:
    """One A4 letter: a heading, paragraphs with ragged ends, perhaps a stamp."""
    mm = dpi / 25.4
    sheet = Image.new("RGB", (round(210 * mm), round(297 * mm)), (250, 249, 245))
    draw = ImageDraw.Draw(sheet)
    face = str(_FONTS / chance.choice(faces or (ARABIC_FACES if arabic else FRENCH_FACES)))
    font, title = ImageFont.truetype(face, round(3.9 * mm)), ImageFont.truetype(face, round(6 * mm))
    vocabulary = _ARABIC if arabic else _FRENCH
    direction, anchor, edge = ("rtl", "ra", 188 * mm) if arabic else ("ltr", "la", 22 * mm)
    heading = " ".join(chance.choice(vocabulary) for _ in range(3))
    draw.text((105 * mm, 22 * mm), heading, (20, 22, 30), title, "ma", direction=direction)
    lines, at = [heading], 42.0
    while at < chance.uniform(180, 262):
        for _ in range(chance.randint(2, 6)):
            words: list[str] = []
            while draw.textlength(" ".join(words), font, direction=direction) < 148 * mm:
                words.append(chance.choice(vocabulary))
            draw.text((edge, at * mm), " ".join(words), (20, 22, 30), font, anchor, direction=direction)
            lines.append(" ".join(words))
            at += 7.2
        words = [chance.choice(vocabulary) for _ in range(chance.randint(1, 5))]
        draw.text((edge, at * mm), " ".join(words), (20, 22, 30), font, anchor, direction=direction)
        lines.append(" ".join(words))
        at += 11
    if stamped:
        _stamp(sheet, chance, mm)
    return Paper(np.asarray(sheet), "\n".join(lines), dpi)


def _stamp(sheet: Image.Image, chance: random.Random, mm: float) -> None:
    size = round(38 * mm)
    seal = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(seal)
    for inset in (0.6, 5.0):
        draw.ellipse(
            (inset * mm, inset * mm, size - inset * mm, size - inset * mm), outline=(38, 60, 150, 190), width=round(mm)
        )
    draw.text((size / 2, size / 2), "SPECIMEN", (38, 60, 150, 190), ImageFont.load_default(5 * mm), "mm")
    seal = seal.rotate(chance.uniform(-40, 40), Image.Resampling.BICUBIC)
    sheet.paste(seal, (round(chance.uniform(20, 140) * mm), round(chance.uniform(150, 245) * mm)), seal)


def invented_card(dpi: int = 200) -> Pixels:
    """An identity card's size and density of colour: a portrait, a band, a pattern; nobody's."""
    mm = dpi / 25.4
    card = Image.new("RGB", (round(85.6 * mm), round(54 * mm)), (196, 214, 224))
    draw = ImageDraw.Draw(card)
    for at in range(0, 60, 3):
        draw.arc((-at * mm, -at * mm, (85 + at) * mm, (54 + at) * mm), 20, 70, (170, 190, 215), round(0.4 * mm))
    draw.rectangle((0, 0, 86 * mm, 9 * mm), (170, 40, 50))
    draw.rectangle((5 * mm, 14 * mm, 29 * mm, 46 * mm), (120, 140, 160))
    draw.ellipse((9 * mm, 18 * mm, 25 * mm, 38 * mm), (205, 170, 140))
    for line in range(5):
        draw.text((34 * mm, (15 + line * 7) * mm), "SPECIMEN 00000000", (30, 30, 50), ImageFont.load_default(3.2 * mm))
    return np.asarray(card)


@dataclass(frozen=True, slots=True)
class Glass:
    """How a paper lies. `angle_deg` counter-clockwise; `lid` the grey behind it; `at_mm` moves it off the middle."""

    angle_deg: float = 0.0
    lid: int = 255
    at_mm: tuple[float, float] = (0.0, 0.0)
    noise: float = 2.5
    shadow: float = 0.0
    light: float = 1.0
    blur_px: float = 0.0

    def lay(self, sheet: Pixels, dpi: int, chance: random.Random) -> Pixels:
        """What the scanner sees: a glass of 216 × 300 mm."""
        mm = dpi / 25.4
        width, height = round(216 * mm), round(300 * mm)
        rows, columns = sheet.shape[:2]
        turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), self.angle_deg, 1.0)
        turn[:, 2] += (width / 2 - columns / 2 + self.at_mm[0] * mm, height / 2 - rows / 2 + self.at_mm[1] * mm)
        ground = (self.lid, self.lid, self.lid)
        seen = cv2.warpAffine(sheet, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=ground).astype(
            np.float32
        )
        if self.shadow:
            across = np.linspace(1, 1 - self.shadow, width, dtype=np.float32)
            seen *= (across * np.linspace(1, 1 - self.shadow / 2, height, dtype=np.float32)[:, None])[..., None]
        if self.blur_px:
            seen = cv2.GaussianBlur(seen, (0, 0), self.blur_px).astype(np.float32)
        grain = np.random.default_rng(chance.randrange(1 << 30)).normal(0, self.noise, seen.shape)
        return np.asarray(np.clip(seen * self.light + grain, 0, 255), np.uint8)
