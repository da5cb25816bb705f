"""Asks all that a report tells of, of one data version. It judges nothing itself: coverage and proofs are others' work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from govnet_graph.changes.proposals import Solved, read, solve
from govnet_graph.errors import NotFound
from govnet_graph.planner.certificate import Certificate
from govnet_graph.planner.errors import PlannerError
from govnet_graph.planner.model import Timer
from govnet_graph.questions import question
from govnet_graph.reports.model import Cell, Certified, Facts, Planned, Record
from govnet_graph.schema import Text
from govnet_graph.store.driver import Graph, WriteConflict
from govnet_graph.store.reader import ask, home_of
from govnet_graph.store.stream import synthetic_among

_PAGE = 1000
_ATTEMPTS = 4
_PLANS = 5
_LOOKED_AT = 40
#: Plans that were refused, given up or taken back plan nothing.
_STANDING = ("open", "approved", "applied")
#: Plans look ahead: one that was made after the period counts as well, as far as the data version knows it.
_EVER = dt.date(2199, 12, 31)
_STATES = {"+": "covered", "-": "uncovered", "?": "unknown"}
_UP = "MATCH (n:Entity {id: $id}) (()-[:PART_OF]->()){0,4} (a:Entity) RETURN a.id, a.name"
_GENERATED = "MATCH (n:Entity) WHERE n.synthetic RETURN 1 LIMIT 1"


async def gather(graph: Graph, *, area: str = "", first: dt.date, last: dt.date, seconds: float | None = None) -> Facts:
    """What is known of a period.

    Parameters
    ----------
    graph : Graph
    area : str
        Id of a district, street, community or grid; the loaded district where left out.
    first, last : date
        The situation on the one is compared with that on the other; what changed on ``first`` itself came before.
    seconds : float, optional
        Longest time for the certificate. Where it is not enough the certificate is the best that was found by then and says
        so; only then may the same data give another one.

    Raises
    ------
    NotFound, NothingLoaded, BadParameter, EngineUnreachable, WriteConflict
        The area is none; the graph is written to without a pause.
    """
    home = area or await home_of(graph) or ""
    for _ in range(_ATTEMPTS):
        reading = _Reading(graph, home, first, last)
        found = await reading.facts(seconds)
        if len(reading.versions) == 1:
            return found
    raise WriteConflict("The graph is being written to without a pause.", hint="Try again in a moment.")


@dataclass(slots=True)
class _Reading:
    """One attempt; ``versions`` holds every data version that was met."""

    graph: Graph
    area: str
    first: dt.date
    last: dt.date
    versions: set[int] = field(default_factory=set)

    async def facts(self, seconds: float | None) -> Facts:
        """All answers."""
        here = {"area": self.area}
        matrix = {**here, "level": "Street"}
        now = await self._rows("coverage-matrix", matrix)
        before = await self._rows("coverage-matrix", matrix, self.first)
        states = await self._rows("coverage-states", here)
        states_before = await self._rows("coverage-states", here, self.first)
        gaps = await self._rows("coverage-gaps", here)
        ledgers = await self._rows("missing-ledgers", here)
        pairings = await self._rows("pairing-changes", {**here, "from": self.first})
        requirements = await self._rows("requirements", {})
        above = dict(await self._up(self.area))
        if self.area not in above:
            raise NotFound(f"There is no area {self.area[:60]!r}.")
        sources = await self._rows("sources-of", {"ids": sorted({row["source"] for row in pairings if row["source"]})})
        judged = _cells(states)
        named = _ids(now, gaps, pairings) | {area for area, _ in judged}
        synthetic = await synthetic_among(self.graph, sorted(named))
        plans = await self._plans(above)
        certificate = await self._certificate(seconds)
        # What was read without a question is of the same version where a question after it still is.
        await self._rows("plans", {"kind": "proposal"}, most=1)
        names, streets = _places(states, gaps)
        return Facts(
            area=(self.area, above[self.area]), first=self.first, last=self.last, version=max(self.versions),
            generated=bool(synthetic) or bool(await self.graph.read(_GENERATED)), synthetic=synthetic,
            requirements=tuple(sorted(requirements, key=lambda row: (row["priority"], row["requirement"]["id"]))),
            now=tuple(now), before=tuple(before), judged=judged, judged_before=_cells(states_before), names=names,
            streets=streets, gaps=tuple(gaps), ledgers=tuple(ledgers), pairings=tuple(pairings),
            sources={row["record"]["id"]: row["record"]["name"] for row in sources}, plans=plans, certificate=certificate,
        )  # fmt: skip

    async def _rows(
        self, name: str, given: Mapping[str, object], day: dt.date | None = None, most: int | None = None
    ) -> list[dict[str, Any]]:
        """All rows of a question; names of members stay masked."""
        found: list[dict[str, Any]] = []
        while True:
            asked = {**given, "as_of": day or self.last, "limit": most or _PAGE, "skip": len(found)}
            answer = await ask(self.graph, question(name), asked, names=False)
            self.versions.add(answer.data_version)
            found += answer.records()
            if not answer.more or most is not None:
                return found

    async def _up(self, area: str) -> list[tuple[str, str]]:
        """(id, name) of an area and of all that it lies in."""
        return [(row[0], row[1]) for row in await self.graph.read(_UP, {"id": area})]

    async def _plans(self, above: Mapping[str, str]) -> tuple[Planned, ...]:
        """The newest plans that are about the area, about what it lies in or about a part of it."""
        found: list[Planned] = []
        for row in await self._rows("plans", {"kind": "proposal"}, _EVER, most=_LOOKED_AT):
            about = row["area"] or ""
            if row["state"] not in _STANDING or len(found) == _PLANS:
                continue
            if about in above or self.area in dict(await self._up(about)):
                found.append(await self._planned(row["plan"]["id"]))
        return tuple(found)

    async def _planned(self, plan: str) -> Planned:
        proposal = await read(self.graph, plan)
        changes = await self._rows("plan-changes", {"plan": plan}, _EVER)
        counts = {
            name: sum(change.operation == operation for change in proposal.changes)
            for name, operation in (("begin", "create"), ("end", "end"), ("change", "supersede"))
        }
        return Planned(
            plan, proposal.name, proposal.state, proposal.effective_on, proposal.certificate, counts, tuple(changes)
        )

    async def _certificate(self, seconds: float | None) -> Certified | None:
        """What the certificate of the last day says; None where no requirement can be certified."""
        watch = Timer(seconds) if seconds is not None else None
        try:
            found = await solve(self.graph, "certificate", {}, area=self.area, as_of=self.last, watch=watch)
        except PlannerError:
            return None
        if found.snapshot.data_version is not None:
            self.versions.add(found.snapshot.data_version)
        return _certified(found)


def _certified(found: Solved) -> Certified:
    result = found.result
    assert isinstance(result, Certificate)
    lines = zip(result.lines("zh"), result.lines("en"), strict=True)
    return Certified(
        result.verdict, result.as_json()["seal"], result.snapshot, result.method.exact,
        (result.unmet.low, result.unmet.high), tuple(Text(zh, en) for zh, en in lines),
    )  # fmt: skip


def _cells(rows: list[dict[str, Any]]) -> dict[Cell, str]:
    """The state of each requirement in each area."""
    return {
        (one["area"]["id"], requirement["id"]): _STATES[letter]
        for row in rows
        for one in row["areas"]
        for requirement, letter in zip(row["requirements"], one["states"], strict=True)
    }


def _places(states: list[dict[str, Any]], gaps: list[dict[str, Any]]) -> tuple[dict[str, str], dict[str, str]]:
    """What areas are called, and the name of the street that each lies in, as far as an answer tells it."""
    areas = [one for row in states for one in row["areas"]]
    names = {one["area"]["id"]: one["area"]["name"] for one in areas}
    label = {one["area"]["id"]: one["area"]["label"] for one in areas}
    within = {one["area"]["id"]: one["within"] for one in areas}
    for gap in gaps:
        for place in (gap["community"], gap["street"]):
            if place is not None:
                names[place["id"]], label[place["id"]] = place["name"], place["label"]
        if gap["community"] is not None:
            within.setdefault(gap["community"]["id"], gap["street"]["id"])
    streets = {}
    for area in names:
        at: str | None = area
        while at is not None and label.get(at) != "Street":
            at = within.get(at)
        if at is not None:
            streets[area] = names[at]
    return names, streets


def _ids(*answers: list[Record] | list[dict[str, Any]]) -> set[str]:
    """Ids of all things that rows name at their top."""
    values = (value for rows in answers for row in rows for value in row.values())
    return {value["id"] for value in values if isinstance(value, dict) and "id" in value}
