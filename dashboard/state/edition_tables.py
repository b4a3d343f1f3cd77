"""The tables of editions under way and of objections to published ones. Their DDL is in migrations/."""

from typing import Final

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, Text

from dashboard.state.moment import Moment
from dashboard.state.tables import METADATA

# One row per edition, from its first draft on. `status`: draft, submitted, approved, scheduled, published, withdrawn.
editions: Final = Table(
    "editions",
    METADATA,
    Column("edition", String(80), primary_key=True),
    Column("period", String(32), nullable=False),
    Column("level", String(16), nullable=False),
    Column("load", Integer, nullable=False),
    Column("corrects", String(80)),
    Column("status", String(16), nullable=False, index=True),
    Column("editors", String(1024), nullable=False),  # names of all who had a hand in it, parted by spaces
    Column("drafted_at", Moment, nullable=False),
    Column("submitted_at", Moment),
    Column("manifest_sha256", String(64)),  # of what was submitted: a reviewer approves these bytes and no others
    Column("reviewer", String(64)),
    Column("reviewed_at", Moment),
    Column("remark", Text, nullable=False),  # why it was sent back
    Column("publish_at", Moment),
    Column("released_by", String(64)),
    Column("published_at", Moment),
)

# One row per objection to a published edition; who raised it is not kept here.
objections: Final = Table(
    "objections",
    METADATA,
    Column("objection_id", Integer, primary_key=True),
    Column("edition", ForeignKey("editions.edition"), nullable=False, index=True),
    Column("unit_code", String(12), nullable=False),
    Column("received_on", Date, nullable=False),
    Column("text", Text, nullable=False),
    Column("recorded_by", String(64), nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("ruling", String(16)),  # upheld, dismissed; none: open
    Column("answer", Text, nullable=False),
    Column("ruled_by", String(64)),
    Column("ruled_at", Moment),
)
