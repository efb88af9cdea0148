"""What the settings say of the Official Account and of the application that speaks for it."""

from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Everything that must be known to serve one Official Account; secrets show nowhere."""

    oa_id: str
    app_id: str
    app_secret: str = field(repr=False)
    """The application's own secret: with it, tokens are renewed."""
    webhook_secret: str = field(repr=False)
    """The "OA Secret Key" of the webhook page: with it, Zalo signs what it delivers."""
    token_key: str | None = field(default=None, repr=False)
    """A Fernet key: where there is one, the tokens are kept encrypted."""
    api: str
    oauth: str
    push: timedelta
    """How long after a citizen's last words we may write of our own accord."""
    pause: timedelta
    """How long we keep silent in a chat after an officer wrote there."""
    files_from: tuple[str, ...] = ()
    """The only origins from which files are fetched; none: any public https address."""
