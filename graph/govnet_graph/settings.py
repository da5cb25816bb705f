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
    cypher: bool = Field(
        default=False,
        description="Whether keys with the scopes cypher and names may ask in Cypher of their own (Neo4j only)",
    )
    cypher_timeout: float = Field(default=10.0, gt=0, le=600, description="Seconds after which such a query is ended")
    cypher_rows: int = Field(default=1000, ge=1, le=100_000, description="Most rows that it may return")
    cypher_bytes: int = Field(default=5_000_000, ge=1000, description="Most bytes of JSON that its rows may take")
    cypher_at_once: int = Field(default=2, ge=1, le=16, description="How many of them may run at once")
    ledger_bytes: int = Field(
        default=200_000_000, ge=1000, description="Smallest size of a ledger's file that is refused"
    )
    ledger_rows: int = Field(default=500_000, ge=1, description="Smallest number of rows of a sheet that is refused")
    solve_seconds: float = Field(
        default=60.0, gt=0, le=3600, description="Seconds that a solve takes at most, unless the caller says otherwise"
    )
    approve_own: bool = Field(default=True, description="Whether whoever proposed a plan may approve it")
    draft_hours: float = Field(default=72.0, gt=0, description="Hours that an uploaded ledger waits to be imported")
    webhook_networks: str = Field(
        default="",
        description="Networks besides public ones that webhooks may go to, parted by commas, such as 127.0.0.1/32,10.1.0.0/16",
    )
    webhook_timeout: float = Field(default=10.0, gt=0, le=60, description="Seconds after which a delivery is given up")
    webhook_attempts: int = Field(
        default=8, ge=1, le=20, description="Attempts at a delivery before it is dead; eight take about fifteen hours"
    )
    watch_seconds: float = Field(
        default=5.0,
        ge=0,
        description="Seconds between looks whether the data moved under standing questions; 0 for never",
    )
    open311_jurisdiction: str = Field(
        default="", description="jurisdiction_id of Open311; empty for the code of the loaded district"
    )
    open311_public: bool = Field(
        default=False,
        description="Whether Open311 may be read without a key from other machines, as its specification has it",
    )
    least_count: int = Field(
        default=5, ge=2, le=1000, description="Smallest count of cases or people that a report of lessons shows"
    )
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
