"""Checklists of papers, their ticks, and the chats that use them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checklist",
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("procedure_code", sa.String(20), nullable=False),
        sa.Column("cases", sa.String(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index("ix_checklist_used_at", "checklist", ["used_at"])
    op.create_table(
        "checklist_tick",
        sa.Column("checklist_code", sa.String(20), nullable=False),
        sa.Column("paper", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(["checklist_code"], ["checklist.code"]),
        sa.PrimaryKeyConstraint("checklist_code", "paper"),
    )
    op.create_table(
        "checklist_holder",
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("chat", sa.String(100), nullable=False),
        sa.Column("checklist_code", sa.String(20), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["checklist_code"], ["checklist.code"]),
        sa.PrimaryKeyConstraint("channel", "chat", "checklist_code"),
    )
    op.create_index("ix_checklist_holder_checklist_code", "checklist_holder", ["checklist_code"])


def downgrade() -> None:
    op.drop_index("ix_checklist_holder_checklist_code", "checklist_holder")
    op.drop_table("checklist_holder")
    op.drop_table("checklist_tick")
    op.drop_index("ix_checklist_used_at", "checklist")
    op.drop_table("checklist")
