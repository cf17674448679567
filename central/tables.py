"""What the centre keeps. Every key begins with the municipality, so that an engine can place towns apart."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    and_,
    select,
    union_all,
)
from sqlalchemy.engine import Dialect


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept and given back in UTC: SQLite itself forgets the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.replace(tzinfo=None)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.astimezone(UTC) if dialect.name == "postgresql" else moment.replace(tzinfo=UTC)


metadata = MetaData()


def _town() -> Column[str]:
    return Column("municipality", Text, primary_key=True)


def _text(name: str, key: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=False)


municipalities = Table(
    "municipalities",
    metadata,
    _town(),
    Column("version", Integer, nullable=False),
    Column("change", BigInteger, nullable=False),
)
"""`change` grows with every change a page could show: see `central.changes`."""

kiosks = Table(
    "kiosks",
    metadata,
    _town(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("site"),
    Column("key_id", Text),
    Column("enrolled_at", Moment, nullable=False),
)
"""`key_id` is the one key it speaks with: see `keys`. None when it was revoked, or not enrolled yet."""

keys = Table(
    "keys",
    metadata,
    _town(),
    _text("id", key=True),
    Column("kiosk", Integer, nullable=False),
    _text("public"),
    Column("enrolled_at", Moment, nullable=False),
)
"""Every public key a kiosk ever spoke with, in hexadecimal digits: what it signed can be checked for ever."""

codes = Table(
    "codes",
    metadata,
    _town(),
    Column("kiosk", Integer, primary_key=True, autoincrement=False),
    _text("code_hash"),
    _text("site"),
    Column("expires_at", Moment, nullable=False),
    Column("key_id", Text),
)
"""The last enrolment code made for each number. `key_id`: the key that used it."""

nonces = Table(
    "nonces",
    metadata,
    _town(),
    _text("key_id", key=True),
    _text("nonce", key=True),
    Column("until", Moment, nullable=False),
)
"""The requests heard lately: none is heard twice."""

hearings = Table(
    "hearings",
    metadata,
    _town(),
    Column("kiosk", Integer, primary_key=True, autoincrement=False),
    Column("heard_at", Moment, nullable=False),
    Column("ahead_s", BigInteger, nullable=False),
)
"""When each kiosk last spoke, and by how many seconds its own clock was ahead of the centre's then."""

checks = Table(
    "checks",
    metadata,
    _town(),
    Column("kiosk", Integer, primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, nullable=False),
    Column("checked_at", Moment, nullable=False),
    Column("parts", JSON, nullable=False),
    Column("papers_left", Integer),
)
"""The last word of each kiosk about itself."""

