"""The tokens of a Zalo Official Account, and when each citizen last wrote to it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "zalo_token",
        sa.Column("oa_id", sa.String(100), nullable=False),
        sa.Column("access", sa.String(), nullable=False),
        sa.Column("refresh", sa.String(), nullable=False),
        sa.Column("access_expires_at", sa.DateTime(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("renewing_since", sa.DateTime(), nullable=True),
        sa.Column("needs_reauth_since", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("oa_id"),
    )
    op.create_table(
        "zalo_contact",
        sa.Column("chat", sa.String(100), nullable=False),
        sa.Column("wrote_at", sa.DateTime(), nullable=True),
        sa.Column("left_at", sa.DateTime(), nullable=True),
        sa.Column("paused_until", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("chat"),
    )
    op.create_index("ix_zalo_contact_wrote_at", "zalo_contact", ["wrote_at"])


def downgrade() -> None:
    op.drop_index("ix_zalo_contact_wrote_at", "zalo_contact")
    op.drop_table("zalo_contact")
    op.drop_table("zalo_token")
