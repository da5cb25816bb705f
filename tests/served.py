"""The API over a graph that is a list of rows: for what the HTTP side does, without an engine."""

from __future__ import annotations

import asyncio
import copy
import dataclasses
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from govnet_api.app import create_app
from govnet_api.logs import AUDIT_FILE
from govnet_graph.errors import GovnetError
from govnet_graph.questions import Question, parse
from govnet_graph.settings import Settings
from govnet_graph.store.engines.model import Engine
from govnet_graph.store.state import GraphState

HERE = "http://127.0.0.1:8000"

MEMBERS = """/*
question: {zh: 某单位的成员, en: Members of a unit}
area: unit
parameters:
  unit: {type: Unit, zh: 单位编号, en: Unit id}
  role: {type: string, default: null, values: [staff, leader], zh: 角色, en: Role}
columns:
  - {name: member, type: entity, zh: 成员, en: Member}
  - {name: role, type: string, zh: 角色, en: Role}
  - {name: skills, type: strings, zh: 技能, en: Skills}
grain: {zh: 每个成员一行, en: one row per member}
expected:
  parameters: {unit: unit-d, as_of: 2026-06-01}
  rows:
    - [{id: member-04, label: Member, name: 社区民警, title: 社区民警}, staff, [mediation]]
*/
MATCH (u:Unit {id: $unit}) WHERE $role IS NULL OR $as_of IS NULL
RETURN u AS member, u AS role, u AS skills ORDER BY member SKIP $skip LIMIT $limit
"""
PROFILE = MEMBERS.replace("某单位的成员", "单位").replace("Members of a unit", "A unit")
QUESTIONS: dict[str, Question] = {
    "unit-members": parse("unit-members", MEMBERS),
    "unit-profile": parse("unit-profile", PROFILE),
}


def member(number: int) -> list[Any]:
    """One row as the engine would give it, with a name that must not show."""
    who = {"id": f"member-{number:02}", "label": "Member", "name": f"Secret Name {number}", "title": f"title {number}"}
    return [who, "staff", ["mediation"]]


class Rows:
    """Stands in for the open graph: answers the reader's queries from a list, and counts what it was asked."""

    def __init__(self, rows: list[list[Any]], *, known: Mapping[str, str] | None = None) -> None:
        self.rows = rows
        self.known = dict(known or {"unit-d": "Unit"})
        self.version = 7
        self.dataset: str | None = "demo"
        self.loading: str | None = None
        self.error: Exception | None = None
        self.hold: asyncio.Event | None = None
        self.asked = 0
        self.entered = asyncio.Semaphore(0)
        self.version_reads = 0
        self.engine = Engine("remote", "bolt://rows", "", "", "")

    async def read(self, text: str, parameters: Mapping[str, Any] | None = None, **_: object) -> list[list[Any]]:
        """What the engine would return for the reader's own queries."""
        if text.startswith("MATCH (s:GraphState"):
            self.version_reads += 1
            held = {
                "schema_version": 1,
                "data_version": self.version,
                "dataset": self.dataset,
                "home": "990101",
                "loading": self.loading,
            }
            return [[held.get(field.name) for field in dataclasses.fields(GraphState)]]
        if text.startswith("MATCH (n:Entity {id: $id})"):
            label = self.known.get((parameters or {})["id"])
            return [[[label]]] if label else []
        self.asked += 1
        self.entered.release()
        if self.hold is not None:
            await self.hold.wait()
        if self.error is not None:
            raise self.error
        given = parameters or {}
        found = self.rows if given["unit"] == "unit-d" else []
        return [[self.version, copy.deepcopy(found[given["skip"] : given["skip"] + given["limit"]])]]


def settings_in(home: Path, **changes: Any) -> Settings:
    """Settings with a data directory of the test's own."""
    return Settings(home=home, cursor_secret="a secret of the tests", **changes)


def application(
    home: Path, graph: Rows | None = None, *, failing: GovnetError | None = None, **changes: Any
) -> FastAPI:
    """The application over rows, or over a graph that cannot be opened."""

    @asynccontextmanager
    async def provide() -> AsyncIterator[Any]:
        if failing is not None:
            raise failing
        yield graph

    return create_app(provide, settings_in(home, **changes), QUESTIONS)


@contextmanager
def client_of(app: FastAPI, *, base: str = HERE, **headers: str) -> Iterator[TestClient]:
    """A client of the running application that takes a failure for a response."""
    with TestClient(app, base_url=base, headers=headers, raise_server_exceptions=False) as client:
        yield client


@contextmanager
def recorded(name: str) -> Iterator[Callable[[], str]]:
    """What a logger said meanwhile."""
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    keep = Keep(logging.INFO)
    logger = logging.getLogger(name)
    logger.addHandler(keep)
    try:
        yield lambda: "\n".join(lines)
    finally:
        logger.removeHandler(keep)


def audit_of(home: Path) -> str:
    """The record of reads of names so far."""
    path = home / AUDIT_FILE
    return path.read_text() if path.exists() else ""
