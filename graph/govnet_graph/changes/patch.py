"""What a change set means for a record that is there already: which properties change, what conflicts, what is confirmed.

A patch changes only what is stated. Where a record rests on is no fact about it: a ledger that states what the graph holds
confirms it (``confirmed_on``) and changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from govnet_graph.changes.model import Conflict, Side
from govnet_graph.records import Edge, Node, RecordError
from govnet_graph.schema import render
from govnet_graph.search_text import search_text
from govnet_graph.store.commit import Stamp, Step, batches, to_json
from govnet_graph.store.diff import Props, edge_props, equal_edge, equal_node, grouped, node_props, without_recorded

# Say where a record comes from; written with a change, never a change by themselves.
_GROUNDS = frozenset({"id", "source", "source_ref", "synthetic", "inferred", "search"})


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A record that is there as stated; ``before`` is the day on which it was last confirmed."""

    kind: str
    id: str
    start: str | None
    before: dt.date | None


class Merge:
    """How the records of one change set meet those of the graph; collects conflicts and confirmations on the way.

    Parameters
    ----------
    day : date or None
        Day as of which the change set speaks; without one nothing conflicts and nothing is confirmed.
    side : str
        Whose value stands where two conflict: that of the graph or that of the ledger.
    patch : bool
        Whether only stated properties change; else records are made exactly equal.
    recorded : mapping of str to date, optional
        The day of each group of changes. What an undo gave back is as old as the group that had recorded it first.
    """

    def __init__(
        self, day: dt.date | None, side: Side, *, patch: bool, recorded: Mapping[str, dt.date] | None = None
    ) -> None:
        self.conflicts: list[Conflict] = []
        self.confirmations: list[Confirmation] = []
        self._day = day
        self._side = side
        self._patch = patch
        self._recorded = recorded or {}

    def node(self, node: Node, present: Props | None) -> Props | None:
        """All properties that a node should have, or None where it need not change."""
        if present is None:
            return node_props(node) | self._confirmed(node.label)
        if not self._patch:
            after = equal_node(node, present)
        else:
            after = self._merged(node.label, node.id, dict(node.props), present)
            if after is not None:
                after["search"] = search_text(node.label, node.id, after)
        return self._settled(after, node.label, node.id, None, present)

    def edge(self, edge: Edge, present: Props | None) -> Props | None:
        """All properties that a relationship should have, or None where it need not change."""
        if present is None:
            return edge_props(edge) | self._confirmed(edge.type)
        if not self._patch:
            after = equal_edge(edge, present)
        else:
            stated: dict[str, Any] = dict(edge.props)
            until = present.get("until")
            if self._day is not None and until is not None and until <= self._day and "until" not in stated:
                stated["until"] = None  # it is listed, so it holds on that day
            after = self._merged(edge.type, edge.id, stated, present)
        return self._settled(after, edge.type, edge.id, edge.start, present)

    def end_node(self, node: Node, present: Props | None) -> Props | None:
        """The properties of a node that ends."""
        return self._ended(node.label, node.id, node.props["until"], present)

    def end_edge(self, edge: Edge, present: Props | None) -> Props | None:
        """The properties of a relationship that ends."""
        return self._ended(edge.type, edge.id, edge.props["until"], present)

    def _ended(self, kind: str, id_: str, until: Any, present: Props | None) -> Props | None:
        if present is None:
            raise RecordError(
                f"{id_} is to end and is not in the graph.", hint="Look it up again; it may have changed."
            )
        held, since = present.get("until"), present.get("since")
        if held is not None and held <= until:
            return None
        if since is not None and since >= until:
            raise RecordError(f"{id_} cannot end on {until}, because it began on {since}.")
        confirmed = present.get("confirmed_on")
        if confirmed is not None and self._day is not None and confirmed > self._day:
            self.conflicts.append(Conflict(kind, id_, "until", held, until, str(present.get("source", "")), confirmed))
            if self._side == "graph":
                return None
        return without_recorded(present) | {"until": until}

    def _merged(self, kind: str, id_: str, stated: Mapping[str, Any], present: Props) -> Props | None:
        """The present properties with the stated ones over them, None where the stated facts are there."""
        facts = {key: value for key, value in stated.items() if key not in _GROUNDS and present.get(key) != value}
        for conflict in self._contradictions(kind, id_, facts, stated, present):
            self.conflicts.append(conflict)
            if self._side == "graph":
                del facts[conflict.property]
        if not facts:
            return None
        grounds = {key: stated[key] for key in _GROUNDS & stated.keys()}
        after = without_recorded(present) | grounds | facts
        return {key: value for key, value in after.items() if value is not None}

    def _contradictions(
        self, kind: str, id_: str, facts: Mapping[str, Any], stated: Mapping[str, Any], present: Props
    ) -> list[Conflict]:
        moment = present.get("recorded_at")
        first = self._recorded.get(str(present.get("change")), moment.date() if moment is not None else None)
        known = present.get("confirmed_on") or first
        source = str(present.get("source", ""))
        if self._day is None or known is None or known <= self._day or source == stated.get("source"):
            return []
        return [
            Conflict(kind, id_, key, present[key], value, source, known)
            for key, value in facts.items()
            if present.get(key) is not None
        ]

    def _confirmed(self, kind: str) -> dict[str, Any]:
        return {} if self._day is None or kind == "Source" else {"confirmed_on": self._day}

    def _settled(self, after: Props | None, kind: str, id_: str, start: str | None, present: Props) -> Props | None:
        """The outcome, with the day of confirmation; what is there as stated is noted as confirmed."""
        if after is not None:
            return after | self._confirmed(kind)
        before = present.get("confirmed_on")
        disputed = bool(self.conflicts) and self.conflicts[-1].id == id_
        if self._confirmed(kind) and not disputed and (before is None or before < self._day):
            self.confirmations.append(Confirmation(kind, id_, start, before))
        return None


def confirm_steps(found: Iterable[Confirmation], day: dt.date, stamp: Stamp, size: int) -> Iterable[Step]:
    """The steps that write the day of confirmation, with the days that stood there before."""
    for kind, group in grouped(found, lambda c: c.kind).items():
        for part in batches(group, size):
            more: dict[str, Any] = {
                "entities": [c.id for c in part],
                "before": to_json([c.before for c in part]),
                "after": to_json(day),
            }
            if part[0].start is None:
                text, rows = render.confirm_nodes(kind), [[c.id, day] for c in part]
            else:
                text, rows = render.confirm_edges(kind), [[c.start, c.id, day] for c in part]
                more["starts"] = [c.start for c in part]
            yield Step(kind, text, rows, [stamp.change("confirm", kind, **more)])
