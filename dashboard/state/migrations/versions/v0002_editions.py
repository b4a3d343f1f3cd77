"""Editions under way, and objections to published ones."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """From accounts to editions."""
    op.create_table(
        "editions",
        sa.Column("edition", sa.String(80), nullable=False),
        sa.Column("period", sa.String(32), nullable=False),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("load", sa.Integer, nullable=False),
        sa.Column("corrects", sa.String(80)),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("editors", sa.String(1024), nullable=False),
        sa.Column("drafted_at", sa.DateTime, nullable=False),
        sa.Column("submitted_at", sa.DateTime),
        sa.Column("manifest_sha256", sa.String(64)),
        sa.Column("reviewer", sa.String(64)),
        sa.Column("reviewed_at", sa.DateTime),
        sa.Column("remark", sa.Text, nullable=False),
        sa.Column("publish_at", sa.DateTime),
        sa.Column("released_by", sa.String(64)),
        sa.Column("published_at", sa.DateTime),
        sa.PrimaryKeyConstraint("edition", name="pk_editions"),
    )
    op.create_index("ix_editions_status", "editions", ["status"])
    op.create_table(
        "objections",
        sa.Column("objection_id", sa.Integer, nullable=False),
        sa.Column("edition", sa.String(80), nullable=False),
        sa.Column("unit_code", sa.String(12), nullable=False),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("recorded_by", sa.String(64), nullable=False),
        sa.Column("recorded_at", sa.DateTime, nullable=False),
        sa.Column("ruling", sa.String(16)),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("ruled_by", sa.String(64)),
        sa.Column("ruled_at", sa.DateTime),
        sa.PrimaryKeyConstraint("objection_id", name="pk_objections"),
        sa.ForeignKeyConstraint(["edition"], ["editions.edition"], name="fk_objections_edition"),
    )
    op.create_index("ix_objections_edition", "objections", ["edition"])
