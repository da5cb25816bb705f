"""Free Cypher for investigators: off by default, for keys with the scopes cypher and names, written to the audit log."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Mapping
from typing import Annotated, Any

import orjson
from fastapi import FastAPI, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from govnet_api.bodies import read_model
from govnet_api.connection import Connection
from govnet_api.contract import document
from govnet_api.errors import Problem, of_error
from govnet_api.negotiate import JSON
from govnet_api.operations import PREFIX
from govnet_api.routing import add
from govnet_api.security import Caller, Unauthorized, audit
from govnet_graph.errors import BadInput, GovnetError
from govnet_graph.keys import Scope
from govnet_graph.settings import Settings
from govnet_graph.store.free import EXAMPLE, FreeCypher, Table
from govnet_graph.store.gate import MAX_STATEMENT

PATH = f"{PREFIX}/cypher"
_NAME = r"^[A-Za-z_][A-Za-z0-9_]{0,99}$"


class Asked(BaseModel):
    """The body of a request."""

    model_config = ConfigDict(extra="forbid", strict=True)

    statement: Annotated[str, Field(min_length=1, max_length=MAX_STATEMENT)]
    parameters: dict[Annotated[str, Field(pattern=_NAME)], Any] = {}
    limit: Annotated[int, Field(ge=1, le=100_000)] | None = None


class Gone(GovnetError):
    """The caller has hung up; there is nobody to answer."""

    code = "bad-request"


def register(app: FastAPI, connection: Connection, settings: Settings) -> FreeCypher:
    """Adds ``POST /api/v1/cypher``; what is returned must be closed at the end."""
    free = FreeCypher(settings)

    async def ask(request: Request) -> Response:
        try:
            caller = _allowed(request.scope["govnet.caller"], settings)
            asked = await read_model(request, Asked)
            return await _Asking(request, caller, asked).answer(connection, free)
        except GovnetError as error:
            return of_error(error, request.scope["govnet.request_id"])

    add(app, PATH, ask, name="ask_cypher", tag="questions", spec=_spec(settings), methods=("POST",))
    return free


def _allowed(caller: Caller, settings: Settings) -> Caller:
    if not settings.cypher:
        raise Problem("cypher-off", "Free Cypher is switched off on this server.", "Start it with GOVNET_CYPHER=true.")
    if caller.key is None:
        raise Unauthorized(
            "Free Cypher always needs an API key.", hint="`govnet keys create` makes one with --scope cypher."
        )
    if not {Scope.CYPHER, Scope.NAMES} <= caller.scopes:
        raise Problem(
            "not-allowed",
            "This API key lacks the scope cypher or names; free Cypher needs both, because it can read everything.",
            "`govnet keys create LABEL --scope cypher --scope names` makes one that has them.",
        )
    return caller


class _Asking:
    """One use, from the audit log's first word to its last."""

    def __init__(self, request: Request, caller: Caller, asked: Asked) -> None:
        self._request = request
        self._caller = caller
        self._asked = asked

    async def answer(self, connection: Connection, free: FreeCypher) -> Response:
        """The response. Raises GovnetError."""
        began, rows, outcome = time.perf_counter(), 0, "ended"
        try:
            state = await connection.state()
            work = free.run(await connection.graph(), self._asked.statement, self._asked.parameters, self._asked.limit)
            table = await self._while_heard(work)
            rows, outcome = len(table.rows), "answered"
            return Response(_told(table, state.data_version), 200, {"cache-control": "no-store"}, JSON)
        except GovnetError as error:
            outcome = error.code
            raise
        finally:
            self._record(rows, time.perf_counter() - began, outcome)

    async def _while_heard(self, work: Any) -> Table:
        """The result, unless the caller hangs up first: then the query is cancelled, and the server ends it."""
        asking = asyncio.ensure_future(work)
        hearing = asyncio.ensure_future(self._hung_up())
        try:
            await asyncio.wait((asking, hearing), return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                raise Gone("The caller hung up.")
            table: Table = asking.result()
            return table
        finally:
            for task in (asking, hearing):
                task.cancel()
            await asyncio.gather(asking, hearing, return_exceptions=True)

    async def _hung_up(self) -> None:
        while (await self._request.receive())["type"] != "http.disconnect":
            pass

    def _record(self, rows: int, seconds: float, outcome: str) -> None:
        """One line: who, what was asked (never with which parameters), and how it ended."""
        request_id = self._request.scope["govnet.request_id"]
        statement = self._asked.statement
        audit.info(
            "cypher key=%s hash=%s rows=%d time=%.0fms outcome=%s request=%s statement=%s",
            self._caller.key, hashlib.sha256(statement.encode()).hexdigest(), rows, seconds * 1000, outcome, request_id,
            orjson.dumps(statement).decode(),
        )  # fmt: skip
        if outcome == "answered":
            audit.info("names read key=%s route=%s rows=%d request=%s", self._caller.key, PATH, rows, request_id)


def _told(table: Table, version: int) -> bytes:
    try:
        return orjson.dumps(
            {
                "columns": table.columns, "rows": table.rows, "truncated": table.limit_reached is not None,
                "limit_reached": table.limit_reached, "took_ms": round(table.seconds * 1000, 1), "data_version": version,
            }
        )  # fmt: skip
    except TypeError as error:
        raise BadInput("The result cannot be told as JSON.", hint="Return plain values.") from error


def _spec(settings: Settings) -> Mapping[str, Any]:
    row: Mapping[str, Any] = {"type": "array", "items": {}}
    result = {
        "type": "object",
        "properties": {
            "columns": {"type": "array", "items": {"type": "string"}},
            "rows": {"type": "array", "items": row, "description": "每行的值与 columns 同序 · Values in the order of columns"},
            "truncated": {"type": "boolean"},
            "limit_reached": {"type": ["string", "null"], "enum": ["rows", "bytes", None], "description": "截断的原因 · The limit that cut it short"},
            "took_ms": {"type": "number"},
            "data_version": {"type": "integer"},
        },
        "required": ["columns", "rows", "truncated", "limit_reached", "took_ms", "data_version"],
    }  # fmt: skip
    example = {
        "statement": EXAMPLE,
        "parameters": {"id": "unit-210902-11"},
        "limit": 100,
    }
    taken = {
        "type": "object", "additionalProperties": False, "required": ["statement"],
        "properties": {
            "statement": {"type": "string", "minLength": 1, "maxLength": MAX_STATEMENT},
            "parameters": {"type": "object", "propertyNames": {"pattern": _NAME}, "additionalProperties": True},
            "limit": {"type": ["integer", "null"], "minimum": 1, "maximum": 100_000},
        },
    }  # fmt: skip
    codes = (
        "bad-request", "body-too-large", "uri-too-long", "headers-too-large", "internal", "key-required", "misdirected", "busy", "keys-unusable",
        "bad-input", "bad-statement", "statement-refused", "cypher-off", "not-allowed", "unsupported-media-type", "invalid-request", "cypher-busy",
        "query-failed", "engine-unreachable", "graph-unusable", "nothing-loaded", "query-timeout",
    )  # fmt: skip
    return {
        "summary": "自由 Cypher 查询 · Ask in Cypher of your own",
        "description": (
            "供调查人员使用，默认关闭。密钥须同时具有 cypher 与 names 权限，因为自由查询可以读到包括成员姓名在内的一切内容；每次使用都写入审计日志。\n\n"
            "For investigators; off by default. The key needs the scopes `cypher` and `names`, because a free query can read everything, "
            "names of members included; each use is written to the audit log. Only reading is possible, on Neo4j only, within limits of "
            f"{settings.cypher_timeout:g} s, {settings.cypher_rows} rows and {settings.cypher_bytes} bytes. LOAD CSV, SHOW, regular expressions "
            "and procedures or functions that are not on the list are refused."
        ),
        "requestBody": {"required": True, "content": {JSON: {"schema": taken, "example": example}}},
        "security": [{"bearer": []}, {"apiKey": []}],
        "responses": {
            "200": {"description": "结果 · The result", "content": {JSON: {"schema": result}}},
            **document.problems(codes),
        },
    }


__all__ = ["PATH", "register"]
