"""What a town says of itself in one place: the file `town.toml` beside the folder of the cards."""

from dataclasses import dataclass

from civic.language import Wording
from civic.toml_table import Folder, TomlFile

FILE = "town.toml"


@dataclass(frozen=True, slots=True)
class Municipality:
    """None: the town says nothing of it here, and what a kiosk or the centre was installed with holds.

    `answer_days`: in how many days the town aims to say why a file is late.
    """

    name: Wording | None = None
    phone: str | None = None
    answer_days: int | None = None


def read_municipality(path: Folder, mistakes: list[str]) -> Municipality:
    """What that file says; nothing when there is none. Adds to the mistakes."""
    file = TomlFile(path)
    told = file.read() if path.exists() else None
    if told is None:
        mistakes += file.mistakes
        return Municipality()
    said = Municipality(
        name=told.take_wording("name") if told.has("name") else None,
        phone=told.take_text("phone") if told.has("phone") else None,
        answer_days=told.take_number("answer_days") if told.has("answer_days") else None,
    )
    told.finish()
    mistakes += file.mistakes
    return said
