"""Free Cypher: a statement that somebody wrote, run on Neo4j in a read transaction, within limits.

It may read everything, names of members included; who may use it is the caller's affair. ``store.gate`` says what it
may do. A place to run is given back only when the server says that the query has ended: the time limit and a closed
connection end a query between two of its steps, and one long step, such as a loop inside an expression, goes on.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from govnet_graph.errors import BadInput, GovnetError
from govnet_graph.settings import Settings
from govnet_graph.store.driver import Graph, QueryFailed, QueryTimedOut, Row, plain
from govnet_graph.store.gate import check_plan, check_text

_log = logging.getLogger("govnet.store")
_INT64 = 2**63
_DEEPEST = 20
_FETCH = 200
_LOOK_SECONDS = 0.5
#: A statement to try on the demonstration district, with its parameters.
EXAMPLE = "MATCH (u:Unit {id: $id})-[:PAIRED_WITH]->(c) RETURN c.id"
_ONLY_NEO4J = "Start with --engine neo4j, or name a Neo4j by its address."


class Unsuited(GovnetError):
    """The engine cannot hold a query to reading, so it is given none."""

    code = "cypher-off"


class TooMany(GovnetError):
    """As many queries as may run are running."""

    code = "cypher-busy"


class BadStatement(BadInput):
    """The database does not understand the statement, or it failed on the data."""

    code = "bad-statement"


@dataclass(frozen=True, slots=True)
class Table:
    """What a statement gave: columns in order, rows of plain values, and which limit cut it short."""

    columns: list[str]
    rows: list[list[Any]]
    limit_reached: str | None
    seconds: float


class FreeCypher:
    """Runs statements on one engine, some at once; ``watching`` holds a task for each that its caller has left."""

    def __init__(self, settings: Settings) -> None:
        self._seconds = settings.cypher_timeout
        self._rows = settings.cypher_rows
        self._bytes = settings.cypher_bytes
        self._places = settings.cypher_at_once
        self._databases: dict[str, str] = {}
        self.watching: set[asyncio.Task[None]] = set()

    @property
    def free_places(self) -> int:
        """How many more queries may start now."""
        return self._places

    async def run(self, graph: Graph, statement: str, parameters: Mapping[str, Any], limit: int | None = None) -> Table:
        """Look at a statement and its plan, then run it.

        Parameters
        ----------
        graph : Graph
        statement : str
        parameters : mapping of str to object
            JSON values.
        limit : int, optional
            Most rows wanted; the settings' limit holds all the same.

        Raises
        ------
        Unsuited, TooMany, StatementRefused, BadStatement, QueryTimedOut, EngineUnreachable
        """
        _check_value(dict(parameters), 0)
        text = check_text(statement, _longest(parameters))
        if not self._places:
            raise TooMany("As many queries as may run at once are running.", hint="Try again in a few seconds.")
        self._places -= 1
        mark, at_it = uuid.uuid4().hex, False  # at_it: whether the server may still be planning or running it
        try:
            database = await self._database(graph)
            at_it = True
            plan = await graph.plan(text, parameters, timeout=self._seconds, metadata={"govnet": mark})
            at_it = False
            if not plan or "operatorType" not in plan:
                raise Unsuited("This engine does not tell its plan of a statement.", hint=_ONLY_NEO4J)
            check_plan(plan, database)
            at_it = True
            table = await self._run(graph, text, parameters, min(limit or self._rows, self._rows), mark)
            at_it = False
            return table
        except QueryFailed as error:
            at_it = False
            raise _explained(error) from error
        finally:
            if at_it:
                self._watch(graph, mark)
            else:
                self._places += 1

    async def close(self) -> None:
        """Stop watching queries that have not ended."""
        for task in self.watching:
            task.cancel()
        await asyncio.gather(*self.watching, return_exceptions=True)

    async def _run(self, graph: Graph, text: str, parameters: Mapping[str, Any], limit: int, mark: str) -> Table:
        rows: list[list[Any]] = []
        size, reached = 0, None

        def take(row: Row) -> bool:
            nonlocal size, reached
            if len(rows) >= limit:
                reached = "rows"
                return False
            told = plain(row)
            size += len(orjson.dumps(told))
            if size > self._bytes:
                reached = "bytes"
                return False
            rows.append(told)
            return True

        began = time.perf_counter()
        columns = await graph.browse(
            text, parameters, take, timeout=self._seconds, fetch=min(limit + 1, _FETCH), metadata={"govnet": mark}
        )
        return Table(columns, rows, reached, time.perf_counter() - began)

    async def _database(self, graph: Graph) -> str:
        """Name of the database that the graph is in, known to be Neo4j's. Raises Unsuited."""
        known = self._databases.get(graph.engine.uri)
        if known is not None:
            return known
        if graph.engine.kind == "embedded":
            raise Unsuited(
                "The embedded engine does not hold a query to reading and cannot stop it, so it takes no Cypher of others.",
                hint=_ONLY_NEO4J,
            )
        try:
            kernels = await graph.read("CALL dbms.components() YIELD name RETURN name")
            name = await graph.read("CALL db.info() YIELD name RETURN name")
        except QueryFailed as error:
            raise Unsuited("This engine does not say that it is Neo4j.", hint=_ONLY_NEO4J) from error
        if ["Neo4j Kernel"] not in kernels or len(name) != 1:
            raise Unsuited("This engine does not say that it is Neo4j.", hint=_ONLY_NEO4J)
        self._databases[graph.engine.uri] = str(name[0][0])
        return self._databases[graph.engine.uri]

    def _watch(self, graph: Graph, mark: str) -> None:
        task = asyncio.get_running_loop().create_task(self._until_gone(graph, mark))
        self.watching.add(task)
        task.add_done_callback(self.watching.discard)

    async def _until_gone(self, graph: Graph, mark: str) -> None:
        """Give the place back when the server no longer lists the query."""
        began, warned = time.monotonic(), False
        try:
            while await self._listed(graph, mark):
                if not warned and time.monotonic() - began > self._seconds:
                    _log.warning("a query goes on though it was stopped; only a restart of the engine ends it")
                    warned = True
                await asyncio.sleep(_LOOK_SECONDS)
        finally:
            self._places += 1

    async def _listed(self, graph: Graph, mark: str) -> bool:
        try:
            # The server ends what is still there; where it has ended, nothing is found.
            found = await graph.read(
                "SHOW TRANSACTIONS YIELD metaData WHERE metaData.govnet = $mark RETURN count(*)", {"mark": mark}
            )
        except (QueryFailed, QueryTimedOut):
            return True
        except GovnetError:
            return False  # the engine is gone, and the query with it
        return bool(found[0][0])


