"""Compares what an engine answers with the expected rows and with the oracle, for every question."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from govnet_graph.questions import Question, bind, catalogue
from govnet_graph.records import Dataset
from govnet_graph.store.driver import Graph, native
from govnet_graph.store.reader import ask
from govnet_graph.store.state import clear
from govnet_graph.store.writer import apply
from tests.oracle import ORACLE, World
from tests.oracle.world import RECORDED_AT

DAYS = (dt.date(2025, 12, 31), dt.date(2026, 3, 1), dt.date(2026, 6, 1), dt.date(2026, 9, 1))
NOW = RECORDED_AT
_VALUES: dict[str, list[object]] = {
    "q": ["松", "song", "unit", "zzz"],
    "ids": [["need-1", "res-canteen-1", "nothing"], []],
    "from": [dt.date(2026, 1, 1)],
    "to": [dt.date(2026, 7, 1)],
    "relationship": [
        "PAIRED_WITH:unit-c>990101001002001",
        "SUPERSEDED:unit-f>990101001002002#taken-back",
        "MEMBER_OF:member-04>unit-d",
        "no-such:relationship",
    ],
}


def cases(question: Question, data: Dataset, days: tuple[dt.date, ...], most: int) -> Iterator[dict[str, object]]:
    """Parameters worth asking with: every id of the labels asked for, on several days, evenly thinned to ``most``."""
    by_label: dict[str, list[str]] = {}
    for node in data.nodes:
        by_label.setdefault(node.label, []).append(node.id)
    by_label["Area"] = [id_ for label in ("District", "Street", "Community", "Grid") for id_ in by_label.get(label, [])]
    by_label["Entity"] = [node.id for node in data.nodes]
    pools: list[list[object]] = []
    names = [p.name for p in question.parameters if p.required or p.default == "home"]
    for name in names:
        parameter = question.parameter(name)
        assert parameter is not None
        if parameter.is_id:
            pools.append(list(by_label.get(parameter.type, [])))
        else:
            pools.append(_VALUES[name])
    if question.parameter("known_at"):
        names.append("known_at")
        pools.append([None, RECORDED_AT - dt.timedelta(days=1), dt.datetime(2026, 6, 10), dt.datetime(2026, 6, 20, 9)])
    if question.parameter("level"):
        names.append("level")
        pools.append([*question.parameter("level").values])  # type: ignore[union-attr]
    combinations = [dict(zip([*names, "as_of"], values, strict=True)) for values in itertools.product(*pools, days)]
    step = max(1, len(combinations) // most)
    for given in combinations[::step][:most]:
        yield {**given, "limit": 1000}


async def reload(graph: Graph, data: Dataset) -> None:
    """Make the graph hold exactly this data set."""
    await clear(graph)
    await apply(graph, data, author="test", reason="test", now=NOW)


async def answer(graph: Graph, question: Question, given: Mapping[str, object], home: str) -> list[list[Any]]:
    """The rows of a question as plain Python values."""
    found = await ask(graph, question, given, home=home)
    return [native(row) for row in found.rows]


async def disagreement(graph: Graph, world: World, question: Question, given: Mapping[str, object]) -> str:
    """How engine and oracle differ on one question, naming the first differing row; empty where they agree."""
    if question.id not in ORACLE:
        return f"{question.id}: the oracle does not know it"
    ours = await answer(graph, question, given, world.home)
    theirs = ORACLE[question.id](world, bind(question, given, home=world.home))
    return "" if ours == theirs else f"{question.id} {given}: {_difference(ours, theirs)}"


async def disagreements(graph: Graph, data: Dataset, *, most: int = 12) -> list[str]:
    """The first disagreement of each question over a spread of parameters."""
    world = World(data)
    found = []
    for question in catalogue().values():
        for given in cases(question, data, DAYS, most):
            if text := await disagreement(graph, world, question, given):
                found.append(text)
                break
    return found


def _difference(ours: list[list[Any]], theirs: list[list[Any]]) -> str:
    for number, (a, b) in enumerate(itertools.zip_longest(ours, theirs)):
        if a != b:
            return f"row {number} of {len(ours)}/{len(theirs)}: engine {a!r}, oracle {b!r}"
    return "equal"
