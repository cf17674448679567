"""What a kiosk and the centre say to each other; `docs/protocol.md` tells it to whoever writes another client.

    POST /exchange/events              a batch  →  {"answers": [answer, …]}, one per event, same order
    POST /exchange/uploads             the first bytes of a scanned page  →  201, and where the rest goes: tus 1.0
    POST /exchange/follow              an inquiry  →  the file's whereabouts, or {"unopened": why it shows none}
    POST /exchange/papers              an inquiry  →  {"papers": those its file holds, by their hashes}, or {"unopened"}
    GET  /exchange/greeting            nothing  →  204, when the centre knows this kiosk
    POST /exchange/help                {"wanted": true} as long as somebody waits  →  {"coming": whether an agent is}
    GET  /exchange/numbers             nothing  →  the numbers this kiosk gave, as far as the centre was told
    POST /exchange/agent               a sign-in  →  {"agent": the agent's name}, null when it is wrong
    POST /exchange/changes             a cursor  →  what is new since, after a while if nothing is
    GET  /exchange/cards/{sha256}      nothing  →  an edition of the town's cards: see `CardsOffer`
    POST /exchange/enrolment           an enrolment  →  the town's seal, and from then on it does
    GET  /exchange/seal                nothing  →  the town's seal: see `SealOffer`

All are signed with the kiosk's key: see `sync.signing`. The centre applies each event id once, however often it comes.
"""

from civic.course import Holder, Standing
from sync.messages.cards_offer import CardsOffer, cards_statement
from sync.messages.chain import (
    Batch,
    ChainFault,
    Flaw,
    Head,
    Link,
    canonical,
    canonical_hash,
    first_hash,
    link,
    read_batch,
)
from sync.messages.changes import (
    LONGEST_CURSOR,
    LONGEST_WAIT_S,
    MOST_FILES,
    CalledNumber,
    Changes,
    ChangesWanted,
    HallLine,
    TownNotice,
)
from sync.messages.checks import MOST_PAPERS, KioskChecked, Told, Verdict
from sync.messages.enrolling import CodeFault, Enrolment, EnrolmentCode
from sync.messages.events import (
    Answer,
    DossierDeposited,
    Event,
    Fact,
    Outcome,
    PapersAdded,
    TicketHeld,
    TicketVoided,
    read_fact,
)
from sync.messages.fields import MessageFault
from sync.messages.following import (
    ByPin,
    ByToken,
    Inquiry,
    Owed,
    Passed,
    Pledge,
    Unopened,
    Visit,
    Whereabouts,
    read_found,
    read_inquiry,
)
from sync.messages.helping import coming_to_json, help_to_json, read_coming, read_help_wanted
from sync.messages.holding import held_to_json, read_held
from sync.messages.locked import FileRecord, LockedFile, lock, mark, unlock
from sync.messages.numbering import NumbersGiven
from sync.messages.reasons import MOST_REMINDERS, Asked, Reason, ReasonAsked
from sync.messages.refusal import Refusal
from sync.messages.seal_offer import SealOffer, offer_statement
from sync.messages.sealed import Opening, SealFault, Sealing, open_words, seal_words
from sync.messages.signing_in import SignedIn, SignIn, read_sign_in, read_signed_in
from sync.messages.uploading import CHUNK_TYPE, TUS_VERSION, page_metadata, read_page_metadata

AGENT_PATH = "/exchange/agent"
EVENTS_PATH = "/exchange/events"
FOLLOW_PATH = "/exchange/follow"
HELP_PATH = "/exchange/help"
PAPERS_PATH = "/exchange/papers"
GREETING_PATH = "/exchange/greeting"
NUMBERS_PATH = "/exchange/numbers"
CARDS_PATH = "/exchange/cards"
CHANGES_PATH = "/exchange/changes"
ENROLMENT_PATH = "/exchange/enrolment"
SEAL_PATH = "/exchange/seal"
UPLOADS_PATH = "/exchange/uploads"


__all__ = [
    "AGENT_PATH",
    "CARDS_PATH",
    "CHANGES_PATH",
    "CHUNK_TYPE",
    "ENROLMENT_PATH",
    "EVENTS_PATH",
    "FOLLOW_PATH",
    "GREETING_PATH",
    "HELP_PATH",
    "LONGEST_CURSOR",
    "LONGEST_WAIT_S",
    "MOST_FILES",
    "MOST_PAPERS",
    "MOST_REMINDERS",
    "NUMBERS_PATH",
    "PAPERS_PATH",
    "SEAL_PATH",
    "TUS_VERSION",
    "UPLOADS_PATH",
    "Answer",
    "Asked",
    "Batch",
    "ByPin",
    "ByToken",
    "CalledNumber",
    "CardsOffer",
    "ChainFault",
    "Changes",
    "ChangesWanted",
    "CodeFault",
    "DossierDeposited",
    "Enrolment",
    "EnrolmentCode",
    "Event",
    "Fact",
    "FileRecord",
    "Flaw",
    "HallLine",
    "Head",
    "Holder",
    "Inquiry",
    "KioskChecked",
    "Link",
    "LockedFile",
    "MessageFault",
    "NumbersGiven",
    "Opening",
    "Outcome",
    "Owed",
    "PapersAdded",
    "Passed",
    "Pledge",
    "Reason",
    "ReasonAsked",
    "Refusal",
    "SealFault",
    "SealOffer",
    "Sealing",
    "SignIn",
    "SignedIn",
    "Standing",
    "TicketHeld",
    "TicketVoided",
    "Told",
    "TownNotice",
    "Unopened",
    "Verdict",
    "Visit",
    "Whereabouts",
    "canonical",
    "canonical_hash",
    "cards_statement",
    "coming_to_json",
    "first_hash",
    "held_to_json",
    "help_to_json",
    "link",
    "lock",
    "mark",
    "offer_statement",
    "open_words",
    "page_metadata",
    "read_batch",
    "read_coming",
    "read_fact",
    "read_found",
    "read_held",
    "read_help_wanted",
    "read_inquiry",
    "read_page_metadata",
    "read_sign_in",
    "read_signed_in",
    "seal_words",
    "unlock",
]
