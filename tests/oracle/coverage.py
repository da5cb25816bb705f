"""The questions about coverage: gaps, matrix, evidence, thin coverage, ledgers, professions, what a unit alone covers."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping
from typing import Any

import networkx as nx

from tests.oracle.judgement import Evidence, Judge, Verdict
from tests.oracle.values import any_entity, ascending, entity, page, path
from tests.oracle.world import Rows, World

Parameters = Mapping[str, Any]
LEVELS = ("District", "Street", "Community", "Grid")
PROFESSIONS = ("heating", "telecom", "police", "mediator", "judge")


def _need(world: World, verdict: Verdict, name: str) -> Any:
    return world.get(verdict.requirement, name)


def _chosen(judge: Judge, parameters: Parameters) -> list[Verdict]:
    asked = parameters.get("requirement")
    return [v for v in judge.verdicts(parameters["area"]) if asked in (None, v.requirement)]


def _places(judge: Judge, area: str) -> list[Any]:
    """Area, its community and its street as entities."""
    return [entity(judge.world, a) for a in (area, judge.ancestor(area, "Community"), judge.ancestor(area, "Street"))]


def gaps(world: World, parameters: Parameters) -> Rows:
    """Requirements that are not covered."""
    judge = Judge(world, parameters["as_of"])
    wanted = [v for v in _chosen(judge, parameters) if v.state != "covered"]
    wanted = [v for v in wanted if parameters.get("state") in (None, v.state)]
    wanted = [v for v in wanted if parameters.get("ledger") in (None, v.ledger)]
    wanted.sort(key=lambda v: (*ascending(_need(world, v, "priority")), v.state, v.area, v.requirement))
    rows = []
    for v in wanted:
        area, community, street = _places(judge, v.area)
        need = world.nodes[v.requirement].props
        if not _speaks_of(parameters.get("q"), [area, community, street], [need["name"], need.get("name_en")]):
            continue
        settled = [v.ledger, need["priority"], need["standard"]]
        rows.append(
            [
                area,
                world.label(v.area),
                community,
                street,
                entity(world, v.requirement),
                v.state,
                len(v.providers),
                need["minimum"],
                *settled,
            ]
        )
    return page(rows, parameters)


def _speaks_of(text: object, places: list[dict[str, object] | None], names: list[object]) -> bool:
    """Whether a text is in one of the names, or the id of one of the places; no text is in all."""
    if text is None:
        return True
    told = [place for place in places if place is not None]
    words = [*(place["name"] for place in told), *names]
    return text in [place["id"] for place in told] or any(
        str(text).lower() in str(word).lower() for word in words if word
    )


def matrix(world: World, parameters: Parameters) -> Rows:
    """Counts of areas by state, for each area of a level and each requirement.

    An area that is smaller than the level asked for stands for itself.
    """
    judge, root = Judge(world, parameters["as_of"]), parameters["area"]
    counts: dict[tuple[str, str], Counter[str]] = {}
    for v in judge.verdicts(root):
        level = max(LEVELS.index(parameters["level"]), LEVELS.index(world.label(root)))
        row = judge.ancestor(v.area, LEVELS[level])
        if row is not None:
            counts.setdefault((row, v.requirement), Counter())[v.state] += 1
    rows = []
    for (area, requirement), c in sorted(counts.items()):
        worst = next(s for s in ("uncovered", "unknown", "covered") if c[s])
        rows.append(
            [
                entity(world, area),
                entity(world, requirement),
                c["covered"],
                c["uncovered"],
                c["unknown"],
                c.total(),
                worst,
            ]
        )
    return page(rows, parameters)


def states(world: World, parameters: Parameters) -> Rows:
    """The state of each requirement in each area, for each set of requirements that areas of one level share."""
    judge = Judge(world, parameters["as_of"])
    letters = {"covered": "+", "uncovered": "-", "unknown": "?"}
    judged: dict[str, list[Verdict]] = {}
    for v in judge.verdicts(parameters["area"]):
        judged.setdefault(v.area, []).append(v)
    groups: dict[tuple[int, tuple[str, ...]], list[dict[str, Any]]] = {}
    for area, verdicts in sorted(judged.items()):
        ordered = sorted(verdicts, key=lambda v: v.requirement)
        level = LEVELS.index(world.label(area))
        above = judge.ancestor(area, LEVELS[level - 1])
        told = {"area": entity(world, area), "within": above, "states": "".join(letters[v.state] for v in ordered)}
        groups.setdefault((level, tuple(v.requirement for v in ordered)), []).append(told)
    order = sorted(groups, key=lambda key: (key[0], "".join(f"{r} " for r in key[1])))
    return page([[LEVELS[k[0]], [entity(world, r) for r in k[1]], groups[k]] for k in order], parameters)


def _walk(judge: Judge, area: str, found: Evidence) -> dict[str, Any]:
    """From the service, if there is one, over the provider to the area that it reaches, and on to the area judged."""
    world = judge.world
    upwards = nx.shortest_path(judge.tree, found.area, area) if nx.has_path(judge.tree, found.area, area) else None
    places = upwards or nx.shortest_path(judge.tree, area, found.area)[::-1]
    links = list(found.links)
    for a, b in itertools.pairwise(places):
        links.append(next(x for x in world.touching(a, ("PART_OF",), judge.day) if x.other(a) == b))
    service = [found.links[0].end] if len(found.links) > 1 else []
    return path(world, [*service, found.provider, *places], links)


def evidence(world: World, parameters: Parameters) -> Rows:
    """Why the requirements of one area are judged as they are."""
    judge, area = Judge(world, parameters["as_of"]), parameters["area"]
    rows = []
    for v in sorted((v for v in _chosen(judge, parameters) if v.area == area), key=lambda v: v.requirement):
        head = [entity(world, v.requirement), v.state, len(v.providers), _need(world, v, "minimum")]
        tail = [v.ledger, [entity(world, x) for x in judge.ledgers(v.ledger, area)]]
        if not v.evidence:
            rows.append([*head, None, None, None, None, None, None, *tail])
        for e in sorted(v.evidence, key=lambda e: (e.provider, e.links[-1].id, e.links[0].id)):
            link = e.links[-1]
            shown = [any_entity(world, e.provider), entity(world, e.area), _walk(judge, area, e)]
            rows.append([*head, *shown, link.get("since"), link.get("source"), link.get("source_ref"), *tail])
    return page(rows, parameters)


def thin(world: World, parameters: Parameters) -> Rows:
    """What is covered by one provider only."""
    judge = Judge(world, parameters["as_of"])
    wanted = [v for v in _chosen(judge, parameters) if v.state == "covered" and len(v.providers) == 1]
    wanted.sort(key=lambda v: (*ascending(_need(world, v, "priority")), v.area, v.requirement))
    rows = [
        [
            *_places(judge, v.area),
            entity(world, v.requirement),
            any_entity(world, v.providers[0]),
            _need(world, v, "priority"),
        ]
        for v in wanted
    ]
    return page(rows, parameters)


def missing_ledgers(world: World, parameters: Parameters) -> Rows:
    """Judgements left unknown, by kind of ledger and street."""
    judge = Judge(world, parameters["as_of"])
    hidden: dict[tuple[str, str], list[Verdict]] = {}
    for v in judge.verdicts(parameters["area"]):
        if v.state == "unknown":
            hidden.setdefault((v.ledger, str(judge.ancestor(v.area, "Street"))), []).append(v)
    rows = [
        [ledger, entity(world, street), len(vs), len({v.area for v in vs}), len({v.requirement for v in vs})]
        for (ledger, street), vs in sorted(hidden.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    return page(rows, parameters)


def missing_professionals(world: World, parameters: Parameters) -> Rows:
    """Professions that nobody has who is assigned to a community or to one of its grids."""
    judge = Judge(world, parameters["as_of"])
    rows = []
    root = parameters["area"]
    areas = sorted(judge.below(root)) if root in judge.tree else []
    for community in (a for a in areas if world.label(a) == "Community"):
        places = judge.below(community)
        for profession in sorted(PROFESSIONS):
            if parameters.get("profession") not in (None, profession):
                continue
            if any(judge.evidence.get((p, f"worker:{profession}")) for p in places):
                continue
            street = entity(world, judge.ancestor(community, "Street"))
            rows.append(
                [
                    entity(world, community),
                    street,
                    profession,
                    judge.absence("workers", community),
                    len(places) - 1,
                    "workers",
                ]
            )
    return page(rows, parameters)


def unit_only(world: World, parameters: Parameters) -> Rows:
    """What would no longer be covered without a unit and the resources that nobody else offers."""
    judge, unit, day = Judge(world, parameters["as_of"]), parameters["unit"], parameters["as_of"]
    leaving = {unit}
    for offer in world.out(unit, ("OFFERS",), day):
        others = {x.start for x in world.into(offer.end, ("OFFERS",), day) if world.alive(x.start, day)}
        if others <= {unit}:
            leaving.add(offer.end)
    rows = []
    verdicts = [v for v in judge.verdicts(parameters["area"]) if v.state == "covered"]
    for v in sorted(verdicts, key=lambda v: (*ascending(_need(world, v, "priority")), v.area, v.requirement)):
        have, lost = len(v.providers), [entity(world, p) for p in v.providers if p in leaving]
        left, minimum = have - len(lost), _need(world, v, "minimum")
        if left < minimum:
            after, priority = judge.absence(v.ledger, v.area), _need(world, v, "priority")
            rows.append(
                [*_places(judge, v.area), entity(world, v.requirement), have, left, minimum, lost, after, priority]
            )
    return page(rows, parameters)


COVERAGE = {
    "coverage-gaps": gaps,
    "coverage-matrix": matrix,
    "coverage-states": states,
    "coverage-evidence": evidence,
    "thin-coverage": thin,
    "missing-ledgers": missing_ledgers,
    "missing-professionals": missing_professionals,
    "unit-only-coverage": unit_only,
}
