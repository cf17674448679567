"""What the driver must know of a printer model. One TOML file a model stands under `assets/printers`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """`process_id`: the model has Epson's responses (GS ( H and DLE DC4 8); without them GS r must do.

    `draws_codes`: it draws QR codes itself (GS ( k). `keeps_pictures`: it has NV graphics by key (GS ( L) and tells its
    serial number (GS I), which asks for `process_id` too.
    """

    name: str
    width_px: int
    process_id: bool
    mm_per_s: float
    dots_per_mm: int = 8
    draws_codes: bool = False
    keeps_pictures: bool = False

    def __post_init__(self) -> None:
        if self.keeps_pictures and not self.process_id:
            raise ValueError("keeps_pictures asks for process_id = true")

    @property
    def dpi(self) -> int:
        return round(self.dots_per_mm * 25.4)


def read_profile(path: Path) -> PrinterProfile:
    """One profile file; raises ValueError naming the file and what is wrong, OSError when there is none."""
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
        return PrinterProfile(
            name=str(facts["name"]),
            width_px=int(facts["width_px"]),
            process_id=bool(facts["process_id"]),
            mm_per_s=float(facts["mm_per_s"]),
            dots_per_mm=int(facts.get("dots_per_mm", 8)),
            draws_codes=bool(facts.get("draws_codes", False)),
            keeps_pictures=bool(facts.get("keeps_pictures", False)),
        )
    except KeyError as missing:
        raise ValueError(f"{path}: {missing.args[0]} is missing") from None
    except (TypeError, ValueError) as mistake:
        raise ValueError(f"{path}: {mistake}") from None
