"""The only module that imports the neo4j driver: connections, read and write sessions, errors in our own words.

Reads run as auto-commit queries in read sessions, which spares two round trips; they are repeated here when the
engine says that trying again may help. Writes are managed transactions of the driver, which retries them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import neo4j
from neo4j import AsyncDriver, AsyncGraphDatabase, AsyncManagedTransaction, Query
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConstraintError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)
from neo4j.time import Date, DateTime

from govnet_graph.errors import BadInput, EngineUnreachable, GovnetError
from govnet_graph.settings import Settings
from govnet_graph.store.engines.model import Engine

Row = list[Any]
T = TypeVar("T")
_READ_TRIES = 3
logging.getLogger("neo4j.notifications").setLevel(logging.ERROR)


class QueryFailed(GovnetError):
    """The engine refused a query."""

    code = "query-failed"


class QueryTimedOut(GovnetError):
    """A query took longer than it may."""

    code = "query-timeout"


class WriteConflict(GovnetError):
    """Somebody else wrote to the graph in between; nothing of this write was kept."""

    code = "write-conflict"


class Transaction:
    """A write transaction: runs statements and returns their rows as lists."""

    def __init__(self, transaction: AsyncManagedTransaction) -> None:
        self._transaction = transaction

    async def run(self, text: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """Every row of one statement."""
        result = await self._transaction.run(text, dict(parameters or {}))
        return [list(record.values()) async for record in result]


class Graph:
    """An open connection to one engine. Use ``async with Graph.open(engine, settings) as graph``."""

    def __init__(self, driver: AsyncDriver, engine: Engine, settings: Settings) -> None:
        self._driver = driver
        self._bookmarks = AsyncGraphDatabase.bookmark_manager()
        self._settings = settings
        self.engine = engine
        self._database = settings.database or engine.database or None

    @classmethod
    @asynccontextmanager
    async def open(cls, engine: Engine, settings: Settings) -> AsyncIterator[Graph]:
        """Connect and make sure that the engine answers. Raises EngineUnreachable or BadInput (wrong address)."""
        auth = (engine.user, engine.password) if engine.user or engine.password else None
        try:
            driver = AsyncGraphDatabase.driver(
                engine.uri,
                auth=auth,
                max_connection_pool_size=settings.pool_size,
                connection_timeout=settings.connect_timeout,
                connection_acquisition_timeout=settings.connect_timeout,
                max_transaction_retry_time=settings.query_timeout,
                user_agent="govnet",
            )
        except (ConfigurationError, ValueError) as error:
            raise BadInput(
                f"{engine.uri!r} is not an engine address: {error}", hint="Use bolt://host:port or neo4j://host:port."
            ) from error
        async with driver:
            graph = cls(driver, engine, settings)
            await graph.read("RETURN 1", timeout=settings.connect_timeout)
            yield graph

    async def read(
        self, text: str, parameters: Mapping[str, Any] | None = None, *, timeout: float | None = None
    ) -> list[Row]:
        """Every row of a read-only query, as lists of driver values.

        Raises
        ------
        QueryFailed, QueryTimedOut, EngineUnreachable
        """
        seconds = timeout or self._settings.query_timeout
        query = Query(text, timeout=seconds)
        for left in reversed(range(_READ_TRIES)):
            try:
                async with asyncio.timeout(seconds + 1):
                    return await self._read_once(query, parameters)
            except TimeoutError as error:
                raise QueryTimedOut(
                    f"The engine gave no answer within {seconds:g} s.", hint="Ask for a smaller area or fewer rows."
                ) from error
            except (Neo4jError, DriverError) as error:
                if not left or not error.is_retryable():
                    raise self._explained(error) from error
                await asyncio.sleep(0.1 * (_READ_TRIES - left))
        raise AssertionError("unreachable")

    async def _read_once(self, query: Query, parameters: Mapping[str, Any] | None) -> list[Row]:
        async with self._driver.session(
            database=self._database, default_access_mode=neo4j.READ_ACCESS, bookmark_manager=self._bookmarks
        ) as session:
            result = await session.run(query, dict(parameters or {}))
            return [list(record.values()) async for record in result]

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run ``work`` in one write transaction that the driver retries; it must be safe to repeat.

        Raises
        ------
        WriteConflict, QueryFailed, EngineUnreachable
        """

        async def managed(transaction: AsyncManagedTransaction) -> T:
            return await work(Transaction(transaction))

        try:
            async with self._driver.session(database=self._database, bookmark_manager=self._bookmarks) as session:
                return await session.execute_write(managed)
        except (Neo4jError, DriverError) as error:
            raise self._explained(error) from error

    async def define(self, statements: list[str]) -> None:
        """Run schema statements, each in its own transaction."""
        try:
            async with self._driver.session(database=self._database) as session:
                for text in statements:
                    await (await session.run(text)).consume()
        except (Neo4jError, DriverError) as error:
            raise self._explained(error) from error

    def _explained(self, error: Neo4jError | DriverError) -> GovnetError:
        """The driver's error in our words; never with parameters, which may hold personal data."""
        if isinstance(error, AuthError):
            return EngineUnreachable(
                f"{self.engine.uri} refused the user or password.",
                hint="Set GOVNET_NEO4J_USER and GOVNET_NEO4J_PASSWORD.",
            )
        if isinstance(error, ServiceUnavailable | SessionExpired | DriverError):
            return EngineUnreachable(
                f"The engine at {self.engine.uri} does not answer.",
                hint="`govnet engine status` and `govnet doctor` say what is wrong.",
            )
        if isinstance(error, ConstraintError):
            return WriteConflict("Another record with the same id was written in between.", hint="Run it again.")
        if isinstance(error, ClientError) and "TransactionTimedOut" in (error.code or ""):
            return QueryTimedOut(
                "The engine stopped the query because it took too long.", hint="Ask for a smaller area or fewer rows."
            )
        lines = (error.message or str(error)).splitlines()
        return QueryFailed(f"The engine refused the query ({error.code}): {lines[0] if lines else ''}")


def native(value: Any) -> Any:
    """A driver value as plain Python: the driver's own dates and times become those of ``datetime``."""
    if isinstance(value, Date | DateTime):
        return value.to_native()
    if isinstance(value, list):
        return [native(item) for item in value]
    if isinstance(value, dict):
        return {key: native(item) for key, item in value.items()}
    return value


def encode(value: object) -> str:
    """ISO text of the driver's dates and times, for JSON encoders that meet one. Raises TypeError for other types."""
    if isinstance(value, Date):
        return value.iso_format()
    if isinstance(value, DateTime):
        # The graph keeps moments as naive UTC; outside it they say so.
        return value.iso_format() + ("Z" if value.tzinfo is None else "")
    raise TypeError(f"{type(value).__name__} has no JSON form")