agents = Table(
    "agents",
    metadata,
    _town(),
    _text("name", key=True),
    _text("password_hash"),
    _text("site"),
    Column("counter", Integer, nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    _town(),
    _text("subject", key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", Moment, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    _town(),
    Column("kiosk", Integer, primary_key=True, autoincrement=False),
    _text("id", key=True),
    Column("sequence", BigInteger, nullable=False),
    _text("outcome"),
    _text("reason"),
    Column("received_at", Moment, nullable=False),
    _text("life"),
    _text("kind"),
    _text("time"),
    _text("data_hash"),
    _text("previous"),
    _text("hash"),
    Column("data", JSON),
    Index("inbox_chain", "municipality", "kiosk", "sequence"),
)
"""Every event a kiosk told, without its data: those are in the dossier or the ticket it made, and here only their hash.

So the chain can be checked for ever, and nobody's name is kept twice. A refused event made nothing: its `data` stay.
"""

retold = Table(
    "retold",
    metadata,
    _town(),
    Column("kiosk", Integer, primary_key=True, autoincrement=False),
    _text("life", key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    _text("id"),
    _text("previous"),
    _text("hash"),
)
"""Where an event of the inbox stands in another life too: its kiosk told again what it saved from a damaged store."""

_TOLD = inbox.c.municipality == retold.c.municipality, inbox.c.kiosk == retold.c.kiosk, inbox.c.id == retold.c.id
chained = union_all(
    *(
        select(
            at.c.municipality,
            at.c.kiosk,
            at.c.life,
            at.c.sequence,
            at.c.id,
            at.c.previous,
            at.c.hash,
            inbox.c.kind,
            inbox.c.time,
            inbox.c.data_hash,
            inbox.c.data,
        ).select_from(source)
        for at, source in ((inbox, inbox), (retold, retold.join(inbox, and_(*_TOLD))))
    )
).subquery("chained")
"""Every event as its chain has it, once for each life it stands in."""

heads = Table(
    "heads",
    metadata,
    _town(),
    Column("kiosk", Integer, primary_key=True, autoincrement=False),
    _text("life", key=True),
    Column("sequence", BigInteger, nullable=False),
    _text("hash"),
)
"""Where each life of each kiosk has come to."""

batches = Table(
    "batches",
    metadata,
    _town(),
    Column("kiosk", Integer, primary_key=True, autoincrement=False),
    _text("life", key=True),
    _text("hash", key=True),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    _text("previous"),
    _text("key_id"),
    _text("signature"),
    Column("received_at", Moment, nullable=False),
)
"""What the kiosks signed: `sync.messages.Head`, and with which key."""

findings = Table(
    "findings",
    metadata,
    _town(),
    Column("kiosk", Integer, primary_key=True, autoincrement=False),
    _text("flaw", key=True),
    _text("life", key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("times", Integer, nullable=False),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
)
"""What was wrong with a chain when something of it arrived; `sequence` is where, 0 when that is not known."""

dossiers = Table(
    "dossiers",
    metadata,
    _town(),
    _text("reference", key=True),
    _text("site"),
    Column("kiosk", Integer, nullable=False),
    _text("service"),
    _text("language"),
    Column("deposited_at", Moment, nullable=False),
    Column("answers", JSON, nullable=False),
    _text("applicant_name"),
    _text("applicant_phone"),
    Column("identity_kind", Text),
    _text("identity_number"),
    _text("token_hash"),
    _text("pin_salt"),
    _text("pin_hash"),
    _text("stage"),
    Column("change", BigInteger, nullable=False),
    Column("terms", JSON(none_as_null=True)),
    Index("dossiers_token", "municipality", "token_hash", unique=True),
    Index("dossiers_change", "municipality", "change"),
)
"""`terms`: the delay that was promised, see `central.terms`; NULL in what was kept before there were any."""


def _of_dossier() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["municipality", "reference"], ["dossiers.municipality", "dossiers.reference"])


steps = Table(
    "steps",
    metadata,
    _town(),
    _text("reference", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _text("stage"),
    Column("entered_at", Moment, nullable=False),
    Column("agent", Text),
    _of_dossier(),
)

assisted = Table(
    "assisted",
    metadata,
    _town(),
    _text("reference", key=True),
    Column("taken_at", Moment, primary_key=True),
    _text("agent"),
    Column("counter", Integer, nullable=False),
    Column("witnesses", JSON, nullable=False),
    _of_dossier(),
)
"""What an agent took in at a counter: a row for the deposit, one for each time papers were added."""

documents = Table(
    "documents",
    metadata,
    _town(),
    _text("reference", key=True),
    _text("requirement", key=True),
    Column("position", Integer, nullable=False),
    Column("pages", JSON, nullable=False),
    Column("excuse", Text),
    _text("decision"),
    _text("reason"),
    Column("decided_by", Text),
    Column("decided_at", Moment),
    Column("given_in", Text),
    Column("given_on", Date),
    _of_dossier(),
)
"""`pages` lists the SHA-256 of each page, in order; none when the paper was still to bring.

`excuse`: why the citizen cannot bring it, a `civic.excuse.Excuse`; NULL when they can, or did.
`given_in`: the earlier file its pages were given in; NULL when they came with this one. `given_on`: the day they were
given, NULL when that is the day of the deposit.
"""

help_calls = Table(
    "help_calls",
    metadata,
    _town(),
    Column("kiosk", Integer, primary_key=True, autoincrement=False),
    Column("called_at", Moment, nullable=False),
    _text("agent"),
)
"""Where somebody asks for an agent now. `agent`: who goes there, empty while nobody does."""

reminders = Table(
    "reminders",
    metadata,
    _town(),
    _text("reference", key=True),
    Column("kiosk", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("asked_at", Moment, nullable=False),
    Column("answer_by", Date, nullable=False),
    Column("reason", JSON),
    Column("answered_at", Moment),
    Column("agent", Text),
    _of_dossier(),
    Index("reminders_open", "municipality", "answered_at"),
)
"""Each time somebody asked why their file is late. `reason` is said in three languages; NULL while it is owed."""

tickets = Table(
    "tickets",
    metadata,
    _town(),
    _text("id", key=True),
    _text("site"),
    _text("number"),
    Column("day", Date, nullable=False),
    _text("service"),
    Column("reference", Text),
    _text("language"),
    _text("state"),
    Column("held_at", Moment, nullable=False),
    _text("held_by"),
    Column("counter", Integer),
    Column("agent", Text),
    Column("calls", Integer, nullable=False),
    Column("called_at", Moment),
    Column("closed_at", Moment),
    _of_dossier(),
    Index("tickets_queue", "municipality", "site", "day", "state", "held_at"),
    Index("tickets_dossier", "municipality", "reference"),
)

ages = Table(
    "ages",
    metadata,
    _town(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("id"),
    Column("since", BigInteger, nullable=False),
    Column("begun_at", Moment, nullable=False),
)
"""Each start of a process of the centre, and the change the town was at: see `central.ages`."""

notices = Table(
    "notices",
    metadata,
    _town(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("site", Text),
    _text("ar"),
    _text("fr"),
    _text("en"),
    Column("until", Date, nullable=False),
)
"""What hangs on the kiosks' first screen up to that day; at every site where `site` is NULL."""

editions = Table(
    "editions",
    metadata,
    _town(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("sha256"),
    Column("packed", LargeBinary, nullable=False),
    _text("signature"),
    Column("published_at", Moment, nullable=False),
)
"""The cards the town published, each edition as `civic.edition` packs it, with the signature of the town's key.

Number 0 was never published: what the centre's folder held when it started last, before the town published any.
"""