def _explained(error: QueryFailed) -> GovnetError:
    """An error of the statement in the database's words; anything else stays what it is."""
    code = str(getattr(error.__cause__, "code", ""))
    said = str(getattr(error.__cause__, "message", "") or error.message).splitlines()
    if code.startswith("Neo.ClientError."):
        return BadStatement(f"The database refuses the statement: {said[0] if said else code}", hint=code)
    if "Memory" in code:
        return BadStatement("The query needs more memory than the database gives it.", hint="Ask for less at once.")
    return error


def _longest(value: Any) -> int:
    """Characters of the longest text, or elements of the longest list, in the parameters."""
    if isinstance(value, str):
        return len(value)
    inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return max([len(inside), *map(_longest, inside)])


def _check_value(value: Any, depth: int) -> None:
    """Raise BadInput for parameters that the protocol cannot carry."""
    if depth > _DEEPEST:
        raise BadInput("The parameters are nested too deeply.", hint=f"{_DEEPEST} levels are allowed.")
    if isinstance(value, dict):
        for item in value.values():
            _check_value(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _check_value(item, depth + 1)
    elif isinstance(value, int) and not isinstance(value, bool) and not -_INT64 <= value < _INT64:
        raise BadInput(f"{value} does not fit into 64 bits.", hint="Send it as text.")
    elif isinstance(value, float) and not math.isfinite(value):
        raise BadInput(f"{value} is no number of JSON.", hint="Send it as text.")
