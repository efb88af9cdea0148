"""The tables, and the one way a moment is kept in them."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import DateTime, Dialect, TypeDecorator, UniqueConstraint
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


class ZaloContactRow(SQLModel, table=True):
    """When a citizen last wrote to the Official Account, which opens the window for our words."""

    __tablename__: ClassVar[str] = "zalo_contact"

    chat: str = Field(primary_key=True, max_length=100)
    wrote_at: datetime | None = Field(default=None, sa_type=Instant, index=True)
    left_at: datetime | None = Field(default=None, sa_type=Instant)
    paused_until: datetime | None = Field(default=None, sa_type=Instant)
    """An officer speaks here meanwhile, and we do not."""
