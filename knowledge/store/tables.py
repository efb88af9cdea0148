"""The tables, and the one way a moment is kept in them."""

from datetime import UTC, datetime
from typing import Any, ClassVar, Final

from sqlalchemy import DateTime, Dialect, Index, TypeDecorator, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class Instant(TypeDecorator[datetime]):
    """A moment with its zone: kept as UTC, because SQLite forgets zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn a moment into bare UTC."""
        del dialect
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401 - the driver's own
        """Give the zone back."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


def _where(condition: str) -> dict[str, Any]:
    """Keep in an index only the rows of which *condition* holds."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class TalkRow(SQLModel, table=True):
    """Where the talk with one chat stands."""

    __tablename__: ClassVar[str] = "talk"

    channel: str = Field(primary_key=True, max_length=20)
    chat: str = Field(primary_key=True, max_length=100)
    state: str
    updated_at: datetime = Field(sa_type=Instant)


class TurnRow(SQLModel, table=True):
    """One message and its answer, as shown: what makes a resent message harmless.

    Personal numbers are masked in what was said; rows go when their time is over.
    """

    __tablename__: ClassVar[str] = "turn"
    # Numbers never return, also after old rows are gone: readers ask for what came after one.
    __table_args__ = (
        UniqueConstraint("channel", "chat", "external_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=20)
    chat: str = Field(max_length=100)
    external_id: str = Field(max_length=100)
    said: str
    reply: str
    at: datetime = Field(sa_type=Instant, index=True)


class DossierRow(SQLModel, table=True):
    """A dossier as the handling system last told us; the owner's name is kept masked only."""

    __tablename__: ClassVar[str] = "dossier"

    code: str = Field(primary_key=True, max_length=60)
    procedure_name: str
    procedure_code: str | None = None
    owner_masked: str | None = None
    status: int
    source_status: str | None = None
    received_at: datetime | None = Field(default=None, sa_type=Instant)
    due_at: datetime | None = Field(default=None, sa_type=Instant)
    returned_at: datetime | None = Field(default=None, sa_type=Instant)
    agency: str | None = None
    note: str | None = None
    invented: bool = False
    imported_at: datetime = Field(sa_type=Instant)


class FeedbackRow(SQLModel, table=True):
    """What a citizen reported or proposed (NĐ 20/2008/NĐ-CP Đ.7: with name and contact)."""

    __tablename__: ClassVar[str] = "feedback"

    code: str = Field(primary_key=True, max_length=20)
    kind: str = Field(max_length=20)
    content: str
    name: str
    contact: str
    status: str = Field(max_length=20)
    channel: str = Field(max_length=20)
    chat: str = Field(max_length=100)
    received_at: datetime = Field(sa_type=Instant)


class AttachmentRow(SQLModel, table=True):
    """A file that a citizen sent with feedback; without a code it belongs to the chat's draft."""

    __tablename__: ClassVar[str] = "attachment"
    __table_args__ = (Index("ix_attachment_chat", "channel", "chat"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=20)
    chat: str = Field(max_length=100)
    feedback_code: str | None = Field(
        default=None, max_length=20, foreign_key="feedback.code", index=True
    )
    kind: str = Field(max_length=10)
    name: str
    size: int
    content: bytes
    received_at: datetime = Field(sa_type=Instant)


class AnswerRow(SQLModel, table=True):
    """An answer as it was shown, without anybody it was shown to (NĐ 118/2025/NĐ-CP Đ.16)."""

    __tablename__: ClassVar[str] = "answer"

    digest: str = Field(primary_key=True, max_length=64)
    procedure_code: str = Field(max_length=20, index=True)
    text: str
    times: int
    first_at: datetime = Field(sa_type=Instant)
    last_at: datetime = Field(sa_type=Instant)


class ErrorReportRow(SQLModel, table=True):
    """An answer that somebody called wrong, for the officers to look at."""

    __tablename__: ClassVar[str] = "error_report"

    id: int | None = Field(default=None, primary_key=True)
    procedure_code: str = Field(max_length=20)
    text: str
    at: datetime = Field(sa_type=Instant)


class ChecklistRow(SQLModel, table=True):
    """A checklist of papers; whoever knows its code may tick it."""

    __tablename__: ClassVar[str] = "checklist"

    code: str = Field(primary_key=True, max_length=20)
    procedure_code: str = Field(max_length=20)
    cases: str
    used_at: datetime = Field(sa_type=Instant, index=True)


class ChecklistTickRow(SQLModel, table=True):
    """A paper that is at hand; a row of its own, so that two channels may tick at once."""

    __tablename__: ClassVar[str] = "checklist_tick"

    checklist_code: str = Field(primary_key=True, max_length=20, foreign_key="checklist.code")
    paper: str = Field(primary_key=True, max_length=20)


class ChecklistHolderRow(SQLModel, table=True):
    """A chat that has used a checklist."""

    __tablename__: ClassVar[str] = "checklist_holder"

    channel: str = Field(primary_key=True, max_length=20)
    chat: str = Field(primary_key=True, max_length=100)
    checklist_code: str = Field(
        primary_key=True, max_length=20, foreign_key="checklist.code", index=True
    )
    used_at: datetime = Field(sa_type=Instant)


class PersonChatRow(SQLModel, table=True):
    """A chat of a citizen who has joined several; the name of the person is random."""

    __tablename__: ClassVar[str] = "person_chat"

    channel: str = Field(primary_key=True, max_length=20)
    chat: str = Field(primary_key=True, max_length=100)
    person: str = Field(max_length=40, index=True)


class JoinCodeRow(SQLModel, table=True):
    """A one-time code by which another chat joins this one."""

    __tablename__: ClassVar[str] = "join_code"

    code: str = Field(primary_key=True, max_length=20)
    channel: str = Field(max_length=20)
    chat: str = Field(max_length=100)
    expires_at: datetime = Field(sa_type=Instant)


class InboxRow(SQLModel, table=True):
    """A message that a door took: kept before the platform hears that we have it.

    Its words stay only until it is answered; its number stays longer, for platforms resend.
    """

    __tablename__: ClassVar[str] = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "bot", "external_id"),
        Index("ix_inbox_waiting", "channel", "chat", "id", **_where("done_at IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=20)
    bot: str = Field(max_length=60)
    external_id: str = Field(max_length=100)
    chat: str = Field(max_length=100)
    body: str
    received_at: datetime = Field(sa_type=Instant, index=True)
    put_off_until: datetime | None = Field(default=None, sa_type=Instant)
    """Somebody fetches its files meanwhile; whoever died doing so, others step in for."""
    done_at: datetime | None = Field(default=None, sa_type=Instant)


DOUBTFUL: Final = "state IN ('failed', 'unknown')"
"""Which parts of the outbox a person may have to decide; the words of its index."""


class OutboxRow(SQLModel, table=True):
    """One part of what we say to a chat, and what became of it.

    The parts of one reply share a key; a second reply under the same key is the same reply.
    """

    __tablename__: ClassVar[str] = "outbox"
    __table_args__ = (
        UniqueConstraint("channel", "chat", "key", "part"),
        Index("ix_outbox_open", "channel", "priority", "id", **_where("settled_at IS NULL")),
        Index("ix_outbox_chat", "channel", "chat", "settled_at"),
        Index("ix_outbox_lease", "lease_until", **_where("lease_until IS NOT NULL")),
        Index("ix_outbox_doubtful", "channel", "state", "id", **_where(DOUBTFUL)),
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=20)
    bot: str = Field(max_length=60)
    """The account whose chat it is; empty: nobody knew, so any may send it."""
    chat: str = Field(max_length=100)
    key: str = Field(max_length=200)
    part: int
    priority: int
    text: str
    buttons: str
    file: str | None = Field(default=None, max_length=300)
    """A form on the shelf, sent instead of the text."""
    state: str = Field(max_length=20)
    reason: str | None = Field(default=None, max_length=20)
    tries: int = 0
    created_at: datetime = Field(sa_type=Instant, index=True)
    due_at: datetime = Field(sa_type=Instant)
    lease_until: datetime | None = Field(default=None, sa_type=Instant)
    """While it is being sent: when whoever sends it must have heard what became of it."""
    settled_at: datetime | None = Field(default=None, sa_type=Instant)
    message_id: str | None = Field(default=None, max_length=100)


class ChannelRow(SQLModel, table=True):
    """What all replicas must agree on: who polls a channel, and when it may be written."""

    __tablename__: ClassVar[str] = "channel"

    channel: str = Field(primary_key=True, max_length=20)
    bot: str = Field(default="", max_length=60)
    """The account that writes on it now."""
    poller: str | None = Field(default=None, max_length=40)
    poller_until: datetime | None = Field(default=None, sa_type=Instant)
    next_send_at: datetime | None = Field(default=None, sa_type=Instant)


class ZaloTokenRow(SQLModel, table=True):
    """The tokens of a Zalo Official Account; each refresh token works once."""

    __tablename__: ClassVar[str] = "zalo_token"

    oa_id: str = Field(primary_key=True, max_length=100)
    access: str
    refresh: str
    access_expires_at: datetime = Field(sa_type=Instant)
    generation: int
    """Grows with each new pair: whoever holds an older number holds dead tokens."""
    renewing_since: datetime | None = Field(default=None, sa_type=Instant)
    """Somebody holds the lock; one who died holding it may have used up the refresh token."""
    needs_reauth_since: datetime | None = Field(default=None, sa_type=Instant)


class ContactRow(SQLModel, table=True):
    """When a citizen last wrote to an account of ours: a chat's name holds for that one alone."""

    __tablename__: ClassVar[str] = "contact"

    channel: str = Field(primary_key=True, max_length=20)
    chat: str = Field(primary_key=True, max_length=100)
    bot: str = Field(primary_key=True, max_length=60)
    wrote_at: datetime | None = Field(default=None, sa_type=Instant)
    left_at: datetime | None = Field(default=None, sa_type=Instant)
    """The citizen wants no more of us, unless he wrote since."""
    paused_until: datetime | None = Field(default=None, sa_type=Instant)
    """An officer speaks here meanwhile, and we do not."""
