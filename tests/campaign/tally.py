"""What a campaign found, and the table of all of them: `build/campaign.json`."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

TABLE = Path(__file__).parents[2] / "build" / "campaign.json"


@dataclass(frozen=True, slots=True)
class Tally:
    """`tried`: how often it went wrong on purpose. `lost` and `doubled`: promises broken, one way or the other."""

    tried: int
    lost: int
    doubled: int

    @property
    def kept(self) -> bool:
        return self.lost == self.doubled == 0


def note(campaign: str, tally: Tally) -> None:
    """Put it into the table, beside what other campaigns found."""
    TABLE.parent.mkdir(exist_ok=True)
    table = json.loads(TABLE.read_text()) if TABLE.exists() else {}
    table[campaign] = asdict(tally)
    TABLE.write_text(json.dumps(table, indent=1) + "\n")
