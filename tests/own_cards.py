"""A folder of cards as a town hall keeps one: the product's own, to be changed like any other text."""

import re
import shutil
from pathlib import Path

ASSETS = Path(__file__).parent.parent / "assets"
FEE = {"ar": "700 مليم عن كل مضمون.", "fr": "0,700 DT par extrait.", "en": "0.700 TND for each extract."}
"""What a birth extract costs from tomorrow on."""
_FEE_BEFORE = {
    "ar": "500 مليم عن كل مضمون. يؤكّده العون.",
    "fr": "0,500 DT par extrait ; à confirmer au guichet.",
    "en": "0.500 TND for each extract; to be confirmed at the counter.",
}


class OwnCards:
    """`folder` holds `catalog` and `places`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("catalog", "places"):
            shutil.copytree(ASSETS / name, folder / name)

    @property
    def cards(self) -> Path:
        return self.folder / "catalog"

    def change(self, name: str, before: str, after: str) -> None:
        """In the file of that name, wherever it stands in it."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")

    def change_fee(self) -> None:
        for language, words in FEE.items():
            self.change("catalog/birth-extract.toml", _FEE_BEFORE[language], words)

    def say(self, words: str) -> None:
        """What the town says of itself."""
        (self.folder / "town.toml").write_text(words, encoding="utf-8")

    def take_away(self, card: str) -> None:
        (self.cards / f"{card}.toml").unlink()
        groups = self.cards / "common" / "groups.toml"
        groups.write_text(re.sub(rf'"{card}",?\s*', "", groups.read_text(encoding="utf-8")), encoding="utf-8")
