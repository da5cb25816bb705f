"""What a standard has no field for travels under one key of each object, which other programs may ignore.

``{"id": …, "label": …, "props": {…}, "from": "src-areas row 3", "edges": [{"type", "to", "id", "props", "shown"}…]}``. ``shown``
marks a relationship that the standard's own fields tell too; where these were changed, the fields count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from govnet_graph.records import Edge, Node, Value
from govnet_graph.standards.values import plain

KEY = "govnet"
_PROVENANCE = frozenset({"source", "source_ref"})
Item = dict[str, Any]


def of_record(record: Node | Edge, expressed: Iterable[str]) -> Item:
    """What of a record's properties ``expressed`` leaves out, and where the graph has it from."""
    told = {*expressed, *_PROVENANCE}
    item: Item = {"label": record.label} if isinstance(record, Node) else {"type": record.type, "id": record.id}
    props = {name: plain(value) for name, value in record.props.items() if name not in told}
    if props:
        item["props"] = props
    came = " ".join(str(record.props[name]) for name in ("source", "source_ref") if name in record.props)
    if came:
        item["from"] = came
    return item


def of_edge(edge: Edge, *, shown: bool) -> Item:
    """A whole relationship."""
    item = of_record(edge, ())
    item["to"] = edge.end
    if shown:
        item["shown"] = True
    return item


def is_synthetic(props: Mapping[str, Value]) -> bool:
    """Whether a record was generated for demonstration."""
    return props.get("synthetic") is True
