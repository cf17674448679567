"""A page of paper that never existed: what the simulated scanner sees."""

import io
import random

from PIL import Image, ImageDraw, ImageFont

_A4_MM = (210, 297)
# Pillow's own face has no accents, hence these words.
# fmt: off
_WORDS = (
    "commune", "demande", "parcelle", "plan", "permis", "attestation", "titre", "rue", "lot", "terrain",
    "superficie", "dossier", "signature", "conforme", "mesure", "limite", "voisin", "avis", "bureau", "accord",
    "copie", "date", "lieu", "service", "mur", "jardin", "route", "projet", "maison", "porte",
)
# fmt: on
_HEADS = ("ATTESTATION D'ESSAI", "PLAN FICTIF", "DEMANDE FICTIVE", "COPIE D'ESSAI", "TITRE D'ESSAI")
_STREETS = ("rue du Jasmin Imaginaire", "avenue des Oliviers Fictifs", "impasse du Puits Fictif")


def invented_page(dpi: int, chance: random.Random | None = None) -> bytes:
    """One A4 page, a PNM file: a heading, lines of text, a stamp and a page number, different each time."""
    chance = chance or random.Random()  # noqa: S311  a drawing, not a secret
    mm = dpi / 25.4
    page = Image.new("RGB", (round(_A4_MM[0] * mm), round(_A4_MM[1] * mm)), (252, 251, 247))
    draw = ImageDraw.Draw(page)
    ink = (28, 30, 44)
    draw.text((105 * mm, 24 * mm), chance.choice(_HEADS), fill=ink, font=_font(7 * mm), anchor="mm")
    draw.text((25 * mm, 42 * mm), f"{chance.randint(1, 200)}, {chance.choice(_STREETS)}", fill=ink, font=_font(4 * mm))
    _write_lines(draw, chance, mm, ink)
    _stamp(page, chance, mm)
    draw.text((105 * mm, 283 * mm), f"- {chance.randint(1, 9)} -", fill=ink, font=_font(3.6 * mm), anchor="mm")
    file = io.BytesIO()
    page.save(file, "PPM")
    return file.getvalue()


def _font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Pillow's own face: no font of the machine is needed."""
    return ImageFont.load_default(size)


def _write_lines(draw: ImageDraw.ImageDraw, chance: random.Random, mm: float, ink: tuple[int, int, int]) -> None:
    font = _font(3.8 * mm)
    at = 60.0
    while at < 210:
        for _ in range(chance.randint(3, 6)):
            line = ""
            while draw.textlength(line, font=font) < 140 * mm:
                line += chance.choice(_WORDS) + " "
            draw.text((25 * mm, at * mm), line.strip(), fill=ink, font=font)
            at += 6.2
        draw.text((25 * mm, at * mm), chance.choice(_WORDS) + ".", fill=ink, font=font)
        at += 11


def _stamp(page: Image.Image, chance: random.Random, mm: float) -> None:
    """A round office stamp, pressed askew."""
    size = round(42 * mm)
    seal = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(seal)
    blue = (38, 60, 150, 200)
    for inset, width in ((0.5, 1.0), (5.5, 0.4)):
        draw.ellipse(
            (inset * mm, inset * mm, size - inset * mm, size - inset * mm), outline=blue, width=round(width * mm)
        )
    middle = (size / 2, size / 2)
    draw.text(
        middle, f"SPECIMEN\n{chance.randint(1000, 9999)}", fill=blue, font=_font(5 * mm), anchor="mm", align="center"
    )
    seal = seal.rotate(chance.uniform(-25, 25), Image.Resampling.BICUBIC)
    page.paste(seal, (round(chance.uniform(115, 145) * mm), round(225 * mm)), seal)
