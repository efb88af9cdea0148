"""Every value that comes from outside, typed, frozen, read once."""

import re
from pathlib import Path
from typing import Final, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge.calendar.hours import OpeningHours
from knowledge.procedures.catalog import SHIPPED

_ORIGIN: Final = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?")


class Settings(BaseSettings):
    """Read from the environment (prefix MOTCUA_) or a file `.env` in the working directory."""

    model_config = SettingsConfigDict(
        env_prefix="MOTCUA_", env_file=".env", env_ignore_empty=True, frozen=True, extra="ignore"
    )

    database_url: str = "sqlite+aiosqlite:///motcua.db"
    catalog: Path = SHIPPED
    forms: Path | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    public_url: str = ""
    secure_cookies: bool = False
    behind_proxy: bool = False
    embed_on: str = ""
    sample_dossiers: bool = True
    keep_days: int = Field(default=30, ge=1)
    fresh_days: int = Field(default=180, ge=1)
    feedback_files: int = Field(default=5, ge=1, le=20)
    feedback_file_mb: int = Field(default=10, ge=1, le=20)
    feedback_all_mb: int = Field(default=25, ge=1, le=200)
    feedback_day_mb: int = Field(default=1000, ge=1)
    office_name: str = "Sở Khoa học và Công nghệ"
    office_address: str = ""
    office_telephone: str = ""
    office_hours: str = ""
    telegram_token: SecretStr | None = None
    telegram_api: str = "https://api.telegram.org"
    telegram_proxy: str | None = None
    telegram_webhook_url: str | None = Field(default=None, pattern="^https://")
    telegram_per_second: float = Field(default=30, gt=0)
    telegram_chat_gap: float = Field(default=1, ge=0)
    hooks_host: str = "127.0.0.1"
    hooks_port: int = Field(default=8081, ge=0, le=65535)
    zalo_bot_token: SecretStr | None = None
    zalo_bot_api: str = "https://bot-api.zaloplatforms.com"
    zalo_bot_webhook_url: str | None = Field(default=None, pattern="^https://")
    zalo_oa_id: str | None = None
    zalo_oa_app_id: str | None = None
    zalo_oa_app_secret: SecretStr | None = None
    zalo_oa_webhook_secret: SecretStr | None = None
    zalo_oa_token_key: SecretStr | None = None
    zalo_oa_api: str = "https://openapi.zalo.me"
    zalo_oa_oauth: str = "https://oauth.zaloapp.com"
    zalo_files_from: str = ""
    zalo_oa_push_hours: int = Field(default=168, ge=1, le=168)
    zalo_oa_pause_minutes: int = Field(default=30, ge=0, le=7 * 24 * 60)

    @field_validator("embed_on", "zalo_files_from")
    @classmethod
    def _are_origins(cls, origins: str) -> str:
        """Refuse what would let in more than the named places."""
        for origin in origins.split():
            if not _ORIGIN.fullmatch(origin):
                problem = f'"{origin}" is no origin such as https://portal.example.vn'
                raise ValueError(problem)
        return origins

    @field_validator("office_hours")
    @classmethod
    def _can_be_read(cls, hours: str) -> str:
        """Refuse hours that the calendar could not count by."""
        if hours:
            OpeningHours.parse(hours)
        return hours

    @field_validator("zalo_oa_token_key")
    @classmethod
    def _can_be_used(cls, key: SecretStr | None) -> SecretStr | None:
        """Refuse a key that could not encrypt."""
        if key is not None:
            from cryptography.fernet import Fernet  # noqa: PLC0415 - 7 MB that only a key needs

            Fernet(key.get_secret_value())
        return key

    @model_validator(mode="after")
    def _complete(self) -> Self:
        """Refuse an Official Account that is set up by half."""
        needed = ("zalo_oa_id", "zalo_oa_app_id", "zalo_oa_app_secret", "zalo_oa_webhook_secret")
        missing = [name for name in needed if getattr(self, name) is None]
        if 0 < len(missing) < len(needed):
            message = f"MOTCUA_{missing[0].upper()} is missing"
            raise ValueError(message)
        return self
