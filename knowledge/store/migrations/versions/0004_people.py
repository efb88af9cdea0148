"""Chats that belong to one citizen, and the one-time codes that join them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person_chat",
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("chat", sa.String(100), nullable=False),
        sa.Column("person", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("channel", "chat"),
    )
    op.create_index("ix_person_chat_person", "person_chat", ["person"])
    op.create_table(
        "join_code",
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("chat", sa.String(100), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )


def downgrade() -> None:
    op.drop_table("join_code")
    op.drop_index("ix_person_chat_person", "person_chat")
    op.drop_table("person_chat")
