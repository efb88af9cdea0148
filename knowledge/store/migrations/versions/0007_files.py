"""A part of what we say may be a file."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("file", sa.String(300), nullable=True))


def downgrade() -> None:
    op.drop_column("outbox", "file")
