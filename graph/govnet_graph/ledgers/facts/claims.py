"""Relationships that a row states between the things it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from govnet_graph.ledgers.facts import problems
from govnet_graph.ledgers.facts.meant import At, Understood
from govnet_graph.ledgers.facts.nodes import ROLE_OF
from govnet_graph.ledgers.facts.rows import cell_of, of_role
from govnet_graph.ledgers.model import LedgerKind, Row, RowEdge
from govnet_graph.schema import SCHEMA
from govnet_graph.spool import compact


@compact
@dataclass(frozen=True, slots=True)
class Claim:
    """A relationship that a row states. ``at`` says which row that is, in the order of the ledger."""

    type: str
    start: str
    end: str
    end_label: str
    props: Mapping[str, Any]
    at: At

    @property
    def key(self) -> tuple[str, ...]:
        """What tells it from other claims: two periods or two roles between the same two things are two relationships."""
        return (
            self.type,
            self.start,
            self.end,
            str(self.props.get("since", "")),
            str(self.props.get("role", "")),
        )

    def with_props(self, props: Mapping[str, Any]) -> Claim:
        """The same with other properties."""
        return Claim(self.type, self.start, self.end, self.end_label, props, self.at)


def claims_of(kind: LedgerKind, row: Row, meant: Understood, source: str, at: At) -> list[Claim]:
    """The relationships of a row; a fault of one is added to ``meant.problems``."""
    found: dict[tuple[str, str, str], Claim] = {}
    for edge in kind.edges:
        starts = meant.roles.get(edge.start, [])
        for start, start_label in starts:
            for end, end_label in _ends(edge, start_label, meant):
                if start == end and edge.type == "PART_OF":
                    meant.problems.append(problems.part_of_itself(cell_of(kind, row, edge.end[0], "name", "id")[1]))
                key = (edge.type, start, end)
                # A second way to say the same (membership of a unit, employment by it) adds nothing to the first.
                if start != end and key not in found:
                    props = _props(kind, row, edge, meant)
                    ref = {"source": source, "source_ref": row.source_ref()}
                    found[key] = Claim(edge.type, start, end, end_label, {**props, **ref}, at)
    return list(found.values())


def _ends(edge: RowEdge, start_label: str, meant: Understood) -> list[tuple[str, str]]:
    """The things that a relationship leads to: those of the first role that is named and that it may join."""
    joins = SCHEMA.relationships[edge.type].joins
    for role in edge.end:
        fitting = [(id_, label) for id_, label in meant.roles.get(role, []) if joins(start_label, label)]
        if fitting:
            return fitting
    return []


def _props(kind: LedgerKind, row: Row, edge: RowEdge, meant: Understood) -> dict[str, Any]:
    said = of_role(kind, row, edge.role)
    props: dict[str, Any] = {**edge.fixed, **said, **meant.translated.get(edge.role, {})}
    if edge.type == "ASSIGNED_TO" and "role" not in props:
        member = next((s.props for s in meant.stated.values() if s.label == "Member"), {})
        role = ROLE_OF.get(str(member.get("kind", "")))
        if role is None and not any(p.code == "incomplete" for p in meant.problems):
            meant.problems.append(problems.post_without_role())
        props["role"] = role
    since, until = props.get("since"), props.get("until")
    if isinstance(since, dt.date) and isinstance(until, dt.date) and until <= since:
        place = cell_of(kind, row, edge.role, "until")[1]
        if not any(p.place == place and p.code == "dates-reversed" for p in meant.problems):
            meant.problems.append(problems.dates_reversed(since, until, place))
    return props
