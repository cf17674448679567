"""What a kiosk and the centre say to each other.

    POST /exchange/events              {"events": [event, …]}  →  {"answers": [answer, …]}, one per event, same order
    PUT  /exchange/documents/{sha256}  the bytes of one scanned page  →  204
    POST /exchange/follow              an inquiry  →  the file's whereabouts, or {"unopened": why it shows none}

All carry `Authorization: Bearer <the kiosk's key>`. The centre applies each event id once, however often it arrives.
"""

from sync.messages.checks import MOST_PAPERS, KioskChecked, Part, Told, Verdict
from sync.messages.events import Answer, DossierDeposited, Event, Fact, Outcome, TicketHeld, TicketVoided
from sync.messages.fields import MessageFault
from sync.messages.following import (
    ByPin,
    ByToken,
    Holder,
    Inquiry,
    Owed,
    Passed,
    Pledge,
    Standing,
    Unopened,
    Visit,
    Whereabouts,
    read_found,
    read_inquiry,
)

EVENTS_PATH = "/exchange/events"
DOCUMENTS_PATH = "/exchange/documents"
FOLLOW_PATH = "/exchange/follow"

__all__ = [
    "DOCUMENTS_PATH",
    "EVENTS_PATH",
    "FOLLOW_PATH",
    "MOST_PAPERS",
    "Answer",
    "ByPin",
    "ByToken",
    "DossierDeposited",
    "Event",
    "Fact",
    "Holder",
    "Inquiry",
    "KioskChecked",
    "MessageFault",
    "Outcome",
    "Owed",
    "Part",
    "Passed",
    "Pledge",
    "Standing",
    "TicketHeld",
    "TicketVoided",
    "Told",
    "Unopened",
    "Verdict",
    "Visit",
    "Whereabouts",
    "read_found",
    "read_inquiry",
]
