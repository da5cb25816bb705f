"""Streams everything that a graph holds, and hashes it: the same records give the same hash in any order, on any engine.

The hash is the sum of the SHA-256 of all records modulo 2^256, with their number: it needs no sorting and no memory, and
shows any difference that is not made on purpose to hide itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from govnet_graph.schema import SCHEMA, ValueType
from govnet_graph.schema.render import WITHDRAWN
from govnet_graph.store.driver import Graph, encode

_PAGE = 2000
_STARTS = 500
_HISTORY_LABELS = ("Plan", "Change")
_HISTORY_TYPES = frozenset({"SUPERSEDED", "CHANGES"})
_RECORDING = frozenset({"recorded_at", "change"})
_FLOATS = {
    kind: frozenset(p.name for p in properties if p.type is ValueType.FLOAT)
    for kind, properties in (
        *((node.label, node.properties) for node in SCHEMA.nodes.values()),
        *((rel.type, rel.properties) for rel in SCHEMA.relationships.values()),
    )
}
_NODES = "MATCH (n:{label}) WHERE n.id > $after WITH n ORDER BY n.id LIMIT $page RETURN n.id, properties(n)"
_WITHDRAWN = (
    f"MATCH (n:{WITHDRAWN}) WITH n, n.id + '|' + n.superseded_by AS key WHERE key > $after WITH n, key ORDER BY key"
    " LIMIT $page RETURN key, properties(n)"
)
_EDGES = (
    "MATCH (a:{label}) WHERE {key} > $after WITH a, {key} AS key ORDER BY key LIMIT $page OPTIONAL MATCH (a)-[r]->(b)"
    " RETURN key, collect([type(r), b.id, CASE WHEN b:Entity THEN null ELSE b.superseded_by END, properties(r)])"
)


@dataclass(frozen=True, slots=True)
class Held:
    """One record as it is held. ``kind`` is a label or a relationship type, ``props`` driver values.

    ``start`` and ``end`` are the keys of a relationship's ends, None for a node: the id, for a withdrawn node
    ``id|superseded_by``, because several may have the same id.
    """

    kind: str
    key: str
    props: Mapping[str, Any]
    start: str | None = None
    end: str | None = None

    def line(self, without: frozenset[str] = frozenset()) -> bytes:
        """The record as one line of JSON, the same on every engine; ``without`` names properties to leave out."""
        floats = _FLOATS.get(self.kind, frozenset())
        props = {
            name: float(value) if name in floats else value
            for name, value in self.props.items()
            if value is not None and name not in without
        }
        held = [self.kind, self.key, props] if self.start is None else [self.kind, self.start, self.end, props]
        return orjson.dumps(held, option=orjson.OPT_SORT_KEYS, default=encode)


class ContentHash:
    """A hash that records are added to in any order."""

    def __init__(self) -> None:
        self._sum = 0
        self.count = 0

    def add(self, line: bytes) -> None:
        """Add one record's line."""
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(line).digest())) % (1 << 256)
        self.count += 1

    def hexdigest(self) -> str:
        """64 hexadecimal digits."""
        return hashlib.sha256(self._sum.to_bytes(32) + self.count.to_bytes(8)).hexdigest()


async def stream(graph: Graph, *, history: bool) -> AsyncIterator[Held]:
    """Every record, nodes first, in the order of their keys; holds a page at a time.

    Without ``history`` only what the graph believes now: no plans and changes, nothing superseded or withdrawn.
    """
    for label in SCHEMA.nodes:
        if history or label not in _HISTORY_LABELS:
            async for record in _nodes(graph, label, _NODES.format(label=label)):
                yield record
    if history:
        async for record in _nodes(graph, WITHDRAWN, _WITHDRAWN):
            yield record
    async for record in _edges(graph, "Entity", "a.id", history=history):
        yield record
    if history:
        async for record in _edges(graph, WITHDRAWN, "a.id + '|' + a.superseded_by", history=True):
            yield record


async def _nodes(graph: Graph, label: str, text: str) -> AsyncIterator[Held]:
    after = ""
    while rows := await graph.read(text, {"after": after, "page": _PAGE}):
        for key, props in rows:
            yield Held(label, key, props)
        after = rows[-1][0]


async def _edges(graph: Graph, label: str, key: str, *, history: bool) -> AsyncIterator[Held]:
    after = ""
    text = _EDGES.format(label=label, key=key)
    while rows := await graph.read(text, {"after": after, "page": _STARTS}):
        for start, links in rows:
            for type_, end, withdrawn, props in links:
                if type_ is None or (not history and (type_ in _HISTORY_TYPES or withdrawn is not None)):
                    continue
                yield Held(type_, "", props, start, end if withdrawn is None else f"{end}|{withdrawn}")
        after = rows[-1][0]


async def content_hash(graph: Graph, *, history: bool = False) -> str:
    """SHA-256 over all live records, whatever their order, without what says when and by what they were recorded.

    With ``history`` over everything that the graph holds, plans, superseded and withdrawn records included, as a backup needs.
    """
    found = ContentHash()
    without = frozenset[str]() if history else _RECORDING
    async for record in stream(graph, history=history):
        found.add(record.line(without))
    return found.hexdigest()
