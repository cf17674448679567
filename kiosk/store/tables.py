"""The kiosk's tables. Nothing in them names a person: that part waits, for as long as it must, in the outbox."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

dossiers = Table(
    "dossiers",
    metadata,
    Column("reference", String, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("service", String, nullable=False),
    Column("deposited_at", String, nullable=False),
    Column("complete", Boolean, nullable=False),
    UniqueConstraint("year", "number"),
)

receipts = Table(
    "receipts",
    metadata,
    Column("reference", ForeignKey("dossiers.reference"), primary_key=True),
    Column("mark", String, nullable=False, index=True),
)

reminders = Table(
    "reminders",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("reference", String, nullable=False, index=True),
    Column("day", String, nullable=False),
    Column("asked_at", String, nullable=False),
    Column("answer_by", String, nullable=False),
)
"""Each time somebody asked here why a file is late."""

tickets = Table(
    "tickets",
    metadata,
    Column("id", String, primary_key=True),
    Column("day", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("number", String, nullable=False),
    Column("service", String, nullable=False),
    Column("language", String, nullable=False),
    Column("reference", String),  # perhaps another kiosk's: papers are added to a file anywhere
    Column("state", String, nullable=False, index=True),
    Column("prepared_at", String, nullable=False),
    Column("sealed", Text),  # what is needed to print it again, locked; erased once the citizen holds it
    UniqueConstraint("day", "position"),
)

mirror = Table(
    "mirror",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("cursor", String, nullable=False),
    Column("known_at", String),
    Column("line", Text, nullable=False),
    Column("heard_at", String, nullable=False),
)
"""One row: how far the centre was heard, and how things stood in the hall. `known_at` is None until all was heard."""

mirror_files = Table(
    "mirror_files",
    metadata,
    Column("reference", String, primary_key=True),
    Column("mark", String, nullable=False, index=True),
    Column("by_token", LargeBinary, nullable=False),
    Column("pin_salt", String, nullable=False),
    Column("by_pin", LargeBinary, nullable=False),
    Column("forget_after", String),
)
"""The site's files, each locked: see `sync.messages.locked`."""

tries = Table(
    "tries",
    metadata,
    Column("reference", String, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", String, nullable=False),
)
"""PINs tried here while the centre was out of reach."""

mirror_notices = Table(
    "mirror_notices",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("ar", Text, nullable=False),
    Column("fr", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("until", String, nullable=False),
)
"""What the town hall tells everybody who comes, up to that day."""

floors = Table(
    "floors",
    metadata,
    Column("series", String, primary_key=True),
    Column("number", Integer, nullable=False),
)
"""Numbers up to these were given before this store was begun, or may have been: see `kiosk.store.numbers`."""

beginnings = Table(
    "beginnings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("asked", Boolean, nullable=False),
    Column("wreck", String, nullable=False),
    Column("saved", Integer, nullable=False),
    Column("lost", Integer, nullable=False),
    Column("missing", String, nullable=False),
)
"""When this store was begun, and those it was saved from: see `kiosk.store.beginning`."""
