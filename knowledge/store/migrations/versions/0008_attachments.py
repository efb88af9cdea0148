"""Files that citizens attach to feedback, and messages that wait until theirs are fetched."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("chat", sa.String(100), nullable=False),
        sa.Column("feedback_code", sa.String(20), nullable=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["feedback_code"], ["feedback.code"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_attachment_chat", "attachment", ["channel", "chat"])
    op.create_index("ix_attachment_feedback_code", "attachment", ["feedback_code"])
    op.add_column("inbox", sa.Column("put_off_until", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("inbox", "put_off_until")
    op.drop_index("ix_attachment_feedback_code", "attachment")
    op.drop_index("ix_attachment_chat", "attachment")
    op.drop_table("attachment")
