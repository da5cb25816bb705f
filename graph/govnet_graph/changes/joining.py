"""The records of a standard's file meet the graph: what it holds under another id is joined, what leads nowhere is held back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from govnet_graph.changes.documents import Document
from govnet_graph.changes.validate import labels_of
from govnet_graph.ledgers.facts import Review
from govnet_graph.ledgers.who import Decisions, Doubt, How, Index, Match, Outcome, Reference, Unknown, resolve
from govnet_graph.records import Edge, Node, Properties, edge_id
from govnet_graph.schema import AREAS, SCHEMA
from govnet_graph.standards import reasons
from govnet_graph.store.driver import Graph

#: What may be known to the graph by its name. People are never joined by name.
NAMED = frozenset({"Organization", "Unit", "Resource"})
CODED = frozenset({*AREAS, "Service"})
_INFERRED = ("kind", "group", "note", "inferred")


@dataclass(slots=True)
class Joined:
    """What of a file can be applied, and what somebody has to decide first."""

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)


async def join(graph: Graph, found: Document, index: Index, decisions: Decisions, file: str) -> Joined:
    """The records of a file with the ids that the graph knows them by.

    Ids of the graph's own go before codes, codes before names; a name that is merely alike is a doubt and held back, with
    everything that leads to it.

    Parameters
    ----------
    graph : Graph
    found : Document
        What is held back is added to its account.
    index : Index
        Of everything in ``NAMED`` and ``CODED``.
    decisions : Decisions
    file : str
        Id of the Source that the file is. What an export of ours says of things that the graph holds rests on it; what it
        brings to another graph keeps its own sources.
    """
    ids = {n.id for n in found.records.nodes} | {end for e in found.records.edges for end in (e.start, e.end)}
    work = _Joining(found, index, decisions, file, await labels_of(graph, ids))
    for node in found.records.nodes:
        work.node(node)
    targets = set(work.moved.values())
    work.present |= await labels_of(graph, targets)
    for edge in found.records.edges:
        work.edge(edge)
    return work.joined


class _Joining:
    def __init__(self, found: Document, index: Index, decisions: Decisions, file: str, present: dict[str, str]) -> None:
        self.joined = Joined()
        self.moved: dict[str, str] = {}
        self.present = present
        self._found = found
        self._index = index
        self._decisions = decisions
        self._file = file
        self._own: dict[str, str] = {}
        self._refused: set[str] = set()
        self._edges: set[str] = set()

    def node(self, node: Node) -> None:
        """Take a node as it is, as another one, or not at all."""
        path, held = self._found.paths.get(node.id, ""), self.present.get(node.id)
        if held is not None and held != node.label:
            self._refuse(node, reasons.other_label(node.label, node.id, held))
        elif held is not None or node.label == "Source" or self._found.own:
            self._take(replace(node, props=self._grounded(node.props, path, known=held is not None, kind=node.label)))
        else:
            outcome = self._resolved(node)
            if isinstance(outcome, Match) and outcome.id not in self._own:
                self.moved[node.id] = outcome.id
                self._take(_as_known(node, outcome, self._index.entries[outcome.id].aliases))
            elif isinstance(outcome, Doubt):
                reference = _reference(node)
                shown = {"name": reference.name, **reference.props}
                self.joined.reviews.append(
                    Review(reference.key, reference.labels, shown, outcome.candidates, (path or "/",))
                )
                self._refuse(node, reasons.doubtful(reference.name))
            else:
                self._take(node)

    def edge(self, edge: Edge) -> None:
        """Take a relationship whose both ends are there and may be joined."""
        path = self._found.paths.get(edge.id, "")
        start, end = self.moved.get(edge.start, edge.start), self.moved.get(edge.end, edge.end)
        for id_, raw in ((start, edge.start), (end, edge.end)):
            if raw in self._refused:
                self._found.leave(path, reasons.leads_to_left(edge.type, raw), raw)
                return
            if id_ not in self._own and id_ not in self.present:
                self._found.leave(path, reasons.leads_nowhere(edge.type, raw), raw)
                return
        labels = [self._own.get(id_) or self.present[id_] for id_ in (start, end)]
        if not SCHEMA.relationships[edge.type].joins(*labels):
            self._found.leave(path, reasons.may_not_join(edge.type, *labels), edge.end)
            return
        id_ = edge.id
        if (start, end) != (edge.start, edge.end):
            id_ = edge_id(edge.type, start, end)
            serial = 2
            while id_ in self._edges:
                id_, serial = edge_id(edge.type, start, end, str(serial)), serial + 1
        self._edges.add(id_)
        known = start in self.present and end in self.present
        props = self._grounded(edge.props, path, known=known, kind=edge.type)
        self.joined.edges.append(replace(edge, start=start, end=end, id=id_, props=props))

    def _grounded(self, props: Properties, path: str, *, known: bool, kind: str) -> Properties:
        """What a record of an export rests on: this file where the graph may hold it, or where it names no source."""
        if not self._found.own or kind == "Source" or ("source" in props and not known):
            return props
        sheet, number = self._found.place(path)
        return {**props, "source": self._file, "source_ref": f"{sheet}!{number}"}

    def _take(self, node: Node) -> None:
        self._own[node.id] = node.label
        self.joined.nodes.append(node)

    def _refuse(self, node: Node, why: reasons.Why) -> None:
        self._refused.add(node.id)
        self._found.leave(self._found.paths.get(node.id, ""), why)

    def _resolved(self, node: Node) -> Outcome:
        if node.label in CODED:
            known = self._index.by_code(str(node.props.get("code") or node.id))
            same = known is not None and known.label == node.label
            return Match(known.id, known.label, 1.0, How.IDENTIFIER) if known is not None and same else Unknown()
        return resolve(self._index, _reference(node), self._decisions) if node.label in NAMED else Unknown()


def _reference(node: Node) -> Reference:
    """What the file says of a body or a resource; where its kind is guessed, it may be any body."""
    bodies = node.label in ("Organization", "Unit") and node.props.get("inferred") is True
    labels = ("Organization", "Unit") if bodies else (node.label,)
    said: dict[str, Any] = {k: v for k, v in node.props.items() if k in ("kind", "credit_code", "since", "until")}
    return Reference(labels, str(node.props.get("name", "")), str(node.props.get("credit_code", "")), "", said)


def _as_known(node: Node, known: Match, aliases: tuple[str, ...]) -> Node:
    """The node as the graph has it: its name there stays, guesses of the reader are not stated, further names are added."""
    props: dict[str, Any] = {k: v for k, v in node.props.items() if k not in ("name", "code", "aliases")}
    if node.props.get("inferred") is True:
        props = {k: v for k, v in props.items() if k not in _INFERRED}
    more = _list(node.props, "aliases")
    if any(alias not in aliases for alias in more):
        props["aliases"] = [*aliases, *(a for a in more if a not in aliases)]
    declared = SCHEMA.nodes[known.label].by_name
    return Node(known.label, known.id, {k: v for k, v in props.items() if k in declared})


def _list(props: Mapping[str, Any], name: str) -> list[str]:
    value = props.get(name)
    return value if isinstance(value, list) else []
