"""What goes out bears the account whose chat it is; who wrote when is known on every channel."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("channel", _bot())
    op.add_column("outbox", _bot())
    _tell_whose_answers_they_are()
    doubtful = sa.text("state IN ('failed', 'unknown')")
    op.create_index(
        "ix_outbox_doubtful",
        "outbox",
        ["channel", "state", "id"],
        sqlite_where=doubtful,
        postgresql_where=doubtful,
    )
    op.create_table(
        "contact",
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("chat", sa.String(100), nullable=False),
        sa.Column("bot", sa.String(60), nullable=False),
        sa.Column("wrote_at", sa.DateTime(), nullable=True),
        sa.Column("left_at", sa.DateTime(), nullable=True),
        sa.Column("paused_until", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("channel", "chat", "bot"),
    )
    # Of two accounts nobody knows whose contacts these are: their windows count as closed.
    op.execute(
        "INSERT INTO contact (channel, chat, bot, wrote_at, left_at, paused_until)"
        " SELECT 'zalo_oa', chat, (SELECT max(oa_id) FROM zalo_token),"
        " wrote_at, left_at, paused_until FROM zalo_contact"
        " WHERE (SELECT count(*) FROM zalo_token) = 1"
    )
    op.drop_index("ix_zalo_contact_wrote_at", "zalo_contact")
    op.drop_table("zalo_contact")


def downgrade() -> None:
    op.create_table(
        "zalo_contact",
        sa.Column("chat", sa.String(100), nullable=False),
        sa.Column("wrote_at", sa.DateTime(), nullable=True),
        sa.Column("left_at", sa.DateTime(), nullable=True),
        sa.Column("paused_until", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("chat"),
    )
    op.create_index("ix_zalo_contact_wrote_at", "zalo_contact", ["wrote_at"])
    op.execute(
        "INSERT INTO zalo_contact (chat, wrote_at, left_at, paused_until)"
        " SELECT chat, max(wrote_at), max(left_at), max(paused_until) FROM contact"
        " WHERE channel = 'zalo_oa' GROUP BY chat"
    )
    op.drop_table("contact")
    op.drop_index("ix_outbox_doubtful", "outbox")
    op.drop_column("outbox", "bot")
    op.drop_column("channel", "bot")


def _bot() -> sa.Column[str]:
    return sa.Column("bot", sa.String(60), nullable=False, server_default="")


def _tell_whose_answers_they_are() -> None:
    """Read the account from the key of an answer: "bot number"; news did not say it."""
    at = {"sqlite": "instr(key, ' ')", "postgresql": "strpos(key, ' ')"}
    space = at[op.get_bind().dialect.name]
    op.execute(
        f"UPDATE outbox SET bot = substr(key, 1, {space} - 1)"  # noqa: S608 - our own words
        f" WHERE priority = 0 AND {space} BETWEEN 2 AND 61"
    )
