"""Requests per second: our API, the bare asynchronous driver and Neo4j's own HTTP Query API, for one one-hop question.

All three run the same question text with the same parameters and deliver the same 20 rows. Each runs for the same time
in each round, in turn. CPU is that of the engine and of the process that serves (API) or decodes (driver) together.
"""

from __future__ import annotations

import asyncio
import base64
import datetime as dt
import os
import time
from collections.abc import Callable

import orjson
import psutil
from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase

from govnet_graph.bench.engine import Bench
from govnet_graph.bench.http import request_bytes, requests_per_second
from govnet_graph.bench.model import Row, interleaved, rows
from govnet_graph.bench.served import served
from govnet_graph.questions import question

_SECONDS, _CONNECTIONS, _ROWS = 3.0, 16, 20
_QUESTION = "unit-members"
_PARAMETERS: dict[str, object] = {"skip": 0, "limit": _ROWS}


def _cpu(*pids: int) -> float:
    """CPU seconds that processes have used so far."""
    return sum(sum(psutil.Process(pid).cpu_times()[:2]) for pid in pids)


async def _driver_rate(bench: Bench, parameters: dict[str, object]) -> float:
    text = question(_QUESTION).body
    driver: AsyncDriver = AsyncGraphDatabase.driver(bench.engine.uri, auth=(bench.engine.user, bench.engine.password))

    async def worker(until: float) -> int:
        done = 0
        while time.monotonic() < until:
            async with driver.session(
                database=bench.engine.database or None, default_access_mode=READ_ACCESS
            ) as session:
                result = await session.run(text, parameters)
                got = [record.values() async for record in result]
            if len(got) != _ROWS:
                raise RuntimeError(f"{len(got)} rows came instead of {_ROWS}")
            done += 1
        return done

    async with driver:
        await asyncio.gather(*(worker(time.monotonic() + 0.3) for _ in range(_CONNECTIONS)))
        start = time.monotonic()
        counts = await asyncio.gather(*(worker(start + _SECONDS) for _ in range(_CONNECTIONS)))
        return sum(counts) / (time.monotonic() - start)


def run(bench: Bench, rounds: int) -> list[Row]:
    """Requests per second and CPU milliseconds per request of the three ways, and the ratio of each to the bare driver."""
    bench.load_demo()
    day = dt.date(2026, 6, 1)
    unit = asyncio.run(_unit(bench))
    text = question(_QUESTION).body
    api_path = f"/api/v1/questions/{_QUESTION}?unit={unit}&as_of={day}&limit={_ROWS}"
    basic = base64.b64encode(f"{bench.engine.user}:{bench.engine.password}".encode()).decode()
    body = orjson.dumps({"statement": text, "parameters": {**_PARAMETERS, "unit": unit, "as_of": str(day)}})
    query = request_bytes(
        "POST",
        "127.0.0.1",
        "/db/neo4j/query/v2",
        {"Authorization": f"Basic {basic}", "Content-Type": "application/json", "Accept": "application/json"},
        body,
    )
    http_port = int((bench.engine.http_uri or "").rsplit(":", 1)[1].strip("/"))
    cpu: dict[str, list[float]] = {}

    def measured(name: str, pids: tuple[int, ...], once: Callable[[], float]) -> Callable[[], float]:
        def runner() -> float:
            before = _cpu(*pids)
            rate = once()
            cpu.setdefault(name, []).append(1000 * (_cpu(*pids) - before) / (rate * _SECONDS))
            return rate

        return runner

    engine_pid = bench.engine.pid or 0
    with served(bench) as (port, server_pid):
        api = request_bytes("GET", "127.0.0.1", api_path, {"Accept": "application/json"})
        given: dict[str, object] = {**_PARAMETERS, "unit": unit, "as_of": day}
        values = interleaved(
            {
                "bare driver": measured(
                    "bare driver", (engine_pid, os.getpid()), lambda: asyncio.run(_driver_rate(bench, given))
                ),
                "govnet API": measured(
                    "govnet API",
                    (engine_pid, server_pid),
                    lambda: asyncio.run(
                        requests_per_second("127.0.0.1", port, api, seconds=_SECONDS, connections=_CONNECTIONS)
                    ),
                ),
                "Query API": measured(
                    "Query API",
                    (engine_pid,),
                    lambda: asyncio.run(
                        requests_per_second("127.0.0.1", http_port, query, seconds=_SECONDS, connections=_CONNECTIONS)
                    ),
                ),
            },
            rounds,
        )
    cost = {f"{name}, CPU": series[-rounds:] for name, series in cpu.items()}
    return rows(values, "requests/s", "bare driver") + rows(cost, "ms CPU/request", "bare driver, CPU")


async def _unit(bench: Bench) -> str:
    """The unit with the most members: its one-hop question has more than 20 rows to choose from."""
    async with bench.graph() as graph:
        text = "MATCH (u:Unit)<-[r:MEMBER_OF]-() WITH u.id AS id, count(r) AS n WHERE n > $rows RETURN id ORDER BY n DESC, id LIMIT 1"
        return str((await graph.read(text, {"rows": _ROWS}))[0][0])
