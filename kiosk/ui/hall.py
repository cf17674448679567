"""What the rooms behind the screens do for a visit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from civic.catalog import Catalog
from civic.tracking import TrackingKey
from kiosk.devices.base import Speaker
from kiosk.services.dictation import Dictation
from kiosk.services.earlier import Earlier
from kiosk.services.following import Following
from kiosk.services.guide import Guidance
from kiosk.services.help_line import HelpLine
from kiosk.services.intake import Intake
from kiosk.services.reminders import Reminders
from kiosk.services.scanning import Scanning
from kiosk.services.ticketing import Ticketing
from kiosk.services.unfinished import Unfinished
from kiosk.ui.threads import Threads


@dataclass(frozen=True, slots=True)
class Hall:
    """What a visit needs done, and the thread each doing belongs to."""

    catalog: Catalog
    guidance: Guidance
    intake: Intake
    ticketing: Ticketing
    scanning: Scanning
    unfinished: Unfinished
    following: Following
    earlier: Earlier
    reminders: Reminders
    help_line: HelpLine
    dictation: Dictation | None
    """None: nobody can speak to this kiosk."""
    speaker: Speaker | None
    """None: it is silent."""
    phone: str
    reader_ready: Callable[[], bool]
    new_key: Callable[[], TrackingKey]
    today: Callable[[], date]
    threads: Threads
