"""The only module that imports the neo4j driver: connections, read and write sessions, errors in our own words.

Reads run as auto-commit queries in read sessions, which spares two round trips; they are repeated here when the
engine says that trying again may help. Writes are managed transactions of the driver, which retries them.
"""

from __future__ import annotations

import asyncio
import base64
import logging
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import neo4j
from neo4j import AsyncDriver, AsyncGraphDatabase, AsyncManagedTransaction, AsyncSession, Query
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
from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

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
            # The first statement of an engine that has just started may take longer than a connection does.
            await graph.read("RETURN 1", timeout=max(settings.connect_timeout, settings.query_timeout))
            yield graph

    async def read(
        self, text: str, parameters: Mapping[str, Any] | None = None, *, timeout: float | None = None
    ) -> list[Row]:
        """Every row of a read-only query, as lists of driver values.

        Raises
        ------
        QueryFailed, QueryTimedOut, EngineUnreachable
        """
        return await self._repeated(text, timeout, lambda query: self._read_once(query, parameters))

    async def plan(
        self,
        text: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        profile: bool = False,
        timeout: float | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> Mapping[str, Any] | None:
        """The plan of a query as the driver gives it, None where the engine tells none; see ``store.plans``.

        With ``profile`` the query is run, else only planned. ``metadata`` marks the transaction in the engine's list.
        """

        async def once(query: Query) -> Mapping[str, Any] | None:
            async with self._reading() as session:
                result = await session.run(query, dict(parameters or {}))
                # All rows are read first: a profile that is asked for too early is an error.
                async for _ in result:
                    pass
                summary = await result.consume()
                return summary.profile if profile else summary.plan

        return await self._repeated(f"{'PROFILE' if profile else 'EXPLAIN'} {text}", timeout, once, metadata)

    async def browse(
        self,
        text: str,
        parameters: Mapping[str, Any],
        take: Callable[[Row], bool],
        *,
        timeout: float,
        fetch: int,
        metadata: Mapping[str, Any],
    ) -> list[str]:
        """Run a query that somebody else wrote once, in a read transaction that is rolled back; the names of its columns.

        ``take`` is given row after row, as driver values, until it says False or they end; ``fetch`` rows travel at once.
        The engine ends the query after ``timeout`` seconds, and when this task is cancelled. ``metadata`` marks the
        transaction in the engine's list. Raises QueryFailed, QueryTimedOut, EngineUnreachable.
        """
        try:
            async with asyncio.timeout(timeout + 1), self._reading(fetch_size=fetch) as session:
                transaction = await session.begin_transaction(metadata=dict(metadata), timeout=timeout)
                try:
                    result = await transaction.run(text, dict(parameters))
                    async for record in result:
                        if not take(list(record.values())):
                            break
                    return list(result.keys())
                finally:
                    await transaction.close()
        except TimeoutError as error:
            raise QueryTimedOut(
                f"The engine gave no answer within {timeout:g} s.", hint="Ask for less, or start from an indexed id."
            ) from error
        except (Neo4jError, DriverError) as error:
            raise self._explained(error) from error

    def _reading(self, **options: Any) -> AsyncSession:
        return self._driver.session(
            database=self._database, default_access_mode=neo4j.READ_ACCESS, bookmark_manager=self._bookmarks, **options
        )

    async def _repeated(
        self,
        text: str,
        timeout: float | None,
        once: Callable[[Query], Awaitable[T]],
        metadata: Mapping[str, Any] | None = None,
    ) -> T:
        """Run a reading query within its time, again where the engine says that this may help."""
        seconds = timeout or self._settings.query_timeout
        query = Query(text, timeout=seconds, metadata=dict(metadata) if metadata else None)
        for left in reversed(range(_READ_TRIES)):
            try:
                async with asyncio.timeout(seconds + 1):
                    return await once(query)
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
        async with self._reading() as session:
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


def plain(value: Any) -> Any:
    """A driver value as what JSON can hold: nodes, relationships and paths as maps, moments and durations as ISO text.

    A node is ``{id, labels, properties}``, a relationship ``{id, type, from, to, properties}``, a path ``{nodes,
    relationships}``; ``id``, ``from`` and ``to`` are our own ids, null for what has none. Points are lists of their
    coordinates, bytes are base64, numbers that JSON lacks are null.
    """
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else None
        case list() | tuple() if not isinstance(value, Duration | Point):
            return [plain(item) for item in value]
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
        case Node():
            held = plain(dict(value))
            return {"id": held.get("id"), "labels": sorted(value.labels), "properties": held}
        case Relationship():
            held = plain(dict(value))
            ends = [node.get("id") if node is not None else None for node in value.nodes]
            return {"id": held.get("id"), "type": value.type, "from": ends[0], "to": ends[1], "properties": held}
        case Path():
            return {"nodes": plain(list(value.nodes)), "relationships": plain(list(value.relationships))}
        case Date() | DateTime() | Time() | Duration():
            return value.iso_format()
        case Point():
            return list(value)
        case bytes() | bytearray():
            return base64.b64encode(value).decode()
        case _:
            return str(value)
