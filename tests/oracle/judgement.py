"""Coverage from its definition: who gives an area what, what the area needs, and which ledger settles an absence.

Decided here where the definition leaves it open:

- A provider counts once for an area, however many ways it reaches it.
- ``worker:<profession>`` is the profession stated on the assignment; ``worker:full-time`` is its role.
- Everything must hold on the day: the areas, the requirement, the ledger, the provider, the service and each link between them.
- With the scope ``reach`` the area itself and all areas above count; with ``within`` itself and all areas below.
- Buildings are no areas here: what reaches a building alone counts nowhere.
- A ledger settles an area when it is complete for the area or an area above, whatever the scope.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import networkx as nx

from tests.oracle.world import Link, World


@dataclass(frozen=True)
class Evidence:
    """One way in which a provider gives something to the area that a link names."""

    provider: str
    area: str
    key: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Verdict:
    """One requirement judged for one area."""

    requirement: str
    area: str
    state: str
    providers: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    ledger: str


class Judge:
    """Coverage of one day."""

    def __init__(self, world: World, day: dt.date) -> None:
        self.world, self.day, self.tree = world, day, world.tree(day)

    def above(self, area: str) -> set[str]:
        """The area and all areas above it."""
        return nx.ancestors(self.tree, area) | {area}

    def below(self, area: str) -> set[str]:
        """The area and all areas in it."""
        return nx.descendants(self.tree, area) | {area}

    @cached_property
    def evidence(self) -> dict[tuple[str, str], list[Evidence]]:
        """Everything given on the day, by (area, key)."""
        found: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
        for kind in ("RESPONSIBLE_FOR", "PAIRED_WITH", "ASSIGNED_TO", "SERVES"):
            for link in sorted(self.world.links((kind,), self.day), key=lambda x: x.id):
                if link.end in self.tree and self.world.alive(link.start, self.day):
                    for key, links in self._given(link):
                        found[link.end, key].append(Evidence(link.start, link.end, key, links))
        return found

    def _given(self, link: Link) -> list[tuple[str, tuple[Link, ...]]]:
        world, giver = self.world, link.start
        match link.type, world.label(giver):
            case "RESPONSIBLE_FOR", "Organization":
                level = world.get(giver, "level")
                return [(f"chain:{level}", (link,))] if level is not None else []
            case "PAIRED_WITH", "Unit":
                return [("pairing", (link,)), *((f"service:{code}", (link,)) for code in link.get("services") or ())]
            case "ASSIGNED_TO", "Member":
                keys = ["worker:full-time"] if link.get("role") == "full-time" else []
                return [
                    (key, (link,))
                    for key in (*keys, *([f"worker:{link.get('profession')}"] if link.get("profession") else ()))
                ]
            case "SERVES", "Resource":
                provided = world.out(giver, ("PROVIDES",), self.day)
                services = [
                    (f"service:{world.get(x.end, 'code')}", (x, link)) for x in provided if world.alive(x.end, self.day)
                ]
                return [(f"resource:{world.get(giver, 'kind')}", (link,)), *services]
        return []

    @cached_property
    def complete(self) -> set[tuple[str, str, str]]:
        """(kind of ledger, area, ledger) declared complete on the day."""
        links = [x for x in self.world.links(("COMPLETE_FOR",), self.day) if self.world.alive(x.start, self.day)]
        return {(self.world.get(x.start, "kind"), x.end, x.start) for x in links}

    def ledgers(self, kind: str, area: str) -> list[str]:
        """Ledgers of the kind that are complete for the area or one above it."""
        places = self.above(area)
        return sorted({ledger for k, a, ledger in self.complete if k == kind and a in places})

    def absence(self, kind: str, area: str) -> str:
        """What too few providers mean in the area."""
        return "uncovered" if self.ledgers(kind, area) else "unknown"

    def judge(self, requirement: str, area: str) -> Verdict:
        """The requirement's state in the area."""
        need = self.world.nodes[requirement].props
        places = self.above(area) if need["scope"] == "reach" else self.below(area)
        found = [e for place in sorted(places) for e in self.evidence.get((place, str(need["evidence"])), ())]
        providers = tuple(sorted({e.provider for e in found}))
        ledger = str(need["ledger"])
        enough = len(providers) >= int(str(need["minimum"]))
        state = "covered" if enough else self.absence(ledger, area)
        return Verdict(requirement, area, state, providers, tuple(found), ledger)

    def ancestor(self, area: str, label: str) -> str | None:
        """The area of a label that an area lies in or is."""
        return next((a for a in sorted(self.above(area)) if self.world.label(a) == label), None)

    def applies(self, requirement: str, area: str) -> bool:
        """Whether the requirement is one of the area."""
        need: dict[str, Any] = dict(self.world.nodes[requirement].props)
        if self.world.label(area) != need["level"]:
            return False
        return need["applies"] == "all" or self.world.get(area, "demonstration") is True

    def verdicts(self, root: str) -> list[Verdict]:
        """Every requirement judged in every area at or below a root to which it applies, by area and requirement."""
        areas = sorted(self.below(root)) if root in self.tree else []
        requirements = [r for r in self.world.labelled("Requirement") if self.world.alive(r, self.day)]
        return [self.judge(r, a) for a in areas for r in requirements if self.applies(r, a)]
