"""An edition of a town's cards: the cards, the places and what the town says of itself, together and in one piece.

Packed, it is a ZIP of the files as they stand on the disk: `catalog/*.toml`, `catalog/common/*.toml`, `places/*.toml`
and `town.toml`. The same files are the same bytes, so an edition is known by its hash.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from civic.card import CatalogFault, cards_in, read_catalog
from civic.catalog import Catalog
from civic.common import FOLDER as COMMON
from civic.municipality import FILE as TOWN
from civic.municipality import Municipality, read_municipality
from civic.places import FOLDER as PLACES
from civic.toml_table import Folder, beside

WELCOMED = ("agent", "complaint")
"""The two services a kiosk's first screen leads to by itself: to speak with somebody, and to complain."""
MOST_PACKED = 2 * 2**20
"""Bytes; the cards of a town are a twentieth of it."""
_MOST_INSIDE = 8 * 2**20
_LED_TO = "the first screen of every kiosk leads to it"
CARDS = "catalog"
_UNDATED = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Edition:
    catalog: Catalog
    municipality: Municipality


def read_edition(folder: Folder) -> Edition:
    """`folder` is that of the cards; the rest lies beside it. Raises CatalogFault naming every mistake of all."""
    mistakes: list[str] = []
    said = read_municipality(beside(folder, TOWN), mistakes)
    try:
        catalog = read_catalog(folder)
    except CatalogFault as fault:
        raise CatalogFault("\n".join([str(fault), *mistakes])) from None
    there = {service.id for service in catalog}
    mistakes += [f"{folder / each}.toml: is missing: {_LED_TO}" for each in WELCOMED if each not in there]
    if mistakes:
        raise CatalogFault("\n".join(mistakes))
    return Edition(catalog, said)


def pack(folder: Path) -> bytes:
    """All of the edition whose cards lie in that folder, in one piece. Raises OSError."""
    files = {f"{CARDS}/{path.name}": path for path in cards_in(folder)}
    files |= {f"{CARDS}/{COMMON}/{path.name}": path for path in cards_in(folder / COMMON)}
    files |= {f"{PLACES}/{path.name}": path for path in cards_in(beside(folder, PLACES))}
    if (town := beside(folder, TOWN)).exists():
        files[TOWN] = town
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _UNDATED), files[name].read_bytes(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def read_packed(packed: bytes) -> Edition:
    """Raises CatalogFault, also for what is no edition at all."""
    try:
        with _open(packed) as archive:
            return read_edition(zipfile.Path(archive, f"{CARDS}/"))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error) as fault:
        raise CatalogFault(f"this is no edition of a town's cards ({type(fault).__name__})") from None


def files_in(packed: bytes) -> dict[str, bytes]:
    """What each file of an edition holds, by its name. Raises CatalogFault."""
    with _open(packed) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def card_names(packed: bytes) -> tuple[str, ...]:
    """The services of an edition, without reading their cards. Raises CatalogFault."""
    with _open(packed) as archive:
        paths = [PurePosixPath(name) for name in archive.namelist()]
    return tuple(path.stem for path in paths if path.parent.name == CARDS)


def _open(packed: bytes) -> zipfile.ZipFile:
    """Raises CatalogFault for what would fill the memory, and BadZipFile."""
    archive = zipfile.ZipFile(io.BytesIO(packed))
    if len(packed) > MOST_PACKED or sum(each.file_size for each in archive.infolist()) > _MOST_INSIDE:
        raise CatalogFault("these cards are too large: a town's whole folder is at most 8 MB")
    archive.filename = "the town's cards"
    return archive
