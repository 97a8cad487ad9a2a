"""The configuration: the only reader of the environment."""

import ipaddress
from functools import cache
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DATABASE_NAME = "timeline.sqlite3"
ROOT = Path(__file__).resolve().parents[1]


class Settings(BaseSettings):
    """What the environment sets, each by the upper-case name of its field; empty values count as not set."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True)

    host: str = Field("127.0.0.1", description="Address that the site listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port that the site listens on.")
    data_dir: Path = Field(Path("data"), description="Folder of the SQLite database; it is made if it is missing.")
    database_url: str = Field(
        "",
        description="SQLAlchemy URL of the database: SQLite or PostgreSQL. Not set: an SQLite file in `DATA_DIR`.",
        validate_default=True,
    )
    site_title: str | None = Field(None, description="Title of the site. Not set: made from the items.")
    edit_password: SecretStr | None = Field(
        None, description="Password for uploads and changes. Not set: open on loopback, read-only elsewhere."
    )
    seed: bool = Field(True, description="Whether an empty database gets the demo articles.")
    max_upload_mb: int = Field(50, ge=1, le=2000, description="Largest upload in megabytes, all its files together.")
    knowledge_dir: Path | None = Field(
        None, description="Folder of your own knowledge files, which add to ours. Not set: ours alone."
    )
    spacy_model: str | None = Field(None, description="Name of an installed spaCy model. Not set: the bundled one.")
    lease_seconds: int = Field(
        30, ge=2, le=3600, description="How long a stopped worker's article waits for another; workers renew it."
    )

    @field_validator("database_url")
    @classmethod
    def _name_the_driver(cls, value: str) -> str:
        for scheme in ("postgres://", "postgresql://"):
            if value.startswith(scheme):
                return "postgresql+psycopg://" + value.removeprefix(scheme)
        if value and not value.startswith(("sqlite://", "postgresql+psycopg://")):
            raise ValueError("only sqlite:// and postgresql:// databases are supported")
        return value

    @property
    def max_upload_bytes(self) -> int:
        """The upload limit in bytes."""
        return self.max_upload_mb * 1_000_000

    @property
    def store_url(self) -> str:
        """The URL of the database to open."""
        return self.database_url or f"sqlite:///{self.data_dir / DATABASE_NAME}"

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the site."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def is_read_only(self) -> bool:
        """Whether nobody may change anything: other machines can reach the site, and no password protects it."""
        return not self.is_loopback and self.edit_password is None


@cache
def get_settings() -> Settings:
    """The settings, read from the environment once. Raises pydantic.ValidationError where a value makes no sense."""
    return Settings()
