"""Every setting in one place: environment variables ``GOVNET_…``, which flags of the command line override.

``govnet doctor`` lists them from here, so a setting that is not described cannot exist.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings of one process, read once from the environment."""

    model_config = SettingsConfigDict(env_prefix="GOVNET_", frozen=True, extra="ignore")

    home: Path = Field(
        default=Path.home() / ".govnet", description="Data directory: engine data, runtime files, API keys"
    )
    host: str = Field(default="127.0.0.1", description="Address that the API listens on")
    port: int = Field(default=8000, ge=0, le=65535, description="Port that the API listens on")
    engine: str = Field(
        default="embedded",
        description="embedded, neo4j, or the address of a running engine (bolt://, neo4j://, neo4j+s://)",
    )
    seeds: Path | None = Field(
        default=None, description="Folder of seed tables that a district keeps for itself; empty for the shipped ones"
    )
    database: str = Field(default="", description="Database name; empty for the engine's default")
    neo4j_user: str = Field(default="neo4j", description="User for an engine given by address")
    neo4j_password: SecretStr = Field(default=SecretStr(""), description="Password for an engine given by address")
    neo4j_version: str = Field(
        default="", description="Version of Neo4j that --engine neo4j starts; empty for that of the data, or the newest"
    )
    java: str = Field(default="", description="Java program that runs Neo4j; empty to look for one")
    heap: str = Field(default="512m", description="Heap of an engine that govnet starts")
    pagecache: str = Field(default="256m", description="Page cache of a Neo4j that govnet starts")
    cache: Path | None = Field(
        default=None, description="Folder for downloads of Neo4j; empty for the user's cache folder"
    )
    maven: str = Field(
        default="", description="Mirror of Maven Central to download Neo4j from; empty for Maven Central"
    )
    query_timeout: float = Field(default=30.0, gt=0, description="Seconds after which a question is given up")
    connect_timeout: float = Field(default=10.0, gt=0, description="Seconds to wait for a connection")
    pool_size: int = Field(default=50, ge=1, description="Largest number of connections to the engine")
    batch_size: int = Field(default=5000, ge=1, le=50_000, description="Records written in one transaction")
    cursor_secret: SecretStr = Field(
        default=SecretStr(""), description="Key that signs page cursors; empty to keep one in the data directory"
    )
    log_level: str = Field(default="info", description="critical, error, warning, info or debug")


def rows() -> list[tuple[str, str, str, str]]:
    """(environment variable, current value, default, description) of every setting; secrets are masked."""
    current = Settings()
    found = []
    for name, field in Settings.model_fields.items():
        value = getattr(current, name)
        shown = ("(set)" if value.get_secret_value() else "") if isinstance(value, SecretStr) else str(value)
        default = "" if isinstance(field.default, SecretStr) else str(field.default)
        found.append((f"GOVNET_{name.upper()}", shown, default, field.description or ""))
    return found
