"""From claims to relationships: which of those that the graph holds is meant, else a new one; and what a move ends."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from govnet_graph.ledgers.facts.claims import Claim
from govnet_graph.records import Edge, edge_id
from govnet_graph.schema import AREAS

#: Of these a thing has one at a time, so that stating another ends the former.
_SINGLE = {"PART_OF", "LOCATED_IN"}


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship that the graph holds."""

    type: str
    start: str
    end: str
    end_label: str
    id: str
    props: Mapping[str, Any] = field(default_factory=dict)

    def live(self, day: dt.date) -> bool:
        """Whether it holds on a day, or begins later."""
        until = self.props.get("until")
        return until is None or until > day


def settle(
    claims: Iterable[Claim], known: Iterable[Relation], day: dt.date
) -> tuple[list[Edge], list[tuple[str, str]]]:
    """The relationships that claims come to, and those that a move ends, each with the id of what it leads to now.

    A claim means the live relationship of the same role between the same two, else one of the same first day; only
    where there is neither a new one is made, with the first day as a discriminator where the plain id is taken.
    Claims of one type from one thing are settled together (``spool.parts``); those of others make no difference to them.
    """
    claims = sorted(claims, key=lambda claim: claim.key)
    between: dict[tuple[str, str, str], list[Relation]] = defaultdict(list)
    held: dict[tuple[str, str], list[Relation]] = defaultdict(list)
    for relation in sorted(known, key=lambda r: r.id):
        between[relation.type, relation.start, relation.end].append(relation)
        held[relation.type, relation.start].append(relation)
    taken: set[str] = set()
    edges: list[Edge] = []
    for claim in claims:
        candidates = between.get((claim.type, claim.start, claim.end), [])
        own = _meant(claim, [r for r in candidates if r.id not in taken], day)
        id_ = own.id if own is not None else _new_id(claim, {r.id for r in candidates}, taken, day)
        taken.add(id_)
        edges.append(
            Edge(claim.type, claim.start, claim.end, id_, {k: v for k, v in claim.props.items() if v is not None})
        )
    return edges, _moved(claims, held, taken, day)


def _meant(claim: Claim, candidates: Sequence[Relation], day: dt.date) -> Relation | None:
    same = [r for r in candidates if _alike(r.props.get("role"), claim.props.get("role"))]
    since = claim.props.get("since")
    for relation in same:
        if since is not None and relation.props.get("since") == since:
            return relation
    live = [r for r in same if r.live(day)]
    undated = [r for r in live if since is None or r.props.get("since") is None]
    if undated:
        return undated[0]
    # A live relationship of another first day is the same one, whose day is corrected; it cannot hold twice at once.
    return live[0] if live and claim.props.get("until") is None else None


def _alike(one: object, other: object) -> bool:
    return one is None or other is None or one == other


def _new_id(claim: Claim, held: set[str], taken: set[str], day: dt.date) -> str:
    """The plain id, or one with the first day where the plain one stands for another time; counted where that is taken too."""
    first = str(claim.props.get("since") or day)
    keys = itertools.chain(("", first), (f"{first}-{number}" for number in itertools.count(2)))
    ids = (edge_id(claim.type, claim.start, claim.end, key) for key in keys)
    return next(id_ for id_ in ids if id_ not in held and id_ not in taken)


def _moved(
    claims: Sequence[Claim], held: Mapping[tuple[str, str], Sequence[Relation]], listed: set[str], day: dt.date
) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for claim in claims:
        until = claim.props.get("until")
        if claim.type not in _SINGLE or (isinstance(until, dt.date) and until <= day):
            continue
        for relation in held.get((claim.type, claim.start), ()):
            since = relation.props.get("since")
            if relation.id in listed or not relation.live(day) or (since is not None and since >= day):
                continue
            if relation.end_label == claim.end_label or (relation.end_label in AREAS and claim.end_label in AREAS):
                nested = relation.end.startswith(claim.end) or claim.end.startswith(relation.end)
                if not (nested and relation.end_label in AREAS):
                    found[relation.id] = claim.end
    return sorted(found.items())
