"""The kiosk's tables. Nothing in them names a person: that part waits, for as long as it must, in the outbox."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, MetaData, String, Table, Text, UniqueConstraint

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
    Column("token_hash", String, nullable=False, index=True),
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
    Column("reference", ForeignKey("dossiers.reference")),
    Column("state", String, nullable=False, index=True),
    Column("prepared_at", String, nullable=False),
    Column("sealed", Text),  # what is needed to print it again; erased once the citizen holds it
    UniqueConstraint("day", "position"),
)
